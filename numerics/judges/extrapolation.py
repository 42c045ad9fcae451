"""Extrapolating medians at several sizes to the limit: the coefficients, and the draws that do it at the least cost.

The intercept is Σ c_i·m_i, and it is known to within Σ |c_i|·h_i, h_i being the half-width at size i. Of N_i draws of
standard deviation d_i it is planned as h_i = z·d_i/sqrt(N_i): the sum costs least where N_i ~ (|c_i|·d_i/cost_i)^(2/3).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from numerics.verdict import Values

COST = 2.2  # power of the size: batched singular values of sizes 4 to 512 as measured, small ones being all overhead


def intercept(rates: ArrayLike, terms: int) -> Values:
    """Coefficients of the medians in the least-squares intercept of a polynomial in the rate: shape (sizes,).

    >>> intercept([1.0, 0.5], 2).round(12).tolist()
    [-1.0, 2.0]
    """
    r = np.asarray(rates, dtype=np.float64)
    return np.asarray(np.linalg.pinv(np.vander(r / r.max(), terms, increasing=True))[0])


def allot(weights: Values, cost: Values, goal: float, least: int, most: int) -> tuple[int, ...]:
    """Whole draws N_i in [least, most], at the least cost, for which Σ weights_i/sqrt(N_i) <= goal; else closest.

    >>> allot(np.array([1.0, 1.0]), np.array([1.0, 1.0]), 0.5, 1, 100), allot(np.zeros(2), np.ones(2), 0.5, 8, 100)
    ((16, 16), (8, 8))
    """
    share = np.cbrt(np.square(weights / cost))
    used = share > 0
    each = (weights[used] / np.sqrt(share[used])).sum() / goal
    wanted = np.ceil(np.minimum(share * each**2, most) * (1 - 1e-12))
    return tuple(np.clip(wanted, min(least, most), most).astype(int).tolist())


def farthest(fit: Values, below: Values, above: Values) -> Values:
    """How far Σ c_i·m_i moves at most, either way, while each m_i falls by up to below_i or rises by up to above_i.

    Shapes: fit (sizes,), below and above (..., sizes) -> (...,).

    >>> float(farthest(np.array([2.0, -1.0]), np.array([1.0, 0.0]), np.array([0.0, 3.0])))
    5.0
    """
    used = fit != 0  # where a coefficient is 0, no side counts, finite or not
    c, low, high = fit[used], below[..., used], above[..., used]
    rise, fall = np.where(c > 0, high, low), np.where(c > 0, low, high)
    return np.asarray(np.maximum(rise @ np.abs(c), fall @ np.abs(c)))
