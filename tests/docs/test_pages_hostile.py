"""What a user's own theorem says is shown and does nothing: no markup, no HTML, no macro, no directive of its own."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Symbol

pytest.importorskip("myst_parser", reason="could not import 'myst_parser'")
pytest.importorskip("matplotlib", reason="could not import 'matplotlib'")

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from gradproof_docs import conf
from gradproof_docs.book import Book, bound
from gradproof_docs.collecting import SHIPPED
from gradproof_docs.pages.markup import badge, escape, fence, thm, visible
from gradproof_docs.pages.prose import prose
from gradproof_docs.pages.site import pages
from gradproof_docs.pages.tex import ALLOWED, display, inline, safe
from numerics.stored import Measured, read
from theory.assumptions import FOURTH_MOMENT, IID, Assumption
from theory.catalog import theorem
from theory.statement import Control

HOSTILE = (
    "<script>alert(1)</script>",
    "](javascript:alert(1)) [x](javascript:alert(1))",
    "![x](http://example.com/a.png) <http://example.com>",
    "{eval-rst}",
    "{raw}`html <b>x</b>`",
    "```{eval-rst}\n.. raw:: html\n\n   <script>alert(1)</script>\n```",
    ":::{raw} html\n<script>alert(1)</script>\n:::",
    "```",
    ":::",
    "$$",
    "$x$ and $$y$$",
    r"\(x\) \[y\]",
    "% a comment",
    "\n# x\n\n---\n+++ x",
    "(target)=",
    "| a | b |\n|---|---|\n| c | d |",
    "1. x\n- y\n> z",
    ": x",
    "[^1] [^1]: x",
    "a trailing backslash \\",
    "\\",
    "&lt;b&gt; &#60;i&#62; &amp;",
    '" onclick="alert(1)" x="',
    "{#id .class onclick=x} []{onclick=x}",
    "\u202etxt\u0000\u2028x\x85y",
    "*a* _b_ **c** `d` ~~e~~",
    "x_{`a`} ^{]} sigma_{<b>}",
)
ROLES = {"thm", "badge", "sub", "sup", "doc", "py:func", "py:class"}
DIRECTIVES = {"theorem", "math", "fold", "evidence", "derivation", "step", "gallery", "card", "graph", "toctree"}
SIGNS = st.sampled_from(list("\\`*_{}[]#|~$^@!<>&\"'%:=+-.() \n\tab1Σ\u202e\x00") + list(HOSTILE))
TEXTS = st.one_of(st.lists(SIGNS, max_size=12).map("".join), st.text(max_size=30))
MACROS = [r"\href{javascript:x}{y}", r"\url{x}", r"\require{html}", r"\class{a}{b}", r"\cssId{a}{b}", r"\style{x}{y}"]
MACROS += [r"\unicode{60}", r"\htmlData{a=b}{c}", r"\begin{aligned} a & b \\ c \end{aligned}", r"\def\x{\x}\x", r"\]"]
MACROS += ["$", "`", "%", ":::", "\\", "{", "}", r"\left(", r"\frac{a}{b}", "&", "#", "|", "~", "<b>", "\n\n", r"\ "]
FORMULAS = st.one_of(st.lists(st.sampled_from([*MACROS, "x", "^", "_"]), max_size=8).map("".join), st.text(max_size=20))


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """MyST as the site is parsed, HTML not even disabled: our own text must hold without that."""
    return create_md_parser(MdParserConfig(enable_extensions=set(conf.myst_enable_extensions)), RendererHTML)


def tokens(text: str) -> Iterator[Token]:
    """Every token of a page, those within directives too."""
    for token in parser().parse(text):
        yield token
        yield from token.children or ()
        if token.type in ("colon_fence", "fence") and token.info.startswith("{") and "{math}" not in token.info:
            argument = token.info.partition("}")[2].strip()
            body = re.sub(r"\A(:[a-z]+:.*\n)*", "", token.content)
            for inner in (argument, body):
                yield from tokens(inner)


def harm(text: str) -> list[str]:
    """What a page does beyond what pages may do."""
    found = []
    for token in tokens(text):
        if token.type in ("html_block", "html_inline", "image", "link_open", "footnote_ref", "substitution_inline"):
            found.append(f"{token.type}: {token.content}{token.attrs}")
        if token.type == "myst_role" and token.meta["name"] not in ROLES:
            found.append(f"role {token.meta['name']}")
        if token.type in ("colon_fence", "fence") and token.info:
            name = re.match(r"\{?([\w-]*)", token.info)[1]
            found += [] if name in DIRECTIVES | {"pycon", "sh"} else [f"fence {token.info}"]
        if token.type in ("math_block", "math_block_label", "myst_target", "myst_line_comment", "myst_block_break"):
            found.append(f"{token.type}: {token.content}")
    return found


def shown(text: str) -> str:
    """What a reader sees of one line of MyST; fails where it is more than one paragraph of plain text."""
    found = parser().parse(text)
    assert [token.type for token in found] == ["paragraph_open", "inline", "paragraph_close"] * bool(text), text
    pieces = found[1].children if found else []
    assert all(piece.type in ("text", "text_special") for piece in pieces), [p.type for p in pieces]
    return "".join(piece.content for piece in pieces)


@pytest.mark.parametrize("planted", ["<b>x</b>", "[x](y)", "{raw}`x`", ":::{raw} html\n:::", "% x", "$$\nx\n$$"])
def test_harm_is_seen(planted: str) -> None:
    assert harm(fence("fold", planted, "title"))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_is(text: str) -> None:
    assert shown(escape(text)) == visible(text)


@given(TEXTS)
def test_any_text_is_shown_as_it_is(text: str) -> None:
    assert shown(escape(text)) == visible(text).strip() or visible(text) != visible(text).strip()


@given(TEXTS)
def test_prose_holds_nothing_but_text_and_scripts(text: str) -> None:
    found = [token for token in tokens(prose(text)) if token.type not in ("text", "text_special", "inline")]
    kinds = {token.type for token in found}
    assert kinds <= {"paragraph_open", "paragraph_close", "myst_role"}
    assert {token.meta["name"] for token in found if token.type == "myst_role"} <= {"sub", "sup"}
    assert all(re.fullmatch(r"[\w+*/,.' −-]+", token.content) for token in found if token.type == "myst_role")


@given(TEXTS)
def test_titles_and_options_stay_in_their_places(text: str) -> None:
    made = fence("card", "", "slug", title=escape(text), area="Through depth")
    (token,) = parser().parse(made)
    assert token.info == "{card} slug" and token.content.count("\n:area: ") == 1
    from myst_parser.parsers.options import options_to_items

    lines = (line.removeprefix(":") for line in token.content.strip().splitlines())
    options = dict(options_to_items("\n".join(lines))[0])
    assert options == {"title": escape(text), "area": "Through depth"}


@given(FORMULAS)
def test_any_formula_is_one_formula_of_known_macros(tex: str) -> None:
    told = safe(tex)
    assert set(re.findall(r"\\([A-Za-z]+)", told)) - {"begin", "end"} <= ALLOWED
    assert "\\\\" not in told and "`" not in told and "\n" not in told and not re.search(r"(?<!\\)[$%#|~]", told)
    bare = re.sub(r"\\.", "", told)
    assert bare.count("{") == bare.count("}") and told.count(r"\left") >= told.count(r"\right")
    (paragraph,) = [token for token in parser().parse(f"x {inline(tex)} y") if token.type == "inline"]
    assert [piece.type for piece in paragraph.children] == ["text", "math_inline", "text"]
    assert paragraph.children[1].content == (told or "-")
    (token,) = parser().parse(display(tex))
    assert token.info == "{math}" and token.content.strip().removeprefix("{}") == (told or "-")


def test_environments_of_cases_stay_and_are_not_aligned() -> None:
    told = safe(r"\begin{cases} a & x > 0 \\ b & x \le 0 \end{cases}")
    assert told == r"\begin{cases} a & x > 0 \cr  b & x \le 0 \end{cases}"
    assert "begin{" not in safe(r"\begin{align}a&b\end{align}").replace("{begin align}", "")


@pytest.mark.parametrize("slug", ["../x", "a b", "x`<script>", "", "A"])
def test_what_is_no_slug_is_refused(slug: str) -> None:
    with pytest.raises(ValueError, match="not a slug"):
        thm(slug)


def test_a_badge_is_a_word() -> None:
    assert badge("`x` <b>") == r"\`x\` &lt;b&gt;"


@lru_cache(maxsize=1)
def measurements() -> Measured:
    return read(SHIPPED / "norm_edge.json")


def hostile_book(text: str) -> Book:
    """A book of one theorem, everything a user types in it being this text."""
    true = theorem("norm_edge")
    evil = Assumption(text or "x", text, text, implies=(IID, FOURTH_MOMENT))
    steps = tuple(replace(step, because=text) for step in true.proof)
    parameters = tuple(
        replace(each, symbol=Symbol(text or "x", **each.symbol.assumptions0)) if each.symbol.name == "n" else each
        for each in true.parameters
    )
    changed = replace(
        true,
        title=text,
        limits=text,
        references=(text,),
        proof=steps,
        assumes=frozenset({evil}),
        parameters=parameters,
        controls=(Control(evil, needed=False, reason=text),),
    )
    verdicts = tuple(
        replace(verdict, note=text, ensemble=text or "x", lacks=text, system=text)
        for verdict in measurements().verdicts
    )
    measured = replace(measurements(), verdicts=verdicts, sweep=())
    return bound([changed], {"norm_edge": measured})


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_theorem_is_inert_on_every_page(text: str) -> None:
    for name, told in pages(hostile_book(text)).items():
        if name.endswith(".md"):
            assert harm(told) == [], name
        else:
            assert_is_plain_svg(told)


@settings(max_examples=15)
@given(TEXTS)
def test_any_theorem_is_inert_on_every_page(text: str) -> None:
    for name, told in pages(hostile_book(text)).items():
        assert not name.endswith(".md") or harm(told) == [], name


def assert_is_plain_svg(told: str) -> None:
    from xml.etree import ElementTree

    known = {"svg", "defs", "marker", "path", "text", "rect", "a"}
    for element in ElementTree.fromstring(told).iter():
        assert element.tag.removeprefix("{http://www.w3.org/2000/svg}") in known
        assert not [key for key in element.attrib if key.startswith("on")]
        assert element.attrib.get("href", "theorems/").startswith("theorems/")


@pytest.mark.slow
def test_a_hostile_theorem_through_sphinx(tmp_path: Path) -> None:
    sphinx = pytest.importorskip("sphinx.testing.util", reason="could not import 'sphinx'")
    source, text = tmp_path / "source", " ".join(HOSTILE)
    for name, told in pages(hostile_book(text)).items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(told, encoding="utf-8")
    for name in ("norm_edge-1-wide", "norm_edge-1-narrow", "norm_edge-mini"):
        (source / "figures" / f"{name}.svg").write_text("<svg></svg>")
    (source / "index.md").write_text("# x\n\n```{toctree}\ntheorems/index\ntrust\n```\n")
    given = {"extensions": ["myst_parser", "gradproof_docs.extension"], "smartquotes": False}
    given |= {"myst_enable_extensions": conf.myst_enable_extensions, "exclude_patterns": ["generated/*"]}
    (source / "conf.py").touch()
    app = sphinx.SphinxTestApp("html", srcdir=source, builddir=tmp_path, confoverrides=given)
    try:
        app.build()
    finally:
        app.cleanup()  # Sphinx keeps nodes and roles for the whole process
    page = (tmp_path / "html" / "theorems" / "norm_edge.html").read_text(encoding="utf-8")
    body = page.split('role="main"')[1].split('class="sphinxsidebar"')[0]
    assert visible(HOSTILE[0]) in html.unescape(re.sub(r"<[^>]*>", "", body))
    reader = Tags()
    reader.feed(body)
    assert {"section", "details", "table"} <= reader.tags
    assert reader.tags & {"script", "img", "iframe", "style", "object", "i", "b"} == set()
    assert not [name for name, _ in reader.attributes if name.startswith("on") or name == "style"]
    assert not [value for name, value in reader.attributes if name in ("href", "src") and ":" in (value or "")]


class Tags(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs
