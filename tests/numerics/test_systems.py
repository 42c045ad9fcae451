"""Systems: what is drawn, in which shapes and laws, independent of what; and what a wrong point is told."""

from dataclasses import fields

import numpy as np
import pytest
from numpy.random import default_rng
from sympy import Integer, Rational

from numerics import ensembles, systems
from numerics.judges.mean import design_mean, judge_mean
from numerics.systems import Sample
from numerics.verdict import rounding
from theory.activations import LINEAR, TANH

GAUSSIAN, HAAR = ensembles.get("gaussian"), ensembles.get("haar")
DEPTH, TIME, MATRIX = (systems.get(kind) for kind in ("depth", "time", "matrix"))
POINTS = {
    "depth": {"n": 5, "L": 3, "sigma_w": 1.2, "sigma_b": 0.3},
    "time": {"n": 5, "T": 4, "sigma_w": 0.8, "sigma_b": 0.3},
    "matrix": {"n": 5, "sigma_w": 0.7},
}


def drawn(kind: str, draws: int = 6, seed: int = 0) -> Sample:
    return systems.get(kind).draw(GAUSSIAN, TANH, POINTS[kind], draws, default_rng(seed))


def arrays(sample: Sample) -> list[np.ndarray]:
    rows = [r for r in (*(sample.network.biases or ()), *(sample.network.inputs or ()))]
    return [*sample.network.weights, *rows, sample.h0, sample.v, sample.g, *sample.direction]


def mean_is(values: np.ndarray, predicted: float, spread: float) -> bool:
    design = design_mean(spread, 0.1, relative=False, limit=len(values))
    assert design.detectable <= 0.1
    return judge_mean(values[: design.draws], predicted, design, scale=1.0).outcome == "consistent"


@pytest.mark.parametrize("kind", POINTS)
def test_what_acts_on_a_network_has_its_shape_and_unit_length(kind: str) -> None:
    sample = drawn(kind)
    assert sample.kind == kind and sample.point == POINTS[kind] and sample.draws == 6
    assert sample.v.shape == sample.g.shape == sample.h0.shape == (6, 5)
    assert sample.chain.push(sample.v).values.shape == (6, 5)
    for vector in (sample.v, sample.g):
        assert (np.abs(np.linalg.norm(vector, axis=1) - 1) <= rounding(1.0)).all()
    for weight, direction in zip(sample.network.weights, sample.direction, strict=True):
        assert direction.shape == weight.shape
        assert (np.abs(np.linalg.norm(direction, axis=(1, 2)) - 1) <= rounding(1.0)).all()


@pytest.mark.parametrize("kind", POINTS)
def test_one_seed_one_sample(kind: str) -> None:
    for one, two, other in zip(arrays(drawn(kind)), arrays(drawn(kind)), arrays(drawn(kind, seed=1)), strict=True):
        assert (one == two).all() and not (one == other).any()


@pytest.mark.parametrize("kind", POINTS)
def test_nothing_is_drawn_twice(kind: str) -> None:
    distinct = {id(array): array for array in arrays(drawn(kind))}.values()
    entries = np.concatenate([array.ravel() for array in distinct])
    assert len(np.unique(entries)) == len(entries)


def test_depth_draws_fresh_matrices_and_time_the_same_one() -> None:
    deep, recurrent = drawn("depth"), drawn("time")
    assert len({id(w) for w in deep.network.weights}) == len(deep.network.weights) == 3
    assert len({id(w) for w in recurrent.network.weights}) == 1 and len(recurrent.network.weights) == 4
    assert len({id(v) for v in recurrent.direction}) == 1 and len(recurrent.direction) == 4
    assert len({id(b) for b in recurrent.network.biases}) == 1
    assert len({id(u) for u in recurrent.driven.inputs}) == 4
    assert recurrent.network.inputs is None  # drawn only when a forward pass asks
    assert deep.network.inputs is None


def test_matrix_is_one_linear_layer_without_bias() -> None:
    sample = drawn("matrix")
    assert len(sample.network.weights) == 1 and sample.network.is_linear and sample.network.biases is None
    dense = np.einsum("dij,dj->di", sample.network.weights[0], sample.v)
    assert (np.abs(sample.chain.push(sample.v).unscaled() - dense) <= rounding(10.0)).all()


