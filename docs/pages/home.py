"""The fragments of the home page, and the list of all theorems."""

from __future__ import annotations

from collections.abc import Sequence

from gradproof_docs.book import Book, Entry
from gradproof_docs.pages.derivation import relation
from gradproof_docs.pages.digits import count
from gradproof_docs.pages.markup import badge, escape, fence, paragraphs, table, thm
from gradproof_docs.pages.prose import listed, prose
from gradproof_docs.pages.tex import inline
from gradproof_docs.pages.words import sentence
from theory.statement import HELD

BORDERS = {  # as graph.py draws them
    **dict.fromkeys(("computed", "certified", "kernel"), "green"),
    "axiom": "blue",
    "cited": "dashed violet",
    "sampled": "dotted orange",
    "gap": "red",
}

WIDEST = 250  # characters of LaTeX in a cell of the table: a longer formula pushes the verdict out of it


def gallery(book: Book) -> str:
    """A card a theorem."""
    return fence("gallery", "\n\n".join(card(book, entry) for entry in book.entries)) + "\n"


def card(book: Book, entry: Entry) -> str:
    """A theorem in the gallery."""
    told = book.badge(entry)
    title = escape(entry.theorem.title)
    return fence("card", "", entry.slug, title=title, area=entry.area, outcome=told.outcome, held=told.held)


def graph(book: Book) -> str:
    """The picture of which theorem rests on which, with its caption."""
    borders = (f"{BORDERS[held]} {held}" for held in HELD if held in {entry.theorem.held for entry in book.entries})
    edges = sum(len(book.builds_on(entry.slug)) for entry in book.entries)
    said = (
        f"{count(len(book.entries), 'theorem')}, {count(edges, 'dependency', 'dependencies')}. An arrow leads from a "
        f"theorem to one whose proof uses it; the border says how the proof is held: {listed(borders)}."
    )
    return fence("graph", said) + "\n"


def full_table(book: Book) -> str:
    """Every theorem with its formula: its first statement."""
    rows = [
        [thm(entry.slug), escape(entry.area), formulas(entry), badge(told.held), badge(told.outcome)]
        for entry in book.entries
        for told in [book.badge(entry)]
    ]
    return table(["theorem", "area", "claim", "held", "outcome"], rows) + "\n"


def formulas(entry: Entry) -> str:
    """The relations of the first statement, inline; in words where they would not fit into a cell."""
    stated = entry.theorem.statements[0]
    shown = [relation(goal) for goal in stated.goals()]
    if max(map(len, shown)) > WIDEST:
        return prose(f"{sentence(entry.theorem, stated)} ...")
    return ", ".join(map(inline, shown))


def catalogue(book: Book) -> str:
    """The page of all theorems, area by area, with the contents of the sidebar."""
    sections = (section for area, entries in book.areas.items() for section in _section(book, area, entries))
    head = f"{count(len(book.entries), 'theorem')}, each derived step by step and judged on random networks."
    return paragraphs("# Theorems", head, *sections) + "\n"


def _section(book: Book, area: str, entries: Sequence[Entry]) -> list[str]:
    """An area's theorems, in a contents of its own: in the book they are its chapters."""
    items = [
        f"- {thm(entry.slug)} {badge(book.badge(entry).outcome)} {badge(book.badge(entry).held)}" for entry in entries
    ]
    contents = fence("toctree", "\n".join(entry.slug for entry in entries), hidden=True, maxdepth="1")
    return [f"## {escape(area)}", "\n".join(items), contents]
