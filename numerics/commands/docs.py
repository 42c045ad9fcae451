"""`gradproof docs`."""

from __future__ import annotations

from importlib.util import find_spec

from numerics.commands.options import Folder
from numerics.commands.terminal import complain, progress, say

NEEDED = ("furo", "matplotlib", "myst_parser", "sphinx", "sphinx_copybutton")
NO_EXTRA = 3


def docs(
    *,
    out: Folder = "site",
    theorems: Folder | None = None,
    results: Folder | None = None,
    pdf: bool = False,
) -> int:
    """Write the site: a page a theorem with its proof and its measurements, made of both and of nothing else.

    Nothing is measured here: `gradproof verify --control --sweep --store DIR` does that.
    Exit status 0: written; 1: written, and it shows a gap in a proof or a refutation; 2: not written, and a former site
    is as it was; 3: Sphinx and what it needs are not installed.

    Parameters
    ----------
    out
        Folder of the site; a former site there is replaced.
    theorems
        Also the theorems in this folder of your own, <slug>.py with THEOREM each. They are code and are run.
    results
        Stored measurements that go before those of the package.
    pdf
        Also the whole book as gradproof.pdf; needs Chromium.
    """
    if missing := [name for name in NEEDED if find_spec(name) is None]:
        complain(f'docs: {", ".join(missing)} not installed; pip install "gradproof[docs]"')
        return NO_EXTRA
    from pathlib import Path

    from gradproof_docs.build import build

    with progress("drawing figures") as told:
        own, stored = (None if folder is None else Path(folder) for folder in (theorems, results))
        site = build(Path(out), theorems=own, results=stored, pdf=pdf, progress=told)
    for problem in site.problems:
        say(problem)
    say(f"{Path(out) / 'index.html'}: {site.pages} pages in {site.seconds:.0f} s")
    return site.status
