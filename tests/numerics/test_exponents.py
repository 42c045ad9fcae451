"""Lyapunov exponents read layer by layer: against volumes at high precision, and where the product itself is noise."""

from itertools import pairwise

import mpmath
import numpy as np
import pytest
from numpy.random import default_rng

from numerics import ensembles
from numerics.cells import Cell, exact_point
from numerics.measurement import flat, read
from numerics.network import Network
from numerics.sides import column_of
from numerics.systems import Sample, accompany
from numerics.verdict import NotJudged
from numerics.verification import verify
from theory import theorem
from theory.activations import LINEAR, TANH
from theory.observables import LYAPUNOV_EXPONENT, SQUARED_GAIN


def sample(widths: tuple[int, ...], activation=LINEAR, draws: int = 3) -> Sample:
    rng = default_rng(5)
    pairs = pairwise(widths)
    weights = tuple(ensembles.get("gaussian").draw(rng, draws, high, low, 0.9) for low, high in pairs)
    network = Network(weights, None, (activation,) * len(weights))
    return accompany("depth", network, rng.standard_normal((draws, widths[0])), {}, rng)


def volumes(drawn: Sample, number: int) -> list[float]:
    """log of the volume of the images of the first directions, by Gram determinants at 400 digits, a layer."""
    with mpmath.workdps(400):
        product = mpmath.eye(drawn.v.shape[1])
        for weight in drawn.network.weights:
            product = mpmath.matrix(weight[number].tolist()) * product
        columns = [product[:, : k + 1] for k in range(product.cols)]
        logs = [mpmath.log(abs(mpmath.det(c.T * c))) / 2 for c in columns]
        return [float(entry / len(drawn.network.weights)) for entry in logs]


@pytest.mark.parametrize("depth", [1, 4, 60])
def test_exponents_are_the_growth_of_volumes(depth: int) -> None:
    drawn = sample((5,) * (depth + 1))
    found = read(LYAPUNOV_EXPONENT, drawn).values
    for number in range(3):
        np.testing.assert_allclose(np.cumsum(found[number]), volumes(drawn, number), rtol=0, atol=1e-12)


def test_a_long_product_whose_own_singular_values_are_noise() -> None:
    """Their sum is the sum of log|det W_l|, a layer: at depth 2000 the last is e^-2000 times the first."""
    drawn = sample((6,) * 2001, draws=2)
    found = read(LYAPUNOV_EXPONENT, drawn).values
    dets = sum(np.linalg.slogdet(weight)[1] for weight in drawn.network.weights) / 2000
    np.testing.assert_allclose(found.sum(axis=1), dets, rtol=0, atol=1e-12)
    assert (found[:, 0] - found[:, -1] > 0.9).all()


def test_slopes_count_as_part_of_a_layer() -> None:
    drawn = sample((4, 4, 4), TANH)
    found = read(LYAPUNOV_EXPONENT, drawn).values.sum(axis=1)
    dense = drawn.chain.matrix()
    expected = np.linalg.slogdet(dense.values)[1] + 4 * dense.log_scale
    np.testing.assert_allclose(found, expected / 2, rtol=0, atol=1e-12)


def test_what_a_narrow_layer_loses_is_minus_infinity() -> None:
    found = read(LYAPUNOV_EXPONENT, sample((4, 5, 2, 3))).values
    assert np.isfinite(found[:, :2]).all() and (found[:, 2:] == -np.inf).all()


def cell(index: int) -> Cell:
    found = theorem("lyapunov_spectrum")
    point = exact_point(found, {"sigma_w": "0.8", "L": 3, "n": 5, "k": index})
    return Cell(found, 0, found.systems[0], ensembles.get("gaussian"), point)


def test_an_index_takes_its_column_and_no_other_observable_is_cut() -> None:
    reading = flat(np.arange(10.0).reshape(2, 5), np.ones((2, 5)))
    assert column_of(cell(3), LYAPUNOV_EXPONENT, reading).values.tolist() == [[2.0], [7.0]]
    assert column_of(cell(3), SQUARED_GAIN, reading) is reading
    narrow = flat(np.ones((2, 2)), np.ones((2, 2)))
    with pytest.raises(NotJudged, match="k=3: the lyapunov_exponent has 2 numbers"):
        column_of(cell(3), LYAPUNOV_EXPONENT, narrow)


def test_an_index_beyond_the_width_is_refused() -> None:
    with pytest.raises(ValueError, match="k=6: theorem lyapunov_spectrum needs k <= n=5"):
        verify("lyapunov_spectrum", point={"sigma_w": "0.8", "L": 3, "n": 5, "k": 6})


@pytest.mark.parametrize("index", [1, 4])
def test_each_index_is_judged_by_its_own_number(index: int) -> None:
    point = {"sigma_w": "6/5", "L": 2, "n": 4, "k": index}
    verdicts = verify("lyapunov_spectrum", ensemble="gaussian", point=point, resolution=0.2)
    assert [verdict.outcome for verdict in verdicts] == ["consistent"] * 2
