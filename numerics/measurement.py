"""From a drawn network to numbers: one reader an observable, of the same name as in theory/observables.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import log

import numpy as np

from numerics.arrays import Matrices, Norms, Vectors
from numerics.chain import Chain
from numerics.network import Network
from numerics.scaled import Scaled, rescale
from numerics.spectra import log_power_norms, operator_norm, singular_values, smallest_singular_value, spectral_radius
from numerics.systems import Sample
from theory.observables import Observable

STEP = 1e-30  # of a complex step: its square is lost beside 1, so that the derivative is exact to rounding


@dataclass(frozen=True, eq=False)
class Reading:
    """What was read: values·e^log_scale, one row a network; size: magnitude of the summed terms, for rounding.

    Shapes: values and size (draws, components), log_scale (draws,).
    """

    values: Vectors
    size: Vectors
    log_scale: Norms

    @property
    def logs(self) -> Vectors:
        """log |value|; -inf for 0."""
        with np.errstate(divide="ignore"):
            logs: Vectors = np.log(np.abs(self.values)) + self.log_scale[:, None]
        return logs

    def plain(self) -> Vectors:
        """The numbers themselves; beyond float64 they are infinite or 0."""
        with np.errstate(over="ignore", under="ignore"):
            plain: Vectors = self.values * np.exp(self.log_scale)[:, None]
        return plain


def read(observable: Observable, sample: Sample) -> Reading:
    """The observable on each network of the sample. Raises ValueError where this system does not have it.

    Shapes: (draws, components).
    """
    reader: Callable[[Sample], Reading] | None = globals().get(f"read_{observable.name}")
    if reader is None:
        raise ValueError(f"observable {observable.name}: no reader in numerics/measurement.py; add read_{observable.name}")
    return reader(sample)


def _column(values: Norms, size: Norms | None = None, log_scale: Norms | None = None) -> Reading:
    ground = np.zeros(len(values)) if log_scale is None else log_scale
    magnitude = np.abs(values) if size is None else np.broadcast_to(size, values.shape)
    return Reading(values[:, None], magnitude[:, None], ground)


def read_squared_gain(sample: Sample) -> Reading:
    gain = sample.chain.push(sample.v)
    return _column(np.square(gain.values).sum(axis=1), log_scale=2 * gain.log_scale)


def read_log_gain(sample: Sample) -> Reading:
    reading = read_squared_gain(sample)
    return _column(reading.logs[:, 0], size=1 + np.abs(reading.logs[:, 0]))


def read_operator_norm(sample: Sample) -> Reading:
    return _of_jacobian(sample, operator_norm)


def read_smallest_singular_value(sample: Sample) -> Reading:
    return _of_jacobian(sample, smallest_singular_value)


def read_singular_values(sample: Sample) -> Reading:
    return _of_jacobian(sample, singular_values)


def _of_jacobian(sample: Sample, spectrum: Callable[[Matrices], Vectors]) -> Reading:
    """Singular values of J; rounding in the product is bounded by the product of the absolute values."""
    product, bound = sample.chain.matrix(), _absolute(sample).matrix()
    size = np.linalg.norm(bound.values, axis=(1, 2)) * np.exp(bound.log_scale - product.log_scale)
    values = spectrum(product.values).reshape(sample.draws, -1)
    return Reading(values, np.broadcast_to(size[:, None], values.shape), product.log_scale)


def read_largest_weight_norm(sample: Sample) -> Reading:
    return _column(np.max(_by_matrix(sample.chain, operator_norm), axis=0))


def read_product_of_norms(sample: Sample) -> Reading:
    bound = _norm_product(sample.chain)
    return _column(bound.values, log_scale=bound.log_scale)


def read_product_of_smallest(sample: Sample) -> Reading:
    chain = sample.chain
    slopes = chain.slopes or (None,) * len(chain.weights)
    factors = [w if d is None else d[:, :, None] * w for w, d in zip(chain.weights, slopes, strict=True)]
    product, bound = _product([smallest_singular_value(factor) for factor in factors]), _norm_product(chain)
    return _column(product.values, bound.values * np.exp(bound.log_scale - product.log_scale), product.log_scale)


def _by_matrix(chain: Chain, spectrum: Callable[[Vectors], Norms]) -> list[Norms]:
    """One number a layer; a matrix that returns is measured once."""
    known = {id(weight): spectrum(weight) for weight in {id(w): w for w in chain.weights}.values()}
    return [known[id(weight)] for weight in chain.weights]


def _norm_product(chain: Chain) -> Scaled:
    """Product over the layers of ‖D_l‖‖W_l‖."""
    slopes = [np.abs(d).max(axis=1) for d in chain.slopes or () if d is not None]
    return _product([*_by_matrix(chain, operator_norm), *slopes])


def _product(factors: list[Norms]) -> Scaled:
    """Product of many nonnegative numbers a network, with its logarithm."""
    total, exponents = np.ones((1, 1, 1)), np.zeros(1, np.int64)
    for factor in factors:
        total, exponents = rescale(total * factor[:, None, None], exponents)
    return Scaled(total[:, 0, 0], np.broadcast_to(exponents, len(total)) * log(2))


def read_network_derivative(sample: Sample) -> Reading:
    """dh_L/dh_0 v by a complex step through the network itself."""
    output = sample.network.forward(sample.h0 + 1j * STEP * sample.v).h[-1]
    return _flat(output.imag / STEP, _absolute(sample).push(np.abs(sample.v)).unscaled())


def read_factor_product(sample: Sample) -> Reading:
    """J v by the ordered product."""
    return _flat(sample.chain.push(sample.v).unscaled(), _absolute(sample).push(np.abs(sample.v)).unscaled())


def read_weight_derivative(sample: Sample) -> Reading:
    """d(gᵀ h_L)/d eps for W_l + eps V_l, one component a layer, by complex steps."""
    columns = [_stepped(sample, layer) for layer in range(len(sample.network.weights))]
    return _flat(np.stack(columns, axis=1), _pairing_size(sample))


def read_error_signal_product(sample: Sample) -> Reading:
    """delta_lᵀ V_l h_{l-1}, one component a layer, by the backward pass."""
    signals = [signal.unscaled() for signal in sample.chain.states_pull(sample.g)]
    return _flat(_pairings(signals, sample.direction, sample.states.h), _pairing_size(sample))


def read_tied_derivative(sample: Sample) -> Reading:
    """d(gᵀ h_T)/d eps for W + eps V at every step, by one complex step."""
    return _column(_stepped(sample, None), _pairing_size(sample).sum(axis=1))


def read_unrolled_sum(sample: Sample) -> Reading:
    """Σ_t delta_tᵀ V h_{t-1}."""
    reading = read_error_signal_product(sample)
    return _column(reading.values.sum(axis=1), reading.size.sum(axis=1))


def _stepped(sample: Sample, layer: int | None) -> Norms:
    """Derivative of gᵀ h_L by the weights of one layer, or of all at once, along the directions."""
    network = sample.network
    steps = [STEP if layer in (None, k) else 0.0 for k in range(len(network.weights))]
    pairs = zip(network.weights, sample.direction, steps, strict=True)
    weights = tuple(w + 1j * step * v if step else w for w, v, step in pairs)
    output = replace(network, weights=weights).forward(sample.h0).h[-1]
    derivative: Norms = (sample.g * output.imag).sum(axis=1) / STEP
    return derivative


def _pairings(signals: list[Vectors], directions: tuple[Vectors, ...], states: tuple[Vectors, ...]) -> Vectors:
    triples = zip(signals, directions, states, strict=False)
    return np.stack([np.einsum("ai,aij,aj->a", d, v, h) for d, v, h in triples], axis=1)


def _pairing_size(sample: Sample) -> Vectors:
    """Sum of the absolute values of the terms behind each pairing."""
    signals = [signal.unscaled() for signal in _absolute(sample).states_pull(np.abs(sample.g))]
    return _pairings(signals, tuple(map(np.abs, sample.direction)), tuple(map(np.abs, sample.states.h)))


def _absolute(sample: Sample) -> Chain:
    """The chain of absolute values: what it pushes or pulls bounds the terms that the true one sums."""
    chain = sample.chain
    slopes = chain.slopes and tuple(d if d is None else np.abs(d) for d in chain.slopes)
    return Chain(tuple(map(np.abs, chain.weights)), slopes)


def _flat(values: Vectors, size: Vectors) -> Reading:
    return Reading(values, size, np.zeros(len(values)))


def read_next_gradient_pulled(sample: Sample) -> Reading:
    """W_{l+1}ᵀ dE/dW_{l+1} for l = 1 ... L-1, all entries, in units of the scale of delta_l."""
    return _neighbors(sample, _pulled)


def read_gradient_pushed(sample: Sample) -> Reading:
    """dE/dW_l W_lᵀ + dE/db_l b_lᵀ for l = 1 ... L-1, all entries, in units of the scale of delta_l."""
    return _neighbors(sample, _pushed)


@dataclass(frozen=True, eq=False)
class _Pass:
    """Forward and backward pass; gradients[k] is dE/dW_{k+1} in units of e^logs[k]."""

    weights: tuple[Matrices, ...]
    biases: tuple[Vectors | None, ...]
    signals: tuple[Vectors, ...]
    logs: tuple[Norms, ...]
    gradients: tuple[Matrices, ...]


def _passed(sample: Sample, absolute: bool) -> _Pass:
    made = (lambda x: x if x is None else np.abs(x)) if absolute else (lambda x: x)
    network, chain = sample.network, _absolute(sample) if absolute else sample.chain
    scaled = chain.states_pull(made(sample.g))
    logs = tuple(signal.log_scale for signal in sample.chain.states_pull(sample.g))
    pairs = zip(scaled, logs, strict=True)
    signals = tuple(signal.values * np.exp(signal.log_scale - unit)[:, None] for signal, unit in pairs)
    states = zip(signals, map(made, sample.states.h), strict=False)
    biases = tuple(map(made, network.biases or (None,) * len(network.weights)))
    return _Pass(tuple(map(made, network.weights)), biases, signals, logs, tuple(map(_outer, *zip(*states, strict=True))))


def _outer(left: Vectors, right: Vectors) -> Matrices:
    return left[:, :, None] * right[:, None, :]


def _neighbors(sample: Sample, side: Callable[[_Pass, int], Matrices]) -> Reading:
    layers = range(len(sample.network.weights) - 1)
    values, size = (
        np.concatenate([side(done, k).reshape(sample.draws, -1) for k in layers], axis=1)
        for done in (_passed(sample, False), _passed(sample, True))
    )
    return _flat(values, size)


def _pulled(done: _Pass, k: int) -> Matrices:
    unit = np.exp(done.logs[k + 1] - done.logs[k])[:, None, None]
    return unit * (done.weights[k + 1].transpose(0, 2, 1) @ done.gradients[k + 1])


def _pushed(done: _Pass, k: int) -> Matrices:
    pushed = done.gradients[k] @ done.weights[k].transpose(0, 2, 1)
    bias = done.biases[k]
    return pushed if bias is None else pushed + _outer(done.signals[k], bias)


def read_weight_norm(sample: Sample) -> Reading:
    return _column(operator_norm(sample.network.weights[0]))


def read_spectral_radius(sample: Sample) -> Reading:
    radius = spectral_radius(sample.network.weights[0])
    return _column(radius.value, np.maximum(radius.value, radius.sensitivity / np.finfo(float).eps))


def read_root_norm(sample: Sample) -> Reading:
    """‖W^T‖^{1/T}: rounding in the power is shared among the steps, so it is of the size of ‖W‖."""
    weight, steps = sample.network.weights[0], len(sample.network.weights)
    rate = np.exp(log_power_norms(weight, (steps,))[:, 0] / steps)
    return _column(rate, operator_norm(weight))


def read_schur_remainder(sample: Sample) -> Reading:
    """(n T^{n-1} (1 + Δ/ρ)^{n-1})^{1/T} - 1, Δ Henrici's departure from normality, rounded up."""
    weight, steps = sample.network.weights[0], len(sample.network.weights)
    n = weight.shape[1]
    energy = np.square(weight).sum(axis=(1, 2))
    moduli = np.abs(np.linalg.eigvals(weight))
    departure = np.sqrt(np.maximum(energy - np.square(moduli).sum(axis=1), 0) + n * np.finfo(float).eps * energy)
    with np.errstate(divide="ignore"):
        bound = log(n) + (n - 1) * (log(steps) + np.log1p(departure / moduli.max(axis=1)))
    return _column(np.expm1(np.minimum(bound / steps, 700.0)))
