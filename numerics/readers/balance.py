"""Gradients of neighboring layers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from numerics.arrays import Matrices, Vectors
from numerics.measurement import Reading, flat
from numerics.systems import Sample

Pair = tuple[Vectors, Vectors]  # of neighboring layers


def next_gradient_pulled(sample: Sample) -> Reading:
    """W_{l+1}ᵀ dE/dW_{l+1} for l = 1 ... L-1, all entries, in units of the scale of delta_l."""
    return _neighbors(sample, _pulled)


def gradient_pushed(sample: Sample) -> Reading:
    """dE/dW_l W_lᵀ + dE/db_l b_lᵀ for l = 1 ... L-1, all entries, in units of the scale of delta_l."""
    return _neighbors(sample, _pushed)


def _outer(left: Vectors, right: Vectors) -> Matrices:
    return left[:, :, None] * right[:, None, :]


def _neighbors(sample: Sample, side: Callable[..., Matrices]) -> Reading:
    """One side of the balance at every layer but the last, and the terms behind it; delta_l to its own scale."""
    signals = sample.chain.states_pull(sample.g)
    biases = sample.network.biases or (None,) * len(signals)
    values, size = [], []
    for k in range(len(signals) - 1):
        here, ahead = signals[k].values, signals[k + 1].relative_to(signals[k].log_scale)
        parts = (sample.chain.weights[k : k + 2], here, ahead, sample.states.h[k : k + 2], biases[k])
        values.append(side(*parts).reshape(sample.draws, -1))
        size.append(side(*map(_magnitudes, parts)).reshape(sample.draws, -1))
    return flat(np.concatenate(values, axis=1), np.concatenate(size, axis=1))


def _magnitudes(part: Any) -> Any:
    return tuple(map(np.abs, part)) if isinstance(part, tuple) else part if part is None else np.abs(part)


def _pulled(weights: Pair, here: Vectors, ahead: Vectors, states: Pair, bias: Vectors | None) -> Matrices:
    return weights[1].transpose(0, 2, 1) @ _outer(ahead, states[1])


def _pushed(weights: Pair, here: Vectors, ahead: Vectors, states: Pair, bias: Vectors | None) -> Matrices:
    pushed = _outer(here, states[0]) @ weights[0].transpose(0, 2, 1)
    return pushed if bias is None else pushed + _outer(here, bias)
