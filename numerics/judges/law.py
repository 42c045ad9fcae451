"""InLaw: P(X <= x) = cdf(x) for every x, judged by the Dvoretzky-Kiefer-Wolfowitz inequality.

P(sup_x |F_N(x) - F(x)| > e) <= 2·exp(-2·N·e²) for every N and every F, continuous or not.

Source: Massart, The tight constant in the Dvoretzky-Kiefer-Wolfowitz inequality, Ann. Probab. 18 (1990). Power: at a
point where the two laws differ most, Hoeffding's inequality (JASA 58, 1963).
"""

from __future__ import annotations

from collections.abc import Callable
from math import log, sqrt

import numpy as np
from numpy.typing import ArrayLike

from numerics.judges.traces import law_trace
from numerics.verdict import (
    ALPHA,
    DRAW_LIMIT,
    POWER,
    Design,
    Judgment,
    Values,
    decide,
    drawn,
    fewest,
    finite,
    fraction,
    positive,
)


def halfwidth(draws: int, alpha: float) -> float:
    """The e with 2·exp(-2·N·e²) = alpha.

    >>> from math import exp
    >>> round(halfwidth(2, 2 * exp(-1.0)), 12)
    0.5
    """
    return sqrt(log(2 / alpha) / (2 * draws))


def reach(draws: int, alpha: float, cdf_error: float) -> float:
    """Least Kolmogorov distance refuted with probability POWER, where the CDF is known to cdf_error."""
    return halfwidth(draws, alpha) + sqrt(log(1 / (1 - POWER)) / (2 * draws)) + 2 * cdf_error


def design_law(
    resolution: float = 0.02, *, cdf_error: float = 0.0, alpha: float = ALPHA, limit: int = DRAW_LIMIT
) -> Design:
    """Draws that see a Kolmogorov distance of ``resolution``; cdf_error bounds |computed CDF - CDF|.

    >>> design = design_law()
    >>> design.detectable <= 0.02 < design_law(limit=design.draws - 1).detectable
    True
    """
    alpha, resolution = fraction(alpha, "alpha"), positive(resolution, "resolution")
    if not 0 <= cdf_error < 1:
        raise ValueError(f"cdf_error={cdf_error}: a distance of probabilities; pass 0 <= cdf_error < 1")
    draws = fewest(lambda n: reach(n, alpha, cdf_error), resolution, 1, limit)
    edge = halfwidth(draws, alpha) + cdf_error
    return Design(draws, reach(draws, alpha, cdf_error), resolution, edge, alpha, cdf_error)


def distance(values: Values, cdf: Callable[[Values], Values], cdf_error: float = 0.0) -> Values:
    """Kolmogorov distance sup |F_N - cdf| over the last axis; right also where values tie and where the CDF jumps.

    Shapes: (..., draws) -> (...,). Raises ValueError where the CDF leaves [0, 1] by more than cdf_error.

    >>> float(distance(np.array([0.25, 0.75]), lambda x: x))
    0.25
    """
    ordered = np.sort(values, axis=-1)
    count = np.arange(ordered.shape[-1] + 1) / ordered.shape[-1]
    at = probabilities(cdf, ordered, cdf_error)
    before = probabilities(cdf, np.nextafter(ordered, -np.inf), cdf_error)  # the limit from the left
    first = np.diff(ordered, axis=-1, prepend=-np.inf) > 0  # between tied values F_N takes no value
    last = np.diff(ordered, axis=-1, append=np.inf) > 0
    above = np.where(last, np.abs(count[1:] - at), 0.0).max(axis=-1)
    below = np.where(first, np.abs(count[:-1] - before), 0.0).max(axis=-1)
    return np.asarray(np.maximum(above, below))


def probabilities(cdf: Callable[[Values], Values], points: Values, cdf_error: float) -> Values:
    """The CDF at these points. Raises ValueError where one is no probability, naming it and its place."""
    found = finite(cdf(points), "cdf(values)")
    wrong = (found < -cdf_error - 1e-12) | (found > 1 + cdf_error + 1e-12)
    if wrong.any():
        place = tuple(np.argwhere(wrong)[0].tolist())
        raise ValueError(f"cdf({points[place]})={found[place]}: not a probability; state its cdf_error or mend it")
    return found


def judge_law(values: ArrayLike, cdf: Callable[[Values], Values], design: Design, *, allowed: float = 0.0) -> Judgment:
    """Do these independent values follow the CDF? Refuted iff the Kolmogorov distance exceeds error.

    cdf: vectorized; an atom must be hit exactly. One value a network, none from the same network as another.
    allowed: how far the law may be from the CDF (a limit met at finite size): part of the error, and the note says so;
    detectable and resolution are counted beyond it.
    Shapes: values (draws,). Raises ValueError where a value is not finite, the number of draws is not the design's or
    allowed is no distance of two laws.

    >>> judge_law([0.5] * 50, lambda x: x, design_law(limit=50)).outcome
    'refuted'
    >>> judge_law([0.5] * 50, lambda x: x, design_law(limit=50), allowed=0.5).note
    '0.5 of the error is the distance from its limit that a law is allowed at this size; detectable is beyond it'
    """
    numbers, error = drawn(values, design.draws), design.halfwidth + distance_allowed(allowed)
    measured = float(distance(numbers, cdf, design.bound))
    outcome, trace = decide(measured > error, design.detectable, design.resolution), law_trace(numbers, cdf, error)
    return Judgment(outcome, measured, error, design.detectable, design.resolution, told(allowed), trace)


def distance_allowed(allowed: float) -> float:
    """A Kolmogorov distance below 1. Raises ValueError otherwise: at 1 nothing could be refuted."""
    if not 0 <= allowed < 1:
        raise ValueError(f"allowed={allowed}: a distance of two laws; pass 0 <= allowed < 1")
    return float(allowed)


def told(allowed: float) -> str:
    """What a reader of the error must know of it; empty where nothing was allowed."""
    if not allowed:
        return ""
    return (
        f"{allowed:.2g} of the error is the distance from its limit that a law is allowed at this size; "
        "detectable is beyond it"
    )
