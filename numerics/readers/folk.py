"""The norm heuristic against the rate of the gradient."""

from __future__ import annotations

import numpy as np

from numerics import spectra
from numerics.measurement import Reading, column
from numerics.systems import Sample

INFINITE = 700.0  # stands for oo where J = 0, as sparse weights of small width can be: a median does not feel it


def norm_excess(sample: Sample) -> Reading:
    """(1/L) Σ log‖W_l‖ - (1/2L) log(‖J‖_F²/n_0): how far the norms of the weights overestimate the rate."""
    weights = sample.network.weights
    with np.errstate(divide="ignore", invalid="ignore"):
        known = {id(w): np.log(spectra.operator_norm(w)) for w in {id(w): w for w in weights}.values()}
        total = np.sum([known[id(weight)] for weight in weights], axis=0)
        gain = sample.chain.matrix().log_norm() - np.log(weights[0].shape[2]) / 2
        excess = (total - gain) / len(weights)
    return column(np.where(np.isfinite(excess), excess, INFINITE), 1 + np.abs(np.where(np.isfinite(gain), gain, 0.0)))
