"""Draws of ensembles: shapes, scale, exactness of rectangular Haar, and what bad input is told."""

import numpy as np
import pytest
from numpy.random import default_rng

from numerics import ensembles
from numerics.verdict import rounding

WIDTH, SIGMA = 6, 1.7


@pytest.mark.parametrize("name", ensembles.names())
def test_draws_have_their_shape_and_scale_with_sigma_w(name: str) -> None:
    ensemble = ensembles.get(name)
    one, three = (ensemble.draw(default_rng(5), 4, WIDTH, WIDTH, sigma_w) for sigma_w in (1.0, 3.0))
    assert one.shape == (4, WIDTH, WIDTH) and one.dtype == np.float64
    np.testing.assert_allclose(three, 3 * one, rtol=1e-14)
    assert not ensemble.draw(default_rng(5), 4, WIDTH, WIDTH, 0.0).any()


@pytest.mark.parametrize(("n_out", "n_in"), [(3, 5), (5, 3), (1, 4), (4, 1), (1, 1)])
def test_rectangular_haar_is_exact(n_out: int, n_in: int) -> None:
    x = ensembles.get("haar").draw(default_rng(0), 50, n_out, n_in, SIGMA)
    across = x.transpose(0, 2, 1)
    gram, size = (across @ x, SIGMA**2 * n_out / n_in) if n_out >= n_in else (x @ across, SIGMA**2)
    assert np.abs(gram - size * np.eye(min(n_out, n_in))).max() <= rounding(size)


@pytest.mark.parametrize("name", ["symmetric", "signed_permutation"])
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
    with pytest.raises(ValueError, match=r"ensemble='gausian'.*did you mean gaussian\?"):
        ensembles.get("gausian")
    with pytest.raises(ValueError, match="no such file"):
        ensembles.get("../chain")
