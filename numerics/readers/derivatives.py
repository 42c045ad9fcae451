"""Derivatives of the network, by complex steps through it and by the ordered product."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from numerics.arrays import Norms, Vectors
from numerics.measurement import Reading, column, flat
from numerics.network import Network
from numerics.readers.layers import apply, error_size, pairing_size, sloped, slopes
from numerics.systems import Sample

STEP = 1e-30  # of a complex step: its square is lost beside 1, so that the derivative is exact to rounding


def network_derivative(sample: Sample) -> Reading:
    """gᵀ (dh_L/dh_0) v by a complex step through the network itself."""
    output = sample.driven.forward(sample.h0 + 1j * STEP * sample.v).h[-1]
    return column((sample.g * output.imag).sum(axis=1) / STEP, error_size(sample, sample.v))


def factor_product(sample: Sample) -> Reading:
    """gᵀ J v by the ordered product."""
    return column((sample.g * sample.chain.push(sample.v).unscaled()).sum(axis=1), error_size(sample, sample.v))


def weight_derivative(sample: Sample) -> Reading:
    """d(gᵀ h_L)/d eps for W_l + eps V_l, one component a layer, by complex steps."""
    columns = [_stepped(sample, layer) for layer in range(len(sample.network.weights))]
    return flat(np.stack(columns, axis=1), pairing_size(sample))


def error_signal_product(sample: Sample) -> Reading:
    """delta_lᵀ V_l h_{l-1}, one component a layer, by the backward pass."""
    signals = [signal.unscaled() for signal in sample.chain.states_pull(sample.g)]
    triples = zip(signals, sample.direction, sample.states.h, strict=False)
    return flat(np.stack([(d * apply(v, h)).sum(axis=1) for d, v, h in triples], axis=1), pairing_size(sample))


def tied_derivative(sample: Sample) -> Reading:
    """d(gᵀ h_T)/d eps for W + eps V at every step, by one complex step."""
    return column(_stepped(sample, None), pairing_size(sample).sum(axis=1))


def unrolled_sum(sample: Sample) -> Reading:
    """Σ_t delta_tᵀ V h_{t-1}."""
    reading = error_signal_product(sample)
    return column(reading.values.sum(axis=1), reading.size.sum(axis=1))


def tied_loss_derivative(sample: Sample) -> Reading:
    """d(Σ_t g_tᵀ h_t)/d eps for W + eps V at every step, by one complex step: a loss at every step."""
    pairs = zip(sample.losses, _forward(sample, None), strict=True)
    values = np.sum([(loss * h.imag).sum(axis=1) for loss, h in pairs], axis=0) / STEP
    return column(values, _losses_size(sample))


def backpropagated_sum(sample: Sample) -> Reading:
    """Σ_t delta_tᵀ V h_{t-1} with delta_t = D_t (g_t + Wᵀ delta_{t+1}), the error signal of all losses from t on."""
    network, total = sample.driven, np.zeros(sample.draws)
    carried: Vectors = np.zeros_like(sample.g)
    steps = list(
        zip(network.weights, slopes(sample.chain), sample.losses, sample.direction, sample.states.h, strict=False)
    )
    for weight, slope, loss, direction, before in reversed(steps):
        signal = sloped(slope, loss + carried)
        total += (signal * apply(direction, before)).sum(axis=1)
        carried = apply(weight.transpose(0, 2, 1), signal)
    return column(total, _losses_size(sample))


def _losses_size(sample: Sample) -> Norms:
    """The size of rounding in the pairing of each loss alone, over the network that ends at its step, summed."""
    total = np.zeros(sample.draws)
    for step, loss in enumerate(sample.losses, 1):
        total += pairing_size(replace(sample, network=_first(sample.driven, step), g=loss, input_deviation=0.0)).sum(
            axis=1
        )
    return total


def _first(network: Network, steps: int) -> Network:
    rows = {name: (found := getattr(network, name)) and found[:steps] for name in ("biases", "inputs")}
    return Network(network.weights[:steps], rows["biases"], network.activations[:steps], rows["inputs"])


def _stepped(sample: Sample, layer: int | None) -> Norms:
    """Derivative of gᵀ h_L by the weights of one layer, or of all at once, along the directions."""
    derivative: Norms = (sample.g * _forward(sample, layer)[-1].imag).sum(axis=1) / STEP
    return derivative


def _forward(sample: Sample, layer: int | None) -> tuple[Vectors, ...]:
    """h_1, ..., h_L after a complex step of the weights of one layer, or of all at once, along the directions."""
    network = sample.driven
    steps = [STEP if layer in (None, k) else 0.0 for k in range(len(network.weights))]
    pairs = zip(network.weights, sample.direction, steps, strict=True)
    weights = tuple(w + 1j * step * v if step else w for w, v, step in pairs)
    return replace(network, weights=weights).forward(sample.h0).h[1:]
