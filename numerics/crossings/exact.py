"""Thresholds that theorems give, by what is assumed of the weights; None where none does."""

from __future__ import annotations

from math import exp, sqrt

from scipy.optimize import brentq

from numerics.crossings.threshold import Threshold, exactly
from numerics.ensembles import Ensemble, low_rank
from numerics.norms import LARGEST, norm_probability
from theory.assumptions import GAUSSIAN, GOE, ISOTROPIC, ORTHOGONAL, Assumption, closure
from theory.evaluating import evaluate

ISOMETRY = exactly(1.0, "orthogonal_isometry")  # every singular value of every product is a power of sigma_w


def norm(ensemble: Ensemble, n: int) -> Threshold | None:
    """sigma_w where the median of ‖W‖ is 1: one over the median at sigma_w = 1."""
    if _assumed(ensemble, ORTHOGONAL):
        return ISOMETRY
    if _assumed(ensemble, GAUSSIAN) and n <= LARGEST:
        return exactly(1 / gaussian_median(n), "norm_law")
    return None


def gaussian_median(n: int) -> float:
    """The median of ‖W‖ at sigma_w = 1, W n x n Gaussian, n <= 64: where its exact law is 1/2, to 1e-13.

    >>> round(gaussian_median(1), 9)  # of |z|, z standard normal
    0.67448975
    """
    root: float = brentq(lambda s: norm_probability(n, 1.0, s).value - 0.5, 0.25, 4.0, xtol=1e-14, rtol=1e-14)
    return root


def typical(ensemble: Ensemble, n: int) -> Threshold | None:
    """sigma_w where the mean of the log gain is 0."""
    if _assumed(ensemble, ORTHOGONAL):
        return ISOMETRY
    if _assumed(ensemble, GAUSSIAN):
        value = evaluate("typical_threshold", {"n": str(n)}).value
        assert isinstance(value, float)
        return exactly(value, "typical_threshold")
    if ensemble.name == low_rank.ENSEMBLE.name:  # its product of two factors is a Gaussian network with a narrow layer
        return exactly(exp(-_log_gain(n, low_rank.rank(n, n), n) / 2), "log_gain")
    return None


def _log_gain(*widths: int) -> float:
    """The mean of the log squared gain of a Gaussian linear network of these widths at sigma_w = 1."""
    told = evaluate("log_gain", {"sigma_w": "1", "widths": ",".join(map(str, widths))}).value
    assert isinstance(told, tuple) and isinstance(told[0], float)
    return told[0]


def mean(ensemble: Ensemble, n: int) -> Threshold | None:
    """sigma_w where the mean of the squared gain is 1."""
    if _assumed(ensemble, ISOTROPIC):
        return exactly(1.0, "mean_square_gain")
    if _assumed(ensemble, GOE):
        return exactly(1 / sqrt(1 + 1 / n), "symmetric_weights")
    return None


def _assumed(ensemble: Ensemble, assumption: Assumption) -> bool:
    return assumption in closure(ensemble.satisfies)
