"""A chain against exact rational products, dense products and its own laws; nothing overflows at any depth."""

from itertools import pairwise
from math import log

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from numerics.chain import Chain
from numerics.scaled import Scaled
from numerics.spectra import operator_norm, spectral_radius
from numerics.verdict import rounding

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
        before, after = (np.linalg.norm(x, axis=1) for x in (one.relative_to(two.log_scale), two.values))
        assert (np.abs(before / after - 1) <= rounding(width * condition(linear, v))).all()


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
