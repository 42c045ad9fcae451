"""Networks by other roads: written-out loops, mpmath, finite differences and complex steps."""

from itertools import pairwise

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import atan, erf, sin

from numerics.network import Network
from numerics.verdict import rounding
from theory.activations import LINEAR, TANH, Activation, z

SINE, ATAN, ERF = Activation("sine", sin(z)), Activation("atan", atan(z)), Activation("erf", erf(z))
DOUBLE, SHIFTED = Activation("double", 2 * z), Activation("shifted", z + 1)
STEP = 1e-30


@st.composite
def networks(draw: st.DrawFn, activations: tuple[Activation, ...] = (LINEAR, TANH)) -> tuple[Network, np.ndarray]:
    """Rectangular layers, each with its own activation, some with biases and inputs; NumPy fills them."""
    widths = draw(st.lists(st.integers(1, 5), min_size=2, max_size=6))
    rng, draws, layers = (
        np.random.default_rng(draw(st.integers(0, 2**32 - 1))),
        draw(st.integers(1, 3)),
        len(widths) - 1,
    )
    weights = tuple(rng.standard_normal((draws, n_out, n_in)) for n_in, n_out in pairwise(widths))
    rows = [
        tuple(rng.standard_normal((draws, width)) for width in widths[1:]) if draw(st.booleans()) else None
        for _ in "bu"
    ]
    chosen = tuple(draw(st.sampled_from(activations)) for _ in range(layers))
    return Network(weights, rows[0], chosen, rows[1]), rng.standard_normal((draws, widths[0]))


def plain(network: Network, h0: np.ndarray) -> np.ndarray:
    """h_L of the first draw, entry by entry."""
    known = {"linear": lambda x: x, "tanh": np.tanh}
    h = list(h0[0])
    for layer, (weight, activation) in enumerate(zip(network.weights, network.activations, strict=True)):
        added = [rows[layer][0] for rows in (network.biases, network.inputs) if rows]
        sums = [sum(w * x for w, x in zip(row, h, strict=True)) for row in weight[0]]
        h = [known[activation.name](total + sum(row[i] for row in added)) for i, total in enumerate(sums)]
    return np.array(h)


def amplified(network: Network, h0: np.ndarray) -> float:
    """A bound of the terms that rounding acts on in a forward pass, errors of earlier layers included."""
    size = np.abs(h0).max() + 1
    for layer, weight in enumerate(network.weights):
        size = size * (1 + np.abs(weight).sum(axis=2).max())
        size += sum(np.abs(rows[layer]).max() for rows in (network.biases, network.inputs) if rows)
    return float(size)


@given(networks())
def test_forward_is_the_written_out_recursion(drawn: tuple[Network, np.ndarray]) -> None:
    network, h0 = drawn
    states = network.forward(h0)
    assert len(states.z) + 1 == len(states.h) == len(network.weights) + 1 and states.h[0] is h0
    assert (np.abs(states.h[-1][0] - plain(network, h0)) <= rounding(amplified(network, h0))).all()


@given(networks((LINEAR, TANH, SINE, ATAN)), st.integers(0, 2**32 - 1))
def test_a_complex_step_is_the_push(drawn: tuple[Network, np.ndarray], seed: int) -> None:
    network, h0 = drawn
    v = np.random.default_rng(seed).standard_normal(h0.shape)
    chain = network.chain(network.forward(h0))
    stepped = network.forward(h0 + 1j * STEP * v).h[-1].imag / STEP
    assert (np.abs(stepped - chain.push(v).unscaled()) <= rounding(amplified(network, h0) ** 2 * np.abs(v).max())).all()


@given(networks((LINEAR, TANH, SINE, ATAN, ERF, SHIFTED, DOUBLE)), st.integers(0, 2**32 - 1))
def test_central_differences_are_the_pull(drawn: tuple[Network, np.ndarray], seed: int) -> None:
    """The real road at its own error: step² times a third derivative, and rounding over the step."""
    network, h0 = drawn
    rng = np.random.default_rng(seed)
    v, g = unit(rng, h0.shape), unit(rng, network.forward(h0).h[-1].shape)
    slope = (network.chain(network.forward(h0)).pull(g).unscaled() * v).sum(axis=1)
    size = amplified(network, h0)
    step = 1e-5 / size
    loss = [(network.forward(h0 + sign * step * v).h[-1] * g).sum(axis=1) for sign in (1, -1)]
    error = np.abs((loss[0] - loss[1]) / (2 * step) - slope)
    assert (error <= len(network.weights) * step**2 * size**3 + rounding(size) / step).all()


