"""What theorems give of the table; None where none does."""

from __future__ import annotations

from functools import lru_cache
from math import log, pi, sqrt

import numpy as np
from scipy.optimize import brentq
from scipy.special import digamma, loggamma, polygamma

from numerics.crossings import exact as thresholds
from numerics.ensembles import Ensemble
from numerics.growth.logarithm import Logarithm, exactly
from numerics.growth.reach import ExactTrend
from theory import theorems
from theory.assumptions import GAUSSIAN, ORTHOGONAL, closure
from theory.evaluating import evaluate

ISOMETRY = "orthogonal_isometry"  # of one W that returns too: its proof asks nothing of the others
LAW = "gain_law"
TIED = "tied_mean_square_gain_real"
MOST = 12  # steps whose pairings are counted in a second
NODES = 2048  # of an inversion
SPAN = 80  # standard deviations between two images of the law
ISOMETRIC = ExactTrend(lambda k: 0.0, 0.0, 0.0, ISOMETRY)
SLACK = 0.6  # the median of log‖Jv‖² lies above its mean by -ψ''(n/2)/(6 ψ'(n/2)) <= 0.57 as k grows, less before


def is_orthogonal(law: Ensemble) -> bool:
    """Whether every gain is sigma_w^k."""
    return ORTHOGONAL in closure(law.satisfies)


def is_gaussian(law: Ensemble) -> bool:
    """Whether the gain through depth has the law of gain_law."""
    return GAUSSIAN in closure(law.satisfies)


def depth_mean(law: Ensemble, n: int, k: int) -> Logarithm | None:
    """log E‖Jv‖² of k fresh factors at sigma_w = 1."""
    threshold = thresholds.mean(law, n)
    return None if threshold is None else exactly(-2 * k * log(threshold.value), threshold.theorem)


def time_mean(law: Ensemble, n: int, k: int) -> Logarithm | None:
    """log E‖W^k v‖² of one factor at sigma_w = 1: where a theorem gives it; an average over draws would not."""
    if is_orthogonal(law):
        return exactly(0.0, ISOMETRY)
    if k == 1:
        return depth_mean(law, n, 1)
    if is_gaussian(law) and k <= MOST and TIED in theorems():
        value = evaluate(TIED, {"sigma_w": "1", "T": str(k), "n": str(n)}).value
        assert isinstance(value, float)
        return exactly(log(value), TIED)
    return None


def depth_trend(law: Ensemble, n: int) -> ExactTrend | None:
    """The median of log‖Jv‖² of fresh factors at sigma_w = 1."""
    if is_orthogonal(law):
        return ISOMETRIC
    if is_gaussian(law):
        rate = float(digamma(n / 2)) - log(n / 2)
        return ExactTrend(lambda k: gaussian_median(n, k), rate, SLACK, LAW)
    return None


@lru_cache(maxsize=4096)
def gaussian_median(n: int, k: int) -> float:
    """The median of Σ log(chi²_n/n), k terms: of log‖Jv‖² at sigma_w = 1, where its exact law is 1/2, to about 1e-8
    standard deviations.

    P(S <= y) = 1/2 - Σ_j Im[e^{-iω_j y} E e^{iω_j S}]/(π (j + 1/2)), ω_j = (j + 1/2)h: Gil-Pelaez inversion by the
    midpoint rule, S the sum less its mean.

    >>> round(float(np.exp(gaussian_median(2, 1))), 9)  # chi²_2/2 is exponential
    0.693147181
    """
    a = n / 2
    mean, deviation = float(digamma(a)), sqrt(k * float(polygamma(1, a)))
    halves = np.arange(NODES) + 0.5
    omega = halves * 2 * pi / (SPAN * deviation)
    logs = k * (loggamma(a + 1j * omega) - loggamma(a) - 1j * omega * mean)
    sizes, angles = np.exp(logs.real) / (pi * halves), logs.imag

    def excess(y: float) -> float:
        return -float(np.sin(angles - omega * y) @ sizes)

    middle: float = brentq(excess, -2 * deviation, 2 * deviation, xtol=1e-13 * max(1.0, deviation))
    return k * (mean - log(a)) + middle
