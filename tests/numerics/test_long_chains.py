"""Long chains against exact rational products and closed forms: nothing over- or underflows at depth 100,000."""

from fractions import Fraction
from math import fsum, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.chain import Chain
from numerics.scaled import Scaled, rescale
from numerics.verdict import rounding

DEEP = 100_000  # takes about a second a product
SEEDS = st.integers(0, 2**32 - 1)  # of the content of matrices: no statistics here


def exact(weights: tuple[np.ndarray, ...], v: np.ndarray) -> list[Fraction]:
    """W_L ... W_1 v of the first draw in rational arithmetic."""
    vector = [Fraction(float(x)) for x in v[0]]
    for weight in weights:
        vector = [
            sum((Fraction(float(w)) * x for w, x in zip(row, vector, strict=True)), Fraction(0)) for row in weight[0]
        ]
    return vector


def exact_log(x: Fraction) -> float:
    return log(abs(x.numerator)) - log(x.denominator)


@given(SEEDS, st.integers(1, 3), st.integers(1, 60), st.sampled_from([0, 3, 100, 300]))
def test_log_products_equal_exact_rational_products(seed: int, width: int, depth: int, power: int) -> None:
    rng = np.random.default_rng(seed)  # positive entries: no cancellation, each entry is exact to depth·width roundings
    weights = tuple(rng.uniform(0.1, 1, (1, width, width)) * 10.0 ** rng.uniform(-power, power) for _ in range(depth))
    v = rng.uniform(0.1, 1, (1, width))
    pushed, expected = Chain(weights).push(v), exact(weights, v)
    for value, truth in zip(pushed.values[0], expected, strict=True):
        measured, predicted = log(value) + pushed.log_scale[0], exact_log(truth)
        assert abs(measured - predicted) <= rounding(width * depth + abs(predicted))


@given(SEEDS, st.integers(1, 12))
def test_signed_products_equal_exact_rational_products(seed: int, depth: int) -> None:
    rng = np.random.default_rng(seed)
    weights = tuple(rng.standard_normal((1, 2, 2)) for _ in range(depth))
    v = rng.standard_normal((1, 2))
    size = [float(x) for x in exact(tuple(map(abs, weights)), abs(v))]
    error = Chain(weights).push(v).unscaled()[0] - [float(x) for x in exact(weights, v)]
    assert (np.abs(error) <= rounding(size)).all()


def test_a_scalar_chain_of_depth_100_000_is_its_sum_of_logarithms() -> None:
    factors = 10.0 ** np.random.default_rng(0).uniform(-8, 8, (DEEP, 1, 1, 1))
    chain, one = Chain(tuple(factors)), np.ones((1, 1))
    truth = fsum(map(log, factors.ravel()))
    for scaled in (chain.push(one), chain.pull(one)):
        assert abs(scaled.log_norm()[0] - truth) <= rounding(DEEP)


@pytest.mark.parametrize("size", [1e-300, 0.9, 1e5])
def test_turning_and_stretching_100_000_times(size: float) -> None:
    weight = size * np.array([[[0.6, -0.8], [0.8, 0.6]]])
    chain, v = Chain((weight,) * DEEP), np.array([[1.0, 0.0]])
    truth = DEEP * log(size)
    for scaled in (chain.push(v), chain.pull(v)):
        assert np.isfinite(scaled.values).all()
        assert abs(scaled.log_norm()[0] - truth) <= rounding(DEEP + abs(truth))


def test_all_error_signals_of_depth_100_000() -> None:
    chain = Chain((np.array([[[0.0, 3.0], [3.0, 0.0]]]),) * DEEP, (np.full((1, 2), 0.1),) * DEEP)
    signals = chain.states_pull(np.array([[1.0, 0.0]]))
    assert len(signals) == DEEP
    for layer in (1, 2, DEEP // 2, DEEP):
        truth = (DEEP - layer) * log(3) + (DEEP - layer + 1) * log(0.1)
        assert abs(signals[layer - 1].log_norm()[0] - truth) <= rounding(DEEP + abs(truth))


@pytest.mark.parametrize("entry", [5e-324, 1e-310, 1.7e308])
def test_entries_at_both_ends_of_float64(entry: float) -> None:
    chain = Chain((np.full((1, 2, 2), entry),) * 3)
    truth = 3 * log(entry) + 2 * log(2)  # J has equal entries (2 entry)²·entry
    dense = chain.matrix()
    assert np.abs(np.log(dense.values) + dense.log_scale[:, None, None] - truth).max() <= rounding(abs(truth))
    assert abs(chain.push(np.array([[1.0, 0.0]])).log_norm()[0] - truth - log(2) / 2) <= rounding(abs(truth))


def test_a_product_of_100_standard_normal_matrices_does_not_overflow() -> None:
    """Trap: the plain product of 100 x 100 standard normal matrices overflows float64 near depth 310."""
    weights = tuple(np.random.default_rng(0).standard_normal((400, 1, 100, 100)))
    v = np.full((1, 100), 0.1)
    with np.errstate(over="ignore", invalid="ignore"):
        plain = v[:, :, None]
        for weight in weights:
            plain = weight @ plain
    assert not np.isfinite(plain).all()
    logarithm = 0.0
    for weight in weights:  # the second road: normalize at each step, add logarithms
        v = v @ weight[0].T
        logarithm, v = logarithm + log(np.linalg.norm(v)), v / np.linalg.norm(v)
    assert abs(Chain(weights).push(np.full((1, 100), 0.1)).log_norm()[0] - logarithm) <= rounding(400 * 100)


def test_rescaling_is_exact() -> None:
    values = np.random.default_rng(0).standard_normal((5, 3, 3)) * 10.0 ** np.arange(-200, 300, 100)[:, None, None]
    scaled, exponents = rescale(values, np.zeros(1, np.int64))
    assert (np.ldexp(scaled, exponents[:, None, None]) == values).all()
    assert ((np.abs(scaled).max(axis=(1, 2)) >= 0.5) & (np.abs(scaled).max(axis=(1, 2)) < 1)).all()


def test_two_scales_of_chains_are_brought_to_one_exactly() -> None:
    scales = np.array([5, -40_000, 99_999, 0]) * log(2)
    number = Scaled(np.full((4, 2), 0.75), scales)
    assert (number.relative_to(scales - 10 * log(2)) == 768).all()
    assert (number.relative_to(scales + log(4)) == 0.1875).all()
    assert (Scaled(np.full((1, 1), 0.5), np.array([1024 * log(2)])).unscaled() == 2.0**1023).all()
    assert abs(Scaled(np.ones((1, 1)), np.array([3.3])).unscaled()[0, 0] - np.exp(3.3)) <= rounding(np.exp(3.3))
