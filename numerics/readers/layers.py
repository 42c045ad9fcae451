"""One layer at a time: how rounding made there reaches the result."""

from __future__ import annotations

import numpy as np

from numerics.arrays import Matrices, Norms, Vectors
from numerics.chain import Chain
from numerics.systems import Sample


def apply(matrices: Matrices, vectors: Vectors) -> Vectors:
    product: Vectors = (matrices @ vectors[:, :, None])[:, :, 0]
    return product


def error_size(sample: Sample, vector: Vectors, layer: int) -> Norms:
    """First-order size of rounding in gᵀ (D_L W_L ... D_{l+1} W_{l+1}) x for the vector x behind layer l.

    An error made at layer k reaches the result through J_{L<-k}ᵀ g: its norm times that of the terms summed there.
    """
    signals, back = [signal.unscaled() for signal in sample.chain.states_pull(sample.g)], []
    for weight, signal in zip(sample.chain.weights[1:], signals[1:], strict=True):
        back.append(apply(weight.transpose(0, 2, 1), signal))
    total = np.zeros(sample.draws)
    layers = list(zip(sample.chain.weights, slopes(sample.chain), [*back, sample.g], strict=True))
    for weight, slope, reached in layers[layer:]:
        terms = sloped(slope, apply(np.abs(weight), np.abs(vector)))
        total = total + np.linalg.norm(reached, axis=1) * np.linalg.norm(terms, axis=1)
        vector = sloped(slope, apply(weight, vector))
    return total


def pairing_size(sample: Sample) -> Vectors:
    """The size of rounding in the derivative by each layer's weights along its direction."""
    columns = []
    for layer, (direction, state) in enumerate(zip(sample.direction, sample.states.h, strict=False)):
        started = sloped(slopes(sample.chain)[layer], apply(direction, state))
        here = np.linalg.norm(sample.chain.states_pull(sample.g)[layer].unscaled(), axis=1)
        local = here * np.linalg.norm(apply(np.abs(direction), np.abs(state)), axis=1)
        columns.append(local + error_size(sample, started, layer + 1))
    return np.stack(columns, axis=1)


def slopes(chain: Chain) -> tuple[Vectors | None, ...]:
    return chain.slopes or (None,) * len(chain.weights)


def sloped(slope: Vectors | None, vector: Vectors) -> Vectors:
    return vector if slope is None else slope * vector
