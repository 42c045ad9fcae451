"""Gains of a direction."""

from __future__ import annotations

import numpy as np

from numerics.arrays import Norms, Vectors
from numerics.measurement import Reading, column
from numerics.systems import Sample


def squared_gain(sample: Sample) -> Reading:
    """‖Jv‖²; each layer rounds, and so does the logarithm of the scale."""
    gain = sample.chain.push(sample.v)
    values, log_scale = squared_length(gain.values), 2 * gain.log_scale
    return column(values, values * (1 + len(sample.network.weights) + np.abs(log_scale)), log_scale)


def squared_length(vectors: Vectors) -> Norms:
    """‖x‖² of each row, of real or complex numbers."""
    return np.square(vectors.real).sum(axis=1) + (
        np.square(vectors.imag).sum(axis=1) if vectors.dtype.kind == "c" else 0
    )


def log_gain(sample: Sample) -> Reading:
    """log ‖Jv‖²."""
    gain = squared_gain(sample)
    return column(gain.logs[:, 0], gain.size[:, 0] / gain.values[:, 0])


def trace_of_square(sample: Sample) -> Reading:
    """tr((JJᵀ)²), the sum of the fourth powers of the singular values."""
    product = sample.chain.matrix()
    gram = product.values @ product.values.transpose(0, 2, 1)
    return _of_fourth_order(sample, np.square(gram).sum(axis=(1, 2)), product.log_scale)


def square_of_trace(sample: Sample) -> Reading:
    """(tr JJᵀ)², the square of the sum of the squared singular values."""
    product = sample.chain.matrix()
    return _of_fourth_order(sample, np.square(np.square(product.values).sum(axis=(1, 2))), product.log_scale)


def _of_fourth_order(sample: Sample, values: Norms, log_scale: Norms) -> Reading:
    total = 4 * log_scale
    return column(values, values * (1 + len(sample.network.weights) + np.abs(total)), total)
