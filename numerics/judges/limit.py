"""Limit by fits: medians at several sizes, extrapolated to the limit. A limit in probability is that of the medians.

At sizes s_i, of rates r_i -> 0, the sample medians are fitted by least squares with a + b·r and with a + b·r + c·r².
Order statistics hold each size's median in an interval (median.py), all of them together but for probability alpha;
as the medians range over these intervals the longer fit's intercept moves by the statistical error at most. So where
the medians are a + b·r + c·r² it is within that error of a but for probability alpha, for every law and every N.
The difference of the two intercepts, and LEFT_OUT at least, stands for what both fits leave out: an estimate, no bound.
It is added to ``error`` and to ``detectable``, and printed as extrapolation: no resolution below it is ever claimed.

What is known before the draws is a plan: it takes the variances from the literature and the laws for normal. After the
draws the intervals themselves decide: a plan too hopeful makes a verdict underpowered, never wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from numerics.judges.extrapolation import COST, allot, farthest, intercept
from numerics.judges.mean import check_spread, scaled, unit
from numerics.judges.median import interval, least_draws, middle, planned
from numerics.judges.traces import limit_trace
from numerics.verdict import (
    ALPHA,
    DRAW_LIMIT,
    POWER,
    Judgment,
    Values,
    decide,
    drawn,
    finite,
    fraction,
    positive,
    rounding,
)

BLIND = 2 * (1 - POWER)  # only intervals that miss toward a wrong limit hide it: one side of each
NEARLY_NORMAL = 2  # multiple of the fewest draws from which on the planned half-width is short by a quarter at most
LEFT_OUT = 0.005  # of the scale: ‖W‖ of random signs at sizes 8 to 256 ends 0.4 % too high, its two fits 0.2 % apart


@dataclass(frozen=True)
class LimitDesign:
    """The plan before the draws, relative to the scale: ``detectable`` and ``halfwidth`` are the statistical part.

    draws, short, long, sizes, rates: one a size; short and long are the coefficients of the two intercepts.
    """

    draws: tuple[int, ...]
    detectable: float
    resolution: float
    halfwidth: float
    alpha: float
    short: tuple[float, ...]
    long: tuple[float, ...]
    sizes: tuple[float, ...]
    rates: tuple[float, ...]


@dataclass(frozen=True)
class Fits:
    """The intercepts of the longer and of the shorter fit, and how far off the longer may be.

    statistical: but for probability alpha; blur: toward either side, but for probability 1 - POWER. Of the same shape.
    """

    long: Values
    short: Values
    statistical: Values
    blur: Values

    @property
    def extrapolation(self) -> Values:
        return np.maximum(np.abs(self.long - self.short), LEFT_OUT)

    @property
    def error(self) -> Values:
        return self.statistical + self.extrapolation

    @property
    def detectable(self) -> Values:
        """A limit off by more is missed with probability 1 - POWER at most."""
        return self.error + self.blur


def check_sizes(sizes: ArrayLike, rates: ArrayLike, spreads: Sequence[float]) -> tuple[Values, Values]:
    """Sizes and rates, four or more, positive, no two rates equal. Raises ValueError otherwise."""
    s, r = finite(sizes, "sizes"), finite(rates, "rates")
    if s.ndim != 1 or not len(s) == r.size == len(spreads) or len(s) < 4:
        raise ValueError(
            f"sizes, rates, spreads of lengths {s.size}, {r.size}, {len(spreads)}: pass four or more of each"
        )
    if (r <= 0).any() or (s <= 0).any() or len(set(r.tolist())) < len(r):
        raise ValueError(f"sizes={s.tolist()}, rates={r.tolist()}: pass positive sizes and distinct positive rates")
    return s, r


def design_limit(
    sizes: Sequence[int],
    rates: Sequence[float],
    spreads: Sequence[float],
    resolution: float = 0.03,
    *,
    alpha: float = ALPHA,
    limit: int = DRAW_LIMIT,
    cost: Sequence[float] | None = None,
    statistical: float = 0.65,
) -> LimitDesign:
    """Draws at each size, at the least total cost, planned to see ``statistical`` times the resolution.

    The rest of the resolution is left to the extrapolation and to intervals longer than planned. spreads: the planned
    Var X/scale² at each size. cost: of one draw at each size (None: size^2.2). limit: the most draws of a size.
    Raises NotJudged where a spread is infinite, ValueError with fewer than four sizes or without distinct rates.

    >>> design = design_limit((8, 16, 32, 64), (1 / 8, 1 / 16, 1 / 32, 1 / 64), (1 / 64, 1 / 256, 1 / 1024, 1 / 4096))
    >>> design.detectable <= 0.0195, len(design.draws)
    (True, 4)
    """
    s, r = check_sizes(sizes, rates, spreads)
    deviations, alpha = np.sqrt([check_spread(v) for v in spreads]), fraction(alpha, "alpha")
    price = s**COST if cost is None else finite(cost, "cost")
    if limit < 1 or price.shape != s.shape or (price <= 0).any():
        raise ValueError(f"limit={limit}, cost={cost}: pass a limit >= 1 and one positive cost a size")
    short, long = intercept(r, 2), intercept(r, 3)
    goal = positive(resolution, "resolution") * fraction(statistical, "statistical")
    edge, blur = (planned(miss / len(s)) for miss in (alpha, BLIND))
    weights = np.abs(long) * deviations
    draws = allot(weights * (edge + blur), price, goal, NEARLY_NORMAL * least_draws(alpha / len(s)), limit)
    each = float((weights / np.sqrt(draws)).sum())
    columns = (tuple(column.tolist()) for column in (short, long, s, r))
    return LimitDesign(draws, each * (edge + blur), resolution, each * edge, alpha, *columns)


def extrapolate(values: Sequence[Values], design: LimitDesign) -> Fits:
    """The two fits and their errors from the values at each size. Shapes: values[i] (..., draws[i]) -> (...,) each."""
    ordered = [np.sort(v, axis=-1) for v in values]
    medians, long = np.stack([middle(v) for v in ordered], axis=-1), np.asarray(design.long)

    def reach(miss: float) -> Values:
        ends = [interval(v, miss / len(values)) for v in ordered]
        low, high = (np.stack(side, axis=-1) for side in zip(*ends, strict=True))
        return farthest(long, medians - low, high - medians)

    return Fits(medians @ long, medians @ np.asarray(design.short), reach(design.alpha), reach(BLIND))


def judge_limit(
    values: Sequence[ArrayLike],
    limit: float,
    design: LimitDesign,
    *,
    scale: float | None = None,
    size: float | None = None,
) -> Judgment:
    """Do the medians tend to the limit? Refuted iff the intercept differs from it by more than error.

    values: one array of independent draws a size, shapes (design.draws[i],); scale and size: as in judge_mean.
    error: statistical part + difference of the two fits; the same completes ``detectable``, so that fits which
    disagree too much, or intervals too long, are underpowered. Raises ValueError where a value is not finite or draws
    are missing.

    >>> sizes = (8, 16, 32, 64)
    >>> design = design_limit(sizes, [1 / n for n in sizes], (0.0,) * 4)
    >>> judge_limit([[2 + 1 / n] * draws for n, draws in zip(sizes, design.draws)], 2.0, design).outcome
    'consistent'
    """
    if len(values) != len(design.draws):
        raise ValueError(f"values at {len(values)} sizes: the design has {len(design.draws)}; pass one array a size")
    per = unit(limit, scale)
    noise = float(rounding(max(per, abs(limit)) if size is None else size)) / per * float(np.abs(design.long).sum())
    arrays = [
        scaled(drawn(v, n, f"values[{i}]"), per) for i, (v, n) in enumerate(zip(values, design.draws, strict=True))
    ]
    fits = extrapolate(arrays, design)
    measured, error, detectable = float(fits.long), float(fits.error) + noise, float(fits.detectable) + 2 * noise
    outcome = decide(abs(measured - limit / per) > error, detectable, design.resolution)
    ends = f"the two fits end at {float(fits.short) * per:.6g} and {measured * per:.6g}"
    note = f"extrapolation {float(fits.extrapolation) * per:.3g} of error {error * per:.3g}: {ends}"
    trace = limit_trace(arrays, design.sizes, design.rates, design.alpha / len(arrays), per)
    return Judgment(outcome, measured * per, error * per, detectable, design.resolution, note, trace)
