"""Gradients by the weights of a linear network without biases, its input v and its output gradient g: one a layer."""

from __future__ import annotations

import numpy as np

from numerics.arrays import Norms, Vectors
from numerics.chain import Chain
from numerics.measurement import Reading, column
from numerics.systems import Sample


def squared_weight_gradient(sample: Sample) -> Reading:
    """‖dE/dW_l‖_F² = ‖delta_l‖²‖h_{l-1}‖², a column a layer."""
    return _of_layers(sample, _signals(sample) + _states(sample))


def squared_error_signal(sample: Sample) -> Reading:
    """‖delta_l‖², a column a layer."""
    return _of_layers(sample, _signals(sample))


def gauss_newton_curvature(sample: Sample) -> Reading:
    """Σ_l ‖dE/dW_l‖_F²."""
    parts = squared_weight_gradient(sample)
    return column(parts.values.sum(axis=1), parts.size.sum(axis=1), parts.log_scale)


def _of_layers(sample: Sample, logs: Vectors) -> Reading:
    """Squares from the logarithms of norms (draws, L), in units of the largest; each layer and logarithm rounds.

    A norm of 0, as of sparse weights, has a logarithm of -inf and is exact; all of a draw may be 0.
    """
    dead, largest = np.isneginf(logs), logs.max(axis=1)
    scale: Norms = np.where(np.isneginf(largest), 0.0, 2 * largest)
    values = np.exp(2 * logs - scale[:, None])
    return Reading(values, values * (1 + len(sample.network.weights) + np.abs(2 * np.where(dead, 0.0, logs))), scale)


def _signals(sample: Sample) -> Vectors:
    """log ‖delta_l‖, l = 1 ... L."""
    return np.stack([signal.log_norm() for signal in sample.chain.states_pull(sample.g)], axis=1)


def _states(sample: Sample) -> Vectors:
    """log ‖h_{l-1}‖, l = 1 ... L: W_{l-1} ... W_1 v are the error signals of the transposed chain, turned around.

    Raises ValueError where the network is not linear or has biases.
    """
    network = sample.network
    if not network.is_linear or network.biases is not None:
        raise ValueError("weight gradients are read from linear networks without biases; pass sigma_b=0, linear layers")
    turned = Chain(tuple(weight.transpose(0, 2, 1) for weight in reversed(network.weights)))
    return np.stack([state.log_norm() for state in reversed(turned.states_pull(sample.v))], axis=1)
