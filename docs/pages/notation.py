"""The letters in use, each with its meaning and the theorems that write it."""

from __future__ import annotations

from gradproof_docs.book import Book
from gradproof_docs.pages.markup import paragraphs, table, thm
from gradproof_docs.pages.prose import prose
from gradproof_docs.pages.tex import inline
from theory.legend import LEGEND, legend

INTRODUCTION = (
    "Every letter that a theorem writes, with its one meaning; where depth and time give it two, both. "
    "$\\sigma_{w}$ and $\\sigma_{b}$ are standard deviations, and $^{\\top}$ is a transpose."
)


def notation(book: Book) -> str:
    """The page: a row a letter, in the order of every legend."""
    used = [(entry, legend(entry.theorem)) for entry in book.entries]
    rows = []
    for letter in dict.fromkeys(entry for _, entry in LEGEND):
        users = [thm(entry.slug, entry.number) for entry, letters in used if letter in letters]
        if users:
            rows.append([inline(letter.latex), prose(letter.meaning), ", ".join(users)])
    return paragraphs("# Notation", INTRODUCTION, table(["letter", "meaning", "in theorems"], rows)) + "\n"
