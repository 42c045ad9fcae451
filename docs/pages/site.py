"""All generated pages of the site, from the book."""

from __future__ import annotations

from gradproof_docs.book import Book
from gradproof_docs.pages import home
from gradproof_docs.pages.graph import narrow, wide
from gradproof_docs.pages.notation import notation
from gradproof_docs.pages.references import references
from gradproof_docs.pages.theorem import page
from gradproof_docs.pages.trust import trust


def pages(book: Book) -> dict[str, str]:
    """Text of each page by its path in the site's source; the same book gives the same text."""
    return {
        **{f"theorems/{entry.slug}.md": page(book, entry) for entry in book.entries},
        "theorems/index.md": home.catalogue(book),
        "generated/gallery.md": home.gallery(book),
        "generated/graph.md": home.graph(book),
        "generated/table.md": home.full_table(book),
        "notation.md": notation(book),
        "trust.md": trust(book),
        "references.md": references(book),
        "figures/graph.svg": wide(book),
        "figures/graph-narrow.svg": narrow(book),
    }
