"""What a judge says, and the constants that all judges share; numerics/judges/ holds one judge a relation.

Every judge rests on an inequality that holds for each number of draws. ``design_*`` runs before the draws: it fixes
their number and the smallest deviation that will be refuted. ``judge_*`` reads the numbers: it knows no network.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numerics.arrays import NotFinite

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from theory.statement import Theorem

Outcome = Literal["consistent", "refuted", "underpowered"]
Values = NDArray[np.float64]

ALPHA = 1e-6 / 1024  # false-alarm rate of one judgment
POWER = 0.999  # probability with which a deviation of ``detectable`` is refuted
ROUNDING = 64  # the k of k·eps·size
DRAW_LIMIT = 10_000_000
EPS = float(np.finfo(np.float64).eps)
SUBNORMAL = float(np.finfo(np.float64).smallest_subnormal)


class NotJudged(ValueError):
    """No bound of the theory lets this statement be judged here; the message says which is missing."""


@dataclass(frozen=True)
class Design:
    """What a judge knows before the draws. All but ``draws`` and ``bound`` are relative to the statement's scale.

    ``halfwidth`` is the difference beyond which it refutes, ``detectable`` the smallest deviation of the truth that it
    refutes with probability POWER, ``bound`` the theory's bound it relies on (of the variance, of the probability).
    """

    draws: int
    detectable: float
    resolution: float
    halfwidth: float
    alpha: float = ALPHA
    bound: float = 0.0


@dataclass(frozen=True)
class TracePoint:
    """What a judge saw on the way to one ruling: at x the theory says predicted, the draws measured ± error.

    error: of a law, how far off it may be at every x together; of a median, the longer side of the exact interval.
    """

    x: float
    predicted: float
    measured: float
    error: float


@dataclass(frozen=True)
class Judgment:
    """A ruling: ``measured``, ``error`` in the observable's units, ``detectable``, ``resolution`` in scales."""

    outcome: Outcome
    measured: float
    error: float
    detectable: float
    resolution: float
    note: str = ""
    trace: tuple[TracePoint, ...] = ()


@dataclass(frozen=True, repr=False)
class Verdict:
    """What a judgment found. ``error`` and ``measured`` in the statement's units; ``detectable`` and ``resolution``
    relative to its scale; ``lacks``: the assumption that a control dropped; ``trace``: of a law its arguments, of a
    limit its sizes."""

    theorem: str
    statement: int
    system: str
    ensemble: str | None
    point: Mapping[str, str]
    outcome: str
    predicted: float | None
    measured: float | None
    error: float | None
    detectable: float | None
    resolution: float
    draws: int
    seed: int
    control: bool = False
    lacks: str | None = None
    note: str = ""
    trace: tuple[TracePoint, ...] = ()

    def __repr__(self) -> str:
        place = ", ".join(f"{name}={value}" for name, value in self.point.items())
        where = ", ".join(part for part in (self.system, self.ensemble, place) if part)
        numbers = f"predicted {self.predicted}, measured {self.measured} ± {self.error}, {self.draws} draws"
        control = f", without {self.lacks}" if self.lacks else ""
        note = f"; {self.note}" if self.note else ""
        return f"<{self.outcome}: {self.theorem} statement {self.statement + 1}{control}; {where}; {numbers}{note}>"

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON: a number that is not finite becomes None, and the note says so."""
        data = asdict(self)
        lost = [key for key, value in data.items() if isinstance(value, float) and not isfinite(value)]
        said = [f"{key} is {data[key]}" for key in lost]
        note = "; ".join(filter(None, [self.note, *said]))
        return {**data, **dict.fromkeys(lost), "point": dict(self.point), "note": note}

    def plot(self, theorem: Theorem | None = None) -> Figure:
        """The figure of this verdict alone; needs Matplotlib, the extra ``plot``. theorem: one that no catalog has."""
        from numerics.plot import figure

        return figure([self], theorem)


def decide(refuted: bool, detectable: float, resolution: float) -> Outcome:
    """The outcome: a refutation stands whatever the power; without one, a blind judge says so.

    >>> decide(True, 1.0, 0.05), decide(False, 1.0, 0.05), decide(False, 0.04, 0.05)
    ('refuted', 'underpowered', 'consistent')
    """
    if refuted:
        return "refuted"
    return "consistent" if detectable <= resolution else "underpowered"


def rounding(size: ArrayLike) -> Values:
    """What rounding may add to a number summed from terms of this size: ROUNDING·eps·size, and room for underflow.

    >>> float(rounding(1.0)) == 64 * 2.0**-52
    True
    """
    return ROUNDING * (EPS * np.asarray(size, dtype=np.float64) + SUBNORMAL)


def finite(values: ArrayLike, name: str) -> Values:
    """The values as float64. Raises ValueError where one is NaN or infinite, naming its index.

    >>> finite([1.0, float("inf")], "values")
    Traceback (most recent call last):
    numerics.arrays.NotFinite: values[1]=inf: not a finite number; carry its logarithm, or look at draw 1
    """
    array = np.asarray(values, dtype=np.float64)
    if not np.isfinite(array).all():
        index = tuple(np.argwhere(~np.isfinite(array))[0].tolist())
        place = f"[{', '.join(map(str, index))}]" if index else ""
        draw = f", or look at draw {index[0]}" if index else ""
        raise NotFinite(f"{name}{place}={array[index]}: not a finite number; carry its logarithm{draw}")
    return array


def drawn(values: ArrayLike, draws: int, name: str = "values") -> Values:
    """One finite number a draw, exactly as many as the design asked for: shape (draws,)."""
    array = finite(values, name)
    if array.shape != (draws,):
        raise ValueError(
            f"{name} has shape {array.shape}: the design asks for ({draws},); pass the first {draws} draws"
        )
    return array


def fraction(value: float, name: str) -> float:
    """A number strictly between 0 and 1. Raises ValueError otherwise."""
    if not 0 < value < 1:
        raise ValueError(f"{name}={value}: must lie strictly between 0 and 1")
    return float(value)


def positive(value: float, name: str) -> float:
    """A finite number above 0. Raises ValueError otherwise."""
    if not 0 < value < np.inf:
        raise ValueError(f"{name}={value}: must be positive and finite")
    return float(value)


def fewest(detectable: Callable[[int], float], resolution: float, low: int, limit: int) -> int:
    """The least number of draws in [low, limit] whose detectable deviation is at most the resolution; else the limit.

    By bisection: where ``detectable`` is not monotone (counts are whole numbers), a number that suffices.

    >>> fewest(lambda draws: 1 / draws, 0.1, 1, 1000), fewest(lambda draws: 1 / draws, 0.1, 1, 5)
    (10, 5)
    """
    if limit < 1:
        raise ValueError(f"limit={limit}: a judge needs at least one draw; pass limit >= 1")
    if low >= limit or detectable(low) <= resolution:
        return min(low, limit)
    high = low
    while detectable(high) > resolution:
        if high == limit:
            return limit
        low, high = high, min(2 * high, limit)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if detectable(middle) <= resolution else (middle, high)
    return high
