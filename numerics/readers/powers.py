"""One matrix and its powers."""

from __future__ import annotations

from math import log

import numpy as np

from numerics import spectra
from numerics.measurement import Reading, column
from numerics.systems import Sample


def weight_norm(sample: Sample) -> Reading:
    return column(spectra.operator_norm(sample.network.weights[0]))


def spectral_radius(sample: Sample) -> Reading:
    """ρ(W), with what rounding can do to it; of one matrix, where laws and limits alone are judged, without: faster."""
    if sample.kind == "matrix":
        return column(np.abs(np.linalg.eigvals(sample.network.weights[0])).max(axis=1))
    radius = spectra.spectral_radius(sample.network.weights[0])
    return column(radius.value, np.maximum(radius.value, radius.sensitivity / np.finfo(float).eps))


def root_norm(sample: Sample) -> Reading:
    """‖W^T‖^{1/T}: rounding in the power is shared among the steps, so it is of the size of ‖W‖."""
    weight, steps = sample.network.weights[0], len(sample.network.weights)
    rate = np.exp(spectra.log_power_norms(weight, (steps,))[:, 0] / steps)
    return column(rate, spectra.operator_norm(weight))


def schur_remainder(sample: Sample) -> Reading:
    """(n T^{n-1} (1 + Δ/ρ)^{n-1})^{1/T} - 1, Δ Henrici's departure from normality, rounded up."""
    weight, steps = sample.network.weights[0], len(sample.network.weights)
    n = weight.shape[1]
    energy = np.square(weight).sum(axis=(1, 2))
    moduli = np.abs(np.linalg.eigvals(weight))
    departure = np.sqrt(np.maximum(energy - np.square(moduli).sum(axis=1), 0) + n * np.finfo(float).eps * energy)
    with np.errstate(divide="ignore", invalid="ignore"):
        bound = log(n) + (n - 1) * (log(steps) + np.log1p(departure / moduli.max(axis=1)))
    return column(np.expm1(np.minimum(bound / steps, 700.0)))
