"""The gradient by the one weight matrix, step by step: its long lags, and its squared norm, the curvature."""

from __future__ import annotations

import numpy as np

from numerics import spectra
from numerics.arrays import Matrices, Vectors
from numerics.chain import Chain
from numerics.measurement import Reading, column
from numerics.systems import Sample


def long_lags(sample: Sample) -> Reading:
    """‖Σ delta_l h_{l-1}ᵀ‖ over the steps l = 1 ... T - k, delta_l the error signal of the last loss."""
    shares = _shares(sample)
    if not len(shares):
        return column(np.zeros(sample.draws))
    sizes = np.linalg.norm(shares, axis=(2, 3)).sum(axis=0)
    return column(spectra.operator_norm(shares.sum(axis=0)), sizes * len(sample.network.weights))


def long_lags_bound(sample: Sample) -> Reading:
    """gamma ‖g‖ max over l <= T - k of ‖h_{l-1}‖ Σ_l (gamma ‖W‖)^(T-l), gamma = 1 for tanh and linear."""
    network, states = sample.network, sample.states.h
    last, gamma = len(network.weights) - int(sample.point["k"]), float(network.activations[0].slope_bound)
    norm, total, largest = gamma * spectra.operator_norm(network.weights[0]), *np.zeros((2, sample.draws))
    for step, state in enumerate(states[:last], 1):
        total = total + norm ** (len(network.weights) - step)
        largest = np.maximum(largest, np.linalg.norm(state, axis=1))
    return column(gamma * np.linalg.norm(sample.g, axis=1) * largest * total)


def tied_curvature(sample: Sample) -> Reading:
    """‖Σ_l delta_l h_{l-1}ᵀ‖_F² from the input v."""
    shares = _linear_shares(sample)
    squares = np.linalg.norm(shares, axis=(2, 3)).sum(axis=0) ** 2
    return column(np.square(shares.sum(axis=0)).sum(axis=(1, 2)), squares * len(shares))


def sum_of_curvatures(sample: Sample) -> Reading:
    """T Σ_l ‖delta_l h_{l-1}ᵀ‖_F² from the input v."""
    shares = _linear_shares(sample)
    return column(len(shares) * np.square(shares).sum(axis=(0, 2, 3)))


def _shares(sample: Sample) -> Matrices:
    """delta_l h_{l-1}ᵀ of the steps l = 1 ... T - k, (steps, draws, n, n)."""
    signals = [signal.unscaled() for signal in sample.chain.states_pull(sample.g)]
    last = len(signals) - int(sample.point["k"])
    return _outer(signals[:last], list(sample.states.h[:last]))


def _linear_shares(sample: Sample) -> Matrices:
    """(Wᵀ)^(T-l) g (W^(l-1) v)ᵀ, l = 1 ... T: the states are the error signals of the transposed chain, turned."""
    weights = sample.network.weights
    turned = Chain(tuple(weight.transpose(0, 2, 1) for weight in reversed(weights)))
    states = [state.unscaled() for state in reversed(turned.states_pull(sample.v))]
    return _outer([signal.unscaled() for signal in sample.chain.states_pull(sample.g)], states)


def _outer(signals: list[Vectors], states: list[Vectors]) -> Matrices:
    products = [signal[:, :, None] * state[:, None, :] for signal, state in zip(signals, states, strict=True)]
    return np.array(products)
