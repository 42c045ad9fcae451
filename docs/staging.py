"""The source that Sphinx reads: hand-written pages copied, pages of theorems written, figures drawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gradproof_docs import growth, thresholds
from gradproof_docs.book import Book
from gradproof_docs.figures import pictures
from gradproof_docs.pages.site import pages

DOCS = Path(__file__).parent
WRITTEN = ("*.md", "guides/*.md", "traps/*.md", "reference/*.md", "decisions/*.md")  # by hand
Progress = Callable[[int, int], None]


def stage(book: Book, source: Path, cache: Path | None = None, progress: Progress | None = None) -> None:
    """Fills the folder ``source``; ``progress`` is told how many theorems of how many are drawn."""
    for path in (path for pattern in WRITTEN for path in sorted(DOCS.glob(pattern))):
        place(source, path.relative_to(DOCS).as_posix(), path.read_text(encoding="utf-8"))
    for name, text in {**pages(book), **thresholds.fragments(cache), **growth.fragments(cache)}.items():
        place(source, name, text)
    for done, entry in enumerate(book.entries, 1):
        for name, drawn in pictures(entry.theorem, entry.measured, cache).items():
            place(source, f"figures/{name}.svg", drawn)
        if progress:
            progress(done, len(book.entries))


def place(source: Path, name: str, text: str) -> None:
    """Writes one staged file. Raises ValueError where its name leads out of the folder or is taken."""
    path = (source / name).resolve()
    if not path.is_relative_to(source.resolve()) or path.exists():
        raise ValueError(f"page {name!r}: taken, or outside the site; give the theorem another name")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
