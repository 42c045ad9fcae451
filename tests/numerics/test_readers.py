"""Each observable by a second road: plain NumPy on one network at a time, against the batched, scaled readers."""

import numpy as np
import pytest
from sympy import Matrix, MatrixSymbol

from numerics import ensembles, systems
from numerics.measurement import Reading, read
from numerics.systems import Sample
from theory import LINEAR, TANH, recurrent_gradient
from theory import observables as o
from theory.activations import Activation

POINT = {"n": 5, "L": 4, "T": 4, "sigma_w": 1.3, "sigma_b": 0.3}
DRAWS = 6


def sample(kind: str, activation, point=POINT) -> Sample:
    return systems.get(kind).draw(ensembles.get("gaussian"), activation, point, DRAWS, np.random.default_rng(3))


def jacobian(s: Sample, k: int) -> np.ndarray:
    """D_L W_L ... D_1 W_1 of one network, multiplied out."""
    product = np.eye(s.v.shape[1])
    for layer, weight in enumerate(s.network.weights):
        slope = np.ones(weight.shape[1]) if s.network.is_linear else 1 - np.tanh(s.states.z[layer][k]) ** 2
        product = slope[:, None] * weight[k] @ product
    return product


PLAIN = {
    o.SQUARED_GAIN: lambda s, k: np.sum((jacobian(s, k) @ s.v[k]) ** 2),
    o.LOG_GAIN: lambda s, k: np.log(np.sum((jacobian(s, k) @ s.v[k]) ** 2)),
    o.OPERATOR_NORM: lambda s, k: np.linalg.norm(jacobian(s, k), 2),
    o.SMALLEST_SINGULAR_VALUE: lambda s, k: np.linalg.norm(jacobian(s, k), -2),
    o.SINGULAR_VALUES: lambda s, k: np.linalg.svd(jacobian(s, k))[1],
    o.LARGEST_WEIGHT_NORM: lambda s, k: max(np.linalg.norm(w[k], 2) for w in s.network.weights),
    o.FACTOR_PRODUCT: lambda s, k: s.g[k] @ jacobian(s, k) @ s.v[k],
    o.NETWORK_DERIVATIVE: lambda s, k: s.g[k] @ jacobian(s, k) @ s.v[k],
    o.WEIGHT_NORM: lambda s, k: np.linalg.norm(s.network.weights[0][k], 2),
    o.SPECTRAL_RADIUS: lambda s, k: np.abs(np.linalg.eigvals(s.network.weights[0][k])).max(),
}


@pytest.mark.parametrize("observable", PLAIN, ids=repr)
@pytest.mark.parametrize("activation", [LINEAR, TANH], ids=lambda a: a.name)
@pytest.mark.parametrize("kind", ["depth", "time"])
def test_readers_agree_with_plain_numpy(kind, activation, observable) -> None:
    s = sample(kind, activation)
    reading = read(observable, s)
    expected = np.stack([np.atleast_1d(PLAIN[observable](s, k)) for k in range(DRAWS)])
    assert reading.values.shape == (DRAWS, expected.shape[1])
    assert np.abs(reading.plain() - expected).max() <= 1e-12 * np.abs(reading.size).max() * np.exp(
        reading.log_scale.max()
    )


def test_normalized_readers() -> None:
    s = sample("depth", LINEAR)
    for k, found in enumerate(read(o.NORMALIZED_GAIN, s).plain()[:, 0]):
        sizes = np.prod([np.linalg.norm(w[k]) ** 2 / 5 for w in s.network.weights])
        assert found == pytest.approx(np.sum((jacobian(s, k) @ s.v[k]) ** 2) / sizes, rel=1e-12)
    s = sample("matrix", LINEAR)
    for w, found in zip(s.network.weights[0], read(o.NORMALIZED_RADIUS, s).plain()[:, 0], strict=True):
        assert found == pytest.approx(np.abs(np.linalg.eigvals(w)).max() * np.sqrt(5) / np.linalg.norm(w), rel=1e-12)


def test_norm_excess() -> None:
    s = sample("depth", LINEAR)
    for k, found in enumerate(read(o.NORM_EXCESS, s).plain()[:, 0]):
        norms = [np.linalg.norm(w[k], 2) for w in s.network.weights]
        rate = np.log(np.linalg.norm(jacobian(s, k)) ** 2 / 5) / 8
        assert found == pytest.approx(np.mean(np.log(norms)) - rate, rel=1e-12)


