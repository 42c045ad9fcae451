"""The book from what is at hand: the theorems, a user's among them, and their stored measurements."""

from __future__ import annotations

import os
from pathlib import Path
from shlex import quote

from gradproof_docs.book import Book, bound
from numerics.expected import complete
from numerics.stored import outdated, read
from theory.catalog import search, theorem, theorems

SHIPPED = Path(__file__).parent / "results"


def collect(folder: Path | None = None, results: Path | None = None) -> Book:
    """Every theorem, and those of a user's folder, with measurements: from ``results``, or as shipped.

    Raises ValueError where measurements are missing or of a former theorem, naming these and what makes them.
    """
    if results is not None and not results.is_dir():
        raise ValueError(f"--results={results}: no such folder; pass the one that `gradproof verify --store` wrote")
    own = search(folder)
    stored = {slug: _place(slug, results) for slug in theorems()}
    _refuse("no measurements", [slug for slug, path in stored.items() if path is None], folder, results)
    measured = {slug: read(path) for slug, path in stored.items() if path is not None}
    old = [slug for slug, found in measured.items() if outdated(found, theorem(slug))]
    _refuse("outdated measurements", old, folder if set(old) & set(own) else None, results)
    cut = [slug for slug, found in measured.items() if not complete(found, theorem(slug))]
    _refuse("incomplete measurements", cut, folder if set(cut) & set(own) else None, results)
    return bound(map(theorem, measured), measured)


def _place(slug: str, results: Path | None) -> Path | None:
    places = (folder / f"{slug}.json" for folder in (results, SHIPPED) if folder is not None)
    return next((path for path in places if os.path.lexists(path)), None)


def _refuse(what: str, slugs: list[str], folder: Path | None, results: Path | None) -> None:
    if not slugs:
        return
    where = results or "results"
    searched = f" --theorems {quote(str(folder))}" if folder else ""
    makes = f"gradproof verify {' '.join(slugs)}{searched} --control --sweep --store {quote(str(where))}"
    shown = "" if results else f", then pass --results {where}"
    raise ValueError(f"{what} of {', '.join(slugs)}; `{makes}` makes them{shown}")
