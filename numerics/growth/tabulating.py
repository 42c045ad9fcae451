"""Fills the table."""

from __future__ import annotations

from collections.abc import Sequence

from numerics.growth import asked, exact
from numerics.growth.dtypes import DTYPES
from numerics.growth.products import isometries, through_depth, through_time
from numerics.growth.reach import Reach, Trend
from numerics.growth.rows import STEPS, Both, DepthAgainstTime, Product, Row
from numerics.verification import check_seed

DRAWS = 256


def depth_against_time(
    ensemble: str = "gaussian",
    n: int = 100,
    sigma_w: float = 0.9,
    steps: Sequence[int] = STEPS,
    tolerance: float = 0.1,
    draws: int = DRAWS,
    seed: int = 0,
) -> DepthAgainstTime:
    """Products of k fresh linear factors beside powers of one, k in ``steps``: mean, typical value, norm, radius and
    the norms of the factors; and after how many steps the median gradient leaves [tolerance, 1/tolerance], and dtypes.

    Orthogonal weights: all exact (orthogonal_isometry). Through depth the mean is exact (mean_square_gain,
    symmetric_weights), for Gaussian weights the median of the gain too (gain_law). Through time the mean is told where
    a theorem gives it (tied_mean_square_gain_real up to 12 steps), and never an average: rare matrices carry it. The
    rest are medians of ``draws`` with intervals by order statistics, each missing the truth with probability 0.001,
    those behind one number of steps all together.
    Through time 1024 steps are taken, through depth the most that is asked for; what lies beyond is extrapolated and
    says so. Beyond width 256 Gaussian weights alone are measured, without norm and radius of the product.
    Raises ValueError for an ensemble, width, sigma_w, steps, tolerance, draws or seed that is none.

    >>> table = depth_against_time("haar", 8, 0.5, steps=(1, 2))
    >>> table.horizon.time, table.underflow_step["float32"].depth
    (4 (below) (theorem orthogonal_isometry), 127 (below) (theorem orthogonal_isometry))
    """
    law, taken, shift = asked.lawful(ensemble), asked.factors(steps), asked.log_deviation(sigma_w)
    width, draws, end = asked.width(law, n, taken[-1]), asked.enough(draws), asked.end(tolerance)
    check_seed(seed)
    if exact.is_orthogonal(law):
        (depth, one), (time, other) = isometries(taken), isometries(taken)
    else:
        time, other = through_time(law, width, taken, draws, seed)
        radius = time[0].radius and time[0].radius.times(1 / taken[0])
        depth, one = through_depth(law, width, taken, draws, seed, radius)
    rows = tuple(Row(k, _at(a, k, shift), _at(b, k, shift)) for k, a, b in zip(taken, depth, time, strict=True))
    trends, per_step = (one, other), 2 * shift
    largest, smallest = (
        {
            name: Both(*(trend.first(per_step, 2 * getattr(form, end)) for trend in trends))
            for name, form in DTYPES.items()
        }
        for end in ("largest", "smallest")
    )
    horizon = Both(*(_sooner(trend, per_step, end) for trend in trends))
    return DepthAgainstTime(law.name, width, float(sigma_w), float(tolerance), rows, horizon, largest, smallest)


def _sooner(trend: Trend, per_step: float, end: float) -> Reach:
    up, down = trend.first(per_step, end), trend.first(per_step, -end)
    return up if up.before(down) else down


def _at(product: Product, k: int, shift: float) -> Product:
    """The same at sigma_w = exp(shift)."""
    lengths = (product.norm, product.radius, product.norms)
    return Product(
        product.mean and product.mean.shifted(2 * k * shift),
        product.typical.shifted(2 * k * shift),
        *(each and each.shifted(k * shift) for each in lengths),
    )
