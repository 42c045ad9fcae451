"""Catoni's M-estimator of a mean, with a known bound v of the variance: no normality, valid for every number of draws.

The estimate is the root of Σ psi(tilt·(X_i - center)) with psi(x) = sign(x)·log(1 + |x| + x²/2). Since
E exp(±Σ psi(tilt·(X_i - c))) <= exp(N·(±tilt·(m - c) + tilt²/2·(v + (m - c)²))), Markov's inequality puts it within

    u = (1 - sqrt(1 - tilt²·v - 2·log(1/miss)/N))/tilt

of the mean m on either side, with probability at least 1 - miss, for every N and every law of variance at most v.
The least u over tilt is sqrt(2·v·l/(N - 2·l)), l = log(1/miss): the half-width, with miss = alpha/2 on each side.

Source: Catoni, Challenging the empirical mean and empirical variance, Ann. IHP 48 (2012), Proposition 2.4.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf, log, sqrt

import numpy as np

from numerics.verdict import EPS, POWER, Values

LEAST = 64  # draws; the bound itself holds from 2·log(2/alpha) on
HUGE = 1e150  # psi is constant beyond (still between the two bounds of its proof): squares stay finite


def least_draws(alpha: float) -> int:
    """Fewest draws of a design: the half-width is finite from 2·log(2/alpha) on."""
    return max(LEAST, int(2 * log(2 / alpha)) + 1)


def halfwidth(spread: float, draws: int, alpha: float) -> float:
    """Distance from the mean that the estimate exceeds with probability at most alpha; inf where N <= 2·log(2/alpha).

    >>> from math import exp
    >>> round(halfwidth(1.0, 4, 2 * exp(-1.0)), 12)
    1.0
    """
    if spread == 0:
        return 0.0
    room = draws - 2 * log(2 / alpha)
    return sqrt(2 * spread * log(2 / alpha) / room) if room > 0 else inf


def tilt(spread: float, draws: int, alpha: float) -> float:
    """The scale of psi at which u is the half-width, spread > 0; 0 where the half-width is infinite."""
    return sqrt(2 * log(2 / alpha) / (draws * (spread + halfwidth(spread, draws, alpha) ** 2)))


def shortfall(spread: float, draws: int, scale: float, miss: float) -> float:
    """The u of this module's head, scale being the tilt: how far below its mean the estimate falls, but for miss."""
    rest = scale**2 * spread + 2 * log(1 / miss) / draws
    return rest / (1 + sqrt(1 - rest)) / scale if scale > 0 and rest <= 1 else inf


def reach(spread: float, draws: int, alpha: float, relative: bool, miss: float = 1 - POWER) -> float:
    """Least deviation d = halfwidth + u refuted with probability 1 - miss; relative: spread grows as (1 + d)²."""
    edge = halfwidth(spread, draws, alpha)
    if edge in (0, inf):
        return edge
    scale = tilt(spread, draws, alpha)
    return climb(lambda d: edge + shortfall(spread * (1 + d) ** 2 if relative else spread, draws, scale, miss))


def climb(increasing: Callable[[float], float], start: float = 0.0) -> float:
    """Least solution of d = increasing(d): from below the iterates climb to it; inf where there is none.

    >>> round(climb(lambda d: 1 + d / 2), 9), climb(lambda d: 1 + d)
    (2.0, inf)
    """
    for _ in range(200):
        grown = increasing(start)
        if grown - start <= 1e-12 * grown:
            return grown
        start = grown
    return inf


def psi(x: Values) -> tuple[Values, Values]:
    """Catoni's influence function sign(x)·log(1 + |x| + x²/2), and its derivative."""
    a = np.minimum(np.abs(x), HUGE)
    half = a * (1 + a / 2)
    return np.copysign(np.log1p(half), x), (1 + a) / (1 + half)


def estimate(values: Values, spread: float, alpha: float) -> Values:
    """Catoni's estimate of the mean over the last axis. Newton's steps, kept inside a bracket by bisection.

    Exact to 1e-9 half-widths. spread = 0: the value farthest from the median; no finite half-width: the plain mean.
    Shapes: (..., draws) -> (...,).

    >>> float(estimate(np.array([1.0, 3.0] * 32), 1.0, 0.01))
    2.0
    """
    edge = halfwidth(spread, values.shape[-1], alpha)
    center = np.median(values, axis=-1)
    if edge in (0, inf):
        return farthest(values, center) if edge == 0 else values.mean(axis=-1)
    scale = tilt(spread, values.shape[-1], alpha)
    low, high = values.min(axis=-1), values.max(axis=-1)
    for step in range(4096):  # every second step halves the bracket after the twelfth, so that it ends for any data
        influence, slope = psi(scale * (values - center[..., None]))
        total = influence.sum(axis=-1)
        low, high = np.where(total >= 0, center, low), np.where(total <= 0, center, high)
        move = total / (scale * slope.sum(axis=-1))
        if (np.abs(move) <= 1e-9 * edge + 4 * EPS * np.abs(center)).all():
            break
        newton = center + move
        kept = (low <= newton) & (newton <= high) & (step < 12 or step % 2 == 0)
        center = np.where(kept, newton, low + (high - low) / 2)
    return center


def farthest(values: Values, center: Values) -> Values:
    """The value farthest from the center, over the last axis: with no variance, each value must be the mean."""
    index = np.abs(values - center[..., None]).argmax(axis=-1)
    return np.take_along_axis(values, index[..., None], axis=-1)[..., 0]
