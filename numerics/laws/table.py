"""P(X <= x) on arrays from a distribution function that is exact but costly: a table of certified values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.interpolate import CubicHermiteSpline, CubicSpline
from sympy import Expr, Rational, Symbol

from numerics.laws.law import Law, Values
from numerics.laws.monotone import monotone
from theory.balls.evaluation import ball
from theory.balls.precision import working_precision

GOAL = 1e-6  # what the tails beyond the table may hold, each
INTERPOLATION = 1e-5
SIZES = 6  # of the table: 32 gaps, doubled so often at most
BITS = 40

Exact = Callable[[float], float]


def tabulated(formula: Expr, argument: Symbol) -> Law:
    """The distribution function that a formula is of its argument; on x > 0 where the argument is positive.

    The values at the points of the table are certified (theory/balls). Between them stands the monotone cubic with the
    slopes of their spline; its error is the largest seen in the middle of any gap, doubled. Beyond the table the law is
    0 or 1. ``error`` is the sum of these, about 1e-5.

    Raises ValueError where the table would need more than 2048 values.

    >>> from sympy import exp
    >>> x = Symbol("x", positive=True)
    >>> known = tabulated(1 - exp(-x), x)
    >>> bool(abs(known.cdf(np.log(2.0)) - 0.5) <= known.error <= 2e-5)
    True
    """

    def exact(x: float) -> float:
        with working_precision(BITS):
            return float(ball(formula, {argument: Rational(x)}))

    low, high = _ends(exact, bool(argument.is_positive))
    table, error = _table(exact, low, high)
    if not error <= INTERPOLATION:
        raise ValueError(
            f"law {formula}: a table of {32 << SIZES} values errs by {error:.1e}; use theory.certify.enclose"
        )
    return Law(_Table(table, low, high), error + GOAL)


def _ends(exact: Exact, positive: bool) -> tuple[float, float]:
    """Where all but GOAL of the law lies, on each side."""
    high = _first(lambda x: exact(x) >= 1 - GOAL, [2.0**k for k in range(-20, 60)], 1.0)
    lows = [high / 2**k for k in range(1, 60)] if positive else [high - 1.5**k for k in range(100)]
    low = _first(lambda x: exact(x) <= GOAL, lows, high)
    middle = _narrowed(lambda x: exact(x) <= GOAL, low, high)
    return middle, _narrowed(lambda x: exact(x) >= 1 - GOAL, high, middle)


def _first(holds: Callable[[float], bool], places: list[float], start: float) -> float:
    for place in places:
        if holds(place):
            return place
    raise ValueError(f"a law that has no end between {places[0]:.0e} and {places[-1]:.0e}; rescale its argument")


def _narrowed(holds: Callable[[float], bool], inside: float, outside: float) -> float:
    """A place where the condition holds, near where it ceases to: six bisections."""
    for _ in range(6):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if holds(middle) else (inside, middle)
    return inside


def _table(exact: Exact, low: float, high: float) -> tuple[CubicHermiteSpline, float]:
    """A monotone cubic through enough equally spaced values, and twice the largest error seen between them."""
    nodes = np.linspace(low, high, 33)
    values = np.array([exact(x) for x in nodes])
    for _ in range(SIZES):
        table = monotone(nodes, values, CubicSpline(nodes, values)(nodes, 1))
        middles = (nodes[:-1] + nodes[1:]) / 2
        found = np.array([exact(x) for x in middles])
        error = 2 * float(np.abs(table(middles) - found).max())
        if error <= INTERPOLATION:
            break
        places = np.arange(1, len(nodes))
        nodes, values = np.insert(nodes, places, middles), np.insert(values, places, found)
    return table, error


@dataclass(frozen=True)
class _Table:
    """x -> P(X <= x), read from a table."""

    table: CubicHermiteSpline
    low: float
    high: float

    def __call__(self, x: ArrayLike) -> Values:
        points = np.asarray(x, dtype=np.float64)
        found = np.clip(self.table(np.clip(points, self.low, self.high)), 0.0, 1.0)
        return np.asarray(np.where(points < self.low, 0.0, np.where(points > self.high, 1.0, found)))
