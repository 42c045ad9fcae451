"""Draws of ensembles: shapes, scale, exactness of rectangular Haar, and what bad input is told."""

import numpy as np
import pytest
from numpy.random import default_rng

from numerics import ensembles
from numerics.ensembles.prescribed import draw_values
from numerics.ensembles.triangular import draw_departing
from numerics.verdict import rounding
from theory.symbols import n, n_in, n_out

WIDTH, SIGMA = 6, 1.7


@pytest.mark.parametrize("name", ensembles.names())
def test_draws_have_their_shape_and_scale_with_sigma_w(name: str) -> None:
    ensemble = ensembles.get(name)
    one, three = (ensemble.draw(default_rng(5), 4, WIDTH, WIDTH, sigma_w) for sigma_w in (1.0, 3.0))
    assert one.shape == (4, WIDTH, WIDTH) and one.dtype == (complex if name == "complex_gaussian" else np.float64)
    np.testing.assert_allclose(three, 3 * one, rtol=1e-14)
    assert not ensemble.draw(default_rng(5), 4, WIDTH, WIDTH, 0.0).any()


@pytest.mark.parametrize("name", ensembles.names())
def test_an_ensemble_declares_whether_it_has_rectangular_weights(name: str) -> None:
    ensemble = ensembles.get(name)
    if ensemble.square:
        with pytest.raises(ValueError, match="pass equal widths"):
            ensemble.draw(default_rng(5), 2, 3, WIDTH, SIGMA)
    else:
        assert ensemble.draw(default_rng(5), 2, 3, WIDTH, SIGMA).shape == (2, 3, WIDTH)


@pytest.mark.parametrize(("n_out", "n_in"), [(3, 5), (5, 3), (1, 4), (4, 1), (1, 1)])
def test_rectangular_haar_is_exact(n_out: int, n_in: int) -> None:
    x = ensembles.get("haar").draw(default_rng(0), 50, n_out, n_in, SIGMA)
    across = x.transpose(0, 2, 1)
    gram, size = (across @ x, SIGMA**2 * n_out / n_in) if n_out >= n_in else (x @ across, SIGMA**2)
    assert np.abs(gram - size * np.eye(min(n_out, n_in))).max() <= rounding(size)


