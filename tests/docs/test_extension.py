"""The Sphinx extension, on small sites of its own: ids, links, badges, pictures, folds, and what is a warning."""

import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("sphinx", reason="could not import 'sphinx'")

from sphinx.testing.util import SphinxTestApp

Built = tuple[dict[str, str], str]  # HTML by page, warnings
Build = Callable[..., Built]

PICTURE = (
    '<svg class="fig" viewBox="0 0 1 1" role="img" aria-label="Two lines."><text>zymurgy</text>'
    '<a href="theorems/log_gain.html"><path d="M0 0"/></a></svg>'
)
BOX = """::::{{theorem}} {title}
:slug: {slug}
:number: 4
:outcome: consistent

For every $L$:

$$ x = y $$
::::
"""
BOTH = {
    "theorems/log_gain.md": "# Logarithm of the gain\n\n" + BOX.format(title="Logarithm of the gain", slug="log_gain"),
    "theorems/gain_law.md": "# Law\n\n" + BOX.format(title="Law of the gain", slug="gain_law"),
}


@pytest.fixture
def build(tmp_path: Path) -> Iterator[Build]:
    apps = []

    def made(files: dict[str, str], builder: str = "html") -> Built:
        source = tmp_path / "source"
        for name, text in files.items():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_text(text, encoding="utf-8")
        (source / "conf.py").write_text(
            "extensions = ['myst_parser', 'gradproof_docs.extension']\nnitpicky = True\n"
            "myst_enable_extensions = ['colon_fence', 'dollarmath']\nexclude_patterns = ['figures']\n"
        )
        app = SphinxTestApp(builder, srcdir=source, builddir=tmp_path / "built")
        apps.append(app)
        app.build()
        out = Path(app.outdir)
        pages = {path.relative_to(out).as_posix(): path.read_text(encoding="utf-8") for path in out.rglob("*.html")}
        return pages, app.warning.getvalue()

    yield made
    for app in apps:
        app.cleanup()


def index(body: str) -> dict[str, str]:
    listing = "\n\n:::{toctree}\n:glob:\ntheorems/*\n:::\n"
    return {"index.md": f"# Home\n\n{body}{listing}", **BOTH}


def test_a_statement_box_is_a_target(build: Build) -> None:
    pages, warnings = build(index(""))
    page = pages["theorems/log_gain.html"]
    assert warnings == ""
    box = re.search(r'<div class="theorem is-consistent" id="theorem-log-gain">(.*)', page, re.DOTALL)
    assert box and '<span class="theorem-number">Theorem 4</span>' in box[1] and "Logarithm of the gain" in box[1]


def test_a_role_links_by_title_or_by_its_text(build: Build) -> None:
    pages, warnings = build(index("{thm}`log_gain`, {thm}`the law <gain_law>`."))
    text = pages["index.html"]
    assert warnings == ""
    assert re.search(r'href="theorems/log_gain.html"><span class="theorem-link">Logarithm of the gain</span>', text)
    assert re.search(r'href="theorems/gain_law.html"><span[^>]*>the law</span>', text)


def test_a_link_on_its_own_page_goes_to_the_box(build: Build) -> None:
    pages, _ = build({**index(""), "theorems/log_gain.md": BOTH["theorems/log_gain.md"] + "\nSee {thm}`log_gain`.\n"})
    assert 'href="#theorem-log-gain"' in pages["theorems/log_gain.html"]


def test_an_unknown_theorem_is_a_warning(build: Build) -> None:
    _, warnings = build(index("{thm}`jacobain`"))
    assert "no page of theorem jacobain" in warnings and "gradproof list" in warnings


def test_one_slug_on_two_pages_is_a_warning(build: Build) -> None:
    _, warnings = build({**index(""), "theorems/twice.md": "# Twice\n\n" + BOX.format(title="Twice", slug="log_gain")})
    assert warnings.count("WARNING") == 1 and "log_gain is already in theorems/" in warnings


def test_search_and_inventory_know_theorems(build: Build, tmp_path: Path) -> None:
    build(index(""))
    found = (tmp_path / "built/html/searchindex.js").read_text()
    assert "Logarithm of the gain" in found and '"thm","theorem"' in found.replace(" ", "")
    inventory = (tmp_path / "built/html/objects.inv").read_bytes().split(b"\n", 4)[4]
    entry = "log_gain thm:theorem 0 theorems/log_gain.html#theorem-log-gain Logarithm of the gain"
    assert entry in zlib.decompress(inventory).decode().splitlines()


