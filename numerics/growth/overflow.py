"""Can so many steps overflow a dtype? The sigma_w at which they do."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from math import exp

from numerics.arguments import positive_integer
from numerics.crossings import Threshold, thresholds
from numerics.ensembles import Ensemble
from numerics.growth import asked, exact, measured
from numerics.growth.dtypes import format_of
from numerics.growth.logarithm import Logarithm, exactly, median
from numerics.growth.tabulating import DRAWS
from numerics.verification import check_seed

BY_RATE = "by the typical rate of long products"


@dataclass(frozen=True)
class OverflowGain:
    """The sigma_w from which on a linear gradient exceeds the largest finite number of a dtype within so many steps.

    per_step: what each step must do to its length, the root of that number. depth, time: sigma_w where the median
    gradient factor reaches it, fresh factors or the same one. norm: where the median of ‖W‖ is ``per_step``: below it
    at least half of all W cannot overflow through time, whatever the gradient.
    """

    steps: int
    dtype: str
    ensemble: str
    n: int
    per_step: float
    depth: Threshold
    time: Threshold
    norm: Threshold

    def to_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return asdict(self)


def overflow_gain(
    steps: int = 1019,
    dtype: str = "float32",
    ensemble: str = "gaussian",
    n: int = 100,
    draws: int = DRAWS,
    seed: int = 0,
) -> OverflowGain:
    """Can T = ``steps`` steps overflow ``dtype``? From the sigma_w on that is told, typically; below the last, hardly.

    Gaussian weights: through depth exact (gain_law); orthogonal ones: all exact. Through time the median is measured
    at T steps; through depth, where no theorem gives it, by the rate of long products, whose note says so.
    Raises ValueError for steps, a dtype, ensemble, width, draws or seed that is none.

    >>> overflow_gain(1019, "float32", "haar", 64).time
    1.09097 (theorem orthogonal_isometry)
    """
    law, count = asked.lawful(ensemble), asked.factors([positive_integer(steps, "steps")])[0]
    width, draws = asked.width(law, n, count), asked.enough(draws)
    check_seed(seed)
    per_step = exp(format_of(dtype).largest / count)
    row = thresholds([law.name], [width], seed)[0]
    depth, time = _depth(law, width, count, row.typical), _time(law, width, count, draws, seed)
    told = (_times(each, per_step) for each in (depth, time, row.norm))
    return OverflowGain(count, dtype, law.name, width, per_step, *told)


def _depth(law: Ensemble, n: int, steps: int, typical: Threshold) -> Threshold:
    """sigma_w where the median gradient of so many fresh factors is 1."""
    if trend := exact.depth_trend(law, n):
        return _still(exactly(trend.median(steps), trend.theorem), steps)
    return replace(typical, note=typical.note or BY_RATE)


def _time(law: Ensemble, n: int, steps: int, draws: int, seed: int) -> Threshold:
    """The same for powers of one."""
    if exact.is_orthogonal(law):
        return _still(exactly(0.0, exact.ISOMETRY), steps)
    rng = measured.generator(law, n, seed, "time")
    if n > measured.WIDEST:
        return _still(median(measured.wide_gaussian(n, (steps,), draws, rng).gains[:, -1]), steps)
    return _still(median(measured.tied(law, n, (1,), steps, draws, rng).gains[:, -1]), steps)


def _still(log_gain: Logarithm, steps: int) -> Threshold:
    """One over the growth of a length a step."""
    value, high, low = (exp(-end / (2 * steps)) for end in (log_gain.value, log_gain.low, log_gain.high))
    return Threshold(value, low, high, log_gain.theorem, log_gain.draws)


def _times(threshold: Threshold, factor: float) -> Threshold:
    ends = {end: factor * getattr(threshold, end) for end in ("value", "low", "high")}
    return replace(threshold, **ends)
