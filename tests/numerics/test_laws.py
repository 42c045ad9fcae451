"""Laws in float64: within their stated error of certified values, monotone, fast."""

import time

import numpy as np
import pytest
from scipy.stats import chi2
from sympy import Expr, I, Integer, Rational, Symbol, exp, gamma

from numerics.judges.law import design_law, judge_law
from numerics.laws import LARGEST_ERROR, law
from numerics.laws.inversion import _read
from theory.balls.evaluation import ball
from theory.quantities import law_of_log
from theory.symbols import L, n, sigma_w, x, xi

LAW = law_of_log(((2 * sigma_w**2 / n) ** (I * xi) * gamma(n / 2 + I * xi) / gamma(n / 2)) ** L, xi, x)
POINTS = ((8, 3), (13, 6), (4, 2), (1, 1), (1, 2), (2, 1), (1, 200), (200, 1), (200, 200), (7, 200), (10**6, 1))


def point(width: int, depth: int, sigma: str = "6/5") -> dict[Symbol, Expr]:
    return {n: Integer(width), L: Integer(depth), sigma_w: Rational(sigma)}


def arguments(at: dict[Symbol, Expr]) -> np.ndarray:
    """Where the law is neither 0 nor 1: offset and spread of log X, stretched over 12 standard deviations."""
    read = _read(LAW, at)
    rng = np.random.default_rng(5)
    width, depth = 2 * read.shapes[0], int(read.powers[0])
    logs = np.log(rng.chisquare(width, (60, depth)) / 2).sum(axis=1)
    middle = logs.mean()
    return np.exp(np.clip(read.offset + middle + 3 * (logs - middle), -700, 700))


@pytest.mark.parametrize(("width", "depth"), POINTS)
def test_within_its_error_of_the_certified_value(width: int, depth: int) -> None:
    at = point(width, depth)
    found, places = law(LAW, at), arguments(at)
    exact = [float(ball(LAW, {**at, x: Rational(float(place))})) for place in places]
    assert found.error <= LARGEST_ERROR
    assert np.abs(found.cdf(places) - exact).max() <= found.error


def test_numbers_may_be_substituted_first() -> None:
    places = np.array([0.01, 1.0, 20.0])
    first, second = law(LAW.subs(point(13, 6))), law(LAW, point(13, 6))
    np.testing.assert_array_equal(first.cdf(places), second.cdf(places))


@pytest.mark.parametrize("width", [1, 2, 3, 40])
def test_one_layer_is_a_chi_square(width: int) -> None:
    found, places = law(LAW, point(width, 1, "1")), np.geomspace(1e-6, 20, 5001)
    assert np.abs(found.cdf(places) - chi2.cdf(width * places, width)).max() <= found.error


@pytest.mark.parametrize(("width", "depth"), POINTS)
def test_is_a_distribution_function(width: int, depth: int) -> None:
    found = law(LAW, point(width, depth))
    places = np.concatenate([[-np.inf, -1.0, 0.0, 5e-324], np.geomspace(1e-300, 1e300, 20001), [np.inf]])
    values = found.cdf(places)
    assert (np.diff(values) >= -1e-15).all() and values[0] == values[1] == values[2] == 0 and values[-1] == 1
    assert found.cdf(np.ones((2, 3))).shape == (2, 3) and found.cdf(1.0).shape == ()
    assert np.isnan(found.cdf(np.nan))


def test_products_of_chi_squares_are_not_refuted_and_a_wrong_width_is() -> None:
    right, wrong = law(LAW, point(8, 3)), law(LAW, point(9, 3))
    design = design_law(cdf_error=right.error)
    factors = np.random.default_rng(0).chisquare(8, (design.draws, 3)) * 1.44 / 8
    assert judge_law(factors.prod(axis=1), right.cdf, design).outcome == "consistent"
    assert judge_law(factors.prod(axis=1), wrong.cdf, design).outcome == "refuted"


@pytest.mark.parametrize(("width", "depth", "seconds"), [(8, 3, 0.05), (13, 6, 0.05), (1, 6, 0.05), (200, 200, 0.5)])
def test_is_fast(width: int, depth: int, seconds: float) -> None:
    law(LAW, point(width, depth))  # SciPy's first import aside
    start = time.process_time()
    law(LAW, point(width, depth))
    assert time.process_time() - start < seconds


def test_refuses_what_it_cannot_know() -> None:
    with pytest.raises(ValueError, match=r"float64 knows it only to .* use theory.certify.enclose"):
        law(LAW, point(10**9, 1))
    with pytest.raises(ValueError, match="cannot be inverted with certainty"):
        law(law_of_log(exp(-(xi**2)), xi, x))
