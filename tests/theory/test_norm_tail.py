"""The tail of the norm: wrong constants and dropped facts are refused; the bound against laws known otherwise."""

from fractions import Fraction

import numpy as np
import pytest
from scipy import integrate, special
from sympy import exp, sqrt
from sympy.core.relational import Ge

from theory import rules, theorem
from theory.assumptions import BI_INVARIANT, GAUSSIAN, IID
from theory.evaluating import evaluate
from theory.letters import J, W_tied
from theory.proofs.facts import Fact
from theory.quantities import E, P, norm, radius
from theory.rectangular import W_matrix
from theory.references import GORDON_1985, TSIRELSON_1976
from theory.statement import Step
from theory.symbols import eps, n, s, sigma_w, t
from theory.systems import MATRIX, TIME
from theory.widths import units

NORM, MEAN = norm(W_tied), E(norm(W_tied))
SOURCES = (GORDON_1985, TSIRELSON_1976)
GORDON = Step("cite", MEAN, "<=", 2 * sigma_w, "", rules.gordon)


def above(level, quantity=NORM):
    return P(Ge(quantity, level))


def refused(gaps_of, *steps, assumes=(GAUSSIAN,), references=SOURCES):
    return gaps_of(*steps, system=MATRIX, assumes=assumes, references=references)


@pytest.mark.parametrize(
    "left, right",
    [
        (MEAN, sigma_w),
        (MEAN, sqrt(2) * sigma_w),
        (E(norm(J)), 2 * sigma_w),
        (E(radius(W_tied)), 2 * sigma_w),
        (E(NORM**2), 2 * sigma_w),
    ],
)
def test_gordon_is_of_the_mean_norm_and_of_2_sigma_w(gaps_of, left, right):
    assert refused(gaps_of, Step("cite", left, "<=", right, "", rules.gordon))


def test_gordon_bounds_and_does_not_equal(gaps_of):
    assert refused(gaps_of, Step("cite", MEAN, "=", 2 * sigma_w, "", rules.gordon))
    assert not refused(gaps_of, GORDON)


@pytest.mark.parametrize(
    "level, bound",
    [
        (MEAN + sigma_w * t, exp(-n * t**2)),
        (MEAN + sigma_w * t, exp(n * t**2 / 2)),
        (MEAN + sigma_w * t, exp(-(t**2) / 2)),
        (MEAN + sigma_w * t, exp(-n * t / 2)),
        (MEAN - sigma_w * t, exp(-n * t**2 / 2)),
        (2 * MEAN, exp(-n * MEAN**2 / (2 * sigma_w**2))),
        (MEAN + s, exp(-n * s**2 / (2 * sigma_w**2))),
        (sigma_w * t, exp(-n * t**2 / 2)),
    ],
)
def test_concentration_is_about_the_mean_by_a_constant(gaps_of, level, bound):
    assert refused(gaps_of, Step("cite", above(level), "<=", bound, "", rules.gaussian_concentration))


def test_concentration_is_of_the_norm_alone(gaps_of):
    step = Step(
        "cite",
        above(MEAN + sigma_w * t, radius(W_tied)),
        "<=",
        exp(-n * t**2 / 2),
        "",
        rules.gaussian_concentration,
    )
    assert refused(gaps_of, step)


@pytest.mark.parametrize("high, low", [(MEAN + eps, 2 * sigma_w + eps), (2 * sigma_w + eps, MEAN + 2 * eps)])
def test_a_smaller_event_is_no_bound(gaps_of, high, low):
    given = (GORDON.fact,)
    assert refused(gaps_of, GORDON, Step("ineq", above(high), "<=", above(low), "", rules.larger_event, given))


def test_the_order_of_the_levels_must_be_known(gaps_of):
    high, low = above(2 * sigma_w + eps), above(MEAN + eps)
    assert not refused(gaps_of, GORDON, Step("ineq", high, "<=", low, "", rules.larger_event, (GORDON.fact,)))
    assert refused(gaps_of, Step("ineq", high, "<=", low, "", rules.larger_event, (GORDON.fact,)))
    assert refused(gaps_of, GORDON, Step("ineq", high, "<=", low, "", rules.larger_event))
    assert refused(gaps_of, GORDON, Step("ineq", high, "=", low, "", rules.larger_event, (GORDON.fact,)))
    other = above(MEAN + eps, radius(W_tied))
    assert refused(gaps_of, GORDON, Step("ineq", high, "<=", other, "", rules.larger_event, (GORDON.fact,)))
    equal = Fact(MEAN, "<=", 2 * sigma_w)
    assert equal == GORDON.fact


WIDE_MEAN, ROWS, COLUMNS = E(norm(W_matrix)), units(1), units(0)


@pytest.mark.parametrize(
    "right",
    [
        sigma_w * (1 + sqrt(COLUMNS / ROWS)),
        sigma_w * sqrt(ROWS / COLUMNS),
        2 * sigma_w,
        sigma_w * (sqrt(ROWS) + sqrt(COLUMNS)),
    ],
)
def test_gordon_of_a_rectangle_knows_rows_from_columns(gaps_of, right):
    edge = sigma_w * (1 + sqrt(ROWS / COLUMNS))
    assert not refused(gaps_of, Step("cite", WIDE_MEAN, "<=", edge, "", rules.gordon))
    assert refused(gaps_of, Step("cite", WIDE_MEAN, "<=", right, "", rules.gordon))


