"""Sizes of weight gradients by other roads: differences of the network, all sign matrices, long products."""

from itertools import product

import numpy as np
import pytest

from numerics import ensembles, systems
from numerics.measurement import read
from numerics.systems import Sample
from theory import LINEAR, TANH
from theory import observables as o

DRAWS, DEPTH = 4, 4


def sample(depth: int = DEPTH, sigma_w: float = 1.3, activation=LINEAR, **more: float) -> Sample:
    point = {"n": 3, "L": depth, "sigma_w": sigma_w, **more}
    return systems.get("depth").draw(ensembles.get("gaussian"), activation, point, DRAWS, np.random.default_rng(5))


def by_differences(s: Sample, k: int, layer: int) -> float:
    """Σ_ij (d gᵀ h_L/dW_ij)² with h_0 = v: linear in each entry, so that one difference is the derivative."""
    total, weights = 0.0, [weight[k] for weight in s.network.weights]
    output = lambda ws: float(s.g[k] @ np.linalg.multi_dot([*reversed(ws), s.v[k]]))  # noqa: E731
    for i, j in product(range(3), repeat=2):
        moved = [weight.copy() for weight in weights]
        moved[layer][i, j] += 1.0
        total += (output(moved) - output(weights)) ** 2
    return total


def test_weight_gradients_by_differences() -> None:
    s = sample()
    gradients, curvature = (read(each, s).plain() for each in (o.SQUARED_WEIGHT_GRADIENT, o.GAUSS_NEWTON_CURVATURE))
    expected = np.array([[by_differences(s, k, layer) for layer in range(DEPTH)] for k in range(DRAWS)])
    assert np.allclose(gradients, expected, rtol=1e-10, atol=0)
    assert np.allclose(curvature[:, 0], expected.sum(axis=1), rtol=1e-10, atol=0)


def test_the_curvature_is_the_eigenvalue_of_the_gauss_newton_matrix() -> None:
    s = sample(depth=2)
    for k in range(DRAWS):
        first, second = (weight[k] for weight in s.network.weights)
        parts = (np.outer(second.T @ s.g[k], s.v[k]), np.outer(s.g[k], first @ s.v[k]))
        jacobian = np.concatenate([part.ravel() for part in parts])
        largest = np.linalg.eigvalsh(np.outer(jacobian, jacobian))[-1]
        assert read(o.GAUSS_NEWTON_CURVATURE, s).plain()[k, 0] == pytest.approx(largest, rel=1e-10)


def test_error_signals_by_plain_products() -> None:
    s = sample()
    signals = read(o.SQUARED_ERROR_SIGNAL, s).plain()
    for k in range(DRAWS):
        signal = s.g[k]
        for layer in reversed(range(DEPTH)):
            assert signals[k, layer] == pytest.approx(float(signal @ signal), rel=1e-12)
            signal = s.network.weights[layer][k].T @ signal


def test_the_mean_over_all_sign_matrices_is_exact() -> None:
    """Entries ± sigma_w/sqrt(n), n = 2, L = 3: all 4096 networks, each layer's gradient and error signal."""
    sigma, u, v = 1.2, np.array([0.6, 0.8]), np.array([-0.28, 0.96])
    signs = np.array(list(product([-1.0, 1.0], repeat=4))).reshape(-1, 2, 2) * sigma / np.sqrt(2)
    first, second, third = (signs[list(index)] for index in zip(*product(range(16), repeat=3), strict=True))
    back = [np.einsum("kji,j->ki", third, u)]
    back.append(np.einsum("kji,kj->ki", second, back[0]))
    ahead = [np.einsum("kij,j->ki", first, v)]
    ahead.append(np.einsum("kij,kj->ki", second, ahead[0]))
    squares = lambda rows: np.square(rows).sum(axis=1)  # noqa: E731
    gradients = [squares(back[1]), squares(back[0]) * squares(ahead[0]), squares(ahead[1])]
    assert [gradient.mean() for gradient in gradients] == pytest.approx([sigma**4] * 3, rel=1e-12)
    assert [squares(signal).mean() for signal in reversed(back)] == pytest.approx([sigma**4, sigma**2], rel=1e-12)


@pytest.mark.parametrize("sigma_w", [50.0, 0.01])
def test_nothing_overflows_in_long_products(sigma_w: float) -> None:
    s = sample(depth=2_000, sigma_w=sigma_w)
    for observable in (o.SQUARED_WEIGHT_GRADIENT, o.SQUARED_ERROR_SIGNAL, o.GAUSS_NEWTON_CURVATURE):
        reading = read(observable, s)
        assert (
            np.isfinite(reading.values).all() and np.isfinite(reading.log_scale).all() and (reading.values >= 0).all()
        )
        assert abs(reading.log_scale).min() > 1_000 or observable is o.SQUARED_ERROR_SIGNAL


@pytest.mark.parametrize("other", [sample(sigma_b=0.5), sample(activation=TANH)], ids=["biases", "tanh"])
def test_other_networks_are_refused(other: Sample) -> None:
    with pytest.raises(ValueError, match="linear networks without biases"):
        read(o.SQUARED_WEIGHT_GRADIENT, other)
