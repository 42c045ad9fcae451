"""Options as users type them: text to a checked number, never evaluated as code."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from cyclopts import Parameter, Token

LONGEST = 40  # digits of a seed: enough for 128 bits
MOST_WORKERS = 256


def whole(text: str, place: str, low: int, high: int | None = None) -> int:
    """A whole number in decimal digits, low <= value (<= high).

    Raises ValueError naming value, place and remedy.

    >>> whole("8", "--workers", 1)
    8
    """
    value = int(text) if re.fullmatch(rf"[+-]?[0-9]{{1,{LONGEST}}}", text) else None
    if value is None or value < low or (high is not None and value > high):
        bounds = f"{low} to {high}" if high is not None else f"{low} or more"
        raise ValueError(f"{place}={text!r}: not a whole number of {bounds}; pass one such as {place} {low}")
    return value


def processors() -> int:
    """How many processors this process may use, at most as many workers as are allowed.

    >>> processors() >= 1
    True
    """
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(available or 1, MOST_WORKERS)


def resolution(text: str, place: str) -> float:
    """A number with 0 < value <= 1, fractions allowed.

    Raises ValueError naming value, place and remedy.

    >>> resolution("1/50", "--resolution")
    0.02
    """
    from theory.numbers import parse

    value = float(parse(text, place))
    if not 0 < value <= 1:
        raise ValueError(f"{place}={text!r}: a resolution is above 0 and at most 1; pass {place} 0.05, say")
    return value


def assignments(texts: Iterable[str]) -> dict[str, str]:
    """name=value pairs, in order; the values stay text.

    Raises ValueError where one is no pair, or a name comes twice.

    >>> assignments(["n=8", "sigma_w=4/5"])
    {'n': '8', 'sigma_w': '4/5'}
    """
    found: dict[str, str] = {}
    for text in texts:
        name, sign, value = (part.strip() for part in text.partition("="))
        if not (name and sign and value):
            raise ValueError(f"{text!r}: not name=value; pass each parameter as in sigma_w=4/5")
        if name in found:
            raise ValueError(f"{text!r}: {name} is given twice; pass it once")
        found[name] = value
    return found


def _place(token: Token) -> str:
    return token.keyword or "value"


def _widths(type_: Any, tokens: Sequence[Token]) -> str:
    """Whole numbers with commas between, and nothing else."""
    return ",".join(str(whole(text.strip(), _place(tokens[0]), 1)) for text in tokens[0].value.split(","))


def _seed(type_: Any, tokens: Sequence[Token]) -> int:
    return whole(tokens[0].value, _place(tokens[0]), 0)


def _workers(type_: Any, tokens: Sequence[Token]) -> int:
    return whole(tokens[0].value, _place(tokens[0]), 1, MOST_WORKERS)


def _digits(type_: Any, tokens: Sequence[Token]) -> int:
    return whole(tokens[0].value, _place(tokens[0]), 1)


def _resolution(type_: Any, tokens: Sequence[Token]) -> float:
    return resolution(tokens[0].value, _place(tokens[0]))


def _folder(type_: Any, tokens: Sequence[Token]) -> str:
    """A folder's name; an empty one, such as of a variable that is not set, would be the current folder."""
    text, place = tokens[0].value, _place(tokens[0])
    if not text or "\0" in text:
        raise ValueError(f"{place}={text!r}: names no folder; pass its path")
    return text


def _size(type_: Any, tokens: Sequence[Token]) -> str:
    """A number of factors, or a letter that stands for any; which letters there are the derivations say."""
    from theory.sizes import MOST_FACTORS  # SymPy is not loaded before a size is given

    text, place = tokens[0].value, _place(tokens[0])
    most = MOST_FACTORS[place.lstrip("-")]
    if re.fullmatch(r"[+-]?[0-9]+", text) and not (len(text) <= LONGEST and 1 <= int(text) <= most):
        raise ValueError(
            f"{place}={text!r}: written out for 1 to {most}; pass one of these, or a letter for any number"
        )
    return text


Seed = Annotated[int, Parameter(converter=_seed)]
Workers = Annotated[int, Parameter(converter=_workers)]
Digits = Annotated[int, Parameter(converter=_digits)]
Resolution = Annotated[float, Parameter(converter=_resolution)]
Folder = Annotated[str, Parameter(converter=_folder)]
Widths = Annotated[str, Parameter(converter=_widths)]
Size = Annotated[str, Parameter(converter=_size)]