def test_widths_replace_n_and_depth_input_first() -> None:
    sample = DEPTH.draw(HAAR, TANH, {"widths": (2, 7, 3), "sigma_w": 1.5}, 4, default_rng(0))
    assert [w.shape for w in sample.network.weights] == [(4, 7, 2), (4, 3, 7)]
    assert sample.v.shape == (4, 2) and sample.g.shape == (4, 3) and sample.chain.pull(sample.g).values.shape == (4, 2)
    matrix = MATRIX.draw(GAUSSIAN, None, {"widths": (2, 7), "sigma_w": 1.5}, 4, default_rng(0))
    assert matrix.network.weights[0].shape == (4, 7, 2)


def test_the_laws_of_what_is_drawn() -> None:
    draws = 60_000
    deep = DEPTH.draw(GAUSSIAN, TANH, POINTS["depth"], draws, default_rng(0))
    recurrent = TIME.draw(GAUSSIAN, TANH, POINTS["time"], draws, default_rng(1))
    normal = {
        "h_0": deep.h0[:, 0],
        "h_0 in time": recurrent.h0[:, 1],
        "b_2": deep.network.biases[1][:, 0] / 0.3,
        "b": recurrent.network.biases[0][:, 4] / 0.3,
        "u_3": recurrent.driven.inputs[2][:, 2] / 0.5,
        "W_3": deep.network.weights[2][:, 1, 1] * np.sqrt(5) / 1.2,
        "W": recurrent.network.weights[0][:, 1, 1] * np.sqrt(5) / 0.8,
    }
    for name, values in normal.items():
        assert mean_is(values, 0, 1), name
        assert mean_is(values**2, 1, 2), name
    names = list(normal)
    for one, two in zip(names, names[1:] + names[:1], strict=True):
        if len(normal[one]) == len(normal[two]):
            assert mean_is(normal[one] * normal[two], 0, 1), (one, two)
    for vector in (deep.v, deep.g, recurrent.direction[0][:, 0]):
        assert mean_is(vector[:, 0], 0, 1)
    assert mean_is(deep.v[:, 0] * deep.g[:, 0] * 5, 0, 1)
    assert mean_is(recurrent.direction[0][:, 1, 2] * recurrent.network.weights[0][:, 1, 2] * 25, 0, 5)


def test_values_of_a_point_may_be_exact_numbers() -> None:
    point = {"n": Integer(4), "L": Integer(2), "sigma_w": Rational(4, 5)}
    one = DEPTH.draw(GAUSSIAN, LINEAR, point, 3, default_rng(0))
    two = DEPTH.draw(GAUSSIAN, LINEAR, {"n": 4, "L": 2, "sigma_w": 0.8}, 3, default_rng(0))
    assert all((a == b).all() for a, b in zip(arrays(one), arrays(two), strict=True))


def test_a_linear_product_of_any_depth_needs_no_states() -> None:
    sample = TIME.draw(HAAR, LINEAR, {"n": 2, "T": 3_000, "sigma_w": 1e3}, 2, default_rng(0))
    logs = sample.chain.push(sample.v).log_norm()
    assert (np.abs(logs - 3_000 * np.log(1e3)) <= rounding(3_000 * 2 + logs)).all()
    with pytest.raises(ValueError, match="the pass overflows float64"):
        _ = sample.states


def test_given_networks_are_accompanied_as_drawn_ones_are() -> None:
    network, h0 = drawn("depth", draws=1).network, np.random.default_rng(0).standard_normal((9, 5))
    sample = systems.accompany("depth", network, h0, {}, default_rng(0))
    assert sample.draws == 9 and sample.v.shape == sample.g.shape == (9, 5)
    assert sample.direction[0].shape == (1, 5, 5) and sample.states.h[-1].shape == (9, 5)


