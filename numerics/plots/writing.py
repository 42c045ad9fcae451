"""Words of a figure. Letters of mathematics, sub- and superscripts are marked by characters that no font draws.

A marked text becomes mathtext for Matplotlib, spans for the site; without either it can still be read.
"""

from __future__ import annotations

import re
import unicodedata

SYMBOL, SUB, SUPER, END = "\u2061", "\u2062", "\u2063", "\u2064"  # invisible, of no width
MARKED = re.compile(f"([{SYMBOL}{SUB}{SUPER}])([^{SYMBOL}{SUB}{SUPER}{END}]*){END}")
UNSEEN = re.compile(
    "[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
SHORT_NAMES = {"eps": "epsilon", "lambda": "lamda", "Lambda": "Lamda"}  # SymPy's names, as Unicode has them
RAISED = str.maketrans("−-+0123456789", "⁻⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹")


def clean(text: str) -> str:
    """The text on one line, without the marks and without what XML cannot hold.

    >>> clean("a\\nb\\x00c" + SUB)
    'a b c'
    """
    return " ".join(UNSEEN.sub(" ", text).split())


def symbol(name: str) -> str:
    """The letter of a parameter, its Greek letter and its index marked.

    >>> mathtext(symbol("sigma_w"))
    '$\\\\mathit{σ}_{w}$'
    """
    base, _, index = clean(name).partition("_")
    letter = greek(base) or base
    marked = f"{SYMBOL}{letter}{END}" if len(letter) == 1 else letter
    return marked + (f"{SUB}{index}{END}" if index else "")


def greek(name: str) -> str:
    """The Greek letter of that name; nothing where there is none.

    >>> greek("sigma"), greek("Lambda"), greek("eps"), greek("x")
    ('σ', 'Λ', 'ε', '')
    """
    size = "CAPITAL" if name[:1].isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"GREEK {size} LETTER {SHORT_NAMES.get(name, name).upper()}")
    except KeyError:
        return ""


def spelled(letter: str) -> str:
    """The name of a Greek letter, as SymPy has it; any other text as it is.

    >>> spelled("λ"), spelled("n")
    ('lambda', 'n')
    """
    name = unicodedata.name(letter, "") if len(letter) == 1 else ""
    if not re.fullmatch(r"GREEK (SMALL|CAPITAL) LETTER [A-Z]+", name):
        return letter
    word = name.rpartition(" ")[2].capitalize() if "CAPITAL" in name else name.rpartition(" ")[2].lower()
    return {full: short for short, full in SHORT_NAMES.items()}.get(word, word)


def letters(formula: str) -> str:
    """A short formula with its letters marked: ‖J*v‖² has J and v, ‖delta_l‖_F² has δ and two indices.

    >>> plain(letters("sigma_w*(t + 2)")), mathtext(letters("‖delta_l‖_F²"))
    ('sigma_w (t + 2)', '‖$\\\\mathit{δ}_{l}$‖$_{F}$²')
    """
    spaced = clean(formula).replace("*", " ")
    marked = re.sub(r"(?<=‖)_F", f"{SUB}F{END}", spaced)
    names = r"(?<![A-Za-z_\u2061\u2062])(?:[A-Za-z]+_[A-Za-z0-9]|[A-Za-z])(?![A-Za-z_(])"
    return re.sub(names, lambda found: symbol(found[0]), marked)


def plain(marked: str) -> str:
    """The marked text for a caption and for one who listens: letters by their names, exponents raised.

    >>> plain(symbol("sigma_w")), plain(f"10{SUPER}−9{END}")
    ('sigma_w', '10⁻⁹')
    """

    def said(match: re.Match[str]) -> str:
        if match[1] == SUPER:
            return match[2].translate(RAISED)
        return f"_{match[2]}" if match[1] == SUB else spelled(match[2])

    return MARKED.sub(said, marked)


def mathtext(marked: str) -> str:
    """The marked text for Matplotlib: every dollar sign of the text itself is inert.

    >>> mathtext("a $x$"), mathtext(f"10{SUPER}−9{END}")
    ('a \\\\$x\\\\$', '$10^{−9}$')
    """
    said = {SYMBOL: r"\mathit{%s}", SUB: "_{%s}", SUPER: "^{%s}"}

    def formula(match: re.Match[str]) -> str:
        inner = MARKED.sub(lambda part: said[part[1]] % _inert(part[2]), match[0])
        return f"${inner}$"

    runs = re.compile(rf"(?:\b10(?=[{SUPER}]))?(?:{MARKED.pattern})+")
    pieces, end = [], 0
    for match in runs.finditer(marked):
        pieces += [marked[end : match.start()].replace("$", r"\$"), formula(match)]
        end = match.end()
    return "".join([*pieces, marked[end:].replace("$", r"\$")])


def _inert(text: str) -> str:
    """Letters that mathtext takes for nothing but themselves."""
    return re.sub(r"([\\${}%#&_^~])", r"\\\1", text).replace("\\\\", "/").replace(r"\^", "ˆ").replace(r"\~", "˜")
