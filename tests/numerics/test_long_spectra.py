"""All singular values of long products against closed forms, and what must hold of them always."""

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import polygamma

from numerics import ensembles
from numerics.chain import Chain
from numerics.spectra import log_singular_values, lyapunov_spectrum, singular_values

SEEDS = st.integers(0, 2**32 - 1)  # of the content of matrices: no statistics here
MARGIN = 2  # errors are estimates to first order of what rounding does on average


def gaussian(seed: int, depth: int, *widths: int) -> list[np.ndarray]:
    rng, (n_out, n_in) = np.random.default_rng(seed), widths * (3 - len(widths))
    return [rng.standard_normal((1, n_out, n_in)) / np.sqrt(n_in) for _ in range(depth)]


@pytest.mark.parametrize("shapes", [((7, 4), (5, 7), (9, 5)), ((4, 9), (3, 4)), ((2, 6), (5, 2)), ((1, 5),), ((5, 1),)])
def test_rectangular_products(shapes: tuple[tuple[int, int], ...]) -> None:
    weights = [w for shape in shapes for w in gaussian(3, 1, *shape)]
    found = log_singular_values(weights)
    ends, rank = min(shapes[0][1], shapes[-1][0]), min(map(min, shapes))
    dense = Chain(tuple(weights)).matrix()
    plain = np.log(singular_values(dense.values)[0, :rank]) + dense.log_scale
    assert found.value.shape == (1, ends) and (found.value[0, rank:] == -np.inf).all()
    assert np.abs(found.value[0, :rank] - plain).max() < 1e-12 and found.attained.all()


def test_a_long_product_of_width_100_has_the_sum_of_its_log_determinants() -> None:
    weights = gaussian(0, 400, 100)
    found = log_singular_values(weights)
    determinants = sum(float(np.linalg.slogdet(weight)[1][0]) for weight in weights)
    assert abs(found.value.sum() - determinants) <= 1e-12 * abs(determinants)


@given(SEEDS, st.integers(1, 7), st.integers(1, 6), st.booleans())
def test_short_products_agree_with_plain_singular_values(seed: int, n: int, depth: int, is_complex: bool) -> None:
    rng = np.random.default_rng(seed)
    weights = [
        rng.standard_normal((2, n, n)) + (1j * rng.standard_normal((2, n, n)) if is_complex else 0)
        for _ in range(depth)
    ]
    found, dense = log_singular_values(weights), Chain(tuple(weights)).matrix()
    plain = singular_values(dense.values) * np.exp(dense.log_scale)[:, None]
    size = np.prod([np.linalg.norm(weight, axis=(1, 2)) for weight in weights], axis=0)[:, None]
    wrong = np.abs(np.exp(found.value) - plain)
    assert (wrong <= MARGIN * found.error * plain + 64 * 2.0**-52 * depth * size).all()


@given(SEEDS, st.integers(1, 6), st.integers(1, 20), st.floats(-280, 280))
def test_constants_rotations_and_transposes(seed: int, n: int, depth: int, power: float) -> None:
    rng = np.random.default_rng(seed)
    weights = [rng.standard_normal((1, n, n)) for _ in range(depth)]
    turn = np.linalg.qr(rng.standard_normal((1, n, n)))[0]
    plain = log_singular_values(weights)
    turned = log_singular_values([weights[0] @ turn, *weights[1:], turn])
    transposed = log_singular_values([weight.transpose(0, 2, 1) for weight in reversed(weights)])
    scaled = log_singular_values([10.0**power * weights[0], *weights[1:]])
    for other, offset in ((turned, 0.0), (transposed, 0.0), (scaled, power * log(10))):
        room = MARGIN * (plain.error + other.error) + 1e-15 * depth * n
        assert (np.abs(other.value - plain.value - offset) <= room).all()


@given(SEEDS, st.integers(1, 8), st.integers(1, 30))
def test_the_sum_is_that_of_the_log_determinants(seed: int, n: int, depth: int) -> None:
    weights = [np.random.default_rng((seed, layer)).standard_normal((2, n, n)) for layer in range(depth)]
    found = log_singular_values(weights)
    determinants = np.array([np.linalg.slogdet(weight)[1] for weight in weights])
    room = MARGIN * found.error.sum(axis=1) + 1e-14 * np.abs(determinants).sum(axis=0)
    assert (np.abs(found.value.sum(axis=1) - determinants.sum(axis=0)) <= room).all()


def test_slopes_and_sizes_beyond_float64() -> None:
    weights, slopes = gaussian(5, 40, 6), [np.random.default_rng(layer).uniform(0.1, 1, (1, 6)) for layer in range(40)]
    products = [slope[:, :, None] * weight for slope, weight in zip(slopes, weights, strict=True)]
    one, two = log_singular_values(Chain(tuple(weights), tuple(slopes))), log_singular_values(products)
    assert np.abs(one.value - two.value).max() <= MARGIN * one.error.max()
    extreme = log_singular_values([np.diag([1e140, 1e-140])[None]] * 1000)
    assert np.abs(extreme.value / log(10) - [1.4e5, -1.4e5]).max() < 1e-9
    falling = log_singular_values([np.diag([1e-140, 1e140])[None]] * 3)
    assert np.abs(falling.value / log(10) - [420, -420]).max() < 1e-10 and falling.attained.all()


