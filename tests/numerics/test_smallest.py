"""σ_min of a long product to relative accuracy, against exact rational arithmetic."""

from fractions import Fraction

import mpmath
import numpy as np
import pytest

from numerics import ensembles, systems
from numerics.measurement import read
from theory import LINEAR
from theory.observables import PRODUCT_OF_SMALLEST, SMALLEST_SINGULAR_VALUE


def exact(weights: list[np.ndarray]) -> mpmath.mpf:
    """σ_min of the product, multiplied out in rationals, by a 120-digit singular value decomposition."""
    product = np.array([[Fraction(int(i == j)) for j in range(4)] for i in range(4)])
    for weight in weights:
        product = np.vectorize(Fraction)(weight) @ product
    with mpmath.workdps(120):
        rows = [[mpmath.mpf(x.numerator) / x.denominator for x in row] for row in product]
        return min(mpmath.svd_r(mpmath.matrix(rows), compute_uv=False))


def test_below_eps_of_the_norm_the_smallest_singular_value_is_still_right() -> None:
    sample = systems.get("depth").draw(
        ensembles.get("gaussian"), LINEAR, {"n": 4, "L": 40, "sigma_w": 1.0}, 3, np.random.default_rng(1)
    )
    reading = read(SMALLEST_SINGULAR_VALUE, sample)
    norms = np.linalg.norm(sample.chain.matrix().unscaled(), 2, axis=(1, 2))
    for k in range(3):
        true = exact([weight[k] for weight in sample.network.weights])
        error = abs(float(reading.plain()[k, 0] / true) - 1)
        assert true / norms[k] < 1e-16 and error < 1e-9
        assert error <= 64 * np.finfo(float).eps * reading.size[k, 0] / reading.values[k, 0]


@pytest.mark.parametrize("name", ["rare", "spike"])
def test_a_singular_factor_gives_zero_to_rounding(name: str) -> None:
    sample = systems.get("depth").draw(
        ensembles.get(name), LINEAR, {"n": 8, "L": 3, "sigma_w": 1.0}, 20, np.random.default_rng(0)
    )
    for observable in (SMALLEST_SINGULAR_VALUE, PRODUCT_OF_SMALLEST):
        reading = read(observable, sample)
        assert (np.abs(reading.values) <= 64 * np.finfo(float).eps * reading.size).all()
