"""Badges: how a theorem was judged, and how a step is held, each a sign and a word."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from gradproof_docs.book import SIGNS

KINDS = (
    "computed",
    "certified",
    "kernel",
    "axiom",
    "cited",
    "sampled",
)  # their sign is a dot that the style sheet draws


def badge(word: str) -> nodes.inline:
    """The badge of an outcome or of a kind of proof step.

    Raises ValueError for any other word.

    >>> badge("consistent").astext(), badge("axiom").astext()
    ('✓ consistent', 'axiom')
    """
    if word not in (*SIGNS, *KINDS):
        raise ValueError(f"badge {word!r}: no outcome and no kind; write one of {', '.join((*SIGNS, *KINDS))}")
    shape = "badge" if word in SIGNS else "badge badge-kind"
    text = f"{SIGNS[word]} {word}" if word in SIGNS else word
    return nodes.inline("", text, classes=[*shape.split(), f"is-{word}"])


class BadgeRole(SphinxRole):
    """`{badge}` with a word in it."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The badge; an unknown word is an error at its line."""
        try:
            return [badge(self.text)], []
        except ValueError as error:
            message = self.inliner.reporter.error(str(error), line=self.lineno)
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]


def setup(app: Any) -> None:
    """Adds the role."""
    app.add_role("badge", BadgeRole())
