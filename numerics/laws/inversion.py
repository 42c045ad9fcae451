"""P(X <= x) on arrays from the characteristic function of log X, in float64 and with a stated error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.interpolate import CubicHermiteSpline
from scipy.special import digamma, loggamma, polygamma
from sympy import Expr, Symbol

from numerics.laws.law import LARGEST_ERROR, Law, Values
from numerics.laws.monotone import monotone
from theory.balls.contour import Tail
from theory.balls.evaluation import ball
from theory.balls.precision import working_precision
from theory.balls.transforms import gamma_product
from theory.quantities import law_of_log

Evaluate = Callable[[Values], tuple[Values, Values]]

GOAL = 1e-9  # what aliases, truncation and the tails beyond the table may add, each
INTERPOLATION = 2e-7
NODES = tuple(2**k for k in range(7, 15))  # sizes of the table, tried in turn
EPS = float(np.finfo(np.float64).eps)


@dataclass(frozen=True)
class _Law:
    """Y = log X less ``offset``: E e^{iωY} = ∏ (Γ(a + iω)/Γ(a))^m, shapes a and powers m."""

    offset: float
    shapes: Values
    powers: Values

    def tail(self, side: int, y: float) -> Tail:
        return Tail(side, side * y, tuple(zip(self.shapes.tolist(), self.powers.tolist(), strict=True)))

    def log_transform(self, omega: Values) -> NDArray[np.complex128]:
        grown = loggamma(self.shapes + 1j * omega[:, None]) - loggamma(self.shapes)
        return np.asarray(grown @ self.powers)


def inverted(formula: law_of_log, at: Mapping[Symbol, Expr] | None = None) -> Law:
    """The distribution function that the formula means, at these exact values of its symbols (all but its argument).

    P(Y <= y) = 1/2 - Σ_{k>=0} Im[e^{-iω_k y} E e^{iω_k Y}]/(π (k+1/2)), ω_k = (k+1/2)h: the midpoint rule of Gil-Pelaez
    inversion. Its aliases are at most P(Y > y + 2π/h) and P(Y < y - 2π/h), bounded by Chernoff; the rest of the sum
    falls geometrically (theory/inversion.py). Between the points of a table in log x stands the monotone cubic through
    values and densities; its error is the largest seen at three points of every gap, doubled. ``error`` <= 1e-6 is the
    sum of all of these.

    Raises ValueError where the transform is not a product of Gamma factors, or float64 cannot reach 1e-6.
    """
    read = _read(formula, at or {})
    low, high = _edge(read, 1), _edge(read, -1)
    evaluate, truncation = _inversion(read, high - low)
    table, interpolation = _table(evaluate, low, high)
    error = interpolation + truncation + 2 * GOAL + _rounding(read)
    if not error <= LARGEST_ERROR:
        place = f"law with shapes {read.shapes} and powers {read.powers}"
        raise ValueError(f"{place}: float64 knows it only to {error:.1e}; use theory.certify.enclose, point by point")
    return Law(_Table(table, read.offset, low, high), error)


def _read(formula: law_of_log, at: Mapping[Symbol, Expr]) -> _Law:
    transform, xi, _ = formula.args
    product = gamma_product(transform, xi)
    with working_precision(128):
        offset = sum(float(ball(rate, at) * ball(base, at).log()) for base, rate in product.scales)
        pairs = [(float(ball(shape, at)), float(ball(power, at))) for shape, power in product.shapes]
    return _Law(offset, *np.array(pairs).T)


def _edge(read: _Law, side: int) -> float:
    """The y nearest the middle with a Chernoff bound P(Y <= y) <= GOAL (side 1) or P(Y >= y) <= GOAL (side -1)."""
    middle = float(read.powers @ digamma(read.shapes))
    scale = float(np.sqrt(read.powers @ polygamma(1, read.shapes)))
    near, far = 0.0, 8.0
    while read.tail(side, middle - side * far * scale).chernoff() > np.log(GOAL):
        near, far = far, 2 * far
    for _ in range(8):
        at = (near + far) / 2
        beyond = read.tail(side, middle - side * at * scale).chernoff() <= np.log(GOAL)
        near, far = (near, at) if beyond else (at, far)
    return middle - side * far * scale


def _inversion(read: _Law, period: float) -> tuple[Evaluate, float]:
    """The midpoint sums for P(Y <= y) and for the density as a function of y; a bound of what the first leaves out."""
    step, tail, count = 2 * np.pi / period, read.tail(1, 0.0), 16
    while tail.decay(0.0, count * step) < -np.log(GOAL / 10):
        count *= 2
    omega = (np.arange(count) + 0.5) * step
    logs = read.log_transform(omega)
    kept = int(np.searchsorted(-logs.real, -np.log(GOAL / 10))) + 1
    omega, sizes, angles = omega[:kept], np.exp(logs.real[:kept]), logs.imag[:kept]
    weights = sizes / (np.pi * (np.arange(kept) + 0.5))
    rate = read.powers @ np.arctan(omega[-1] / read.shapes)
    rest = weights[-1] / -np.expm1(-step * rate)

    def evaluate(y: Values) -> tuple[Values, Values]:
        turned = np.exp(1j * (angles - np.multiply.outer(y, omega)))
        return 0.5 - turned.imag @ weights, turned.real @ (sizes * step / np.pi)

    return evaluate, float(rest)


def _table(evaluate: Evaluate, low: float, high: float) -> tuple[CubicHermiteSpline, float]:
    """A monotone cubic through enough equally spaced points, and twice the largest error seen between them."""
    for count in NODES:
        nodes, gap = np.linspace(low, high, count + 1, retstep=True)
        table = monotone(nodes, *evaluate(nodes))
        between = np.concatenate([nodes[:-1] + gap * part for part in (0.25, 0.5, 0.75)])
        error = 2 * float(np.abs(table(between) - evaluate(between)[0]).max())
        if error <= INTERPOLATION:
            break
    return table, error


def _rounding(read: _Law) -> float:
    """What float64 may add: the logarithm of the transform is summed from terms of the size of m·log Γ(a)."""
    return 32 * EPS * float(1 + read.powers @ (1 + np.abs(loggamma(read.shapes)) + read.shapes))


@dataclass(frozen=True)
class _Table:
    """x -> P(X <= x), read from a table in log x - offset."""

    table: CubicHermiteSpline
    offset: float
    low: float
    high: float

    def __call__(self, x: ArrayLike) -> Values:
        points = np.asarray(x, dtype=np.float64)
        with np.errstate(divide="ignore"):
            y = np.log(np.maximum(points, 0.0)) - self.offset
        found = np.clip(self.table(np.clip(y, self.low, self.high)), 0.0, 1.0)
        return np.asarray(np.where(y < self.low, 0.0, np.where(y > self.high, 1.0, found)))
