"""Two samples of one law? Judged by the Dvoretzky-Kiefer-Wolfowitz inequality for each of them.

sup |F_M - G_N| <= sup |F_M - F| + sup |F - G| + sup |G - G_N|: valid for all M, N and every law, continuous or not.
"""

from __future__ import annotations

from math import log, sqrt

import numpy as np
from numpy.typing import ArrayLike

from numerics.judges.law import halfwidth
from numerics.verdict import ALPHA, POWER, Judgment, Values, decide, finite, fraction, positive


def gap(first: Values, second: Values) -> float:
    """Kolmogorov distance of two samples, sup over x of the difference of the fractions that are <= x.

    >>> gap(np.array([0.0, 1.0]), np.array([1.0, 2.0]))
    0.5
    """
    points = np.concatenate([first, second])
    counts = [np.searchsorted(np.sort(each), points, side="right") / len(each) for each in (first, second)]
    return float(np.abs(counts[0] - counts[1]).max())


def judge_samples(first: ArrayLike, second: ArrayLike, resolution: float = 0.05, *, alpha: float = ALPHA) -> Judgment:
    """Do these independent values come from one law? Refuted iff their Kolmogorov distance exceeds error.

    Shapes: (M,), (N,), chosen before the draws. Raises ValueError where a value is not finite or there is none.
    Source: Massart, Ann. Probab. 18 (1990), for each sample at alpha/2.

    >>> judge_samples(np.zeros(200), np.ones(200)).outcome
    'refuted'
    """
    samples = [finite(values, name).ravel() for values, name in ((first, "first"), (second, "second"))]
    if not all(map(len, samples)):
        raise ValueError(f"samples of {len(samples[0])} and {len(samples[1])} values: pass at least one of each")
    alpha, resolution = fraction(alpha, "alpha"), positive(resolution, "resolution")
    error = sum(halfwidth(len(values), alpha / 2) for values in samples)
    seen = sum(sqrt(log(2 / (1 - POWER)) / (2 * len(values))) for values in samples)
    measured = gap(*samples)
    return Judgment(decide(measured > error, error + seen, resolution), measured, error, error + seen, resolution)
