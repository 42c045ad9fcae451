"""The site from theorems and stored measurements: staged in a folder of its own, then put in place as a whole."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from gradproof_docs import links
from gradproof_docs.book import Book
from gradproof_docs.chromium import BrowserError
from gradproof_docs.collecting import collect
from gradproof_docs.pdf import print_pdf
from gradproof_docs.sphinx_process import make
from gradproof_docs.staging import Progress, stage

MARK = ".gradproof-site"  # lies in every site made here: only such a folder is ever replaced
BOOK = "gradproof.pdf"


@dataclass(frozen=True)
class Site:
    """What was built: exit status (1: a gap in a proof, or a refutation), pages, seconds, and what is wrong."""

    status: int
    pages: int
    seconds: float
    problems: tuple[str, ...]


def build(
    out: Path,
    *,
    theorems: Path | None = None,
    results: Path | None = None,
    pdf: bool = False,
    cache: Path | None = None,
    progress: Progress | None = None,
) -> Site:
    """Write the site to the folder ``out``, replacing a former one whole or, where anything fails, not at all.

    ``theorems``: a folder of the user's theorem files; ``results``: stored measurements that go before those shipped;
    ``pdf``: the whole book as gradproof.pdf too; ``cache``: where drawn figures are kept.
    Same input, same bytes. Raises ValueError for input that cannot become a site, naming place and remedy.
    """
    begin, place = time.perf_counter(), out.resolve()
    _replaceable(place)
    book = collect(theorems, results)
    with _room(place) as room:
        stage(book, room / "source", cache, progress)
        make("html", room / "source", room / "html")
        if pdf:
            _print(room)
        pages = _checked(room / "html")
        (room / "html" / MARK).write_text("Made by `gradproof docs`, which replaces this folder as a whole.\n")
        _swap(room / "html", place, room / "former")
    problems = found(book)
    return Site(int(bool(problems)), pages, time.perf_counter() - begin, problems)


def found(book: Book) -> tuple[str, ...]:
    """Gaps and refutations, a line each: what the site shows in red and the exit status tells."""
    badges = ((entry.slug, book.badge(entry)) for entry in book.entries)
    return tuple(
        f"{slug}: {badge.outcome}: {badge.rule}" for slug, badge in badges if badge.outcome in ("gap", "refuted")
    )


def _replaceable(place: Path) -> None:
    """Raises ValueError where something lies at the place that is no site of ours."""
    if Path.cwd().is_relative_to(place):
        raise ValueError(
            f"--out={place}: you are in this folder, and it would be replaced; pass one in it, such as site"
        )
    if not place.exists() or (place / MARK).is_file():
        return
    if not place.is_dir():
        raise ValueError(f"--out={place}: is a file; pass a folder")
    if any(place.iterdir()):
        raise ValueError(f"--out={place}: is not empty and no site of gradproof; pass another folder, or empty it")


@contextmanager
def _room(place: Path) -> Iterator[Path]:
    """A folder beside the place, on the same disk, that is gone afterwards whatever happens."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        room = Path(mkdtemp(prefix=".gradproof-", dir=place.parent))
    except OSError as reason:
        raise ValueError(
            f"--out={place}: {reason.strerror} in {place.parent}; pass a folder that you may write to"
        ) from None
    try:
        yield room
    except OSError as reason:
        raise ValueError(f"--out={place}: {reason}; the former site is untouched") from reason
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _print(room: Path) -> None:
    make("singlehtml", room / "source", room / "book")
    try:
        print_pdf(room / "book" / "index.html", room / "html" / BOOK)
    except BrowserError as error:
        raise ValueError(f"--pdf: {error}") from None


def _checked(html: Path) -> int:
    """The number of pages. Raises ValueError where a link is broken or leads a page to load something from outside."""
    survey = links.survey(html)
    if survey.problems:
        told = "; ".join(survey.problems[:5])
        raise ValueError(f"{len(survey.problems)} broken links: {told}; the former site is untouched")
    return survey.pages


def _swap(made: Path, place: Path, former: Path) -> None:
    _replaceable(place)  # again: what was put there since is not ours
    if place.exists():
        os.rename(place, former)
    try:
        os.rename(made, place)
    except BaseException:
        if former.exists():
            os.rename(former, place)
        raise
