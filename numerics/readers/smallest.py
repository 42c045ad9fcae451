"""Smallest singular values of long products, to relative accuracy where every factor is square and invertible.

In J itself all that lies below eps‖J‖ is noise. J⁻¹ = F_1⁻¹ ... F_L⁻¹ of the factors F_l = D_l W_l is a product like
any other, and σ_min(J) = 1/‖J⁻¹‖.
"""

from __future__ import annotations

from math import log

import numpy as np

from numerics import spectra
from numerics.arrays import Matrices, Norms
from numerics.chain import Chain
from numerics.measurement import Reading, column
from numerics.readers.layers import slopes
from numerics.readers.norms import norm_product, of_jacobian, scaled_product
from numerics.scaled import EPS, rescale
from numerics.systems import Sample

INVERTIBLE = 1e-3 / EPS  # condition numbers below this leave an inverse three digits and more


def smallest_singular_value(sample: Sample) -> Reading:
    """σ_min(J) as 1/‖J⁻¹‖; of the computed J where a factor is not square or not invertible to rounding."""
    factors, direct = _factors(sample.chain), of_jacobian(sample, spectra.smallest_singular_value)
    if any(factor.shape[1] != factor.shape[2] for factor in factors):
        return direct
    conditions = np.stack(np.broadcast_arrays(*map(_condition, factors)))
    inverses = [np.linalg.pinv(factor, rcond=EPS) for factor in reversed(factors)]
    product = Chain(tuple(inverses)).matrix()
    good = (conditions < INVERTIBLE).all(axis=0)
    largest = np.where(good, spectra.operator_norm(product.values), 1.0)
    errors = _error(inverses, conditions[::-1]) - np.log(largest) - product.log_scale
    values = np.where(good, 1 / largest, direct.values[:, 0])
    size = np.where(good, np.exp(np.minimum(errors, 700.0)) / largest, direct.size[:, 0])
    return column(values, size, np.where(good, -product.log_scale, direct.log_scale))


def product_of_smallest(sample: Sample) -> Reading:
    """Product of σ_min(D_l W_l): each known to its condition number; 0 to rounding where one is singular."""
    factors = _factors(sample.chain)
    product, bound = scaled_product([spectra.smallest_singular_value(f) for f in factors]), norm_product(sample.chain)
    with np.errstate(over="ignore", invalid="ignore"):
        known = product.values * sum(map(_condition, factors))
        size = np.fmin(known, bound.values * np.exp(bound.log_scale - product.log_scale))
    return column(product.values, np.where(product.values > 0, size, 1.0), product.log_scale)


def _factors(chain: Chain) -> list[Matrices]:
    """The D_l W_l, first layer first."""
    pairs = zip(chain.weights, slopes(chain), strict=True)
    return [weight if slope is None else slope[:, :, None] * weight for weight, slope in pairs]


def _condition(matrices: Matrices) -> Norms:
    values = spectra.singular_values(matrices)
    return np.divide(values[:, 0], values[:, -1], out=np.full(len(values), np.inf), where=values[:, -1] > 0)


def _error(factors: list[Matrices], conditions: Norms) -> Norms:
    """log of Σ_l κ_l ‖F_L ... F_{l+1}‖‖F_l‖‖F_{l-1} ... F_1‖: an error in each factor, carried to the product."""
    before = _partial_norms(factors)
    after = _partial_norms([factor.transpose(0, 2, 1) for factor in reversed(factors)])[::-1]
    own = [np.log(np.linalg.norm(factor, axis=(1, 2))) for factor in factors]
    with np.errstate(divide="ignore"):
        terms = [np.log(k) + b + f + a for k, b, f, a in zip(conditions, before, own, after, strict=True)]
    total: Norms = np.logaddexp.reduce(terms, axis=0)
    return total


def _partial_norms(factors: list[Matrices]) -> list[Norms]:
    """log Frobenius norm of the product of all factors before each."""
    block, exponents = np.eye(factors[0].shape[2])[None], np.zeros(1, np.int64)
    norms = []
    for factor in factors:
        norms.append(np.log(np.linalg.norm(block, axis=(1, 2))) + exponents * log(2))
        block, exponents = rescale(factor @ block, exponents)
    return norms
