"""Certified enclosures: a closed formula as decimal text, low <= exact <= high, by ball arithmetic (python-flint)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from flint import arb, fmpq
from sympy import Expr

from theory.balls.decimals import outward, terminating
from theory.balls.evaluation import At, named, value_of
from theory.balls.precision import working_precision
from theory.quantities import Distribution

MOST_DIGITS = 1000
EXACT_DIGITS = 30  # an exact decimal this short is written out, however few digits were asked for
DOUBLINGS = 6


@dataclass(frozen=True)
class Enclosure:
    """Decimal text: low <= exact <= high, low <= value <= high; all three equal where the value is written exactly."""

    value: str
    low: str
    high: str


def enclose(expression: Expr, digits: int, at: At | None = None) -> Enclosure:
    """The expression, at these exact values of its symbols, as decimals with high - low <= 10^(1-digits)·|value|.

    Exact: proved by ball arithmetic, its precision raised until the enclosure is as narrow. Raises ValueError where
    digits is not in 1..1000, a symbol has no value, a function has no enclosure here, or none so narrow is found.

    >>> from sympy import Rational, pi
    >>> enclose(pi / 4, 5)
    Enclosure(value='0.78540', low='0.78539', high='0.78540')
    >>> enclose(Rational(1, 10) ** 2, 5)
    Enclosure(value='0.01', low='0.01', high='0.01')
    """
    if not 1 <= digits <= MOST_DIGITS:
        cost = "the time grows as about the cube of digits" if digits > MOST_DIGITS else "there is no such number"
        raise ValueError(f"digits={digits}: {cost}; pass 1 <= digits <= {MOST_DIGITS}")
    bits = digits * 10 // 3 + 32
    for doubling in range(DOUBLINGS):
        with working_precision(bits << doubling):
            found = _written(value_of(expression, at or {}), digits)
        if found:
            return _within_one(found) if isinstance(expression, Distribution) else found
    raise ValueError(
        f"{named(expression)}: no {digits} certain digits at {bits << (DOUBLINGS - 1)} bits: the value is exactly 0, "
        "no real number, or too large or small to write (beyond 10^±10^18); pass other values, or fewer digits"
    )


def _within_one(found: Enclosure) -> Enclosure:
    """A probability is at most 1, whatever the width of the ball around it; a ball around 0 is never written."""
    return Enclosure(*("1" if Decimal(text) > 1 else text for text in (found.value, found.low, found.high)))


def _written(number: arb | fmpq, digits: int) -> Enclosure | None:
    if isinstance(number, fmpq):
        exact = terminating(number, max(digits, EXACT_DIGITS))
        if exact is not None:
            return Enclosure(exact, exact, exact)
    texts = outward(arb(number), digits)
    return Enclosure(*texts) if texts else None
