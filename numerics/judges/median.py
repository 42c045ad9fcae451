"""The median of any law from order statistics: no variance, no normality, valid for every number of draws.

Let k be the largest number with P(Bin(N, 1/2) <= k) <= miss/2, and m a median. X_(k+1) > m only where at most k of
the N draws are <= m, which each is with probability 1/2 or more; likewise X_(N-k) < m. So [X_(k+1), X_(N-k)] holds m
but for probability miss, atoms or not; it is the whole line where N is too small for k = 0.

Source: David & Nagaraja, Order Statistics (2003), 7.1.
"""

from __future__ import annotations

from math import ceil, inf, log2, pi, sqrt

import numpy as np
from scipy import special

from numerics.verdict import Values, fewest


def least_draws(miss: float) -> int:
    """Fewest draws whose interval is finite: 2^-N <= miss/2."""
    return ceil(log2(2 / miss))


def outside(draws: int, miss: float) -> int:
    """The largest k with P(Bin(draws, 1/2) <= k) <= miss/2; -1 where there is none.

    >>> outside(4, 0.125), outside(3, 0.125), outside(5, 0.5)
    (0, -1, 1)
    """
    upper = fewest(lambda count: float(special.bdtrc(count - 1, draws, 0.5)), miss / 2, draws // 2 + 1, draws + 1)
    return draws - upper


def middle(ordered: Values) -> Values:
    """The sample median of sorted values. Shapes: (..., draws) -> (...,)."""
    draws = ordered.shape[-1]
    return np.asarray((ordered[..., (draws - 1) // 2] + ordered[..., draws // 2]) / 2)


def interval(ordered: Values, miss: float) -> tuple[Values, Values]:
    """Ends of the interval that holds the median but for probability miss. Shapes: (..., draws) sorted -> (...,) each.

    >>> interval(np.array([1.0, 2.0, 4.0, 8.0]), 0.125)
    (array(1.), array(8.))
    """
    draws, shape = ordered.shape[-1], ordered.shape[:-1]
    k = outside(draws, miss)
    if k < 0:
        return np.full(shape, -inf), np.full(shape, inf)
    return np.asarray(ordered[..., k]), np.asarray(ordered[..., draws - 1 - k])


def planned(miss: float) -> float:
    """Half the interval's length times sqrt(N), for normal draws of variance 1 as N grows: a plan, not a bound.

    >>> round(planned(0.05) / sqrt(pi / 2), 3)
    1.96
    """
    return float(-special.ndtri(miss / 2)) * sqrt(pi / 2)
