"""Laws that are exact but costly: a table within its stated error, a distribution function, and what is refused."""

import numpy as np
import pytest
from scipy.stats import expon, norm
from sympy import Expr, Integer, Rational, Symbol, erf, exp, sqrt

from numerics.judges.law import design_law, judge_law
from numerics.laws import law
from theory.balls.evaluation import ball
from theory.distributions import gamma_product, norm_cdf, tracy_widom

s, y = Symbol("s", positive=True), Symbol("y", real=True)
LAWS = {
    "norm": norm_cdf(4, 4, Rational(4, 5), s),
    "rectangular": norm_cdf(6, 3, Rational(6, 5), s),
    "radius": gamma_product(Integer(5), 5 * s**2),
    "fluctuation": tracy_widom(y),
}


@pytest.mark.parametrize("name", LAWS)
def test_within_its_error_of_certified_values(name: str) -> None:
    found, (argument,) = law(LAWS[name]), LAWS[name].free_symbols
    places = np.linspace(0.03, 4, 61) if argument == s else np.linspace(-6, 5, 61)
    exact = [float(ball(LAWS[name], {argument: Rational(float(place))})) for place in places]
    assert found.error <= 2e-5
    assert np.abs(found.cdf(places) - exact).max() <= found.error


@pytest.mark.parametrize("name", LAWS)
def test_is_a_distribution_function(name: str) -> None:
    found = law(LAWS[name])
    places = np.concatenate([[-np.inf, -1e300], np.linspace(-20, 20, 20001), [1e300, np.inf]])
    values = found.cdf(places)
    assert (np.diff(values) >= 0).all() and values[0] == 0 and values[-1] == 1
    assert found.cdf(np.ones((2, 3))).shape == (2, 3)


@pytest.mark.parametrize(
    ("formula", "known"),
    [
        ((1 - exp(-1000 * s)), expon(scale=1e-3)),
        ((1 + erf((y - 30) / sqrt(2))) / 2, norm(30)),
        (1 - exp(-s / 50), expon(scale=50)),
    ],
)
def test_laws_of_any_place_and_scale(formula: Expr, known: object) -> None:
    found, places = law(formula), known.ppf(np.linspace(0.001, 0.999, 101))  # type: ignore[attr-defined]
    assert np.abs(found.cdf(places) - known.cdf(places)).max() <= found.error  # type: ignore[attr-defined]


def test_draws_are_not_refuted_and_a_wrong_width_is() -> None:
    draws = design_law(cdf_error=law(LAWS["norm"]).error)
    weights = np.random.default_rng(3).standard_normal((draws.draws, 4, 4)) * (0.8 / 2)
    norms = np.linalg.svd(weights, compute_uv=False)[:, 0]
    assert judge_law(norms, law(LAWS["norm"]).cdf, draws).outcome == "consistent"
    assert judge_law(norms, law(norm_cdf(3, 3, Rational(4, 5), s)).cdf, draws).outcome == "refuted"
    assert judge_law(norms, law(norm_cdf(4, 4, Rational(41, 50), s)).cdf, draws).outcome == "refuted"


def test_one_argument_and_no_more() -> None:
    with pytest.raises(ValueError, match="has one argument, and this has s, y"):
        law(exp(-s - y))
    with pytest.raises(ValueError, match="has none"):
        law(Integer(1))


def test_what_is_no_distribution_has_no_ends() -> None:
    with pytest.raises(ValueError, match="has no end"):
        law(s / (4 * s + 1))
