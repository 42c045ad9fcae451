"""The pictures of theorems, drawn once: what is drawn, and by which code, is the name under which a drawing is kept."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib

import numerics.plots
from gradproof_docs.book import shown
from gradproof_docs.vectors import PALETTE, inline
from numerics.plot import pictured, sentence
from numerics.plots.layers import Picture
from numerics.plots.layout import compose
from numerics.plots.style import MINIATURE, NARROW, WIDE, Size, settings
from numerics.plots.writing import plain
from theory.statement import Theorem

if TYPE_CHECKING:
    from numerics.stored import Measured

NOTHING = (
    '<svg xmlns="http://www.w3.org/2000/svg" class="fig fig-mini" viewBox="0 0 187.2 86.4" role="img" '
    'aria-label="nothing was measured"><path d="M20 66 H167" style="stroke: var(--fig-grid)"/></svg>'
)


def pictures(theorem: Theorem, measured: Measured, cache: Path | None = None) -> dict[str, str]:
    """Each statement's picture as SVG, wide and narrow, and one miniature, by name: ``<slug>-1-wide``, ``<slug>-mini``.

    A statement is drawn by the verdicts of its sweep, or else by those at its points, without controls; one of which
    nothing was measured has no picture. cache: folder of drawings, None for the platform's. Same input, same bytes.
    """
    folder, found, drawable = cache or kept_at(), {}, []
    for number in range(len(theorem.statements)):
        if verdicts := shown(measured, number):
            picture, words = pictured(verdicts, theorem), sentence(verdicts, theorem)
            drawable.append(picture)
            for size in (WIDE, NARROW):
                name = f"{theorem.name}-{number + 1}-{size.name}"
                found[name] = drawn(name, picture, size, words, folder)
    name = f"{theorem.name}-mini"
    return {**found, name: _miniature(name, drawable, folder)}


def _miniature(name: str, drawable: Sequence[Picture], folder: Path) -> str:
    """Of the first picture that has curves, else of the first."""
    if not drawable:
        return NOTHING
    picture = min(drawable, key=lambda each: each.is_rows)
    return drawn(name, picture, MINIATURE, plain(picture.title), folder)


def drawn(name: str, picture: Picture, size: Size, label: str, folder: Path) -> str:
    """The picture as SVG, as it was kept, or drawn and kept; its ids are its name's own: two may share a page."""
    key = hashlib.sha256(repr((name, picture, size, label, _code(), matplotlib.__version__)).encode()).hexdigest()
    path = folder / f"{key}.svg"
    if (kept := _kept(path)) is not None:
        return kept
    with settings(**{"text.parse_math": False}):
        figure = compose(picture, size, PALETTE)
    text = inline(figure, size.name, label, name)
    _keep(path, text)
    return text


@lru_cache(maxsize=1)
def _code() -> str:
    """What the code of the drawing is: drawings of other code are not taken for its own."""
    folder = Path(numerics.plots.__file__).parent
    files = [
        *sorted(folder.glob("*.py")),
        Path(__file__),
        *(Path(__file__).with_name(name) for name in ("vectors.py", "elements.py")),
    ]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


def _kept(path: Path) -> str | None:
    """A drawing that was kept; None where there is none, or another than was written."""
    try:
        seal, _, text = path.read_text(encoding="utf-8").partition("\n")
    except (OSError, UnicodeDecodeError):
        return None
    return text if seal == hashlib.sha256(text.encode()).hexdigest() else None


def _keep(path: Path, text: str) -> None:
    """Keeps a drawing under its seal, whole or not at all; a folder that cannot be written keeps none."""
    half = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half.write_text(f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}", encoding="utf-8")
        os.replace(half, path)
    except OSError:
        with suppress(OSError):
            half.unlink()


def kept_at() -> Path:
    """The folder of drawings that the platform has for such; who can write there can change what is drawn."""
    told = Path(os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME", ""))
    if not told.is_absolute():
        own = {"win32": "AppData/Local", "darwin": "Library/Caches"}.get(sys.platform, ".cache")
        told = Path(os.path.expanduser("~")) / own
    return told / "gradproof" / "figures"
