"""Deferred networks are equal in law to dense ones, jointly over their layers; and cost what they say."""

import tracemalloc
from typing import Any

import numpy as np
import pytest
from numpy.random import default_rng

from numerics import ensembles
from numerics.deferred import FreshLayers, Gradients, TiedSteps
from numerics.judges.samples import judge_samples
from numerics.systems import Sample, depth, time
from theory.activations import LINEAR, TANH, Activation

DRAWS = 50_000  # a Kolmogorov distance of 0.05 is seen
WIDTHS = (4, 6, 3, 5)
POINT = {"sigma_w": 1.6, "n": 4, "T": 4}


def of_dense(sample: Sample) -> Gradients:
    signals = [2 * signal.log_norm() for signal in sample.chain.states_pull(sample.g)]
    squares = [2 * np.log(np.linalg.norm(h, axis=1)) for h in sample.states.h[:-1]]
    return Gradients(2 * sample.chain.pull(sample.g).log_norm(), np.stack(signals, 1), np.stack(squares, 1))


def joint(gradients: Gradients) -> dict[str, np.ndarray]:
    """Numbers that rest on one layer, on two, on both passes; rounded, since some laws have one value alone."""
    signals, lengths = gradients.log_signals, gradients.log_lengths
    return {
        "gain": gradients.log_gain.round(9),
        "first signal": signals[:, 0].round(9),
        "middle signal": signals[:, 1].round(9),
        "last length": lengths[:, -1].round(9),
        "signal and length": (signals[:, 1] - 2 * lengths[:, 1]).round(9),
        "gain less length": (gradients.log_gain - lengths[:, -1]).round(9),
        "growth": (signals[:, 0] - 2 * signals[:, 1]).round(9),
    }


def compare(deferred: Gradients, dense: Gradients) -> None:
    expected = joint(dense)
    for name, values in joint(deferred).items():
        judgment = judge_samples(values, expected[name])
        assert judgment.outcome == "consistent", (name, judgment)


CASES = [(TANH, 0.0), (TANH, 0.8), (LINEAR, 0.8)]


@pytest.mark.parametrize(("activation", "sigma_b"), CASES)
def test_fresh_layers(activation: Activation, sigma_b: float) -> None:
    point = {"sigma_w": 1.6, "sigma_b": sigma_b, "widths": WIDTHS}
    sample = depth.draw(ensembles.get("gaussian"), activation, point, DRAWS, default_rng(1))
    network = FreshLayers(activation, WIDTHS, 1.6, sigma_b)
    compare(network.pull(default_rng(2), DRAWS), of_dense(sample))
    forward = 2 * sample.chain.push(sample.v).log_norm()
    assert judge_samples(network.push(default_rng(3), DRAWS), forward).outcome == "consistent"


@pytest.mark.parametrize("ensemble", ["gaussian", "haar"])
@pytest.mark.parametrize(("activation", "sigma_b"), CASES)
def test_tied_steps(activation: Activation, sigma_b: float, ensemble: str) -> None:
    point = POINT | {"sigma_b": sigma_b}
    sample = time.draw(ensembles.get(ensemble), activation, point, DRAWS, default_rng(1))
    network = TiedSteps(activation, 4, 4, 1.6, sigma_b, input_deviation=time.INPUT_DEVIATION, ensemble=ensemble)
    compare(network.pull(default_rng(2), DRAWS), of_dense(sample))
    forward = (2 * sample.chain.push(sample.v).log_norm()).round(9)
    assert judge_samples(network.push(default_rng(3), DRAWS).round(9), forward).outcome == "consistent"


def test_fresh_layers_are_not_tied_steps() -> None:
    """The comparison can see the difference: through time the same matrix returns."""
    fresh = FreshLayers(LINEAR, (2,) * 9, 1.0).push(default_rng(0), DRAWS)
    tied = TiedSteps(LINEAR, 2, 8, 1.0).push(default_rng(1), DRAWS)
    assert judge_samples(fresh, tied).outcome == "refuted"


@pytest.mark.parametrize("sigma_b", [0.0, 0.5])
def test_what_is_drawn_again_is_the_same_to_the_last_bit(sigma_b: float) -> None:
    kept, again = (
        FreshLayers(TANH, (7, 30, 20, 9), 1.3, sigma_b, hold=hold).pull(default_rng(5), 3) for hold in (10**9, 0)
    )
    for name in ("log_gain", "log_signals", "log_lengths"):
        assert (getattr(kept, name) == getattr(again, name)).all()


def test_drawn_again_memory_does_not_grow_with_depth() -> None:
    peaks = []
    for layers in (20, 80):
        network = FreshLayers(TANH, (20_000,) * (layers + 1), 1.5, hold=0)
        tracemalloc.start()
        network.pull(default_rng(0), 1)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0] < 1.2 * 16 * 8 * 20_000


def test_tied_memory_is_of_order_n_times_steps() -> None:
    tracemalloc.start()
    TiedSteps(TANH, 20_000, 20, 1.5).pull(default_rng(0), 1)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10 * 8 * 20_000 * 20  # a dense matrix alone would be 3.2 GB


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_both_precisions_agree_in_law(dtype: str) -> None:
    """Tanh, L = T = 3, n = 50: the means of log gains in single precision are those of double precision."""
    reference = FreshLayers(TANH, (50,) * 4, 1.5, 0.3).push(default_rng(0), 20_000)
    values = FreshLayers(TANH, (50,) * 4, 1.5, 0.3, dtype=dtype).push(default_rng(1), 20_000)
    error = np.hypot(reference.std(), values.std()) / np.sqrt(20_000)
    assert abs(values.mean() - reference.mean()) < 7 * error


def test_a_dead_network_has_no_gradient() -> None:
    for network in (FreshLayers(TANH, (5,) * 4, 0.0), TiedSteps(TANH, 5, 3, 0.0)):
        assert (network.pull(default_rng(0), 2).log_gain == -np.inf).all()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"sigma_w": -1.0}, "sigma_w=-1.0"),
        ({"sigma_b": float("nan")}, "sigma_b=nan"),
        ({"mean_square": -2.0}, "mean_square=-2.0"),
        ({"dtype": "int32"}, "dtype=int32"),
    ],
)
def test_bad_arguments_are_named(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        FreshLayers(**{"activation": TANH, "widths": (3, 3), "sigma_w": 1.0} | arguments)
    with pytest.raises(ValueError, match=message):
        TiedSteps(**{"activation": TANH, "n": 3, "T": 2, "sigma_w": 1.0} | arguments)


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: FreshLayers(TANH, (3,), 1.0), "widths="),
        (lambda: FreshLayers(TANH, (3, 0), 1.0), r"widths\[1\]=0"),
        (lambda: TiedSteps(TANH, 3, -1, 1.0), "T=-1"),
        (lambda: TiedSteps(TANH, 0, 1, 1.0), "n=0"),
        (lambda: TiedSteps(TANH, 3, 1, 1.0, ensemble="uniform"), "ensemble='uniform'"),
        (lambda: FreshLayers(TANH, (3, 3), 1.0).pull(default_rng(0), 0), "draws=0"),
        (lambda: FreshLayers(LINEAR, (3,) * 400, 1e3).pull(default_rng(0), 1), "overflows"),
        (lambda: TiedSteps(LINEAR, 3, 400, 1e3).push(default_rng(0), 1), "overflows"),
    ],
)
def test_bad_networks_are_named(build: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        build()
