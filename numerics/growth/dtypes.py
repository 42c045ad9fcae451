"""The ends of the floating-point formats, as natural logarithms."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, log1p


@dataclass(frozen=True)
class Format:
    """log of the largest finite number and of the smallest normal one."""

    largest: float
    smallest: float


def _format(exponent: int, digits: int) -> Format:
    """Largest (2 - 2^-digits) 2^exponent, smallest normal 2^(1 - exponent); ``digits`` of the stored fraction."""
    return Format((exponent + 1) * log(2) + log1p(-(2.0 ** -(digits + 1))), (1 - exponent) * log(2))


DTYPES = {
    "float16": _format(15, 10),
    "bfloat16": _format(127, 7),
    "float32": _format(127, 23),
    "float64": _format(1023, 52),
}


def format_of(dtype: str) -> Format:
    """The format of that name. Raises ValueError for another, naming those that are known.

    >>> round(format_of("float32").largest, 4)
    88.7228
    """
    if dtype not in DTYPES:
        raise ValueError(f"dtype={dtype!r}: not a format known here; pass one of {', '.join(DTYPES)}")
    return DTYPES[dtype]
