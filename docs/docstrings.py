"""Docstrings as reStructuredText for autodoc: ``W_l``, a norm or a power cannot be taken for markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

LITERAL = re.compile(r"(``?)(?!`)(.+?)(?<!`)\1(?!`)")
EMPHASIS = re.compile(r"(?<![\w)*])(\*\*?)([A-Za-z][^*]*[A-Za-z.])\1(?![\w(*])")
MARKUP = re.compile(r"[\\*|_`]|(?<=:):$")  # a colon after another at the end would make a block of what follows
ENUMERATOR = re.compile(r"^(#|\w{1,5})([.)]\s)")
LABEL = re.compile(r"^(Shapes:|Source:|Raises(?= [A-Z])) *")  # a paragraph of its own
NAMES = re.compile(r"^([a-z]\w*(?:, [a-z]\w*| and [a-z]\w*)*): ")  # what an argument or a field means


def safe(lines: Sequence[str]) -> list[str]:
    """A docstring as reST that reads as it was typed: doctests and indented formulas stay blocks, the rest is text.

    >>> safe(["Vector W_l * v.", "Raises ValueError where n = 0."])
    ['Vector W\\\\_l \\\\* v.', '', '**Raises** ValueError where n = 0.', '']
    """
    found: list[str] = []
    for block in _blocks(lines):
        if block[0].lstrip().startswith(">>>"):
            found += [*_dedented(block), ""]
        elif all(line.startswith("  ") for line in block):
            found += ["::", "", *("    " + line for line in _dedented(block)), ""]
        else:
            for part in _parts(block):
                found += [_told(part), ""]
    return found


def escape(text: str) -> str:
    """One line of prose, its literals and emphasis kept, every other character that is markup made plain.

    >>> print(escape("*not* x_l*y, and |x|"))
    *not* x\\_l\\*y, and \\|x\\|
    """
    kept: list[str] = []
    end = 0
    for start, stop, shown in _spans(text):
        if start >= end:
            kept += [MARKUP.sub(r"\\\g<0>", text[end:start]), shown]
            end = stop
    return "".join((*kept, MARKUP.sub(r"\\\g<0>", text[end:])))


def _spans(text: str) -> list[tuple[int, int, str]]:
    """What stays markup: where it begins and ends, and how reST writes it; a literal first, also beside a word."""
    literals = [(m.start(), m.end(), rf"\ ``{m[2]}``\ ") for m in LITERAL.finditer(text)]
    emphases = [(m.start(), m.end(), m[0]) for m in EMPHASIS.finditer(text)]
    return sorted(literals + emphases)


def _blocks(lines: Iterable[str]) -> Iterator[list[str]]:
    """The lines between blank ones."""
    for filled, block in groupby(lines, key=lambda line: bool(line.strip())):
        if filled:
            yield list(block)


def _dedented(block: Sequence[str]) -> list[str]:
    margin = min(len(line) - len(line.lstrip()) for line in block)
    return [line[margin:] for line in block]


def _parts(block: Iterable[str]) -> Iterator[str]:
    """A paragraph on one line each; a label and the meaning of a name begin one."""
    part: list[str] = []
    for line in map(str.strip, block):
        if part and (LABEL.match(line) or NAMES.match(line)):
            yield " ".join(part)
            part = []
        part.append(line)
    yield " ".join(part)


def _told(part: str) -> str:
    for pattern, shown in ((LABEL, "**{}** "), (NAMES, "``{}``: ")):
        if found := pattern.match(part):
            return shown.format(found[1]) + escape(part[found.end() :])
    return _plain_start(escape(part))


def _plain_start(text: str) -> str:
    """A first word that would begin a list, a field, an option or a comment begins none."""
    if ENUMERATOR.match(text):
        return ENUMERATOR.sub(r"\1\\\2", text)
    marks_text = text.startswith(("\\", "*")) or text[0].isalnum()
    return text if marks_text else "\\" + text


def process(app: Any, what: str, name: str, obj: object, options: object, lines: list[str]) -> None:
    """Autodoc's event ``autodoc-process-docstring``: the lines are replaced in place."""
    lines[:] = safe(lines)


def setup(app: Any) -> dict[str, object]:
    """This module as a Sphinx extension."""
    app.connect("autodoc-process-docstring", process)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
