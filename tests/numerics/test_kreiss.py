"""The Kreiss constant and the largest power: closed forms, points on the disc, powers that do not decay."""

import numpy as np
import pytest
from numpy.random import default_rng

from numerics import ensembles
from numerics.judges.at_most import judge_at_most
from numerics.sides import finite_draws
from numerics.spectra import kreiss_constant, largest_power, spectral_radius
from numerics.spectra.kreiss import MOST_STEPS
from numerics.verdict import NotJudged

NAMES = ("gaussian", "triangular", "nilpotent", "jordan", "complex_gaussian", "symmetric", "sparse")


def drawn(name: str, n: int = 4, sigma_w: float = 0.8, draws: int = 5) -> np.ndarray:
    return ensembles.get(name).draw(default_rng(3), draws, n, n, sigma_w)


def on_the_disc(weight: np.ndarray) -> float:
    """(|z| - 1)‖(zI - W)⁻¹‖ at many z = 1/w, by inverses; never above the supremum."""
    radii, angles = np.linspace(0.01, 0.999, 150), np.exp(2j * np.pi * np.arange(120) / 120)
    z = (1 / (radii[:, None] * angles)).reshape(-1, 1, 1)
    norms = np.linalg.norm(np.linalg.inv(z * np.eye(len(weight)) - weight), 2, axis=(1, 2))
    return max(1.0, float(((np.abs(z[:, 0, 0]) - 1) * norms).max()))


@pytest.mark.parametrize("name", NAMES)
def test_the_enclosure_holds_the_value_at_every_point(name: str) -> None:
    weights = drawn(name)
    found = kreiss_constant(weights, 0.02)
    for weight, low, high in zip(weights, found.lower, found.upper, strict=True):
        if np.isfinite(low):
            assert low <= high * (1 + 1e-12) and on_the_disc(weight) <= high * (1 + 1e-12)
            assert low >= on_the_disc(weight) / 1.02
            assert high <= 1.02 * low


@pytest.mark.parametrize("b", [0.5, 1.9, 4.0, 40.0])
def test_of_a_nilpotent_block_it_is_known(b: float) -> None:
    """‖(zI - W)⁻¹‖ = s + sqrt(s² + 1/|z|²) with s = b/(2|z|²), for W = [[0, b], [0, 0]]: on a fine grid of |z|."""
    z = 1 / np.linspace(1e-4, 1, 200_001)[:-1]
    s = b / (2 * z**2)
    exact = max(1.0, float(((z - 1) * (s + np.sqrt(s**2 + 1 / z**2))).max()))
    found = kreiss_constant(np.array([[[0.0, b], [0.0, 0.0]]]), 0.01)
    assert found.lower[0] <= exact * (1 + 1e-9) and exact <= found.upper[0] * (1 + 1e-9)
    assert found.upper[0] / found.lower[0] <= 1.01


def test_of_normal_contractions_it_is_1() -> None:
    for name in ("haar", "permutation"):
        found = kreiss_constant(drawn(name))
        assert (found.lower == 1).all() and (found.upper == 1).all()


def test_it_does_not_change_in_another_basis() -> None:
    weights, turned = drawn("triangular"), drawn("haar", sigma_w=1.0)
    one, two = (kreiss_constant(w, 0.01) for w in (weights, turned @ weights @ turned.transpose(0, 2, 1)))
    assert (np.maximum(one.lower, two.lower) <= np.minimum(one.upper, two.upper) * (1 + 1e-9)).all()


@pytest.mark.parametrize("name", NAMES)
def test_the_largest_power_is_the_largest_of_many(name: str) -> None:
    weights = drawn(name)
    found = largest_power(weights)
    for weight, value, steps in zip(weights, found.value, found.steps, strict=True):
        if np.isfinite(value):
            sizes = [np.linalg.norm(np.linalg.matrix_power(weight, t), 2) for t in range(300)]
            assert value == pytest.approx(max(sizes), rel=1e-12) and sizes[steps] <= 1


def test_what_does_not_decay_is_infinite() -> None:
    weights = np.array([[[1.5, 0.0], [0.0, 0.2]], [[1.0, 1.0], [0.0, 1.0]], [[0.5, 0.0], [0.0, 0.5]]])
    power, constant = largest_power(weights), kreiss_constant(weights)
    assert power.value.tolist() == [np.inf, np.inf, 1.0] and power.steps.tolist() == [0, 0, 1]
    assert constant.lower.tolist() == constant.upper.tolist() == [np.inf, np.inf, 1.0]
    slow = np.array([[[1 - 1e-7, 1.0], [0.0, 1 - 1e-7]]])  # stable, and not seen to be within so many steps
    assert np.isinf(largest_power(slow).value[0]) and np.isinf(kreiss_constant(slow).upper[0])
    assert MOST_STEPS * 1e-7 < 1


def test_the_constant_and_the_largest_power_bound_each_other() -> None:
    for name in NAMES:
        weights = drawn(name, 6, 0.9)
        power, constant = largest_power(weights).value, kreiss_constant(weights)
        finite = np.isfinite(power)
        assert (constant.lower[finite] <= power[finite] * (1 + 1e-12)).all()
        assert (power[finite] <= np.e * 6 * constant.upper[finite]).all()


def test_bad_input_is_told() -> None:
    for function in (largest_power, kreiss_constant):
        with pytest.raises(ValueError, match="square"):
            function(np.ones((1, 2, 3)))
        with pytest.raises(ValueError, match="not finite"):
            function(np.array([[[np.nan]]]))
    for tolerance in (0, -1, 2, float("nan")):
        with pytest.raises(ValueError, match=rf"tolerance={tolerance}: a relative one; pass a number above 0"):
            kreiss_constant(np.zeros((1, 1, 1)), tolerance)


@pytest.mark.parametrize("transposed", [False, True])
def test_the_radius_of_a_triangular_matrix_is_exact(transposed: bool) -> None:
    """Defective ones too: an eigenvalue of 30 equal ones would move by a third under rounding."""
    for name in ("jordan", "triangular", "nilpotent"):
        weights = drawn(name, 30)
        found = spectral_radius(weights.transpose(0, 2, 1) if transposed else weights)
        assert (found.value == np.abs(np.diagonal(weights, axis1=1, axis2=2)).max(axis=1)).all()
        assert not found.sensitivity.any()
    turned = drawn("haar", 30, 1.0)
    found = spectral_radius(turned @ drawn("jordan", 30) @ turned.transpose(0, 2, 1))
    exact = np.abs(drawn("jordan", 30)[:, 0, 0])
    assert (np.abs(found.value - exact) <= found.sensitivity).all() and (found.sensitivity > exact / 2).all()


def test_only_draws_infinite_on_both_sides_are_left_out() -> None:
    one, oo = np.array([[1.0]]), np.array([[np.inf]])
    (left, right, size), told = finite_draws(np.vstack([one, oo]), np.vstack([2 * one, oo]), np.vstack([one, oo]))
    assert left.tolist() == [[1.0]] and right.tolist() == [[2.0]] and size.tolist() == [[1.0]]
    assert told == "both sides are infinite in 1 of 2 draws"
    (left, right, size), told = finite_draws(oo, one, one)
    assert told == ""
    with pytest.raises(ValueError, match=r"left\[0, 0\]=inf: not a finite number"):
        judge_at_most(left, right, size)
    with pytest.raises(NotJudged, match="both sides are infinite in every draw"):
        finite_draws(oo, oo, one)
