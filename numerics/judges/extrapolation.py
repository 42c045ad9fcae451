"""Extrapolating means at several sizes to the limit: the coefficients, and the draws that do it at the least cost.

The draws are dealt into M groups, k_i of size i in each. A group gives one number Y = Σ c_i·(mean of its k_i draws), of
mean Σ c_i·m_i and variance at most Σ c_i²·v_i/k_i; the M numbers are independent, so Catoni's bound holds for their
mean. (Estimating each size by itself would add half-widths where this adds variances: about twice the draws.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from numerics.judges.catoni import least_draws
from numerics.verdict import Values, fewest

COST = 2.2  # power of the size: batched singular values of sizes 4 to 512 as measured, small ones being all overhead
TRIALS = 48  # numbers of groups that are tried


@dataclass(frozen=True)
class Groups:
    """How the draws are dealt: ``count`` groups, each of ``members[i]`` draws of size i."""

    count: int
    members: tuple[int, ...]


def intercept(rates: ArrayLike, terms: int) -> Values:
    """Coefficients of the means in the least-squares intercept of a polynomial in the rate: shape (sizes,).

    >>> intercept([1.0, 0.5], 2).round(12).tolist()
    [-1.0, 2.0]
    """
    r = np.asarray(rates, dtype=np.float64)
    return np.asarray(np.linalg.pinv(np.vander(r / r.max(), terms, increasing=True))[0])


def variance(coefficients: Sequence[float], spreads: Sequence[float], members: Sequence[int]) -> float:
    """Bound Σ c²·v/k of the variance of one group's number.

    >>> variance([2.0, -1.0], [0.5, 1.0], [1, 4])
    2.25
    """
    return float(sum(c**2 * v / k for c, v, k in zip(coefficients, spreads, members, strict=True)))


def combine(values: Sequence[Values], coefficients: Sequence[float], groups: Groups) -> Values:
    """One number a group. Shapes: values[i] (..., count·members[i]) -> (..., count).

    >>> combine([np.array([1.0, 3.0]), np.array([0.0, 2.0, 4.0, 6.0])], [1.0, 10.0], Groups(2, (1, 2))).tolist()
    [11.0, 53.0]
    """
    split = [v.reshape(*v.shape[:-1], groups.count, k) for v, k in zip(values, groups.members, strict=True)]
    return np.asarray(sum([c * part.mean(axis=-1) for c, part in zip(coefficients, split, strict=True)]))


def deal(
    share: Values, limit: ArrayLike, cost: Values, alpha: float, goal: float, reached: Callable[[Groups], float]
) -> Groups:
    """The cheapest groups tried whose detectable deviation is at most the goal; where none is, the one that sees most.

    share: proportion of draws among sizes; limit: the most draws of each size.
    """
    cap = np.broadcast_to(np.asarray(limit), share.shape)
    low, high = min(least_draws(alpha), int(cap.min())), int(cap.min())

    def plan(count: int) -> Groups:
        most = cap // count

        def at(multiple: int) -> Groups:
            members = np.clip(np.ceil(multiple * share), 1, most).astype(int)
            return Groups(count, tuple(members.tolist()))

        last = int(min(np.ceil((most / np.maximum(share, 1e-12)).max()), 1e15))
        return at(fewest(lambda multiple: reached(at(multiple)), goal, 1, last))

    plans = [plan(int(count)) for count in np.unique(np.geomspace(low, high, TRIALS).round())]
    return min(plans, key=lambda groups: (max(goal, reached(groups)), groups.count * float(cost @ groups.members)))
