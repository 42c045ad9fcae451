"""Gains and radii in units of the Frobenius norms: ‖W‖ replaced by ‖W‖_F/sqrt(n)."""

from __future__ import annotations

import numpy as np

from numerics.arrays import Matrices, Norms
from numerics.measurement import Reading, column
from numerics.readers.gains import squared_gain
from numerics.systems import Sample


def normalized_gain(sample: Sample) -> Reading:
    """‖Jv‖² / ∏_l(‖W_l‖_F²/n_{l-1}), by logarithms: no depth over- or underflows. Undefined where a weight is 0."""
    gain = squared_gain(sample)
    known = {id(weight): _log_size(weight) for weight in {id(w): w for w in sample.network.weights}.values()}
    total: Norms = np.sum([known[id(weight)] for weight in sample.network.weights], axis=0)
    return Reading(gain.values, gain.size, gain.log_scale - total)


def normalized_radius(sample: Sample) -> Reading:
    """ρ(W)/(‖W‖_F/sqrt(n)) of the first weight."""
    weight = sample.network.weights[0]
    values: Norms = np.abs(np.linalg.eigvals(weight)).max(axis=1) * np.exp(-_log_size(weight) / 2)
    return column(values)


def _log_size(weight: Matrices) -> Norms:
    """log(‖W‖_F²/n_in); entries are first divided by the largest, so that no square leaves float64."""
    largest = np.abs(weight).max(axis=(1, 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = weight / largest[:, None, None]
        size: Norms = 2 * np.log(largest) + np.log(np.square(relative).sum(axis=(1, 2)) / weight.shape[2])
    return size
