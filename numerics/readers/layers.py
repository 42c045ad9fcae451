"""One layer at a time: how rounding made there reaches the result."""

from __future__ import annotations

import numpy as np

from numerics.arrays import Matrices, Norms, Vectors
from numerics.chain import Chain
from numerics.systems import Sample


def apply(matrices: Matrices, vectors: Vectors) -> Vectors:
    product: Vectors = (matrices @ vectors[:, :, None])[:, :, 0]
    return product


def error_size(sample: Sample, vector: Vectors) -> Norms:
    """First-order size of rounding in gᵀ J x for a vector x at the input."""
    signals = [signal.unscaled() for signal in sample.chain.states_pull(sample.g)]
    return _carried(sample, _reached(sample, signals), vector, 0)


def pairing_size(sample: Sample) -> Vectors:
    """The size of rounding in the derivative by each layer's weights along its direction; one backward pass for all."""
    signals = [signal.unscaled() for signal in sample.chain.states_pull(sample.g)]
    reached, columns = _reached(sample, signals), []
    for layer, (signal, direction, state) in enumerate(zip(signals, sample.direction, sample.states.h, strict=False)):
        started = sloped(slopes(sample.chain)[layer], apply(direction, state))
        terms = apply(np.abs(direction), np.abs(state))
        local = np.linalg.norm(signal, axis=1) * np.linalg.norm(terms, axis=1)
        columns.append(local + _carried(sample, reached, started, layer + 1))
    return np.stack(columns, axis=1)


def _reached(sample: Sample, signals: list[Vectors]) -> list[Vectors]:
    """J_{L<-k}ᵀ g behind each layer k: what an error made there is paired with."""
    ahead = zip(sample.chain.weights[1:], signals[1:], strict=True)
    return [*(apply(weight.transpose(0, 2, 1), signal) for weight, signal in ahead), sample.g]


def _carried(sample: Sample, reached: list[Vectors], vector: Vectors, layer: int) -> Norms:
    """Over the layers after ``layer``: the norm of the terms summed there times that of what reaches the result."""
    total = np.zeros(sample.draws)
    steps = list(zip(sample.chain.weights, slopes(sample.chain), reached, strict=True))
    for weight, slope, paired in steps[layer:]:
        terms = sloped(slope, apply(np.abs(weight), np.abs(vector)))
        total = total + np.linalg.norm(paired, axis=1) * np.linalg.norm(terms, axis=1)
        vector = sloped(slope, apply(weight, vector))
    return total


def slopes(chain: Chain) -> tuple[Vectors | None, ...]:
    return chain.slopes or (None,) * len(chain.weights)


def sloped(slope: Vectors | None, vector: Vectors) -> Vectors:
    return vector if slope is None else slope * vector