def unit(rng: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    values = rng.standard_normal(shape)
    return values / np.linalg.norm(values, axis=1, keepdims=True)


@pytest.mark.parametrize("point", [0.0, 1e-8, 0.5, 1.0, 5.0, 18.0, 20.0, 100.0, 300.0, 370.0, 400.0, 800.0, 1e300])
@pytest.mark.parametrize("sign", [1, -1])
def test_slopes_of_tanh_do_not_cancel(point: float, sign: int) -> None:
    """Trap: 1 - tanh(z)² is 0 at z = 20; cosh overflows past 710. Truth: mpmath; below float64's range it is 0."""
    network = Network((np.ones((1, 1, 1)),), None, (TANH,))
    (slope,) = network.slopes(network.forward(np.array([[sign * point]])))
    with mpmath.workdps(40):
        truth = float(mpmath.sech(mpmath.mpf(point)) ** 2) if point < 1e4 else 0.0
    assert slope is not None and abs(slope[0, 0] - truth) <= rounding(truth)
    assert point != 20 or (slope[0, 0] > 1.6e-17 and 1 - np.tanh(point) ** 2 == 0)
    assert point < 400 or slope[0, 0] == 0


def test_saturated_layers_are_carried_as_logarithms() -> None:
    layers = 2_000
    network = Network((np.full((1, 1, 1), 20.0),) * layers, None, (TANH,) * layers)
    chain = network.chain(network.forward(np.ones((1, 1))))
    with mpmath.workdps(40):
        truth = float(layers * mpmath.log(20 * mpmath.sech(20) ** 2))
    assert abs(chain.push(np.ones((1, 1))).log_norm()[0] - truth) <= rounding(layers * 20 + abs(truth))


def test_linear_layers_have_no_slopes_and_others_constant_ones() -> None:
    weights = (np.ones((1, 2, 2)),) * 3
    network = Network(weights, None, (LINEAR, SHIFTED, DOUBLE))
    slopes = network.slopes(network.forward(np.ones((1, 2))))
    assert slopes[:2] == (None, None) and slopes[2] is not None and (slopes[2] == 2).all()
    assert not network.is_linear and Network(weights, None, (LINEAR,) * 3).is_linear


def test_through_time_one_matrix_and_an_input_each_step() -> None:
    rng = np.random.default_rng(0)
    W, b, u, h = (
        rng.standard_normal((2, 3, 3)),
        rng.standard_normal((2, 3)),
        rng.standard_normal((5, 2, 3)),
        np.ones((2, 3)),
    )
    network = Network((W,) * 5, (b,) * 5, (TANH,) * 5, tuple(u))
    states = network.forward(h)
    for step in range(5):
        h = np.tanh(np.einsum("dij,dj->di", W, h) + u[step] + b)
        assert (np.abs(states.h[step + 1] - h) <= rounding(100.0)).all()
    assert network.chain(states).weights == network.weights


def test_one_network_serves_many_inputs() -> None:
    weights = (np.random.default_rng(0).standard_normal((1, 3, 2)),)
    network = Network(weights, (np.ones((1, 3)),), (TANH,))
    h0 = np.random.default_rng(1).standard_normal((7, 2))
    together = network.forward(h0).h[-1]
    assert together.shape == (7, 3)
    assert (np.abs(together[3] - network.forward(h0[3:4]).h[-1][0]) <= rounding(10.0)).all()
    assert network.chain(network.forward(h0)).matrix().values.shape == (7, 3, 2)


def test_a_pass_that_overflows_says_where() -> None:
    network = Network((np.full((1, 1, 1), 1e200),) * 3, None, (LINEAR,) * 3)
    with pytest.raises(
        ValueError, match=r"z_2\[0, 0\]=inf: not finite; the pass overflows float64; take smaller weights"
    ):
        network.forward(np.ones((1, 1)))


@pytest.mark.parametrize(
    ("weights", "biases", "layers", "message"),
    [
        ((np.ones((1, 3, 2)), np.ones((1, 2, 4))), None, 2, "layers 1 and 2 do not fit: W_1 is 3 x 2 .* W_2 is 2 x 4"),
        ((np.array([[[np.inf]]]),), None, 1, r"W_1\[0, 0, 0\]=inf: not finite"),
        ((np.ones((1, 3, 2)),), (np.ones((1, 2)),), 1, r"biases of layer 1 has shape \(1, 2\): W_1 has 3 outputs"),
        ((np.ones((1, 3, 2)),), (), 1, "biases has 0 entries for 1 layers"),
        ((np.ones((1, 3, 2)),), None, 2, "activations has 2 entries for 1 layers: pass one for each layer"),
    ],
)
def test_bad_networks_are_named(
    weights: tuple[np.ndarray, ...], biases: tuple[np.ndarray, ...] | None, layers: int, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Network(weights, biases, (LINEAR,) * layers)


def test_bad_inputs_are_named() -> None:
    network = Network((np.ones((1, 3, 2)),), None, (LINEAR,))
    with pytest.raises(ValueError, match=r"h0 has shape \(1, 3\): W_1 takes 2 inputs; pass \(draws, 2\)"):
        network.forward(np.ones((1, 3)))
    with pytest.raises(ValueError, match=r"z_1\[0, 0\]=nan: not finite"):
        network.forward(np.array([[np.nan, 1.0]]))
