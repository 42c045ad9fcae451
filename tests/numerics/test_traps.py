"""The traps, each with its cure: what fails is shown to fail, and by how much."""

import numpy as np
import pytest
from flint import fmpq, fmpq_mat, fmpq_poly

from numerics.chain import Chain
from numerics.ensembles import get
from numerics.shortcuts import tilted_log_gains
from numerics.spectra import log_power_norms, log_singular_values, spectral_radius


def hidden_jordan_block(n: int, coupling: float) -> np.ndarray:
    """A Jordan block at 1/2 behind a reflection, for n a power of two exact in float64."""
    reflection = np.eye(n) - np.full((n, n), 2 / n)
    return reflection @ (0.5 * np.eye(n) + coupling * np.eye(n, k=1)) @ reflection


@pytest.mark.parametrize("n, coupling", [(16, 4.0), (32, 2.0), (64, 2.0)])
def test_the_radius_of_a_defective_matrix_is_read_wrong_and_its_sensitivity_says_so(n: int, coupling: float) -> None:
    W = hidden_jordan_block(n, coupling)
    exact = fmpq_mat(n, n, [fmpq(*entry.as_integer_ratio()) for entry in W.ravel().tolist()])
    assert exact.charpoly() == fmpq_poly([fmpq(-1, 2), 1]) ** n
    radius = spectral_radius(W[None])
    assert radius.value[0] > 0.8  # the truth is 0.5
    assert radius.value[0] - radius.sensitivity[0] <= 0.5 <= radius.value[0] + radius.sensitivity[0]
    assert np.exp(log_power_norms(W[None], (1000,))[0, 0] / 1000) > 1  # products round too


def test_a_moment_by_sampling_is_far_too_small_and_its_error_does_not_say_so() -> None:
    """E‖Jv‖⁴ at n = 8, L = 40: most of 40 runs of 20,000 networks miss it by more than 5 of their errors."""
    n, layers, exact = 8, 40, (1 + 2 / 8) ** 40
    missed = []
    for seed in range(40):
        squared = np.prod(np.random.default_rng(seed).chisquare(n, (layers, 20_000)) / n, axis=0) ** 2
        missed.append(exact - squared.mean() > 5 * squared.std() / np.sqrt(20_000))
        assert squared.mean() < 3 * exact
    assert sum(missed) > 20


def test_drawn_where_it_lives_a_moment_needs_one_draw() -> None:
    gains = tilted_log_gains(np.random.default_rng(0), 100, (8,) * 41, tilt=2.0)
    assert np.allclose(np.exp(2 * gains.log_gain + gains.log_weight), (1 + 2 / 8) ** 40, rtol=1e-12)


def test_the_svd_of_a_long_product_is_noise_below_its_first_values() -> None:
    n, layers, rng = 20, 300, np.random.default_rng(1)
    weights = [get("gaussian").draw(rng, 1, n, n, 1.0) for _ in range(layers)]
    product = Chain(tuple(weights)).matrix()
    naive = np.log(np.linalg.svd(product.values[0], compute_uv=False)) + product.log_scale[0]
    spectrum = log_singular_values(weights)
    assert naive[-1] > -60 and spectrum.value[0, -1] < -500 and spectrum.attained.all()
    determinant = sum(np.linalg.slogdet(W[0])[1] for W in weights)
    assert abs(spectrum.value.sum() - determinant) < 1e-9 < 1000 < naive.sum() - determinant


def test_a_product_overflows_and_its_logarithm_does_not() -> None:
    rng, n = np.random.default_rng(0), 100
    weights = [rng.standard_normal((1, n, n)) for _ in range(400)]
    product, depth = np.eye(n), 0
    with np.errstate(over="ignore", invalid="ignore"):
        while np.isfinite(product).all():
            product, depth = weights[depth][0] @ product, depth + 1
    assert 305 <= depth <= 315
    gain = Chain(tuple(weights)).push(np.eye(n)[:1])
    assert np.isfinite(gain.values).all() and gain.log_norm()[0] == pytest.approx(400 * 2.2976, abs=12)  # 6 deviations


def test_a_vanished_product_is_no_zero() -> None:
    W = get("gaussian").draw(np.random.default_rng(0), 1, 20, 20, 0.05)
    product = np.eye(20)
    for _ in range(400):
        product = W[0] @ product
    assert not product.any()
    gain = Chain((W,) * 400).push(np.eye(20)[:1])
    assert gain.values.any() and -1400 < gain.log_norm()[0] < -1000