@pytest.mark.parametrize(("n_out", "n_in"), [(3, 5), (5, 3), (1, 4), (4, 1), (1, 1), (6, 6)])
def test_prescribed_singular_values_are_there(n_out: int, n_in: int) -> None:
    values = np.sort(default_rng(1).random(min(n_out, n_in)))[::-1]
    for found, wanted in (
        (draw_values(default_rng(0), 20, n_out, n_in, values), values),
        (draw_values(default_rng(0), 20, n_out, n_in, 0 * values), 0 * values),
    ):
        assert np.abs(np.linalg.svd(found, compute_uv=False) - wanted).max() <= rounding(1.0)
    x = ensembles.get("prescribed").draw(default_rng(0), 20, n_out, n_in, SIGMA)
    np.testing.assert_allclose(np.square(x).sum(axis=(1, 2)), SIGMA**2 * n_out, rtol=1e-13)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([1.0, 2.0], r"values: shape \(2,\) for W of 3 x 4; pass 3 singular values"),
        ([1.0, -2.0, 1.0], r"values\[1\]=-2.0: a singular value is a finite number and not negative; pass one >= 0"),
        ([1.0, 2.0, float("nan")], r"values\[2\]=nan"),
        ([1.0, 2.0, float("inf")], r"values\[2\]=inf"),
    ],
)
def test_singular_values_that_are_none(values: list[float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        draw_values(default_rng(0), 2, 3, 4, values)


@pytest.mark.parametrize("width", [1, 2, 3, 8, 13])
def test_the_gain_spread_of_the_prescribed_profile(width: int) -> None:
    """By a second road: E‖Sv‖⁴ over uniform unit v from Dirichlet moments of the squares v_i², of the drawn matrix."""
    x = ensembles.get("prescribed").draw(default_rng(0), 1, width, width, 1.0)[0]
    squares = np.linalg.svd(x, compute_uv=False) ** 2
    second = np.full((width, width), 1 / (width * (width + 2))) + 2 * np.eye(width) / (width * (width + 2))
    fourth, mean = squares @ second @ squares, squares.mean()
    declared, square = ensembles.get("prescribed"), dict.fromkeys((n, n_in, n_out), width)
    assert fourth / mean**2 - 1 == pytest.approx(float(declared.gain_spread.subs(square)), abs=1e-12)
    entry = 3 / (width * (width + 2)) * fourth / (mean / width) ** 2  # E u_1⁴ E‖Sv‖⁴, in units of (E w²)²
    assert entry == pytest.approx(float(declared.kurtosis.subs(square)), rel=1e-12)


@pytest.mark.parametrize(("shape", "rank"), [((4, 4), 3), ((20, 20), 8), ((20, 5), 4), ((2, 9), 1), ((1, 1), 1)])
def test_low_rank_is_of_low_rank(shape: tuple[int, int], rank: int) -> None:
    x = ensembles.get("low_rank").draw(default_rng(0), 5, *shape, SIGMA)
    assert (np.linalg.matrix_rank(x) == rank).all()


@pytest.mark.parametrize("name", [name for name in ensembles.names() if ensembles.get(name).square])
def test_square_ensembles_refuse_rectangles(name: str) -> None:
    with pytest.raises(ValueError, match=rf"ensemble {name}: W is 3 x 5.*pass equal widths"):
        ensembles.get(name).draw(default_rng(0), 2, 3, 5, 1.0)


@pytest.mark.parametrize("name", ensembles.names())
@pytest.mark.parametrize(
    ("shape", "sigma_w", "message"),
    [
        ((4, 4), -1, "sigma_w=-1: a standard deviation cannot be negative; pass sigma_w >= 0"),
        ((4, 4), float("nan"), "sigma_w=nan: a standard deviation is a finite number"),
        ((4, 4), float("inf"), "sigma_w=inf: a standard deviation is a finite number"),
        ((4, 4), "1", "sigma_w=1: a standard deviation is a finite number"),
        ((0, 4), 1.0, "n_out=0: a width or a count is a whole number; pass n_out >= 1"),
        ((4, 0), 1.0, "n_in=0: a width or a count is a whole number; pass n_in >= 1"),
        ((4, 2.5), 1.0, "n_in=2.5: a width or a count is a whole number"),
        ((True, 4), 1.0, "n_out=True: a width or a count is a whole number"),
    ],
)
def test_bad_input_names_value_place_and_remedy(
    name: str, shape: tuple[int, int], sigma_w: float, message: str
) -> None:
    with pytest.raises(ValueError) as caught:
        ensembles.get(name).draw(default_rng(0), 2, *shape, sigma_w)
    assert str(caught.value).startswith(message)


def test_names_are_the_files_and_an_unknown_one_is_answered_with_the_nearest() -> None:
    assert {"gaussian", "uniform", "rademacher", "haar", "symmetric", "sparse"} <= set(ensembles.names())
    assert all(ensembles.get(name).name == name for name in ensembles.names())
    with pytest.raises(ValueError, match=r"ensemble='gausian'.*did you mean gaussian\b"):
        ensembles.get("gausian")
    with pytest.raises(ValueError, match="no such file"):
        ensembles.get("../chain")


def test_jordan_blocks_have_one_eigenvalue_and_their_size_in_every_draw() -> None:
    x = ensembles.get("jordan").draw(default_rng(0), 50, WIDTH, WIDTH, SIGMA)
    np.testing.assert_allclose(np.square(x).sum(axis=(1, 2)), WIDTH * SIGMA**2, rtol=1e-13)
    assert (np.ptp(np.diagonal(x, axis1=1, axis2=2), axis=1) == 0).all()
    assert (np.abs(x[:, 0, 1]) == 2 * np.abs(x[:, 0, 0])).all() and not np.tril(x, -1).any()
    assert (np.linalg.matrix_rank(x - x[:, :1, :1] * np.eye(WIDTH)) == WIDTH - 1).all()  # one block


@pytest.mark.parametrize("width", [1, 2, 6])
def test_nilpotent_powers_end_exactly(width: int) -> None:
    x = ensembles.get("nilpotent").draw(default_rng(0), 20_000, width, width, SIGMA)
    assert not np.linalg.matrix_power(x[:50], width).any()
    assert width == 1 or np.linalg.matrix_power(x[:50], width - 1).any(axis=(1, 2)).all()
    assert np.square(x).sum(axis=(1, 2)).mean() == pytest.approx((width > 1) * width * SIGMA**2, rel=0.03)


@pytest.mark.parametrize("share", [0.0, 0.4, 0.75, 1.0])
def test_the_knob_of_triangular_matrices_is_their_departure_from_normality(share: float) -> None:
    x = draw_departing(default_rng(0), 20_000, WIDTH, WIDTH, SIGMA, share)
    energy, normal = (
        np.square(x).sum(axis=(1, 2)).mean(),
        np.square(np.diagonal(x, axis1=1, axis2=2)).sum(axis=1).mean(),
    )
    assert energy == pytest.approx(WIDTH * SIGMA**2, rel=0.02)
    assert 1 - normal / energy == pytest.approx(share, abs=0.01)
    assert not np.tril(x, -1).any()


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_departure_that_is_no_share(share: float) -> None:
    with pytest.raises(ValueError, match=rf"departure={share}: a share of the squared norm; pass a number from 0 to 1"):
        draw_departing(default_rng(0), 2, 3, 3, 1.0, share)
