"""The limit law of the norm: how far the exact law is from it at finite n, its proof, what it refuses."""

from functools import cache

import numpy as np
import pytest
from sympy import Expr, Rational, cbrt
from sympy.core.relational import Le

from numerics.norms import norm_probability
from theory import rules, theorem
from theory.assumptions import GAUSSIAN
from theory.balls.evaluation import ball
from theory.distributions import norm_cdf, painleve_law, tracy_widom
from theory.evaluating import evaluate
from theory.letters import W_tied
from theory.matrices.norm_fluctuation import OF_W
from theory.quantities import P, limit_of, norm
from theory.statement import Step
from theory.symbols import line as x
from theory.symbols import n, sigma_w
from theory.systems import MATRIX

PLACES = np.linspace(-5, 3, 41)


@cache
def limit_values() -> np.ndarray:
    return np.array([float(ball(tracy_widom(Rational(float(place))))) for place in PLACES])


@cache
def distance(width: int, shift: float = 0.5) -> float:
    """Kolmogorov distance of the exact law from F_1, n - shift in the place of n in center and scale."""
    size = width - shift
    squares = 4 * size + 2 ** (4 / 3) * size ** (1 / 3) * PLACES
    exact = [
        float(ball(norm_cdf(width, width, 1, Rational(float(np.sqrt(square / width)))))) if square > 1e-9 else 0.0
        for square in squares
    ]
    return float(np.abs(np.array(exact) - limit_values()).max())


@pytest.mark.slow
@pytest.mark.parametrize("width", [2, 3, 5, 8, 13, 16, 24, 32, 48, 64])
def test_the_exact_law_keeps_the_stated_distance(width: int) -> None:
    stated = float(theorem("norm_fluctuation").statements[0].relation.distance.subs(n, width))
    assert 0.9 * stated < distance(width) <= stated


@pytest.mark.slow
def test_the_distances_that_the_page_tells() -> None:
    told = {8: 0.064, 16: 0.037, 32: 0.022, 64: 0.0134}
    for width, value in told.items():
        assert distance(width) == pytest.approx(value, abs=5e-4)
        assert f"{value} at n = {width}" in theorem("norm_fluctuation").limits


@pytest.mark.slow
def test_another_center_is_farther_off_or_no_nearer_in_order() -> None:
    """A center off by half a row is off by n^{-1/3}: the product with n^{2/3} grows, that of the right one falls."""
    right, *wrong = ([distance(k, shift) * k ** (2 / 3) for k in (16, 64)] for shift in (0.5, 0.0, 1.0, -0.5))
    assert right[1] < right[0]
    assert all(large > small for small, large in wrong)


def test_values() -> None:
    found = evaluate("norm_fluctuation", {"x": "0"}, digits=13).value
    assert found == "0.8319080662030"  # an independent computation: 0.832
    assert evaluate("norm_fluctuation", {"x": "-1.27", "n": "5"}).value == pytest.approx(0.5, abs=2e-3)


def test_a_function_for_every_size() -> None:
    small, large = norm_probability(10, 0.5, 1.0), norm_probability(65, 0.5, 1.0)
    assert small.value == pytest.approx(0.8959812744566690, abs=1e-15) and small.theorem == "norm_law"
    assert large.theorem == "norm_fluctuation" and large.error < 0.0135
    exact = norm_probability(64, 0.5, 1.0).value
    assert abs(large.value - exact) < large.error
    assert norm_probability(10**6, 0.5, 1.0).value == pytest.approx(0.83190806620, abs=1e-2)
    assert norm_probability(1000, 1.0, 0.5).value == 0 and norm_probability(1000, 1.0, 50.0).value == 1


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ((0, 1.0, 1.0), "n=0"),
        ((2.5, 1.0, 1.0), "n=2.5"),
        ((5, 0.0, 1.0), "sigma_w=0.0: the law of a norm needs"),
        ((5, 1.0, -1.0), "s=-1.0: the law of a norm needs"),
        ((5, 1.0, float("nan")), "s=nan"),
        ((500, float("inf"), 1.0), "sigma_w=inf"),
        ((5, "1", 1.0), "sigma_w=1: the law of a norm needs"),
    ],
)
def test_bad_input(given: tuple, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        norm_probability(*given)


def scaled(center: Expr, scale: Expr) -> Expr:
    return limit_of(P(Le((n * norm(W_tied) ** 2 / sigma_w**2 - center) / scale, x)), n)


SCALE = 2 * cbrt(2 * n - 1)
WRONG = [
    ("edge_law", scaled(4 * n, SCALE), painleve_law(x)),
    ("edge_law", scaled(4 * n - 2, 2 * cbrt(2 * n)), painleve_law(x)),
    ("edge_law", scaled(4 * n - 2, cbrt(2 * n - 1)), painleve_law(x)),
    ("edge_law", OF_W, painleve_law(2 * x)),
    ("edge_law", OF_W, tracy_widom(x)),
    ("edge_law", OF_W.args[0], painleve_law(x)),
    ("fredholm_form", painleve_law(x), tracy_widom(x + 1)),
    ("fredholm_form", painleve_law(x), tracy_widom(x) ** 2),
]


@pytest.mark.parametrize(("rule", "left", "right"), WRONG)
def test_wrong_steps_are_refused(gaps_of, rule: str, left: Expr, right: Expr) -> None:
    step = Step("cite", left, "=", right, "", getattr(rules, rule))
    assert gaps_of(step, system=MATRIX, assumes=(GAUSSIAN,), references=theorem("norm_fluctuation").references)


def test_the_limit_needs_normal_entries_and_its_reference(gaps_of) -> None:
    step, references = theorem("norm_fluctuation").proof[1], theorem("norm_fluctuation").references
    assert gaps_of(step, system=MATRIX, assumes=(GAUSSIAN,), references=references) == ()
    assert gaps_of(step, system=MATRIX, references=references)
    assert gaps_of(step, system=MATRIX, assumes=(GAUSSIAN,))
