"""The fragments of the home page, and the list of all theorems."""

from __future__ import annotations

from collections.abc import Iterable

from gradproof_docs.book import Book, Entry
from gradproof_docs.pages.derivation import relation
from gradproof_docs.pages.digits import count
from gradproof_docs.pages.markup import badge, escape, fence, paragraphs, table, thm
from gradproof_docs.pages.tex import inline


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
    edges = sum(len(book.builds_on(entry.slug)) for entry in book.entries)
    said = (
        f"{count(len(book.entries), 'theorem')}, {count(edges, 'dependency', 'dependencies')}. An arrow leads from a "
        "theorem to one whose proof uses it; the border says how the proof is held."
    )
    return fence("graph", said) + "\n"


def full_table(book: Book) -> str:
    """Every theorem with its formula: the first relation of each statement."""
    rows = [
        [thm(entry.slug), escape(entry.area), formulas(entry), badge(told.held), badge(told.outcome)]
        for entry in book.entries
        for told in [book.badge(entry)]
    ]
    return table(["theorem", "area", "claim", "held", "outcome"], rows) + "\n"


def formulas(entry: Entry) -> str:
    """The relations of the first statement, inline."""
    return ", ".join(inline(relation(goal)) for goal in entry.theorem.statements[0].goals())


def catalogue(book: Book) -> str:
    """The page of all theorems, area by area, with the contents of the sidebar."""
    sections = (section for area, entries in book.areas.items() for section in _section(book, area, entries))
    contents = fence("toctree", "\n".join(entry.slug for entry in book.entries), hidden=True, maxdepth="1")
    head = f"{count(len(book.entries), 'theorem')}, each derived step by step and judged on random networks."
    return paragraphs("# Theorems", head, *sections, contents) + "\n"


def _section(book: Book, area: str, entries: Iterable[Entry]) -> list[str]:
    items = [
        f"- {thm(entry.slug)} {badge(book.badge(entry).outcome)} {badge(book.badge(entry).held)}" for entry in entries
    ]
    return [f"## {escape(area)}", "\n".join(items)]
