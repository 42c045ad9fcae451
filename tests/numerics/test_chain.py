"""A chain against exact rational products, dense products and its own laws; nothing overflows at any depth."""

from fractions import Fraction
from itertools import pairwise
from math import fsum, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.chain import Chain, Scaled, rescale
from numerics.spectra import operator_norm, spectral_radius
from numerics.verdict import rounding

DEEP = 100_000  # takes about a second a product
SEEDS = st.integers(0, 2**32 - 1)  # of the content of matrices: no statistics here


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    """Rectangular layers of all sizes of entries, some with slopes; NumPy fills them."""
    widths = draw(st.lists(st.integers(1, 5), min_size=2, max_size=7))
    rng, draws = np.random.default_rng(draw(SEEDS)), draw(st.integers(1, 3))
    power = draw(st.sampled_from([0, 1, 20, 140]))
    weights = tuple(
        rng.standard_normal((draws, n_out, n_in)) * 10.0 ** rng.uniform(-power, power, (draws, 1, 1))
        for n_in, n_out in pairwise(widths)
    )
    sloped = draw(st.lists(st.booleans(), min_size=len(weights), max_size=len(weights)))
    slopes = (
        rng.uniform(0.01, 1, (draws, width)) if some else None for some, width in zip(sloped, widths[1:], strict=True)
    )
    return Chain(weights, tuple(slopes))


