"""Mean: E X = predicted, judged by Catoni's M-estimator with the theory's bound of the variance (catoni.py)."""

from __future__ import annotations

from math import inf, isnan, nan

import numpy as np
from numpy.typing import ArrayLike

from numerics.judges.catoni import HUGE, estimate, halfwidth, least_draws, reach
from numerics.verdict import (
    ALPHA,
    DRAW_LIMIT,
    EPS,
    Design,
    Judgment,
    NotJudged,
    Values,
    decide,
    drawn,
    fewest,
    finite,
    fraction,
    positive,
    rounding,
)


def check_spread(spread: float) -> float:
    """The bound of the relative variance; if not 0 then at least eps². Raises NotJudged where it is infinite.

    >>> check_spread(float("inf"))
    Traceback (most recent call last):
    numerics.verdict.NotJudged: spread=inf: no finite fourth moment bounds the variance here
    """
    if isnan(spread) or spread < 0:
        raise ValueError(f"spread={spread}: a variance cannot be negative; pass spread >= 0")
    if spread == inf:
        raise NotJudged("spread=inf: no finite fourth moment bounds the variance here")
    return max(float(spread), EPS**2) if spread else 0.0


def design_mean(
    spread: float,
    resolution: float = 0.05,
    *,
    relative: bool = True,
    alpha: float = ALPHA,
    limit: int = DRAW_LIMIT,
) -> Design:
    """Draws that see a mean off by ``resolution`` scales, where Var X <= spread·scale². A bound, not an approximation.

    relative: the scale is the mean itself, so that under another mean the spread grows with its square.
    Raises NotJudged where spread is infinite, ValueError where an argument is outside its domain.

    >>> design = design_mean(0.25)
    >>> design.detectable <= 0.05 < design_mean(0.25, limit=design.draws - 1).detectable
    True
    >>> design_mean(0.0).draws, design_mean(0.0).halfwidth
    (64, 0.0)
    """
    spread, alpha = check_spread(spread), fraction(alpha, "alpha")
    resolution = positive(resolution, "resolution")
    draws = fewest(lambda n: reach(spread, n, alpha, relative), resolution, least_draws(alpha), limit)
    edge, detectable = halfwidth(spread, draws, alpha), reach(spread, draws, alpha, relative)
    return Design(draws, detectable, resolution, edge, alpha, spread)


def unit(predicted: float, scale: float | None) -> float:
    """The scale of a statement: |predicted| where none is given. Raises ValueError where it is 0 or not finite."""
    size = abs(float(finite(predicted, "predicted"))) if scale is None else scale
    if scale is None and size == 0:
        raise ValueError("predicted=0: nothing is relative to 0; pass scale")
    return positive(size, "scale")


def scaled(values: Values, scale: float) -> Values:
    """values/scale without overflow: beyond HUGE the influence is constant anyway."""
    with np.errstate(over="ignore"):
        return np.clip(values / scale, -HUGE, HUGE)


def hopeless(design: Design) -> Judgment:
    """Underpowered before any draw: of a mean that spreads so widely, the draws that could be made tell nothing.

    >>> hopeless(design_mean(1e6, limit=10_000)).outcome
    'underpowered'
    """
    spread = f"a relative variance of up to {design.bound:.2g}: more than {DRAW_LIMIT:,} draws would be needed"
    note = f"{spread}, and none was made; evaluate has the exact value"
    return Judgment("underpowered", nan, inf, design.detectable, design.resolution, note)


def judge_mean(
    values: ArrayLike, predicted: float, design: Design, *, scale: float | None = None, size: float | None = None
) -> Judgment:
    """Is the mean of these independent values the predicted one? Refuted iff |estimate - predicted| > error.

    scale: what the design's spread is relative to (None: |predicted|). size: magnitude of the terms that each value
    was summed from, for rounding (None: the larger of scale and |predicted|). Where spread = 0 every value must agree.
    Shapes: values (draws,). Raises ValueError where a value is not finite or the number of draws is not the design's.

    >>> judge_mean([2.0] * 64, 2.0, design_mean(0.0)).outcome, judge_mean([2.0] * 64, 2.1, design_mean(0.0)).outcome
    ('consistent', 'refuted')
    """
    per = unit(predicted, scale)
    relative = scaled(drawn(values, design.draws), per)
    noise = float(rounding(max(per, abs(predicted)) if size is None else size)) / per
    center, edge = float(estimate(relative, design.bound, design.alpha)), design.halfwidth + noise
    detectable = design.detectable + 2 * noise
    outcome = decide(abs(center - predicted / per) > edge, detectable, design.resolution)
    return Judgment(outcome, center * per, edge * per, detectable, design.resolution)
