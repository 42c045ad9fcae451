"""Depths, layers, steps and widths as users give them: checked, and never evaluated as code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from operator import index
from typing import TypeAlias

from sympy import Expr, Integer, Symbol

from theory.symbols import L, T, l

Size: TypeAlias = int | str | Expr

SYMBOLS = {"L": L, "l": l, "T": T}
MOST_FACTORS = {"depth": 100, "layer": 100, "steps": 20}  # beyond, writing a product out takes minutes
SHOWN = 60  # characters of a refused value


def size(value: Size, place: str) -> Expr:
    """A positive integer, or the symbol of a shared name (L, l, T), or an integer expression in SymPy symbols.

    Raises ValueError with the value, the place and the remedy for anything else, and for an integer above
    `MOST_FACTORS[place]`: so many factors are not written out.

    >>> size("L", "depth"), size(3, "depth"), size(L + 1, "depth")
    (L, 3, L + 1)
    """
    number = _named(value.strip(), place) if isinstance(value, str) else _counted(value, place)
    if number.is_nonpositive:
        raise ValueError(f"{place}={shown(value)}: must be at least 1; {_remedy(place)}")
    most = MOST_FACTORS.get(place)
    if most is not None and number.is_Integer and number > most:
        raise ValueError(
            f"{place}={shown(value)}: written out for 1 to {most}; pass one of these, or {_symbolic(place)}"
        )
    return number


def _counted(value: int | Expr, place: str) -> Expr:
    try:
        number = value if isinstance(value, Expr) else Integer(index(value))
    except TypeError:
        raise ValueError(f"{place}={shown(value)}: not an integer; {_remedy(place)}") from None
    if isinstance(value, Symbol) and value.is_integer is None:
        raise ValueError(
            f"{place}={value}: not an integer symbol; pass {_symbolic(place)} or "
            f"Symbol({value.name!r}, integer=True, positive=True)"
        )
    if isinstance(value, bool) or not number.is_integer:
        raise ValueError(f"{place}={shown(value)}: not an integer; {_remedy(place)}")
    return number


def _named(text: str, place: str) -> Expr:
    if text in SYMBOLS:
        return SYMBOLS[text]
    if re.fullmatch("[+-]?[0-9]+", text):
        return Integer(text[:SHOWN])  # what is longer lies outside every bound, and so does its beginning
    raise ValueError(f"{place}={shown(text)}: neither a positive integer nor one of L, l, T; {_remedy(place)}")


def _remedy(place: str) -> str:
    return f"pass a positive integer such as 3, or {_symbolic(place)}"


def _symbolic(place: str) -> str:
    return f'"{ {"layer": "l", "steps": "T"}.get(place, "L") }" for any'


def shown(value: object) -> str:
    """A refused value on one line, cut where it is long.

    >>> shown(10**100)
    '10000000000000000000000000000000000000000000000000000000000...'
    """
    try:
        text = " ".join(repr(value).split())
    except ValueError:  # Python writes no integer of more than 4300 digits
        return "an integer of thousands of digits"
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "..."


def layer_of(layer: Size, depth: Size) -> tuple[Expr, Expr]:
    """A layer and the depth it lies in.

    Raises ValueError where it lies beyond, more than `MOST_FACTORS["depth"]` layers below the top of a symbolic depth,
    or is given by a letter of another depth.
    """
    place, last = size(layer, "layer"), size(depth, "depth")
    foreign = {L, T} & place.free_symbols - last.free_symbols
    if foreign:
        raise ValueError(f"layer={place}: {min(foreign, key=str)} is no layer of depth={last}; {_within(last)}")
    if (last - place).is_negative:
        raise ValueError(f"layer={place}: lies beyond depth={last}; {_within(last)}")
    most = MOST_FACTORS["depth"]
    if (last - place).is_Integer and last - place > most:
        raise ValueError(
            f'layer={place}: more than {most} layers below depth={last}; pass a higher one, or "l" for any'
        )
    return place, last


def _within(depth: Expr) -> str:
    return f'pass 1 <= layer <= {depth}, or "l" for any'


def width(value: Sequence[int] | int, place: str) -> int:
    """A positive integer width; ValueError for anything else."""
    try:
        number = index(value)  # type: ignore[arg-type]
    except TypeError:
        number = 0
    if number < 1 or isinstance(value, bool):
        raise ValueError(f"{place}={shown(value)}: not a width; pass a positive integer")
    return number


def widths_of(widths: Sequence[int] | int, depth: Expr) -> list[int]:
    """Widths, input first: one more than there are layers."""
    if isinstance(widths, str) or not isinstance(widths, Iterable):
        raise ValueError(
            f"widths={shown(widths)}: not a sequence; pass one width more than layers, input first: [2, 3, 2]"
        )
    sizes = [width(value, f"widths[{place}]") for place, value in enumerate(widths)]
    most = MOST_FACTORS["depth"]
    if len(sizes) > most + 1:
        raise ValueError(f"widths: {len(sizes)} of them, and at most {most} layers are written out; pass fewer")
    if (depth.is_Integer and len(sizes) != depth + 1) or len(sizes) < 2:
        needed = depth + 1 if depth.is_Integer else "2 or more"
        raise ValueError(f"widths={sizes}: {len(sizes)} widths where depth={depth} needs {needed}, input first")
    return sizes