@pytest.mark.parametrize("size, holds", [(COLUMNS, True), (ROWS, False), (n, False), (ROWS + COLUMNS, False)])
def test_concentration_of_a_rectangle_is_by_its_columns(gaps_of, size, holds):
    left = above(WIDE_MEAN + sigma_w * t, norm(W_matrix))
    step = Step("cite", left, "<=", exp(-size * t**2 / 2), "", rules.gaussian_concentration)
    assert (not refused(gaps_of, step)) is holds


@pytest.mark.parametrize("rows", [2, 5, 60])
@pytest.mark.parametrize("excess", ["1/4", "1/2", "1"])
def test_the_bound_of_one_column_holds_for_its_exact_law(rows, excess):
    """‖W‖²/sigma_w² of n_out x 1 is chi² of n_out degrees; of 1 x n_in it is chi² of n_in degrees over n_in."""
    number = float(Fraction(excess))
    column, row = (
        evaluate("norm_tail", {"widths": widths, "t": excess}).value for widths in (f"1,{rows}", f"{rows},1")
    )
    assert column == pytest.approx(np.exp(-(number**2) / 2), rel=1e-14)
    assert row == pytest.approx(np.exp(-rows * number**2 / 2), rel=1e-14)
    assert special.gammaincc(rows / 2, (1 + np.sqrt(rows) + number) ** 2 / 2) <= column
    assert special.gammaincc(rows / 2, rows * (1 + np.sqrt(1 / rows) + number) ** 2 / 2) <= row


def test_rows_and_columns_swapped_would_be_no_bound():
    """Of 60 x 1: exp(-60 t²/2) lies below the probability, and so does the true bound at the edge of 1 x 60."""
    exceeded = special.gammaincc(30, (1 + np.sqrt(60) + 0.5) ** 2 / 2)
    assert exceeded > 10 * np.exp(-60 * 0.5**2 / 2)
    assert special.gammaincc(30, (1 + np.sqrt(1 / 60) + 0.5) ** 2 / 2) > 0.99 > np.exp(-(0.5**2) / 2)


@pytest.mark.parametrize("assumes", [(), (IID,), (BI_INVARIANT,)])
def test_only_gaussian_weights(gaps_of, assumes):
    assert refused(gaps_of, GORDON, assumes=assumes)


def test_a_citation_is_listed(gaps_of):
    assert refused(gaps_of, GORDON, references=(TSIRELSON_1976,))


def test_the_tied_matrix_through_time_is_no_matrix_theorem(gaps_of):
    from theory import LINEAR

    step = Step("eq", above(sigma_w, norm(J)), "=", above(sigma_w), "", rules.unfold, ())
    assert gaps_of(step, system=TIME(LINEAR), assumes=(GAUSSIAN,))


def exceedance_one(level):
    """P(|g| >= level): the norm of a 1 x 1 Gaussian matrix."""
    return special.erfc(level / np.sqrt(2))


def exceedance_two(level):
    """n = 2, sigma_w = 1: the eigenvalues a > b of 2WᵀW have density (a - b) exp(-(a + b)/2)/(4 sqrt(ab))."""
    edge = np.sqrt(2) * level  # in units of singular values x > y of a standard normal matrix
    return integrate.dblquad(lambda y, x: (x**2 - y**2) * np.exp(-(x**2 + y**2) / 2), edge, 20, 0, lambda x: x)[0]


def test_the_law_for_two_rows_is_the_known_one():
    """P(‖W‖ <= 1) at sigma_w = 1/2, from an independent computation."""
    assert 1 - exceedance_two(2.0) == pytest.approx(0.935041000477, abs=1e-9)


@pytest.mark.parametrize("size, exceedance", [(1, exceedance_one), (2, exceedance_two)])
@pytest.mark.parametrize("excess", ["1/100", "1/4", "1/2", "1", "2", "3"])
def test_the_bound_holds_for_the_exact_law(size, exceedance, excess):
    bound = evaluate("norm_tail", {"n": str(size), "t": excess}).value
    number = float(Fraction(excess))
    assert bound == pytest.approx(np.exp(-size * number**2 / 2), rel=1e-14)
    assert exceedance(2 + number) <= bound


@pytest.mark.parametrize(
    "values, words",
    [
        ({"n": "0", "t": "1"}, "n=0: a width cannot be 0; pass an integer n >= 1"),
        ({"n": "3", "t": "-1"}, "t=-1: an excess cannot be negative; pass t > 0"),
        ({"n": "3", "t": "0"}, "t=0: an excess cannot be 0; pass t > 0"),
        ({"n": "5/2", "t": "1"}, "n=5/2: a width is a whole number"),
        ({"n": "3"}, "t missing"),
        ({"widths": "3,6,2", "t": "1"}, "widths=3,6,2: 3 given; pass 2 widths, input first"),
        ({"widths": "3", "t": "1"}, "widths=3: 1 given; pass 2 widths, input first"),
        ({"widths": "0,3", "t": "1"}, "widths=0,3: n_0='0' is no width; pass whole numbers of 1 or more"),
        ({"widths": "3,6", "n": "3", "t": "1"}, "leave n or widths out"),
    ],
)
def test_bad_input(values, words):
    with pytest.raises(ValueError, match=words.replace("(", r"\(")):
        evaluate("norm_tail", values)


def test_it_is_held_as_cited():
    assert theorem("norm_tail").gaps() == () and theorem("norm_tail").held == "cited"
