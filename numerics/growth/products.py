"""Both products at sigma_w = 1: theorems where they give a number, draws where none does."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, isfinite, log

import numpy as np

from numerics.arrays import Norms
from numerics.crossings import MISS, thresholds
from numerics.ensembles import Ensemble
from numerics.growth import exact, measured
from numerics.growth.logarithm import Logarithm, exactly, median
from numerics.growth.measured import Logs
from numerics.growth.reach import Rate, SeenTrend, Trend
from numerics.growth.rows import Product

REACH = 1024  # steps through time at least: one vector a step is cheap
BY_EXPONENT = "the largest Lyapunov exponent"
BY_RADIUS = "log of the spectral radius, or the rate of the last half"
BY_SLOPE = "the rate of the last half"

Grown = tuple[tuple[Product, ...], Trend]


def isometries(steps: Sequence[int]) -> Grown:
    """Orthogonal factors, fresh or not: every singular value is 1."""
    product = Product(*(exactly(0.0, exact.ISOMETRY) for _ in range(5)))
    return (product,) * len(steps), exact.ISOMETRIC


def through_time(law: Ensemble, n: int, steps: Sequence[int], draws: int, seed: int) -> Grown:
    """Powers of one factor."""
    rng, rate = measured.generator(law, n, seed, "time"), None
    if n > measured.WIDEST:
        logs = measured.wide_gaussian(n, steps, draws, rng)
    else:
        logs = measured.tied(law, n, steps, max(REACH, steps[-1]), draws, rng)
    typical = [median(logs.gains[:, k - 1]) for k in steps]
    products = _products(logs, steps, typical, [exact.time_mean(law, n, k) for k in steps])
    if radius := products[0].radius:
        one = radius.times(2 / steps[0])
        rate = (one.value, one.low, one.high)
    return products, _seen(logs, _stretched(logs.gains, rate), BY_RADIUS if rate else BY_SLOPE)


def through_depth(
    law: Ensemble, n: int, steps: Sequence[int], draws: int, seed: int, radius: Logarithm | None
) -> Grown:
    """Fresh factors; ``radius``: log of that of one, known already."""
    trend, rng = exact.depth_trend(law, n), measured.generator(law, n, seed, "depth")
    if n > measured.WIDEST:
        logs = Logs(np.empty((draws, 0)), measured.wide_gaussian_norms(n, steps, draws, rng))
    else:
        logs = measured.fresh(law, n, steps, draws, rng)
    typical = [exactly(trend.median(k), trend.theorem) if trend else median(logs.gains[:, k - 1]) for k in steps]
    products = _products(logs, steps, typical, [exact.depth_mean(law, n, k) for k in steps], radius)
    return products, trend or _seen(logs, lyapunov(law, n, seed), BY_EXPONENT)


def _products(
    logs: Logs,
    steps: Sequence[int],
    typical: Sequence[Logarithm],
    means: Sequence[Logarithm | None],
    radius: Logarithm | None = None,
) -> tuple[Product, ...]:
    if logs.radii is not None and logs.off is not None:
        radius = median(logs.radii, logs.off)
    return tuple(
        Product(
            means[place],
            typical[place],
            None if logs.norms is None else median(logs.norms[:, place]),
            radius and radius.times(k),
            median(logs.factors[:, place]),
        )
        for place, k in enumerate(steps)
    )


def _seen(logs: Logs, rate: Rate, source: str) -> SeenTrend:
    """The medians after every factor, their intervals holding all of them but for MISS."""
    found = [median(column, miss=MISS / logs.gains.shape[1]) for column in logs.gains.T]
    value, low, high = (np.array([getattr(each, end) for each in found]) for end in ("value", "low", "high"))
    return SeenTrend(value, low, high, rate, source)


def lyapunov(law: Ensemble, n: int, seed: int) -> Rate:
    """Twice the largest Lyapunov exponent: the growth of log‖Jv‖² a factor, -inf where gradients end."""
    typical = thresholds([law.name], [n], seed)[0].typical
    value, low, high = (-2 * log(end) if end < inf else -inf for end in (typical.value, typical.high, typical.low))
    return value, low, high


def _stretched(gains: Norms, rate: Rate | None) -> Rate:
    """The rate in the limit, its interval stretched to the rate of the last half of the steps."""
    count = gains.shape[1]
    start = np.median(gains[:, count // 2 - 1]) if count > 1 else 0.0
    with np.errstate(invalid="ignore"):
        slope = float(np.median(gains[:, -1]) - start) / (count - count // 2)
    slope = slope if isfinite(slope) else -inf
    value, low, high = rate or (slope, slope, slope)
    return value, min(low, slope), max(high, slope)
