"""One threshold: its value, how far it may be off, and how it was obtained."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

MISS = 1e-3  # the probability that a measured interval does not hold the truth


@dataclass(frozen=True)
class Threshold:
    """sigma_w where something is 1, in low <= value <= high.

    ``theorem``: whose formula gives it, low = value = high to rounding; "" where it was measured on ``draws`` random
    matrices: then the interval holds the truth but for the probability MISS. inf where no sigma_w is large enough.
    """

    value: float
    low: float
    high: float
    theorem: str = ""
    draws: int = 0
    note: str = ""

    @property
    def uncertainty(self) -> float:
        """How far the farther end of the interval is; 0 where a theorem gives the value, inf where there is no end.

        >>> Threshold(1.0, 0.5, 2.0, draws=9).uncertainty, exactly(1.0, "mean_square_gain").uncertainty
        (1.0, 0.0)
        """
        return inf if self.high == inf else max(self.high - self.value, self.value - self.low)

    @property
    def obtained(self) -> str:
        """How, in words.

        >>> Threshold(1.0, 0.5, 2.0, draws=9).obtained
        'measured on 9 matrices'
        """
        return f"theorem {self.theorem}" if self.theorem else f"measured on {self.draws} matrices"

    def __repr__(self) -> str:
        said = f"{self.value:.6g}" if self.theorem else f"{self.value:.6g} in [{self.low:.6g}, {self.high:.6g}]"
        return f"{said} ({self.obtained})"


def exactly(value: float, theorem: str) -> Threshold:
    """A threshold that a theorem gives.

    >>> exactly(1.0, "mean_square_gain")
    1 (theorem mean_square_gain)
    """
    return Threshold(value, value, value, theorem)
