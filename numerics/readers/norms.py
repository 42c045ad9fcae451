"""Singular values of the product and of its factors."""

from __future__ import annotations

from collections.abc import Callable
from math import log

import numpy as np

from numerics import spectra
from numerics.arrays import Matrices, Norms, Vectors
from numerics.chain import Chain
from numerics.measurement import Reading, column
from numerics.readers.layers import slopes
from numerics.scaled import Scaled, rescale
from numerics.systems import Sample


def operator_norm(sample: Sample) -> Reading:
    return of_jacobian(sample, spectra.operator_norm)


def singular_values(sample: Sample) -> Reading:
    return of_jacobian(sample, spectra.singular_values)


def of_jacobian(sample: Sample, spectrum: Callable[[Matrices], Vectors]) -> Reading:
    """Singular values of J; rounding in the product is bounded by the product of the absolute values."""
    product, bound = sample.chain.matrix(), _absolute(sample.chain).matrix()
    with np.errstate(over="ignore"):
        size = np.linalg.norm(bound.values, axis=(1, 2)) * np.exp(bound.log_scale - product.log_scale)
    values = spectrum(product.values).reshape(len(product.values), -1)
    return Reading(values, np.broadcast_to(size[:, None], values.shape), product.log_scale)


def largest_weight_norm(sample: Sample) -> Reading:
    return column(np.max(_by_matrix(sample.chain, spectra.operator_norm), axis=0))


def product_of_norms(sample: Sample) -> Reading:
    bound = norm_product(sample.chain)
    return column(bound.values, log_scale=bound.log_scale)


def _by_matrix(chain: Chain, spectrum: Callable[[Vectors], Norms]) -> list[Norms]:
    """One number a layer; a matrix that returns is measured once."""
    known = {id(weight): spectrum(weight) for weight in {id(w): w for w in chain.weights}.values()}
    return [known[id(weight)] for weight in chain.weights]


def norm_product(chain: Chain) -> Scaled:
    """Product over the layers of ‖D_l‖‖W_l‖."""
    largest = [np.abs(d).max(axis=1) for d in slopes(chain) if d is not None]
    return scaled_product([*_by_matrix(chain, spectra.operator_norm), *largest])


def scaled_product(factors: list[Norms]) -> Scaled:
    """Product of many nonnegative numbers a network, with its logarithm."""
    total, exponents = np.ones((1, 1, 1)), np.zeros(1, np.int64)
    for factor in factors:
        total, exponents = rescale(total * factor[:, None, None], exponents)
    return Scaled(total[:, 0, 0], np.broadcast_to(exponents, len(total)) * log(2))


def _absolute(chain: Chain) -> Chain:
    """The chain of absolute values: its product bounds the terms that the true one sums."""
    signs_off = chain.slopes and tuple(d if d is None else np.abs(d) for d in chain.slopes)
    return Chain(tuple(map(np.abs, chain.weights)), signs_off)