@pytest.mark.parametrize("word, shown", [("consistent", "✓ consistent"), ("gap", "✗ gap"), ("cited", "cited")])
def test_a_badge_is_a_sign_and_a_word(build: Build, word: str, shown: str) -> None:
    pages, warnings = build(index(f"{{badge}}`{word}`"))
    assert warnings == "" and re.search(rf'<span class="badge[^"]* is-{word}">{shown}</span>', pages["index.html"])


def test_an_unknown_badge_is_an_error(build: Build) -> None:
    _, warnings = build(index("{badge}`confirmed`"))
    assert "badge 'confirmed'" in warnings and "underpowered" in warnings


EVIDENCE = {f"figures/{name}.svg": PICTURE for name in ("log_gain-1-wide", "log_gain-1-narrow", "log_gain-mini")}


def test_evidence_is_inlined_in_both_widths(build: Build, tmp_path: Path) -> None:
    body = ":::{evidence} log_gain-1\nWhat to see, $x$.\n:::"
    pages, warnings = build({**index(""), **EVIDENCE, "theorems/log_gain.md": BOTH["theorems/log_gain.md"] + body})
    page = pages["theorems/log_gain.html"]
    assert warnings == ""
    assert page.count('aria-label="Two lines."') == 2 and "<figcaption>" in page
    assert '<div class="only-wide"><svg' in page and '<div class="only-narrow"><svg' in page
    assert page.count('<a href="#"><path') == 2  # a link to the page it stands on
    assert "zymurgy" not in (tmp_path / "built/html/searchindex.js").read_text()


def test_evidence_without_a_picture_is_an_error(build: Build) -> None:
    _, warnings = build(index(":::{evidence} log_gain-9\n:::"))
    assert "no picture log_gain-9-wide.svg" in warnings


DERIVATION = """:::::{derivation}
::::{step} 1\\. By $x$ & definition
:held: computed
:open:

Nothing is assumed.
::::
::::{step} 2\\. By hand
:held: axiom

:::{fold} Details
More.
:::
::::
:::::
"""


def test_steps_are_details_with_ids(build: Build) -> None:
    pages, warnings = build({**index(""), "theorems/log_gain.md": BOTH["theorems/log_gain.md"] + DERIVATION})
    page = pages["theorems/log_gain.html"]
    assert warnings == ""
    assert re.search(r'<details[^>]*class="step is-computed"[^>]*id="log-gain-step-1"[^>]*open="open"', page)
    second = re.search(r'<details[^>]*class="step is-axiom"[^>]*id="log-gain-step-2"[^>]*>', page)
    assert second and "open" not in second[0]
    assert "&amp; definition" in page and '<span class="badge badge-kind is-axiom">axiom</span>' in page
    assert '<details class="fold"><summary>Details</summary>' in page


def test_a_gallery_is_a_list_of_linked_cards(build: Build) -> None:
    card = (
        ':::{card} log_gain\n:title: "Log \\\\<b\\\\> gain"\n:area: Through depth\n:outcome: refuted\n:held: cited\n:::'
    )
    pages, warnings = build({**index("::::{gallery}\n" + card + "\n::::"), **EVIDENCE})
    item = re.search(r'<ul class="gallery"><li class="card is-refuted"(.*?)</li>', pages["index.html"], re.DOTALL)
    assert warnings == "" and item
    assert 'data-outcome="refuted"' in item[1] and 'data-area="Through depth"' in item[1]
    assert 'href="theorems/log_gain.html"' in item[1] and "Log &lt;b&gt; gain" in item[1] and "<svg" in item[1]


def test_a_graph_links_from_where_it_stands(build: Build) -> None:
    graphs = {f"figures/{name}.svg": PICTURE for name in ("graph", "graph-narrow")}
    pages, warnings = build({**index(""), **graphs, "theorems/all.md": "# All\n\n:::{graph}\nArrows.\n:::"})
    assert warnings == "" and pages["theorems/all.html"].count('<a href="log_gain.html"><path') == 2


def test_the_book_links_within_itself(build: Build) -> None:
    pages, warnings = build({**index("{thm}`log_gain`"), **EVIDENCE}, "singlehtml")
    assert warnings == "" and 'href="#document-theorems/log_gain"' in pages["index.html"]


@pytest.mark.parametrize("option", ["slug", "number", "outcome"])
def test_a_box_needs_all_its_options(build: Build, option: str) -> None:
    box = re.sub(rf":{option}:.*\n", "", BOX.format(title="A", slug="a"))
    _, warnings = build(index(box))
    assert f"theorem without :{option}:" in warnings
