"""How large powers of a matrix get, and the Kreiss constant that bounds it from both sides.

With w = 1/z the Kreiss constant is the supremum of (1 - |w|) ‖(I - wW)⁻¹‖ over the unit disc. On a circle |w| = r the
least eigenvalue of (I - wW)ᴴ(I - wW) = I + r² WᴴW - 2 Re(wW) is concave in w: its least value over the circle is at
least that over the corners of a polygon around it, and at most that over points of the circle. Between two circles the
largest norm is bounded by Hadamard's three circles theorem: its logarithm is convex in log r.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from math import cos, exp, inf, log, pi, sqrt

import numpy as np

from numerics.arrays import Exponents, Matrices, Norms
from numerics.layers import check_stack
from numerics.scaled import EPS
from numerics.spectra.norms import operator_norm

MOST_STEPS = 4096  # powers that are looked at before a matrix counts as one that may not decay
CIRCLES = 60  # most radii that one matrix is looked at
THINNEST = 1e-4  # ring that is divided: a bound that is no better there is for want of arcs
ARCS, MOST_ARCS = 8, 512  # of half a circle: at first, and at most


@dataclass(frozen=True, eq=False)
class LargestPower:
    """sup over T >= 0 of ‖W^T‖, and a step m from which on no power is larger: ‖W^m‖ <= 1; inf and 0 where none
    was found."""

    value: Norms
    steps: Exponents


@dataclass(frozen=True, eq=False)
class Kreiss:
    """lower <= K <= upper, but for rounding."""

    lower: Norms
    upper: Norms


def largest_power(matrices: Matrices, most: int = MOST_STEPS) -> LargestPower:
    """sup over T >= 0 of ‖W^T‖ of each matrix: exact to rounding, T = 0 with its 1 included.

    With ‖W^m‖ <= 1 every later power is at most one before: ‖W^(km+s)‖ <= ‖W^m‖^k ‖W^s‖. m is looked for among the
    powers of two up to ``most``; where there is none the value is inf. No eigenvalue is needed.
    Shapes: (draws, n, n) -> two (draws,).
    Raises ValueError where a matrix is not square or an entry is not finite.

    >>> largest_power(np.array([[[0.5, 2.0], [0.0, 0.5]], [[1.5, 0.0], [0.0, 0.0]]])).value.round(6)
    array([2.118034,      inf])
    """
    check_stack(matrices, square="powers")
    steps = _decayed(matrices, most)
    value = np.where(steps > 0, 1.0, inf)
    power = matrices
    for step in range(1, int(steps.max(initial=0))):
        active = steps > step
        power = matrices if step == 1 else np.where(active[:, None, None], matrices @ power, 0.0)
        value[active] = np.maximum(value[active], operator_norm(power[active]))
    return LargestPower(value, steps)


def _decayed(matrices: Matrices, most: int) -> Exponents:
    """The first power of two m <= most with ‖W^m‖ <= 1, or 0."""
    steps, power, m = np.zeros(len(matrices), np.int64), matrices, 1
    while m <= most and not steps.all():
        left = steps == 0
        steps[left] = np.where(operator_norm(power[left]) <= 1, m, 0)
        with np.errstate(over="ignore", invalid="ignore"):
            square = power @ power
        growing = np.isfinite(square).all(axis=(1, 2))
        power, m = np.where(growing[:, None, None], square, power), 2 * m
    return steps


def kreiss_constant(matrices: Matrices, tolerance: float = 0.01) -> Kreiss:
    """sup over |z| > 1 of (|z| - 1) ‖(zI - W)⁻¹‖ of each matrix, enclosed: upper <= (1 + tolerance) lower.

    lower: the largest value at a point that was looked at, and 1, the limit at infinity. upper: what can lie between
    the points, as this module says. Circles and points on them are added where the upper bound is largest, CIRCLES of
    at most MOST_ARCS arcs; what is not settled by then keeps a wider enclosure. Both are inf where no power of two up
    to MOST_STEPS has ‖W^m‖ <= 1 (the radius is 1 or more, or nearly). Never above
    the largest power: 1 exactly where none exceeds 1.
    Shapes: (draws, n, n) -> two (draws,).
    Raises ValueError where a matrix is not square, an entry is not finite or the tolerance is not in (0, 1].
    Source: Trefethen & Embree 2005, chapter 18; Mitchell, SIAM J. Sci. Comput. 42 (2020).

    >>> found = kreiss_constant(np.array([[[0.0, 4.0], [0.0, 0.0]]]), 1e-3)
    >>> bool(found.lower[0] <= 1.25 <= found.upper[0]), bool(found.upper[0] / found.lower[0] <= 1.001)
    (True, True)
    """
    check_stack(matrices, square="resolvents")
    if not 0 < tolerance <= 1:
        raise ValueError(f"tolerance={tolerance}: a relative one; pass a number above 0 and at most 1")
    largest = largest_power(matrices)
    ends = [
        (inf, inf) if not steps else (1.0, 1.0) if value == 1 else _Search(weight, int(steps), tolerance).run()
        for weight, steps, value in zip(matrices, largest.steps, largest.value, strict=True)
    ]
    lower, upper = np.array(ends).T
    return Kreiss(lower, np.minimum(upper, largest.value))


class _Search:
    """Circles |w| = r between 0 and 1, the rings between them, and the best point so far."""

    def __init__(self, weight: Matrices, steps: int, tolerance: float) -> None:
        self.weight, self.tolerance, self.best = weight, tolerance, 1.0
        self.gram = weight.conj().T @ weight
        powers = [np.eye(len(weight))]
        for _ in range(steps):
            powers.append(weight @ powers[-1])
        self.sizes = operator_norm(np.stack(powers))
        self.norm = float(self.sizes[1])

    def run(self) -> tuple[float, float]:
        # within |w| <= first the norm is at most 1/(1 - |w| ‖W‖), and the value at most 1 + tolerance
        first = min(0.5, self.tolerance / ((1 + self.tolerance) * self.norm - 1))
        rings: list[tuple[float, float, float, float, float]] = []
        self._add(rings, first, self._circle(first), 1.0, self._series(1.0))
        for _ in range(CIRCLES):
            if -rings[0][0] <= self.best * (1 + self.tolerance) or rings[0][3] - rings[0][1] < THINNEST:
                break
            _, low, bound, high, outer = heappop(rings)
            middle = _between(low, bound, high, outer)
            found = self._circle(middle)
            self._add(rings, low, bound, middle, found)
            self._add(rings, middle, found, high, outer)
        inside = (1 - first) / (1 - first * self.norm)
        return self.best, max(self.best, -rings[0][0], inside)

    def _add(self, rings: list[tuple[float, float, float, float, float]], *ring: float) -> None:
        heappush(rings, (-_in_ring(*ring), *ring))

    def _series(self, r: float) -> float:
        """Σ ‖W^t‖ r^t, its end from step m on bounded by that to m, times powers of ‖W^m‖ r^m: above ‖(I - wW)⁻¹‖."""
        steps = len(self.sizes) - 1
        again = float(self.sizes[-1]) * r**steps
        return float(self.sizes[:-1] @ r ** np.arange(steps)) / (1 - again) if again < 1 else inf

    def _circle(self, r: float) -> float:
        """An upper bound of ‖(I - wW)⁻¹‖ over |w| = r; the best value is raised by its points."""
        arcs, bound = ARCS, self._series(r)
        while True:
            least, most = self._least(r, arcs)
            self.best = max(self.best, (1 - r) * most)
            bound = min(bound, 1 / sqrt(least)) if least > 0 else bound
            goal = max((1 + self.tolerance / 4) * most, self.best / (1 - r))
            if bound <= goal or arcs >= MOST_ARCS:
                return bound
            arcs *= 4

    def _least(self, r: float, arcs: int) -> tuple[float, float]:
        """(a lower bound of the least eigenvalue over the circle, the largest norm at points of it)."""
        turn = pi if np.isrealobj(self.weight) else 2 * pi  # a real W looks the same above and below the real line
        half, identity = turn / arcs / 2, np.eye(len(self.weight))
        points = r * np.exp(1j * 2 * half * np.arange(arcs + 1))[:, None, None] * self.weight
        smallest = np.linalg.svd(identity - points, compute_uv=False)[:, -1].min()
        corners = r / cos(half) * np.exp(1j * half * (2 * np.arange(arcs) + 1))[:, None, None] * self.weight
        forms = identity + r**2 * self.gram - corners - corners.conj().transpose(0, 2, 1)
        rounding = 8 * len(identity) * EPS * (1 + r * self.norm) ** 2
        return float(np.linalg.eigvalsh(forms)[:, 0].min()) - rounding, 1 / float(smallest) if smallest else inf


def _in_ring(low: float, bound: float, high: float, outer: float) -> float:
    """The largest (1 - r) M(r) can be on low <= r <= high: M(low) <= bound, M(high) <= outer, log M convex in log r."""
    if outer == inf or bound == inf:
        return inf
    slope = log(outer / bound) / log(high / low)
    r = min(max(slope / (1 + slope), low), high) if slope > 0 else low
    return (1 - r) * bound * exp(slope * log(r / low))


def _between(low: float, bound: float, high: float, outer: float) -> float:
    """Where to look next: where the bound is largest, not too near an end."""
    if outer == inf or bound == inf:
        return (low + high) / 2
    slope = log(outer / bound) / log(high / low)
    r, room = slope / (1 + slope) if slope > 0 else low, (high - low) / 5
    return min(max(r, low + room), high - room)
