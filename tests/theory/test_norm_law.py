"""The exact law of the norm: values from outside, other roads to the same number, its proof, and what it refuses."""

import time
from dataclasses import replace
from itertools import pairwise

import mpmath
import pytest
from sympy import Expr, Integer, Rational, erf, sqrt
from sympy.core.relational import Le

from theory import rules, theorem
from theory.assumptions import GAUSSIAN
from theory.balls.evaluation import ball
from theory.certify import enclose
from theory.distributions import eigenvalue_constant, norm_cdf, ordered_integral, sign_pfaffian
from theory.evaluating import evaluate
from theory.letters import W_tied
from theory.proofs.random_matrices import recursion_holds
from theory.quantities import P, norm, radius
from theory.statement import Step
from theory.symbols import n, sigma_w, threshold
from theory.systems import MATRIX

HALF = Rational(1, 2)


def value(n_out: int, n_in: int, sigma: Expr | int, s: Expr | int) -> float:
    return float(ball(norm_cdf(n_out, n_in, sigma, s)))


# an independent computation
@pytest.mark.parametrize(
    ("width", "sigma", "text"),
    [(2, "1/2", "0.935041000477"), (5, "0.6", "0.572770837539"), (1, "1/2", "0.9545"), (10, "1/2", "0.896")],
)
def test_values_known_from_elsewhere(width: int, sigma: str, text: str) -> None:
    found = evaluate("norm_law", {"n": str(width), "sigma_w": sigma, "s": "1"}, digits=30)
    assert isinstance(found.value, str)
    assert round(float(found.value), len(text) - 2) == float(text)


@pytest.mark.parametrize("s", [Rational(1, 100), HALF, 1, Rational(7, 3), 5])
def test_one_entry_is_a_normal_variable(s: Expr) -> None:
    assert enclose(norm_cdf(1, 1, Rational(2, 3), s), 25) == enclose(erf(s / (sqrt(2) * Rational(2, 3))), 25)


@pytest.mark.parametrize("length", [2, 3, 7])
def test_one_row_is_a_chi_square(length: int) -> None:
    """‖w‖² of a row of n entries N(0, 1/n); of a column of n entries N(0, 1)."""
    with mpmath.workdps(30):
        row = mpmath.gammainc(mpmath.mpf(length) / 2, 0, length * mpmath.mpf("1.21") / 2, regularized=True)
        column = mpmath.gammainc(mpmath.mpf(length) / 2, 0, mpmath.mpf("1.21") / 2, regularized=True)
    assert value(1, length, 1, Rational(11, 10)) == pytest.approx(float(row), rel=1e-13)
    assert value(length, 1, 1, Rational(11, 10)) == pytest.approx(float(column), rel=1e-13)


@pytest.mark.parametrize(("rows", "columns"), [(2, 3), (6, 2)])
@pytest.mark.parametrize("s", ["0.4", "1.3"])
def test_two_eigenvalues_by_quadrature(rows: int, columns: int, s: str) -> None:
    """Wishart's density of two ordered eigenvalues a < b (Muirhead, corollary 3.2.19), its constant found by mpmath."""
    degrees = max(rows, columns)
    with mpmath.workdps(12):
        top = columns * mpmath.mpf(s) ** 2

        def inner(b: mpmath.mpf) -> mpmath.mpf:
            power = (mpmath.mpf(degrees) - 3) / 2
            part = mpmath.quad(lambda r: (r * b) ** power * mpmath.exp(-r * b / 2) * (1 - r) * b * b, [0, 1])
            return b**power * mpmath.exp(-b / 2) * part

        exact = mpmath.quad(inner, [0, top / 4, top]) / mpmath.quad(inner, [0, 15, 120])
    assert value(rows, columns, 1, Rational(s)) == pytest.approx(float(exact), rel=1e-8)


def test_scale_and_transpose() -> None:
    assert value(4, 4, 2, 3) == pytest.approx(value(4, 4, 1, Rational(3, 2)), rel=1e-14)
    assert value(3, 7, 1, 1) == pytest.approx(value(7, 3, 1, sqrt(Rational(7, 3))), rel=1e-14)


def test_is_a_distribution_function() -> None:
    found = [value(6, 9, 1, Rational(k, 20)) for k in range(1, 80)]
    assert all(a < b for a, b in pairwise(found[:-20])) and 0 < found[0] < 1e-40
    assert found == sorted(found) and abs(found[-1] - 1) < 1e-14


def test_digits_agree_at_twice_as_many() -> None:
    few, many = (enclose(norm_cdf(32, 32, HALF, 1), digits) for digits in (30, 60))
    assert few.low <= many.value <= few.high and many.value.startswith(few.value[:28])


def test_far_tails_keep_their_digits() -> None:
    """P(‖W‖ <= s) ~ c s^(n²): the ratio at half the threshold."""
    far, farther = (value(8, 8, 1, Rational(1, 1000) / k) for k in (1, 2))
    assert far / farther == pytest.approx(2.0**64, rel=1e-4)
    assert enclose(norm_cdf(32, 32, HALF, 10), 20).high == "1"


