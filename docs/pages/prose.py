"""Sentences and numbers: the plain text of theorems as people print it, links included."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from gradproof_docs.pages.markup import as_line, escape, inert, thm

GREEK = {
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "eps": "ε",
    "eta": "η",
    "lambda": "λ",
    "xi": "ξ",
    "pi": "π",
    "rho": "ρ",
    "sigma": "σ",
    "tau": "τ",
    "phi": "φ",
    "chi": "χ",
    "psi": "ψ",
    "omega": "ω",
}
PLAIN_DIGITS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "−0123456789")
SIGNS = {"->": "→", "<=": "≤", ">=": "≥", "...": "…"}
NAME = "|".join(sorted(GREEK, key=len, reverse=True))
SCRIPT = r"(?:\{(?P<%s>[^{}]{1,20})\}|\((?P<%s>[^(){}]{1,20})\)|(?P<%s>[−-]?[A-Za-z0-9]{1,3})(?![A-Za-z0-9_]))"
TOKEN = re.compile(
    rf"(?P<slug>(?<![A-Za-z0-9_])[a-z]{{2,}}(?:_[a-z0-9]{{2,}})+(?![A-Za-z0-9_]))"
    rf"|(?<![A-Za-z0-9_])(?P<letter>{NAME}|d?[A-Za-z]|[α-ωΑ-Ω])(?P<power>²?)_{SCRIPT % ('lower', 'wide', 'short')}"
    rf"|\^{SCRIPT % ('upper', 'high', 'up')}"
    rf"|(?<![A-Za-z0-9_])(?P<greek>{NAME})(?![A-Za-z0-9_])"
    rf"|(?P<root>(?<![A-Za-z0-9_])sqrt(?=\()(?:\((?P<single>[A-Za-z0-9]|{NAME})\))?)"
    rf"|(?P<norm>(?<=‖)_F(?![A-Za-z0-9]))"
    rf"|(?<=10)(?P<power_of_ten>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    rf"|(?P<sign>->|<=|>=|\.\.\.)"
)
INDEX = re.compile(r"[A-Za-z0-9+*/,.' −-]+")  # what a raised or lowered index may hold, being a role's raw text


def prose(text: str, slugs: Collection[str] = ()) -> str:
    """A sentence of a theorem as MyST: letters with their indices, relations as signs, slugs of theorems as links.

    >>> prose("‖W_{L+1}‖ <= sigma_w, see log_gain", ["log_gain"])
    '‖W{sub}`L+1`‖ ≤ σ{sub}`w`, see {thm}`log_gain`'
    >>> prose("2/sqrt(n), sqrt(n/2)")
    '2/√n, √(n/2)'
    >>> print(prose("<b>_x_</b>"))
    &lt;b&gt;\\_x\\_&lt;/b&gt;
    """
    parts, last = [], 0
    line = " ".join(text.split())
    for found in TOKEN.finditer(line):
        parts += [line[last : found.start()], _Made(_written(found, slugs))]
        last = found.end()
    return _joined([*parts, line[last:]])


class _Made(str):
    """A piece that is MyST already."""


def _joined(parts: Iterable[str]) -> str:
    """The pieces, plain ones escaped with the white space around them kept."""
    written = ""
    for part in parts:
        if isinstance(part, _Made):
            written += part
        elif part:
            lead, tail = " " * part[0].isspace(), " " * part[-1].isspace()
            inner = inert(part)
            written += lead + inner + tail * bool(inner)
    return as_line(written.strip())


def _written(found: re.Match[str], slugs: Collection[str]) -> str:
    if found["slug"]:
        return thm(found["slug"]) if found["slug"] in slugs else escape(found["slug"])
    if found["letter"]:
        lower = found["lower"] or found["wide"] or found["short"]
        return GREEK.get(found["letter"], found["letter"]) + found["power"] + _script("sub", lower, found[0])
    if found["greek"]:
        return GREEK[found["greek"]]
    if found["root"]:
        return "√" + GREEK.get(found["single"] or "", found["single"] or "")
    if found["norm"]:
        return "{sub}`F`"
    if found["power_of_ten"]:
        return f"{{sup}}`{found['power_of_ten'].translate(PLAIN_DIGITS)}`"
    if found["sign"]:
        return SIGNS[found["sign"]]
    return _script("sup", found["upper"] or found["high"] or found["up"], found[0])


def _script(role: str, index: str, whole: str) -> str:
    """The index raised or lowered; as typed where it holds what a role could misread."""
    if not INDEX.fullmatch(index) or index != index.strip():
        return escape(whole[whole.index("_" if role == "sub" else "^") :])
    return f"{{{role}}}`{index.replace('-', '−')}`"


def heading(text: str, slugs: Collection[str] = ()) -> str:
    """A sentence as a heading: its first word, where it is one, with a capital letter.

    >>> heading("the claim at L"), heading("v is a unit vector"), heading("a root is continuous")
    ('The claim at L', 'v is a unit vector', 'A root is continuous')
    """
    word = re.match(r"(?:a (?=[a-zA-Z]{2}))?[a-z]{2,}(?=[ ,;:]|$)", text.strip())
    return prose(text.strip()[0].upper() + text.strip()[1:] if word else text, slugs)


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words as an enumeration.

    >>> listed(["a"]), listed(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    *first, end = [*words] or ["none"]
    return f"{', '.join(first)} {last} {end}" if first else end


def place(point: Mapping[str, str]) -> str:
    """A point: each parameter with its value, which a line does not part.

    >>> place({"sigma_w": "4/5", "L": "3"})
    'σ{sub}`w`\\xa0=\\xa04/5, L\\xa0=\\xa03'
    """
    return ", ".join(f"{prose(name)}\u00a0=\u00a0{escape(value)}" for name, value in point.items())
