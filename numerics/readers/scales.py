"""The norm of J as the weights are scaled: its derivative, by complex steps through the product itself."""

from __future__ import annotations

from math import log

import numpy as np

from numerics.arrays import Matrices, Norms
from numerics.measurement import Reading
from numerics.readers.derivatives import STEP
from numerics.readers.norms import operator_norm
from numerics.scaled import rescale
from numerics.systems import Sample

ALL = None  # every factor is stepped


def norm_by_scale(sample: Sample) -> Reading:
    """d‖(aW)^T‖/da at a = 1."""
    return _by_scales(sample, (ALL,))


def norm_by_layer_scale(sample: Sample) -> Reading:
    """d‖W_L ... aW_l ... W_1‖/da at a = 1, a column a layer."""
    return _by_scales(sample, tuple(range(len(sample.network.weights))))


def norm_times_steps(sample: Sample) -> Reading:
    """T ‖W^T‖."""
    norm, steps = operator_norm(sample), len(sample.network.weights)
    return Reading(steps * norm.values, steps * norm.size, norm.log_scale)


def _by_scales(sample: Sample, stepped: tuple[int | None, ...]) -> Reading:
    """uᵀ J' v, u and v the singular vectors of the largest singular value of J; J' by a complex step of the factors.

    Rounding in J' is that of J, once for each factor stepped.
    """
    product, found = sample.chain.matrix(), operator_norm(sample)
    u, _, v = np.linalg.svd(product.values)
    columns = []
    for layer in stepped:
        derivative = _derivative(sample, layer, product.log_scale)
        columns.append(np.einsum("di,dij,dj->d", u[:, :, 0], derivative, v[:, 0]))
    count = len(sample.network.weights) if stepped == (ALL,) else 1
    size = np.broadcast_to(count * found.size, (sample.draws, len(columns)))
    return Reading(np.stack(columns, axis=1), size, product.log_scale)


def _derivative(sample: Sample, layer: int | None, log_scale: Norms) -> Matrices:
    """dJ/da e^-log_scale where the weights of one layer, or of all, are times a."""
    block = np.eye(sample.network.weights[0].shape[2], dtype=complex)[None]
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
