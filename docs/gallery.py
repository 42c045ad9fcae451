"""The directives of the home page: the gallery with its cards, and the graph."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.addnodes import pending_xref

from gradproof_docs.badges import badge
from gradproof_docs.blocks import Block, kind, outcome
from gradproof_docs.nodes import made


class Gallery(Block):
    """A list of cards; the script adds its filters."""

    def run(self) -> list[nodes.Node]:
        """The list."""
        return [self.body(made("ul", "gallery"))]


class Card(Block):
    """A theorem in the gallery: area, badge, title, miniature; the title's link covers the whole card."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {
        "title": directives.unchanged_required,
        "area": directives.unchanged_required,
        "outcome": outcome,
        "held": kind,
    }

    def run(self) -> list[nodes.Node]:
        """The card."""
        self.demand()
        slug = self.arguments[0]
        area, judged, held = (self.options[name] for name in ("area", "outcome", "held"))
        words = nodes.inline("", "", *self.inline(self.options["title"]))
        link = pending_xref(
            "", words, refdomain="thm", reftype="ref", reftarget=slug, refexplicit=True, refwarn=True,
            refdoc=self.env.docname,
        )  # fmt: skip
        self.set_source_info(link)
        head = nodes.paragraph(
            "", "", nodes.inline("", area, classes=["card-area"]), badge(judged), classes=["card-head"]
        )
        title = nodes.paragraph("", "", link, classes=["card-title"])
        data = {"data-area": area, "data-outcome": judged, "data-held": held}
        return [made("li", f"card is-{judged}", head, title, self.picture(f"{slug}-mini"), **data)]


class Graph(Block):
    """The graph of which result rests on which."""

    def run(self) -> list[nodes.Node]:
        """The picture, with the content as its caption."""
        return [self.figure("graph", "graph", "graph-narrow")]


NAMES = {"gallery": Gallery, "card": Card, "graph": Graph}


def setup(app: Any) -> None:
    """Adds the directives."""
    for name, directive in NAMES.items():
        app.add_directive(name, directive)