def ends(chain: Chain, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    rng, draws = np.random.default_rng(seed), len(chain.weights[0])
    return rng.standard_normal((draws, chain.weights[0].shape[2])), rng.standard_normal(
        (draws, chain.weights[-1].shape[1])
    )


def absolute(chain: Chain) -> Chain:
    """The chain of absolute values: what rounding errors are relative to."""
    return Chain(tuple(map(abs, chain.weights)), tuple(s if s is None else abs(s) for s in chain.slopes or ()) or None)


def agree(one: Scaled, two: Scaled, size: Scaled, terms: int = 1) -> None:
    """Equal but for rounding of terms of this size; all three brought to the scale of the size."""
    left, right = one.relative_to(size.log_scale), two.relative_to(size.log_scale)
    assert (np.abs(left - right) <= terms * rounding(size.values)).all()


def dot(scaled: Scaled, vector: np.ndarray) -> Scaled:
    return Scaled((scaled.values * vector).sum(axis=1), scaled.log_scale)


@given(chains())
def test_pull_is_the_adjoint_of_push(chain: Chain) -> None:
    v, g = ends(chain)
    agree(dot(chain.push(v), g), dot(chain.pull(g), v), dot(absolute(chain).push(abs(v)), abs(g)))


@given(chains())
def test_push_pull_and_matrix_are_one_matrix(chain: Chain) -> None:
    v, g = ends(chain)
    dense, size = chain.matrix(), absolute(chain)
    agree(chain.push(v), Scaled(np.einsum("dij,dj->di", dense.values, v), dense.log_scale), size.push(abs(v)))
    agree(chain.pull(g), Scaled(np.einsum("dij,di->dj", dense.values, g), dense.log_scale), size.pull(abs(g)))


@given(chains(), st.floats(1e-3, 1e3), st.data())
def test_homogeneous_in_each_matrix(chain: Chain, factor: float, data: st.DataObject) -> None:
    layer = data.draw(st.integers(0, len(chain.weights) - 1))
    weights = tuple(factor * w if i == layer else w for i, w in enumerate(chain.weights))
    pushed, (v, _) = chain.push(ends(chain)[0]), ends(chain)
    expected = Scaled(factor * pushed.values, pushed.log_scale)
    agree(Chain(weights, chain.slopes).push(v), expected, absolute(Chain(weights, chain.slopes)).push(abs(v)))


@given(chains(), st.integers(-50, 50))
def test_a_power_of_two_moves_the_scale_alone(chain: Chain, power: int) -> None:
    v, _ = ends(chain)
    weights = (2.0**power * chain.weights[0], *chain.weights[1:])
    one, two = chain.push(v), Chain(weights, chain.slopes).push(v)
    assert (one.values == two.values).all()
    assert (np.rint((two.log_scale - one.log_scale) / log(2)) == power).all()


@given(chains(), st.data())
def test_a_split_chain_composes(chain: Chain, data: st.DataObject) -> None:
    if len(chain.weights) == 1:
        return
    first, rest = chain.split(data.draw(st.integers(1, len(chain.weights) - 1)))
    (v, g), size = ends(chain), absolute(chain)
    agree(rest.push(first.push(v)), chain.push(v), size.push(abs(v)))
    agree(first.pull(rest.pull(g)), chain.pull(g), size.pull(abs(g)))


@given(SEEDS, st.integers(1, 5), st.integers(1, 12))
def test_time_is_depth_with_equal_factors(seed: int, width: int, steps: int) -> None:
    rng = np.random.default_rng(seed)
    weight, v = rng.standard_normal((2, width, width)), rng.standard_normal((2, width))
    tied, copied = Chain((weight,) * steps), Chain(tuple(weight.copy() for _ in range(steps)))
    for one, two in ((tied.push(v), copied.push(v)), (tied.pull(v), copied.pull(v)), (tied.matrix(), copied.matrix())):
        assert (one.values == two.values).all() and (one.log_scale == two.log_scale).all()


@given(chains(), SEEDS)
def test_an_orthogonal_change_of_units_between_layers_changes_nothing(chain: Chain, seed: int) -> None:
    linear = Chain(chain.weights)
    width = linear.weights[0].shape[1]
    turn = np.linalg.qr(np.random.default_rng(seed).standard_normal((width, width)))[0]
    first, rest = turn @ linear.weights[0], linear.weights[1:]
    turned = Chain((first, rest[0] @ turn.T, *rest[1:]) if rest else (first,))
    v, _ = ends(linear)
    one, two, size = linear.push(v), turned.push(v), absolute(linear).push(abs(v))
    if rest:
        loose = Scaled(size.values.max(axis=1, keepdims=True) * width, size.log_scale)
        agree(one, two, loose, terms=10)
    else:
        assert (np.abs(np.exp(one.log_norm() - two.log_norm()) - 1) <= rounding(width * condition(linear, v))).all()


def condition(chain: Chain, v: np.ndarray) -> float:
    return float(np.exp(absolute(chain).push(abs(v)).log_norm() - chain.push(v).log_norm()).max())


@given(chains())
def test_norms_of_products_are_submultiplicative(chain: Chain) -> None:
    factors = [w if s is None else s[:, :, None] * w for w, s in zip(chain.weights, chain.slopes, strict=True)]
    bound = sum(np.log(operator_norm(factor)) for factor in factors)
    dense = chain.matrix()
    largest = np.log(operator_norm(dense.values)) + dense.log_scale
    assert (largest <= bound + rounding(len(factors) * 5 + np.abs(bound))).all()


@given(SEEDS, st.integers(1, 8))
def test_radius_is_at_most_norm(seed: int, width: int) -> None:
    matrices = np.random.default_rng(seed).standard_normal((3, width, width))
    radius, norm = spectral_radius(matrices), operator_norm(matrices)
    assert (radius.value <= norm + radius.sensitivity + rounding(norm)).all()


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


@given(chains())
def test_error_signals_are_the_pulls_of_the_later_layers(chain: Chain) -> None:
    _, g = ends(chain)
    signals, size = chain.states_pull(g), absolute(chain).states_pull(abs(g))
    for layer, (signal, of) in enumerate(zip(signals, size, strict=True), 1):
        above = chain.split(layer)[1].pull(g) if layer < len(signals) else Scaled(g, np.zeros(len(g)))
        slope = chain.slopes[layer - 1]
        expected = above.values if slope is None else slope * above.values
        agree(signal, Scaled(expected, above.log_scale), of)


def test_zero_is_zero_and_its_logarithm_minus_infinity() -> None:
    pushed = Chain((np.zeros((2, 3, 3)),) * 5).push(np.ones((2, 3)))
    assert (pushed.values == 0).all() and (pushed.log_norm() == -np.inf).all()


def test_one_network_serves_many_vectors() -> None:
    chain, v = Chain((np.array([[[2.0, 0.0], [0.0, 4.0]]]),)), np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    assert (chain.push(v).unscaled() == [[2, 0], [0, 4], [2, 4]]).all()
    assert (chain.pull(v).unscaled() == [[2, 0], [0, 4], [2, 4]]).all()


def test_complex_vectors_are_carried_without_conjugation() -> None:
    chain = Chain((np.array([[[2.0, 1.0], [0.0, 1.0]]]),))
    assert (chain.push(np.array([[1j, 1.0]])).unscaled() == [[1 + 2j, 1]]).all()
    assert (chain.pull(np.array([[1j, 1.0]])).unscaled() == [[2j, 1 + 1j]]).all()


def test_rescaling_is_exact() -> None:
    values = np.random.default_rng(0).standard_normal((5, 3, 3)) * 10.0 ** np.arange(-200, 300, 100)[:, None, None]
    scaled, exponents = rescale(values, np.zeros(1, np.int64))
    assert (np.ldexp(scaled, exponents[:, None, None]) == values).all()
    assert ((np.abs(scaled).max(axis=(1, 2)) >= 0.5) & (np.abs(scaled).max(axis=(1, 2)) < 1)).all()


def broken(position: tuple[int, int, int], value: float) -> np.ndarray:
    weight = np.ones((2, 3, 3))
    weight[position] = value
    return weight


@pytest.mark.parametrize(
    ("weights", "slopes", "message"),
    [
        ((), None, r"weights=\(\): a chain has at least one layer"),
        ((np.ones((3, 3)),), None, r"W_1 has shape \(3, 3\): pass an array \(draws, n_out, n_in\)"),
        ((np.ones((1, 3, 0)),), None, r"W_1 has shape \(1, 3, 0\)"),
        (
            (np.ones((1, 3, 3)), np.ones((1, 4, 3)), np.ones((1, 2, 5))),
            None,
            "layers 2 and 3 do not fit: W_2 is 4 x 3 and gives 4 outputs, W_3 is 2 x 5 and takes 5; make them equal",
        ),
        ((np.ones((2, 3, 3)), np.ones((4, 3, 3))), None, "W_1 has 2 draws and W_2 has 4: pass as many, or 1 for all"),
        ((np.ones((2, 3, 3)), broken((1, 0, 2), np.nan)), None, r"W_2\[1, 0, 2\]=nan: not finite; pass finite entries"),
        ((broken((0, 2, 1), -np.inf),), None, r"W_1\[0, 2, 1\]=-inf: not finite"),
        ((np.ones((1, 3, 3)),), (), "slopes has 0 entries for 1 layers"),
        ((np.ones((1, 3, 3)),), (np.ones((1, 4)),), r"slopes of layer 1 has shape \(1, 4\): W_1 has 3 outputs"),
    ],
)
def test_bad_chains_are_named(
    weights: tuple[np.ndarray, ...], slopes: tuple[np.ndarray, ...] | None, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Chain(weights, slopes)


def test_bad_vectors_and_splits_are_named() -> None:
    chain = Chain((np.ones((1, 3, 2)),))
    with pytest.raises(ValueError, match=r"v has shape \(1, 3\): the chain has n_0=2; pass \(draws, 2\)"):
        chain.push(np.ones((1, 3)))
    with pytest.raises(ValueError, match=r"g has shape \(3,\): the chain has n_L=3"):
        chain.pull(np.ones(3))
    with pytest.raises(ValueError, match=r"v\[0, 1\]=nan: not finite"):
        chain.push(np.array([[0.0, np.nan]]))
    with pytest.raises(ValueError, match=r"layer=1: a chain of 1 layers splits after"):
        chain.split(1)
