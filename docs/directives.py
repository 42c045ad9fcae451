"""The directives of the site's pages: statement box, evidence, derivation, folds, gallery and graph."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.addnodes import pending_xref
from sphinx.util.docutils import SphinxDirective

from gradproof_docs.badges import KINDS, badge
from gradproof_docs.book import SIGNS
from gradproof_docs.domain import Place, TheoremDomain
from gradproof_docs.nodes import element, made, picture

FIGURES = "figures"  # below the source folder, where the pictures are staged


def outcome(argument: str) -> str:
    """An option's value that is an outcome, for docutils."""
    return directives.choice(argument, tuple(SIGNS))


def kind(argument: str) -> str:
    """An option's value that says how a step is held, for docutils."""
    return directives.choice(argument, (*KINDS, "gap"))


class Block(SphinxDirective):
    """What the directives share: a body of MyST, an inline title, a staged picture."""

    has_content = True
    final_argument_whitespace = True

    def body(self, node: element) -> element:
        """The node with the parsed content appended."""
        self.state.nested_parse(self.content, self.content_offset, node)
        return node

    def inline(self, text: str) -> list[nodes.Node]:
        """Inline MyST, parsed."""
        return self.parse_inline(text, lineno=self.lineno)[0]

    def picture(self, name: str) -> picture:
        """The staged picture of that name. Raises an error at the directive's line where there is none."""
        path = Path(self.env.srcdir) / FIGURES / f"{name}.svg"
        self.env.note_dependency(str(path))
        if not path.is_file():
            raise self.error(f"no picture {path.name} among the staged figures; draw it, or leave the directive out")
        node = picture("", svg=path.read_text(encoding="utf-8").strip())
        self.set_source_info(node)
        return node


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
        if missing := [name for name in self.option_spec if name not in self.options]:
            raise self.error(f"theorem without :{missing[0]}:; give {', '.join(self.option_spec)}")
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
    """A figure in both widths; the style sheet shows one of them. The content is its caption."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The figure with its caption."""
        widths = ("wide", "narrow")
        shown = [made("div", f"evidence-{width}", self.picture(f"{self.arguments[0]}-{width}")) for width in widths]
        caption = self.body(made("figcaption", ""))
        return [made("figure", "evidence", *shown, *([caption] if caption.children else []))]


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
        slug = self.arguments[0]
        if missing := [name for name in self.option_spec if name not in self.options]:
            raise self.error(f"card {slug} without :{missing[0]}:; give {', '.join(self.option_spec)}")
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
        """The picture, in a frame that scrolls where the page is narrow; the content is its caption."""
        caption = self.body(made("figcaption", ""))
        frame = made("div", "graph-frame", self.picture("graph"))
        return [made("figure", "graph", frame, *([caption] if caption.children else []))]


NAMES = {
    "theorem": StatementBox,
    "evidence": Evidence,
    "derivation": Derivation,
    "step": StepFold,
    "fold": Fold,
    "gallery": Gallery,
    "card": Card,
    "graph": Graph,
}


def setup(app: Any) -> None:
    """Adds the directives."""
    for name, directive in NAMES.items():
        app.add_directive(name, directive)
