"""Depths, layers, steps and widths as users give them: checked, and never evaluated as code."""

from __future__ import annotations

from collections.abc import Sequence
from operator import index
from typing import TypeAlias

from sympy import Expr, Integer

from theory.symbols import L, T, l

Size: TypeAlias = int | str | Expr

SYMBOLS = {"L": L, "l": l, "T": T}


def size(value: Size, place: str) -> Expr:
    """A positive integer, or the symbol of a shared name (L, l, T), or an integer expression in SymPy symbols.

    Raises ValueError with the value, the place and the remedy for anything else.

    >>> size("L", "depth"), size(3, "depth"), size(L + 1, "depth")
    (L, 3, L + 1)
    """
    if isinstance(value, str):
        return _named(value.strip(), place)
    if isinstance(value, Expr):
        number = value
    else:
        try:
            number = Integer(index(value))
        except TypeError:
            raise ValueError(f"{place}={value!r}: not an integer; {_remedy(place)}") from None
    if isinstance(value, bool) or not number.is_integer:
        raise ValueError(f"{place}={value}: not an integer; {_remedy(place)}")
    if number.is_nonpositive:
        raise ValueError(f"{place}={value}: must be at least 1; {_remedy(place)}")
    return number


def _named(text: str, place: str) -> Expr:
    if text in SYMBOLS:
        return SYMBOLS[text]
    if text.isascii() and text.isdigit() and int(text) > 0:
        return Integer(text)
    raise ValueError(f"{place}={text!r}: neither a positive integer nor one of L, l, T; {_remedy(place)}")


def _remedy(place: str) -> str:
    symbol = {"layer": "l", "steps": "T"}.get(place, "L")
    return f'pass a positive integer such as 3, or "{symbol}" for any'


def layer_of(layer: Size, depth: Size) -> tuple[Expr, Expr]:
    """A layer and the depth it lies in; ValueError where it lies beyond."""
    place, last = size(layer, "layer"), size(depth, "depth")
    if (last - place).is_negative:
        raise ValueError(f"layer={layer}: lies beyond depth={depth}; pass 1 <= layer <= {depth}")
    return place, last


def width(value: Sequence[int] | int, place: str) -> int:
    """A positive integer width; ValueError for anything else."""
    try:
        number = index(value)  # type: ignore[arg-type]
    except TypeError:
        number = 0
    if number < 1 or isinstance(value, bool):
        raise ValueError(f"{place}={value!r}: not a width; pass a positive integer")
    return number


def widths_of(widths: Sequence[int] | int, depth: Expr) -> list[int]:
    """Widths, input first: one more than there are layers."""
    if isinstance(widths, str | int):
        raise ValueError(f"widths={widths!r}: not a sequence; pass one width more than layers, input first: [2, 3, 2]")
    sizes = [width(value, f"widths[{place}]") for place, value in enumerate(widths)]
    if (depth.is_Integer and len(sizes) != depth + 1) or len(sizes) < 2:
        needed = depth + 1 if depth.is_Integer else "2 or more"
        raise ValueError(f"widths={sizes}: {len(sizes)} widths where depth={depth} needs {needed}, input first")
    return sizes
