"""MyST as text: what any string becomes so that it is only read, and the few shapes that pages are made of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

# What can begin markup anywhere in a line; Markdown lets a backslash stand before any of them.
MARKUP = re.compile(r"([\\`*_{}\[\]#|~$^@!])")
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# What begins a block at the start of a line only: lists, headings, rules, fences, comments, fields, targets.
START = re.compile(r"^(\d{1,9})([.)])|^([-+=:%(\"'])")
SLUG = re.compile(r"[a-z][a-z0-9_]*")
PLAIN = re.compile(r"[A-Za-z0-9_-]+")


def escape(text: str) -> str:
    """Any text as one line of MyST that shows it and does nothing else: no markup, no HTML, no math.

    Runs of white space become one space; characters that are not shown (controls, bidirectional marks) are dropped.

    >>> print(escape("<b> & `x` [y](z)"))
    &lt;b&gt; &amp; \\`x\\` \\[y\\](z)
    >>> print(escape("# x"), escape("1. x"))
    \\# x 1\\. x
    """
    return as_line(inert(text))


def inert(text: str) -> str:
    """As ``escape``, for a place within a line.

    >>> print(inert("+ *x*"))
    + \\*x\\*
    """
    line = MARKUP.sub(r"\\\1", visible(text))
    for sign, entity in ENTITIES.items():
        line = line.replace(sign, entity)
    return line


def as_line(made: str) -> str:
    """Inline MyST that begins a line, without beginning a block there."""
    return START.sub(lambda found: rf"{found[1]}\{found[2]}" if found[1] else rf"\{found[3]}", made)


def visible(text: str) -> str:
    """The text on one line, without characters that are not shown.

    >>> visible(" a\\n\\u202eb\\x00 ")
    'a b'
    """
    spaced = " ".join(text.split())
    return "".join(sign for sign in spaced if sign == " " or unicodedata.category(sign)[0] not in "CZ")


def fence(name: str, body: str, arg: str = "", colons: int = 0, /, **options: str | bool | None) -> str:
    """A directive as a colon fence, longer than every fence in its body; an option that is None or False is left out.

    arg and the values of options are MyST that is escaped already.

    >>> print(fence("note", "text", "Title", open=True))
    :::{note} Title
    :open:
    <BLANKLINE>
    text
    :::
    """
    inside = [len(run) for run in re.findall(r"^:{3,}", body, re.MULTILINE)]
    marks = ":" * max(3, colons, *(length + 1 for length in inside))
    told = [f":{key}:{_value(value)}" for key, value in options.items() if value not in (None, False)]
    return "\n".join([f"{marks}{{{name}}} {arg}".rstrip(), *told, "", body.strip("\n"), marks])


def _value(value: str | bool | None) -> str:
    """The value of an option: plain words as they are, others in double quotes."""
    if value is True:
        return ""
    quoted = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f" {value}" if PLAIN.fullmatch(str(value)) else f' "{quoted}"'


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> str:
    """A pipe table of cells that are MyST already; the columns numbered in ``right`` are set to the right.

    >>> print(table(["a", "b"], [["1", "2"]], right=[1]))
    | a | b |
    |:--|--:|
    | 1 | 2 |
    """
    numbers = set(right)
    rule = "|".join("--:" if column in numbers else ":--" for column in range(len(headings)))
    lines = [" | ".join(row) for row in (headings, *rows)]
    return "\n".join([f"| {lines[0]} |", f"|{rule}|", *(f"| {line} |" for line in lines[1:])])


def thm(slug: str, number: int | None = None) -> str:
    """A link to a theorem's page by its title, or by its number. Raises ValueError where this cannot be a slug.

    >>> thm("log_gain"), thm("log_gain", 4)
    ('{thm}`log_gain`', '{thm}`4 <log_gain>`')
    """
    if not SLUG.fullmatch(slug):
        raise ValueError(f"theorem {slug!r}: not a slug; name the file and the theorem like log_gain")
    return f"{{thm}}`{slug}`" if number is None else f"{{thm}}`{number} <{slug}>`"


def badge(word: str) -> str:
    """The outcome or the way of being held as a colored word with its sign.

    >>> badge("consistent")
    '{badge}`consistent`'
    """
    return f"{{badge}}`{word}`" if PLAIN.fullmatch(word) else escape(word)


def paragraphs(*parts: str) -> str:
    """The parts that are not empty, a blank line between them."""
    return "\n\n".join(part for part in parts if part)
