"""The directives of a theorem's page: statement box, evidence, derivation with its steps, folds."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from gradproof_docs.badges import badge
from gradproof_docs.blocks import Block, kind, outcome
from gradproof_docs.domain import Place, TheoremDomain
from gradproof_docs.nodes import made


class StatementBox(Block):
    """The statement box, and the target of `{thm}`."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {
        "slug": directives.unchanged_required,
        "number": directives.positive_int,
        "outcome": outcome,
    }

    def run(self) -> list[nodes.Node]:
        """The box: its number and title, then the content."""
        self.demand()
        slug, title = self.options["slug"], self.inline(self.arguments[0])
        anchor = nodes.make_id(f"theorem-{slug}")
        number = nodes.inline("", f"Theorem {self.options['number']}", classes=["theorem-number"])
        head = nodes.paragraph("", "", number, nodes.inline("", "", *title), classes=["theorem-title"])
        box = self.body(made("div", f"theorem is-{self.options['outcome']}", head))
        box["ids"] = [anchor]
        self.state.document.note_explicit_target(box)
        shown = "".join(part.astext() for part in title)
        domain = self.env.get_domain("thm")
        assert isinstance(domain, TheoremDomain)
        domain.note(slug, Place(self.env.docname, anchor, shown), box)
        return [box]


class Evidence(Block):
    """The figure of a statement. The content is its caption."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The figure with its caption."""
        name = self.arguments[0]
        return [self.figure("evidence", f"{name}-wide", f"{name}-narrow")]


class Derivation(Block):
    """A container of steps: one vertical line."""

    def run(self) -> list[nodes.Node]:
        """The container."""
        return [self.body(made("div", "derivation"))]


class StepFold(Block):
    """A step of a derivation: it folds, and its dot says how it is held."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {"held": kind, "open": directives.flag}

    def run(self) -> list[nodes.Node]:
        """The folding step, with an id that stays while the steps before it do."""
        held = self.options.get("held")
        words = [badge(held)] if held else []
        heading = nodes.inline("", "", *self.inline(self.arguments[0]), classes=["step-heading"])
        summary = made("summary", "", heading, *words)
        opened = {"open": "open"} if "open" in self.options else {}
        fold = self.body(made("details", f"step is-{held}" if held else "step", summary, **opened))
        page = self.env.docname.rsplit("/", 1)[-1]
        fold["ids"] = [nodes.make_id(f"{page}-step-{self.env.new_serialno('step') + 1}")]
        return [fold]


class Fold(Block):
    """Anything long, folded."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The fold."""
        summary = made("summary", "", *self.inline(self.arguments[0]))
        return [self.body(made("details", "fold", summary))]


NAMES = {"theorem": StatementBox, "evidence": Evidence, "derivation": Derivation, "step": StepFold, "fold": Fold}


def setup(app: Any) -> None:
    """Adds the directives."""
    for name, directive in NAMES.items():
        app.add_directive(name, directive)