@pytest.mark.parametrize("kind", POINTS)
@pytest.mark.parametrize("scale", [1, 4])
def test_estimated_bytes_cover_what_is_kept(kind: str, scale: int) -> None:
    point = {name: value * scale if isinstance(value, int) else value for name, value in POINTS[kind].items()}
    sample = systems.get(kind).draw(GAUSSIAN, TANH, point, 10, default_rng(0))
    slopes = [s for s in sample.chain.slopes or () if s is not None]
    kept = {id(a): a.nbytes for a in (*arrays(sample), *sample.states.z, *sample.states.h, *slopes)}
    assert sum(kept.values()) <= 10 * systems.get(kind).network_bytes(point) <= 6 * sum(kept.values())


def test_a_sample_holds_what_was_drawn_and_derives_the_rest() -> None:
    assert [field.name for field in fields(Sample)] == [
        "kind",
        "network",
        "point",
        "h0",
        "v",
        "g",
        "seed",
        "input_deviation",
    ]


@pytest.mark.parametrize(
    ("kind", "changes", "message"),
    [
        ("depth", {"sigma_w": -1}, "sigma_w=-1: a standard deviation cannot be negative; pass sigma_w >= 0"),
        ("depth", {"sigma_w": float("inf")}, "sigma_w=inf: a standard deviation is a finite number"),
        ("time", {"sigma_b": float("nan")}, "sigma_b=nan: a standard deviation is a finite number"),
        ("depth", {"n": 0}, "n=0: a width or a count is a whole number; pass n >= 1"),
        ("time", {"n": 2.5}, "n=2.5: a width or a count is a whole number"),
        ("matrix", {"n": Rational(5, 2)}, "n=5/2: a width or a count is a whole number"),
        ("depth", {"L": 0}, "L=0: a width or a count is a whole number"),
        ("time", {"T": -3}, "T=-3: a width or a count is a whole number"),
        ("depth", {"widths": (3, 0, 2)}, r"widths\[1\]=0: a width or a count is a whole number"),
        ("depth", {"widths": (3,)}, r"widths=\(3,\): pass the input first"),
        ("matrix", {"widths": (3, 2, 2)}, r"widths=\(3, 2, 2\): pass the input first"),
        ("depth", {"L": None}, "L=None: a width or a count is a whole number"),
    ],
)
def test_a_wrong_point_is_told_value_place_and_remedy(kind: str, changes: dict[str, object], message: str) -> None:
    for act in (
        lambda p: systems.get(kind).draw(GAUSSIAN, TANH, p, 2, default_rng(0)),
        systems.get(kind).network_bytes,
    ):
        if act == systems.get(kind).network_bytes and set(changes) & {"sigma_w", "sigma_b"}:
            continue
        with pytest.raises(ValueError, match=message):
            act(POINTS[kind] | changes)


@pytest.mark.parametrize(("kind", "name"), [("depth", "L"), ("time", "T"), ("matrix", "n"), ("depth", "sigma_w")])
def test_a_missing_parameter_is_named(kind: str, name: str) -> None:
    point = {key: value for key, value in POINTS[kind].items() if key != name}
    with pytest.raises(ValueError, match=rf"{name} is missing in the point .*: pass {name}"):
        systems.get(kind).draw(GAUSSIAN, TANH, point, 2, default_rng(0))


def test_an_unknown_system_is_answered_with_the_nearest() -> None:
    with pytest.raises(ValueError, match=r"system='dept': no such file in numerics/systems; did you mean depth\?"):
        systems.get("dept")


def test_residual_layers_are_the_identity_and_a_scaled_branch() -> None:
    point = {"n": 4, "L": 3, "sigma_w": 0.8, "a": 0.25}
    sample = systems.get("residual").draw(GAUSSIAN, LINEAR, point, 5, default_rng(0))
    branches = [weight - np.eye(4) for weight in sample.network.weights]
    expected = [0.25 * GAUSSIAN.draw(default_rng(0), 5, 4, 4, 0.8)]
    np.testing.assert_allclose(branches[0], expected[0], rtol=0, atol=1e-15)
    assert len(branches) == 3 and sample.network.is_linear and sample.kind == "residual"
    with pytest.raises(ValueError, match="a is missing"):
        systems.get("residual").draw(GAUSSIAN, LINEAR, {"n": 4, "L": 3, "sigma_w": 0.8}, 5, default_rng(0))
