"""The literature, and which theorem leans on what."""

from __future__ import annotations

from gradproof_docs.book import Book
from gradproof_docs.pages.markup import escape, paragraphs, thm


def references(book: Book) -> str:
    """The page: each reference once, in alphabetical order, with the theorems that list it."""
    cited: dict[str, list[str]] = {}
    for entry in book.entries:
        for reference in entry.theorem.references:
            cited.setdefault(reference, []).append(entry.slug)
    items = [f"- {escape(text)}: {', '.join(map(thm, slugs))}" for text, slugs in sorted(cited.items())]
    said = "The sources of the rules that proofs are made of are listed under {doc}`what is trusted <trust>`."
    return paragraphs("# References", said, "\n".join(items)) + "\n"
