"""Limit by fits: means at several sizes, extrapolated to the limit.

At sizes s_i, of rates r_i -> 0, the means m_i are fitted by least squares with a + b·r and with a + b·r + c·r². The
intercepts are Σ short_i·m_i and Σ long_i·m_i. Catoni's estimator gives the second with a half-width known before the
draws (extrapolation.py says how): where the means are a + b·r + c·r², it holds a but for probability alpha. The
difference of the two intercepts stands for what both fits leave out: it is added to ``error`` and to ``detectable``,
and printed as extrapolation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from numerics.judges.catoni import estimate, halfwidth, reach
from numerics.judges.extrapolation import COST, Groups, combine, deal, intercept, variance
from numerics.judges.mean import check_spread, scaled, unit
from numerics.verdict import (
    ALPHA,
    DRAW_LIMIT,
    Judgment,
    Values,
    decide,
    drawn,
    finite,
    fraction,
    positive,
    rounding,
)


@dataclass(frozen=True)
class LimitDesign:
    """What is known before the draws, relative to the scale: ``detectable`` and ``halfwidth`` are the statistical part.

    draws, spreads, short, long: one a size; short and long are the coefficients of the two intercepts.
    """

    draws: tuple[int, ...]
    detectable: float
    resolution: float
    halfwidth: float
    alpha: float
    spreads: tuple[float, ...]
    short: tuple[float, ...]
    long: tuple[float, ...]
    groups: Groups


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


def shares(spreads: Sequence[float], coefficients: Values, cost: Values) -> Values:
    """Draws in the proportion |c|·sqrt(spread/cost) that gives a variance at the least cost, the largest 1 (Neyman)."""
    share = np.abs(coefficients) * np.sqrt(np.asarray(spreads) / cost)
    return np.asarray(share / max(share.max(), np.finfo(float).tiny))


def design_limit(
    sizes: Sequence[int],
    rates: Sequence[float],
    spreads: Sequence[float],
    resolution: float = 0.03,
    *,
    relative: bool = True,
    alpha: float = ALPHA,
    limit: int | Sequence[int] = DRAW_LIMIT,
    cost: Sequence[float] | None = None,
    statistical: float = 0.5,
) -> LimitDesign:
    """Draws at each size, at the least total cost, whose statistical part sees ``statistical`` times the resolution.

    The rest of the resolution is left to the extrapolation. spreads: bounds of Var X/scale² at each size. cost: of one
    draw at each size (None: size^2.2). limit: the most draws, one for all sizes or one a size.
    Raises NotJudged where a spread is infinite, ValueError with fewer than four sizes or without distinct rates.

    >>> design = design_limit((8, 16, 32, 64), (1 / 8, 1 / 16, 1 / 32, 1 / 64), (1 / 8, 1 / 16, 1 / 32, 1 / 64))
    >>> design.detectable <= 0.015, len(design.draws)
    (True, 4)
    """
    s, r = check_sizes(sizes, rates, spreads)
    bounds, alpha = tuple(check_spread(v) for v in spreads), fraction(alpha, "alpha")
    price = s**COST if cost is None else finite(cost, "cost")
    if np.min(limit) < 1 or price.shape != s.shape or (price <= 0).any():
        raise ValueError(f"limit={limit}, cost={cost}: pass limits >= 1 and one positive cost a size")
    short, long = intercept(r, 2), intercept(r, 3)

    def reached(groups: Groups) -> float:
        return reach(variance(long.tolist(), bounds, groups.members), groups.count, alpha, relative)

    goal = positive(resolution, "resolution") * fraction(statistical, "statistical")
    groups = deal(shares(bounds, long, price), limit, price, alpha, goal, reached)
    edge = halfwidth(variance(long.tolist(), bounds, groups.members), groups.count, alpha)
    draws = tuple(groups.count * k for k in groups.members)
    fits = tuple(short.tolist()), tuple(long.tolist())
    return LimitDesign(draws, reached(groups), resolution, edge, alpha, bounds, *fits, groups)


def intercepts(values: Sequence[Values], design: LimitDesign) -> tuple[Values, Values]:
    """Estimates of the intercepts with and without the term in r². Shapes: values[i] (..., draws[i]) -> (...,) each."""

    def at(fit: tuple[float, ...]) -> Values:
        spread = variance(fit, design.spreads, design.groups.members)
        return estimate(combine(values, fit, design.groups), spread, design.alpha)

    return at(design.long), at(design.short)


def judge_limit(
    values: Sequence[ArrayLike],
    limit: float,
    design: LimitDesign,
    *,
    scale: float | None = None,
    size: float | None = None,
) -> Judgment:
    """Do the means tend to the limit? Refuted iff the intercept differs from it by more than error.

    values: one array of independent draws a size, shapes (design.draws[i],); scale and size: as in judge_mean.
    error: statistical part + difference of the two fits; the same difference completes ``detectable``, so that fits
    which disagree too much are underpowered. Raises ValueError where a value is not finite or draws are missing.

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
    center, line = (float(end) for end in intercepts(arrays, design))
    extrapolation = abs(center - line)
    edge, detectable = design.halfwidth + extrapolation + noise, design.detectable + extrapolation + 2 * noise
    outcome = decide(abs(center - limit / per) > edge, detectable, design.resolution)
    fits = f"the two fits end at {line * per:.6g} and {center * per:.6g}"
    note = f"extrapolation {extrapolation * per:.3g} of error {edge * per:.3g}: {fits}"
    return Judgment(outcome, center * per, edge * per, detectable, design.resolution, note)
