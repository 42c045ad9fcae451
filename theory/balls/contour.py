"""Where to cut the sums of theory/inversion.py: the cheapest line, step and bounds, chosen in floating point.

Nothing here needs to be right for the enclosure to be true, only for it to be narrow and fast.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

LN2 = math.log(2)
LARGEST = 1e9  # beyond it, lgamma in float64 keeps no digits to plan with


@dataclass(frozen=True)
class Tail:
    """P(Y' <= y') with Y' = side·Y: ``offset`` is y' less the logarithms of all scales; pairs (shape, power)."""

    side: int
    offset: float
    shapes: tuple[tuple[float, float], ...]

    @property
    def limit(self) -> float:
        """The p below which E e^{-pY'} is finite."""
        return min(shape for shape, _ in self.shapes) if self.side > 0 else math.inf

    def exponent(self, p: float) -> float:
        """log(e^{py'} E e^{-pY'}), at least log P(Y' <= y') where p >= 0."""
        return p * self.offset + sum(
            power * (math.lgamma(shape - self.side * p) - math.lgamma(shape)) for shape, power in self.shapes
        )

    def decay(self, c: float, omega: float) -> float:
        """At most the fall of log|transform| from frequency 0 to omega on the line Re s = c: ∫ arctan(ω/b)."""
        total = 0.0
        for shape, power in self.shapes:
            ratio = omega / (shape - self.side * c)
            total += power * (omega * math.atan(ratio) - (shape - self.side * c) * math.log1p(ratio * ratio) / 2)
        return total

    def lines(self) -> Iterator[float]:
        """Candidates for c: multiples of 1/sd(Y) and, towards the pole, of the distance to it."""
        scale = 1 / math.sqrt(sum(power * (1 / shape + 1 / shape**2) for shape, power in self.shapes))
        yield from (c for j in range(-6, 30) if (c := scale * 2.0**j) < min(self.limit / 2, LARGEST))
        if self.side > 0:
            yield from (c for j in range(1, 48) if (c := self.limit * (1 - 2.0**-j)) < self.limit)

    def chernoff(self) -> float:
        """An upper bound of log P(Y' <= y')."""
        return min(0.0, *map(self.exponent, self.lines()))


@dataclass(frozen=True)
class Plan:
    """The line Re s = c, the step h, p for the aliases below and above, the log of the largest term, and the price."""

    side: int
    c: float
    step: float
    near: float
    far: float
    peak: float
    reach: float
    cost: float


def plan(tails: tuple[Tail, ...], goal: float) -> Plan:
    """The cheapest way to an absolute error of about e^goal."""
    return min((_plan(tail, c, goal) for tail in tails for c in tail.lines()), key=lambda found: found.cost)


def _plan(tail: Tail, c: float, goal: float) -> Plan:
    nearer = [c * k / 20 for k in range(20)]
    if tail.limit < math.inf:
        farther = [c + (tail.limit - c) * fraction for k in range(1, 12) for fraction in (k / 12, 1 - 2.0 ** -(4 + k))]
    else:
        farther = [c * (1 + 2.0**j) for j in range(-4, 10)]
    period, near = min(_period(tail, c, p, goal) for p in nearer)
    other, far = min(_period(tail, c, p, goal) for p in farther)
    step = 2 * math.pi / max(period, other)
    peak, reach = tail.exponent(c), _reach(tail, c, goal)
    cost = (1 + reach / step) * (200 + max(0.0, peak - goal) / LN2) ** 1.5
    return Plan(tail.side, c, step, near, far, peak, reach, cost)


def _period(tail: Tail, c: float, p: float, goal: float) -> tuple[float, float]:
    """The shortest d at which the aliases bounded with p fall below e^goal, and p."""
    if p == c or p >= tail.limit or p > LARGEST * 1e3:
        return math.inf, p
    return max(LN2, tail.exponent(p) - goal + LN2) / abs(c - p), p


def _reach(tail: Tail, c: float, goal: float) -> float:
    """The frequency at which the terms fall below e^goal."""
    fall = tail.exponent(c) - math.log(c) - goal
    high = c
    while tail.decay(c, high) < fall:
        high *= 2
    low = high / 2
    for _ in range(10):
        middle = (low + high) / 2
        low, high = (middle, high) if tail.decay(c, middle) < fall else (low, middle)
    return high
