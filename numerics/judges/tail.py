"""Tail: P(X >= level) <= bound, judged by the exact binomial lower limit of Clopper and Pearson.

Of N independent draws k exceed the level. The lower limit is the p with P(Binomial(N, p) >= k) = alpha; it lies above
the true probability with probability at most alpha, for every N.

Source: Clopper & Pearson, The use of confidence or fiducial limits, Biometrika 26 (1934).
"""

from __future__ import annotations

from math import inf

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from numerics.verdict import (
    ALPHA,
    DRAW_LIMIT,
    POWER,
    Design,
    Judgment,
    Values,
    decide,
    fewest,
    fraction,
    positive,
)


def lower_limit(count: ArrayLike, draws: int, alpha: float) -> Values:
    """The p with P(Binomial(draws, p) >= count) = alpha, elementwise; 0 where nothing was counted.

    >>> float(lower_limit(1, 1, 0.01)), float(lower_limit(0, 1, 0.01))
    (0.01, 0.0)
    """
    k = np.asarray(count, dtype=np.float64)
    return np.where(k > 0, special.betaincinv(np.maximum(k, 1), draws - np.maximum(k, 1) + 1, alpha), 0.0)


def critical_count(bound: float, draws: int, alpha: float) -> int | None:
    """The least count that refutes the bound; None where even all draws do not.

    >>> critical_count(0.01, 1, 0.01), critical_count(0.001, 1, 0.01)
    (None, 1)
    """
    if not lower_limit(draws, draws, alpha) > bound:
        return None
    low, high = 0, draws
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if lower_limit(middle, draws, alpha) > bound else (middle, high)
    return high


def reach(bound: float, draws: int, alpha: float) -> float:
    """Least relative excess p/bound - 1 of the true probability p that is refuted with probability POWER."""
    count = critical_count(bound, draws, alpha)
    if count is None or bound == 0:
        return inf
    return float(special.betaincinv(count, draws - count + 1, POWER)) / bound - 1


def hopeless(bound: float) -> bool:
    """Whether no probability exceeds the bound, or none is seen to."""
    return bound == 0 or bound >= 1


def design_tail(bound: float, resolution: float = 0.05, *, alpha: float = ALPHA, limit: int = DRAW_LIMIT) -> Design:
    """Draws that see a probability of bound·(1 + resolution). A bound near 1 or above leaves nothing to see.

    Raises ValueError where the bound is negative or no number.

    >>> design = design_tail(0.5)
    >>> design.detectable <= 0.05, design_tail(1.0).detectable
    (True, inf)
    """
    if not bound >= 0:
        raise ValueError(f"bound={bound}: bounds a probability; pass bound >= 0")
    alpha, resolution = fraction(alpha, "alpha"), positive(resolution, "resolution")
    draws = 1 if hopeless(bound) else fewest(lambda n: reach(bound, n, alpha), resolution, 1, limit)
    count = critical_count(bound, draws, alpha)
    edge = inf if count is None or bound == 0 else count / draws / bound - 1
    return Design(draws, reach(bound, draws, alpha), resolution, edge, alpha, float(bound))


def judge_tail(exceedances: ArrayLike, design: Design) -> Judgment:
    """Do at most design.bound of the draws exceed? Refuted iff the lower limit of the probability exceeds the bound.

    error: the longer side of the exact interval around measured.
    exceedances: whether each independent draw reached the level. Shapes: (draws,), of booleans.
    Raises ValueError where they are not booleans or not as many as the design asked for.

    >>> judge_tail([True] * 60, design_tail(0.5, limit=60)).outcome
    'refuted'
    """
    seen = np.asarray(exceedances)
    if seen.dtype != np.bool_ or seen.shape != (design.draws,):
        raise ValueError(f"exceedances: {seen.dtype} of shape {seen.shape}; pass {design.draws} booleans, one a draw")
    measured = float(seen.mean())
    lower = float(lower_limit(int(seen.sum()), design.draws, design.alpha))
    upper = 1 - float(lower_limit(design.draws - int(seen.sum()), design.draws, design.alpha))
    error = max(measured - lower, upper - measured)
    outcome = decide(lower > design.bound, design.detectable, design.resolution)
    note = "no probability exceeds this bound" if hopeless(design.bound) else ""
    return Judgment(outcome, measured, error, design.detectable, design.resolution, note)
