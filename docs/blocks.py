"""What the directives of the site share: a body and a title of MyST, a staged picture, words that options may have."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from gradproof_docs.badges import KINDS
from gradproof_docs.book import SIGNS
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

    def demand(self) -> None:
        """Raises an error at the directive's line where an option is missing: it needs all it has."""
        if missing := [name for name in self.option_spec if name not in self.options]:
            raise self.error(f"{self.name} without :{missing[0]}:; give {', '.join(self.option_spec)}")

    def picture(self, name: str) -> picture:
        """The staged picture of that name. Raises an error at the directive's line where there is none."""
        path = Path(self.env.srcdir) / FIGURES / f"{name}.svg"
        self.env.note_dependency(str(path))
        if not path.is_file():
            raise self.error(f"no picture {path.name} among the staged figures; draw it, or leave the directive out")
        node = picture("", svg=path.read_text(encoding="utf-8").strip())
        self.set_source_info(node)
        return node

    def figure(self, classes: str, wide: str, narrow: str) -> element:
        """A picture for wide and one for narrow windows, one of them shown; the content is its caption."""
        shown = (made("div", "only-wide", self.picture(wide)), made("div", "only-narrow", self.picture(narrow)))
        caption = self.body(made("figcaption", ""))
        return made("figure", classes, *shown, *([caption] if caption.children else []))
