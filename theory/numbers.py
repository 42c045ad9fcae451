"""Numbers as people type them, read exactly and never evaluated: 0.1 is 1/10."""

from __future__ import annotations

import re

from sympy import Integer, Rational

LONGEST = 200
LARGEST_EXPONENT = 10_000
_PART = r"([+-]?)([0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE]([+-]?[0-9]+))?"
_NUMBER = re.compile(rf"{_PART}(?:/{_PART})?", re.ASCII)


def parse(text: str, name: str) -> Rational:
    """The exact number: an integer, a decimal, scientific notation, or a fraction of two of them.

    Raises ValueError, naming ``name``, where the text is anything else, longer than 200 characters, divides by 0, or
    has an exponent beyond 10000.

    >>> parse("0.1", "sigma_w"), parse("5/3", "sigma_w"), parse("-1.5e-3", "t")
    (1/10, 5/3, -3/2000)
    """
    if len(text) > LONGEST:
        raise ValueError(f"{name}={text[:20]}...: {len(text)} characters; pass a number of at most {LONGEST}")
    match = _NUMBER.fullmatch(text.strip())
    if not match:
        forms = "an integer, a decimal or a fraction, such as 3, 0.8, 1e-3 or 5/3"
        raise ValueError(f"{name}={text!r}: not a number; pass {forms}")
    top = _part(match.groups()[:3], name, text)
    if match.group(5) is None:
        return top
    bottom = _part(match.groups()[3:], name, text)
    if bottom == 0:
        raise ValueError(f"{name}={text}: divides by 0; pass another denominator")
    return top / bottom


def _part(groups: tuple[str | None, ...], name: str, text: str) -> Rational:
    sign, digits, exponent = (group or "" for group in groups)
    power = int(exponent or 0)
    if abs(power) > LARGEST_EXPONENT:
        raise ValueError(f"{name}={text}: exponent {power}; pass one of size at most {LARGEST_EXPONENT}")
    whole, _, decimals = digits.partition(".")
    number = Integer(int(whole + decimals)) * Integer(10) ** (power - len(decimals))
    return -number if sign == "-" else number
