"""What a width, a count or a standard deviation must be, and what to say where it is not."""

from __future__ import annotations

from math import isfinite
from typing import Any


def positive_integer(value: Any, place: str) -> int:
    """The value as an int, exactly; SymPy and NumPy integers pass, 2.5, 0 and True do not.

    Raises ValueError naming value, place and remedy.

    >>> positive_integer(8.0, "n")
    8
    """
    number = None if isinstance(value, bool) else as_float(value)
    if number is None or not isfinite(number) or number != int(number) or number < 1:
        raise ValueError(f"{place}={value}: a width or a count is a whole number; pass {place} >= 1, such as 8")
    return int(number)


def standard_deviation(value: Any, place: str) -> float:
    """The value as a float >= 0.

    Raises ValueError naming value, place and remedy.

    >>> standard_deviation(-1, "sigma_w")
    Traceback (most recent call last):
    ValueError: sigma_w=-1: a standard deviation cannot be negative; pass sigma_w >= 0
    """
    number = as_float(value)
    if number is None or not isfinite(number):
        raise ValueError(f"{place}={value}: a standard deviation is a finite number; pass {place} >= 0")
    if number < 0:
        raise ValueError(f"{place}={value}: a standard deviation cannot be negative; pass {place} >= 0")
    return number


def as_float(value: Any) -> float | None:
    """The number, or None for what is none: text is never read as code, nor as a number."""
    if isinstance(value, (str, bytes)):
        return None
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return None