def test_zero_singular_values_are_minus_infinity() -> None:
    for weights in ([np.zeros((1, 3, 3))], [np.diag([1.0, 0.0, 2.0])[None]] * 5, [np.eye(3, k=1)[None]] * 3):
        found = log_singular_values(weights)
        dense = Chain(tuple(weights)).matrix()
        assert (np.isfinite(found.value).sum() == np.linalg.matrix_rank(dense.values)).all()
        assert not np.isnan(found.value).any() and found.attained.all()


def test_a_factor_that_is_singular_to_rounding_is_flagged() -> None:
    rng = np.random.default_rng(0)
    singular = rng.standard_normal((1, 5, 4)) @ rng.standard_normal((1, 4, 5))
    found = log_singular_values([*gaussian(0, 10, 5), singular, *gaussian(1, 10, 5)])
    assert found.attained[0, :3].all() and not found.attained[0, 4]


def test_many_draws_are_each_what_they_are_alone() -> None:
    weights = [np.random.default_rng(layer).standard_normal((5, 4, 4)) for layer in range(30)]
    shared = [weights[0][:1], *weights[1:]]
    together, alone = (
        log_singular_values(shared),
        [log_singular_values([shared[0], *(w[k : k + 1] for w in weights[1:])]) for k in range(5)],
    )
    for k, one in enumerate(alone):
        assert np.abs(together.value[k] - one.value[0]).max() <= MARGIN * one.error.max()


def test_bad_input_is_named() -> None:
    with pytest.raises(ValueError, match="layers 1 and 2 do not fit"):
        log_singular_values((np.ones((1, 3, 2)), np.ones((1, 2, 4))))
    with pytest.raises(ValueError, match=r"W_2\[0, 0, 0\]=inf: not finite"):
        log_singular_values((np.ones((1, 1, 1)), np.full((1, 1, 1), np.inf)))
    with pytest.raises(ValueError, match="L=100000: 30 GiB of factors are kept of each draw; pass fewer layers"):
        log_singular_values((np.ones((1, 200, 200)),) * 10**5)
    for skip in (-1, 2, 0.5):
        with pytest.raises(ValueError, match=rf"skip={skip}: a chain of 2 factors keeps at least one"):
            lyapunov_spectrum((np.ones((1, 1, 1)),) * 2, skip)


def test_plain_singular_values_of_a_long_product_are_noise() -> None:
    """Trap: n = 20, L = 300. The smallest singular value read off the product is rounding of the largest."""
    weights = ensembles.get("gaussian").draw(np.random.default_rng(0), 300, 20, 20, 1.0)[:, None]
    dense = Chain(tuple(weights)).matrix()
    naive = np.log(singular_values(dense.values)) + dense.log_scale
    found = log_singular_values(list(weights))
    assert naive[0, -1] > -70 and found.value[0, -1] < -500 and found.attained.all()
    assert np.abs(naive[0, 0] - found.value[0, 0]) < 1e-10  # the largest is right on both roads


def test_lyapunov_exponents_of_gaussian_products_in_closed_form() -> None:
    """Newman 1986: λ_i = ½[log(2/n) + ψ((n-i+1)/2)]; n = 5 from an independent computation."""
    truth = [-0.10656705, -0.24675320, -0.43990038, -0.74675320, -1.43990038]
    depth = 4000
    weights = ensembles.get("gaussian").draw(np.random.default_rng(0), depth, 5, 5, 1.0)[:, None]
    found = lyapunov_spectrum(list(weights))
    deviation = np.sqrt(polygamma(1, np.arange(5, 0, -1) / 2) / 4 / depth)
    assert np.abs((found.standard_error[0] / deviation) - 1).max() < 0.2
    assert np.abs((found.exponents[0] - truth) / found.standard_error[0]).max() < 6.5  # below 1e-9 each, by normality


def test_lyapunov_exponents_through_time_are_those_of_the_eigenvalues() -> None:
    matrix = np.random.default_rng(1).standard_normal((1, 4, 4))
    moduli = np.sort(np.log(np.abs(np.linalg.eigvals(matrix[0]))))[::-1]
    short, long = (lyapunov_spectrum((matrix,) * steps, skip=100) for steps in (400, 6500))
    assert np.abs(long.exponents[0] - moduli).max() < 1e-2
    assert (long.standard_error < 0.2).all() and (long.standard_error <= short.standard_error + 1e-12).all()


def test_lyapunov_exponents_of_rectangular_and_singular_chains() -> None:
    weights = [w for shape in ((6, 3), (4, 6), (5, 4)) for w in gaussian(4, 1, *shape)]
    found, dense = lyapunov_spectrum(weights), Chain(tuple(weights)).matrix()
    volume = np.log(singular_values(dense.values)).sum() + 3 * dense.log_scale[0]
    assert found.exponents.shape == (1, 3) and abs(3 * found.exponents.sum() - volume) < 1e-12
    assert lyapunov_spectrum([*weights, *gaussian(5, 1, 2, 5)]).exponents.shape == (1, 2)
    assert lyapunov_spectrum([np.diag([1.0, 0.0])[None]]).exponents.tolist() == [[0.0, -np.inf]]
    assert lyapunov_spectrum([np.ones((1, 1, 1))]).standard_error.tolist() == [[np.inf]]