def test_costs_less_than_a_second() -> None:
    start = time.process_time()
    evaluate("norm_law", {"n": "32", "sigma_w": "1/2", "s": "1"}, digits=30)
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"n": "65"}, "n=65: the exact law of the norm is computed up to 64 .* norm_fluctuation"),
        ({"widths": "70,80"}, "n=70: the exact law of the norm is computed up to 64 .* norm_fluctuation"),
        ({"widths": "3,2000"}, "n=2000: the exact law of the norm is computed up to 1000"),
        ({"n": "5", "s": "0"}, "s=0: a norm or radius cannot be 0; pass s > 0"),
        ({"n": "5", "s": "-1"}, "s=-1: a norm or radius cannot be negative; pass s > 0"),
        ({"n": "0"}, "n=0: a width cannot be 0"),
        ({"n": "2.5"}, "n=2.5: a width is a whole number"),
        ({"widths": "3"}, "widths=3"),
        ({"n": "5", "sigma_w": "0"}, "sigma_w=0: a standard deviation cannot be 0"),
        ({"n": "5", "x": "1"}, "x=1: theorem norm_law has no parameter x"),
    ],
)
def test_bad_input_is_refused(values: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        evaluate("norm_law", {"sigma_w": "1", "s": "1", **values})


@pytest.mark.parametrize(("sigma", "s"), [(0, 1), (1, 0), (-1, 1), (1, -1)])
def test_the_node_itself_refuses_what_is_not_positive(sigma: int, s: int) -> None:
    with pytest.raises(ValueError, match="the law of a norm needs"):
        enclose(norm_cdf(2, 2, sigma, s), 10)


def test_the_recursion_holds_for_every_shape() -> None:
    assert recursion_holds()


X = n * threshold**2 / (2 * sigma_w**2)
EVENT = P(Le(norm(W_tied), threshold))
DENSITY = eigenvalue_constant(n, n) * ordered_integral(n, n, X)
PFAFFIAN = eigenvalue_constant(n, n) * sign_pfaffian(n, n, X)
LAW = norm_cdf(n, n, sigma_w, threshold)
RIGHT = {"wishart_density": (EVENT, DENSITY), "de_bruijn": (DENSITY, PFAFFIAN), "incomplete_gammas": (PFAFFIAN, LAW)}
WRONG = [
    ("wishart_density", EVENT, ordered_integral(n, n, X)),
    ("wishart_density", EVENT, 2 * DENSITY),
    ("wishart_density", EVENT, eigenvalue_constant(n, n) * ordered_integral(n, n, 2 * X)),
    ("wishart_density", EVENT, eigenvalue_constant(n, n) * ordered_integral(n - 1, n - 1, X)),
    ("wishart_density", EVENT, eigenvalue_constant(n, n) * ordered_integral(n, n, X / sigma_w)),
    ("wishart_density", P(Le(radius(W_tied), threshold)), DENSITY),
    ("wishart_density", P(Le(threshold, norm(W_tied))), DENSITY),
    ("de_bruijn", DENSITY, eigenvalue_constant(n, n) * sign_pfaffian(n + 1, n + 1, X)),
    ("de_bruijn", DENSITY, PFAFFIAN / 2),
    ("incomplete_gammas", PFAFFIAN, norm_cdf(n - 1, n - 1, sigma_w, threshold)),
    ("incomplete_gammas", PFAFFIAN, norm_cdf(n, n, sigma_w**2, threshold)),
    ("incomplete_gammas", sign_pfaffian(n, n, X), LAW),
    ("incomplete_gammas", EVENT, LAW),
]


@pytest.fixture
def cited_gaps(gaps_of):
    """The gaps of one step in a theorem that lists the references of norm_law."""
    references = theorem("norm_law").references
    return lambda step, **told: gaps_of(step, system=MATRIX, references=references, **told)


@pytest.mark.parametrize("rule", RIGHT)
def test_right_steps_pass(cited_gaps, rule: str) -> None:
    left, right = RIGHT[rule]
    assert cited_gaps(Step("eq", left, "=", right, "", getattr(rules, rule)), assumes=(GAUSSIAN,)) == ()


@pytest.mark.parametrize(("rule", "left", "right"), WRONG)
def test_wrong_steps_are_refused(cited_gaps, rule: str, left: Expr, right: Expr) -> None:
    assert cited_gaps(Step("eq", left, "=", right, "", getattr(rules, rule)), assumes=(GAUSSIAN,))


def test_the_density_needs_normal_entries(cited_gaps) -> None:
    assert cited_gaps(Step("cite", EVENT, "=", DENSITY, "", rules.wishart_density), assumes=())


def test_a_wrong_scale_is_not_reached() -> None:
    stated = theorem("norm_law")
    wrong = replace(stated.statements[0], right=norm_cdf(n, n, sigma_w * Integer(2), threshold))
    assert any("not reached" in gap for gap in replace(stated, statements=(wrong, *stated.statements[1:])).gaps())
