"""One number of the table: a natural logarithm, how far it may be off, and how it was obtained."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np

from numerics.arrays import Norms
from numerics.crossings import MISS
from numerics.judges.median import interval, middle


@dataclass(frozen=True)
class Logarithm:
    """A natural logarithm in low <= value <= high; -inf of 0.

    ``theorem``: whose formula gives it, low = value = high to rounding; "" where it is the median of ``draws`` random
    networks: then the interval holds the true median but for the probability MISS = 0.001.
    """

    value: float
    low: float
    high: float
    theorem: str = ""
    draws: int = 0

    @property
    def obtained(self) -> str:
        """How, in words.

        >>> Logarithm(1.0, 0.5, 2.0, draws=9).obtained
        'median of 9 draws'
        """
        return f"theorem {self.theorem}" if self.theorem else f"median of {self.draws} draws"

    def shifted(self, by: float) -> Logarithm:
        """The logarithm of the same number times exp(by)."""
        return Logarithm(self.value + by, self.low + by, self.high + by, self.theorem, self.draws)

    def times(self, count: float) -> Logarithm:
        """The logarithm of the power: count > 0.

        >>> exactly(0.5, "log_gain").times(4)
        2 (theorem log_gain)
        """
        return Logarithm(count * self.value, count * self.low, count * self.high, self.theorem, self.draws)

    def __repr__(self) -> str:
        said = f"{self.value:.6g}" if self.theorem else f"{self.value:.6g} in [{self.low:.6g}, {self.high:.6g}]"
        return f"{said} ({self.obtained})"


def exactly(value: float, theorem: str) -> Logarithm:
    """A logarithm that a theorem gives.

    >>> exactly(-1.5, "log_gain")
    -1.5 (theorem log_gain)
    """
    return Logarithm(value, value, value, theorem)


def median(logs: Norms, off: Norms | float = 0.0, miss: float = MISS) -> Logarithm:
    """The sample median with its interval by order statistics; ``off``: how far each draw itself may be off, (draws,).

    >>> median(np.arange(100.0)).value
    49.5
    """
    ordered = np.sort(logs)
    with np.errstate(invalid="ignore"):
        ends = interval(np.sort(logs - off), miss)[0], interval(np.sort(logs + off), miss)[1]
        value = float(middle(ordered))
    value = -inf if np.isnan(value) else value
    return Logarithm(value, float(ends[0]), float(ends[1]), draws=len(logs))
