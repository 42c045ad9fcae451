"""The norm of J as the weights are scaled: its derivative, by complex steps through the product itself."""

from __future__ import annotations

from dataclasses import replace
from math import log

import numpy as np

from numerics.arrays import Matrices, Norms, Vectors
from numerics.measurement import Reading, column
from numerics.readers.derivatives import STEP
from numerics.readers.layers import error_size
from numerics.readers.norms import operator_norm
from numerics.scaled import rescale
from numerics.systems import Sample

ALL = None  # every factor is stepped


def norm_by_scale(sample: Sample) -> Reading:
    """d‖(aW)^T‖/da at a = 1: uᵀ J' v by complex steps. Rounding in J' is that of J, once for each factor."""
    u, v, ground = _extremes(sample)
    start = np.eye(sample.network.weights[0].shape[2])[None]
    derivative = _derivative(sample, ALL, ground, start)
    size = len(sample.network.weights) * operator_norm(sample).size[:, 0]
    return column(np.einsum("di,dij,dj->d", u, derivative, v), size, ground)


def norm_by_layer_scale(sample: Sample) -> Reading:
    """d‖W_L ... aW_l ... W_1‖/da at a = 1, a column a layer: uᵀ J' v with the rounding of these products alone."""
    u, v, ground = _extremes(sample)
    layers = range(len(sample.network.weights))
    columns = [(u * _derivative(sample, layer, ground, v[:, :, None])[:, :, 0]).sum(axis=1) for layer in layers]
    size = np.broadcast_to(_rounding(sample, u, v, ground)[:, None], (sample.draws, len(columns)))
    return Reading(np.stack(columns, axis=1), size, ground)


def norm_along_vectors(sample: Sample) -> Reading:
    """‖J‖ as uᵀ (J v), factor by factor: exact to the rounding of these products, which that of J exceeds."""
    u, v, ground = _extremes(sample)
    values = (u * sample.chain.push(v).relative_to(ground)).sum(axis=1)
    return column(values, _rounding(sample, u, v, ground), ground)


def norm_times_steps(sample: Sample) -> Reading:
    """T ‖W^T‖."""
    norm, steps = operator_norm(sample), len(sample.network.weights)
    return Reading(steps * norm.values, steps * norm.size, norm.log_scale)


def _extremes(sample: Sample) -> tuple[Vectors, Vectors, Norms]:
    """u and v, the singular vectors of the largest singular value of J, and the log scale of J; one row a draw."""
    product = sample.chain.matrix()
    u, _, v = np.linalg.svd(product.values)
    rows = (np.broadcast_to(side, (sample.draws, side.shape[1])) for side in (u[:, :, 0], v[:, 0]))
    return *rows, np.broadcast_to(product.log_scale, (sample.draws,))


def _rounding(sample: Sample, u: Vectors, v: Vectors, ground: Norms) -> Norms:
    with np.errstate(under="ignore", over="ignore", invalid="ignore"):
        size: Norms = error_size(replace(sample, g=u), v) * np.exp(-ground)
    return size


def _derivative(sample: Sample, layer: int | None, log_scale: Norms, start: Matrices) -> Matrices:
    """dJ/da times the start, e^-log_scale, where the weights of one layer, or of all, are times a."""
    block = start.astype(complex)
    exponents = np.zeros(1, np.int64)
    for number, weight in enumerate(sample.network.weights):
        step = 1j * STEP if layer in (ALL, number) else 0.0
        block, exponents = _times(weight, step, block, exponents)
    with np.errstate(under="ignore"):
        scale = np.exp(exponents * log(2) - log_scale)
    derivative: Matrices = block.imag / STEP * scale[:, None, None]
    return derivative


def _times(weight: Matrices, step: complex, block: Matrices, exponents: Norms) -> tuple[Matrices, Norms]:
    """(1 + step) W times the block; both parts are divided by the power of two that the real part needs."""
    moved = (weight * (1 + step)) @ block
    real, later = rescale(moved.real, exponents)
    return real + 1j * np.ldexp(moved.imag, (exponents - later)[:, None, None]), later
