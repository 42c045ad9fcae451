"""After how many steps the median gradient leaves a range: exactly, by what was measured, or beyond it by a rate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor, inf, isfinite
from typing import Protocol

import numpy as np

from numerics.arrays import Norms

Rate = tuple[float, float, float]  # of log‖Jv‖² a step, with its interval
ENDED = "in the end almost every gradient is exactly 0"


@dataclass(frozen=True)
class Reach:
    """The least number of steps, low <= value <= high; value None where it never comes, high None where it may not.

    side: "above" or "below" the range. how: "exact", by the theorem named in ``source``; "measured", within the steps
    that were taken; or "extrapolated" from the last of them by a rate, ``source`` saying which.
    """

    value: int | None
    low: int | None
    high: int | None
    side: str
    how: str
    source: str

    def __repr__(self) -> str:
        said = "never" if self.value is None else f"{self.value} ({self.side})"
        if self.how == "exact":
            return f"{said} (theorem {self.source})"
        if self.low is None:
            return f"never ({self.how}: {self.source})"
        ends = " to ".join("never" if end is None else str(end) for end in (self.low, self.high))
        return f"{said}, {ends} ({self.how}: {self.source})"

    def before(self, other: Reach) -> bool:
        """Whether it comes first; never comes last."""
        return (inf if self.value is None else self.value) <= (inf if other.value is None else other.value)


def _side(end: float) -> tuple[int, str]:
    return (1, "above") if end > 0 else (-1, "below")


class Trend(Protocol):
    """What is known of the median of log‖Jv‖² at sigma_w = 1, by the number of factors."""

    def first(self, per_step: float, end: float) -> Reach:
        """The least k with median + k per_step above ``end`` > 0, or below ``end`` < 0."""


@dataclass(frozen=True)
class ExactTrend:
    """The median at k factors from a theorem: median(k), within ``slack`` of k rate."""

    median: Callable[[int], float]
    rate: float
    slack: float
    theorem: str

    def first(self, per_step: float, end: float) -> Reach:
        """By bisection: but for the slack the median is a line."""
        side, told = _side(end)
        rate, distance = side * (self.rate + per_step), abs(end)
        if rate <= 0 or distance / rate > 2**53:
            return Reach(None, None, None, told, "exact", self.theorem)
        low, high = max(0, floor((distance - self.slack) / rate) - 1), floor((distance + self.slack) / rate) + 1
        while high - low > 1:
            middle = (low + high) // 2
            beyond = side * (self.median(middle) + middle * per_step) > distance
            low, high = (low, middle) if beyond else (middle, high)
        return Reach(high, high, high, told, "exact", self.theorem)


@dataclass(frozen=True, eq=False)
class SeenTrend:
    """Medians at 1, ..., K factors with intervals that hold all of them at once, and the rate beyond; (K,) each.

    source: which rate it is.
    """

    value: Norms
    low: Norms
    high: Norms
    rate: Rate
    source: str

    def first(self, per_step: float, end: float) -> Reach:
        """Where the medians and the ends of their intervals cross; by the rate where they do not."""
        side, told = _side(end)
        far = self.high, self.value, self.low
        latest, middle, earliest = (
            self._crossing(line, rate, side, per_step, abs(end))
            for line, rate in zip(
                reversed(far) if side > 0 else far,
                (self.rate[1], self.rate[0], self.rate[2]) if side > 0 else (self.rate[2], self.rate[0], self.rate[1]),
                strict=True,
            )
        )
        taken = len(self.value)
        beyond = middle is None or middle > taken
        if beyond and not isfinite(self.rate[0]):
            low = None if side > 0 else taken + 1
            return Reach(None, low, None, told, "extrapolated", ENDED)
        note = self.source if beyond else f"{taken} steps taken"
        return Reach(middle, earliest, latest, told, "extrapolated" if beyond else "measured", note)

    def _crossing(self, line: Norms, rate: float, side: int, per_step: float, distance: float) -> int | None:
        steps = np.arange(1, len(line) + 1)
        gone = side * (line + steps * per_step)
        over = np.flatnonzero(gone > distance)
        if over.size:
            return int(over[0]) + 1
        grown = side * (rate + per_step)
        if not grown > 0 or not isfinite(gone[-1]) or (distance - gone[-1]) / grown > 2**53:
            return None
        return len(line) + max(1, ceil((distance - float(gone[-1])) / grown))