def test_power_readers() -> None:
    s = sample("time", LINEAR)
    weight = s.network.weights[0]
    expected = [np.linalg.norm(np.linalg.matrix_power(w, 4), 2) ** (1 / 4) for w in weight]
    assert np.allclose(read(o.ROOT_NORM, s).plain()[:, 0], expected, rtol=1e-12)
    for w, remainder in zip(weight, read(o.SCHUR_REMAINDER, s).plain()[:, 0], strict=True):
        moduli = np.abs(np.linalg.eigvals(w))
        departure = np.sqrt(np.sum(w**2) - np.sum(moduli**2))
        assert remainder == pytest.approx((5 * 4**4 * (1 + departure / moduli.max()) ** 4) ** (1 / 4) - 1, rel=1e-6)


def loss(s: Sample, k: int, weights: list[np.ndarray]) -> float:
    """gᵀ h_L, written out with plain loops."""
    h = s.h0[k]
    for layer, weight in enumerate(weights):
        z = weight @ h + s.network.biases[layer][k]
        h = np.tanh(z + (s.driven.inputs[layer][k] if s.driven.inputs else 0))
    return float(s.g[k] @ h)


@pytest.mark.parametrize("kind", ["depth", "time"])
def test_weight_derivatives_agree_with_finite_differences(kind) -> None:
    s, step = sample(kind, TANH), 1e-5
    products = read(o.ERROR_SIGNAL_PRODUCT, s).plain()
    assert np.allclose(products, read(o.WEIGHT_DERIVATIVE, s).plain(), rtol=0, atol=1e-13)
    for k in range(DRAWS):
        for layer in range(4):
            moved = [
                loss(
                    s,
                    k,
                    [w[k] + sign * step * s.direction[j][k] * (j == layer) for j, w in enumerate(s.network.weights)],
                )
                for sign in (1, -1)
            ]
            assert products[k, layer] == pytest.approx((moved[0] - moved[1]) / (2 * step), abs=1e-8)
    assert np.allclose(read(o.UNROLLED_SUM, s).plain()[:, 0], products.sum(axis=1), rtol=0, atol=1e-13)


@pytest.mark.parametrize("activation", [LINEAR, TANH], ids=str)
def test_a_loss_at_every_step_agrees_with_the_derived_double_sum(activation: Activation) -> None:
    """<dE/dW, V> by the complex step, by the backward pass, and from the entries of recurrent_gradient."""
    s = sample("time", activation, {"n": 2, "T": 3, "sigma_w": 1.1, "sigma_b": 0.3})
    measured = [read(o, s).plain()[:, 0] for o in (o.TIED_LOSS_DERIVATIVE, o.BACKPROPAGATED_SUM)]
    assert np.allclose(*measured, rtol=0, atol=1e-13)
    gradient = recurrent_gradient(steps=3, activation=activation).explicit(2)
    for k in range(DRAWS):
        rows = {"h_0": s.h0[k], "b": s.network.biases[0][k]}
        rows |= {f"u_{t}": s.driven.inputs[t - 1][k] for t in (1, 2, 3)} | {
            f"g_{t}": s.losses[t - 1][k] for t in (1, 2, 3)
        }
        values = {MatrixSymbol("W", 2, 2): Matrix(s.network.weights[0][k])}
        values |= {MatrixSymbol(name, 2, 1): Matrix(row) for name, row in rows.items()}
        entries = np.array(gradient.subs(values).doit(), dtype=float)
        assert (entries * s.direction[0][k]).sum() == pytest.approx(measured[0][k], abs=1e-12)


def test_balance_holds_for_linear_layers_and_fails_for_tanh() -> None:
    for activation, equal in ((LINEAR, True), (TANH, False)):
        s = sample("depth", activation)
        left, right = (read(side, s) for side in (o.NEXT_GRADIENT_PULLED, o.GRADIENT_PUSHED))
        assert bool(np.allclose(left.values, right.values, rtol=0, atol=1e-12 * left.size.max())) == equal


@pytest.mark.parametrize(
    ("depth", "observables"),
    [(100_000, [o.SQUARED_GAIN, o.NORMALIZED_GAIN]), (5_000, [o.OPERATOR_NORM, o.PRODUCT_OF_NORMS, o.LOG_GAIN])],
)
def test_nothing_overflows_in_long_products(depth, observables) -> None:
    s = sample("depth", LINEAR, {"n": 2, "L": depth, "sigma_w": 5.0})
    for observable in observables:
        reading: Reading = read(observable, s)
        assert np.isfinite(reading.values).all() and np.isfinite(reading.log_scale).all()
    assert read(o.LOG_GAIN, s).plain().min() > 2 * depth
