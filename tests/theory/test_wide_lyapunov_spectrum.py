"""The spectrum at width profiles: by quadrature, at equal widths, up to the least width, and planted wrong steps."""

from dataclasses import replace

import mpmath
import pytest
from sympy import I, Integer

from theory import rules, theorem
from theory.assumptions import BI_INVARIANT, GAUSSIAN, IID
from theory.evaluating import evaluate
from theory.proofs.moves import chi_square_moment
from theory.quantities import E, squared_pivot
from theory.rectangular import W, weights
from theory.statement import Parameter, Step
from theory.symbols import L, T, k, l, n, sigma_w, xi
from theory.widths import units

POWER = I * xi
CHAIN = weights()
TRUE = theorem("lyapunov_spectrum")


def index(high):
    return Parameter(n, 1, high=Integer(100), points=(5, 7)), Parameter(k, 1, high, points=(2, 6))


ROWS, COLUMNS = units(L + 1), units(L)


def moved(degrees=ROWS - k + 1, fan_in=COLUMNS):
    return (sigma_w**2 / fan_in) ** POWER * chi_square_moment(degrees, POWER) * E(squared_pivot(CHAIN, k) ** POWER)


def step(right):
    return Step("eq", E(squared_pivot(W(L + 1) * CHAIN, k) ** POWER), "=", right, "", rules.gaussian_pivot)


def test_a_fresh_rectangle_is_accepted(gaps_of):
    assert not gaps_of(step(moved()), assumes=(GAUSSIAN,), parameters=index(n))


@pytest.mark.parametrize(
    "right",
    [
        moved(degrees=units(L) - k + 1),
        moved(degrees=units(L + 1) - k),
        moved(degrees=units(L + 1)),
        moved(fan_in=units(L + 1)),
        moved(fan_in=units(0)),
        moved(fan_in=n),
    ],
)
def test_rows_are_known_from_columns(gaps_of, right):
    assert gaps_of(step(right), assumes=(GAUSSIAN,), parameters=index(n))


@pytest.mark.parametrize("parameters", [(), index(Integer(200)), index(T), index(L)])
def test_the_index_must_be_at_most_every_width(gaps_of, parameters):
    found = gaps_of(step(moved()), assumes=(GAUSSIAN,), parameters=parameters)
    assert found and not rules.gaussian_pivot.name.startswith("theorem")


@pytest.mark.parametrize("assumes", [(), (IID,), (BI_INVARIANT,)])
def test_only_gaussian_weights(gaps_of, assumes):
    assert gaps_of(step(moved()), assumes=assumes, parameters=index(n))


@pytest.mark.parametrize("profile, number, gain", [("7,5,6", 3, "1"), ("3,4", 3, "4/5"), ("9,12,8,7", 1, "6/5")])
def test_each_is_the_mean_of_logarithms_by_quadrature(profile, number, gain):
    """(1/2L) Σ E log(sigma_w² u/n_(l-1)), u ~ chi² of n_l - k + 1 degrees, by mpmath at 30 digits."""
    told = evaluate("lyapunov_spectrum", {"widths": profile, "k": str(number), "sigma_w": gain}, digits=20)
    widths = [int(part) for part in profile.split(",")]
    with mpmath.workdps(30):
        sigma = mpmath.mpf(gain.split("/")[0]) / int((gain + "/1").split("/")[1])
        total = mpmath.mpf(0)
        for fan_in, fan_out in zip(widths, widths[1:], strict=False):  # noqa: RUF007
            half = mpmath.mpf(fan_out - number + 1) / 2
            shift = mpmath.log(sigma**2 / fan_in)
            density = lambda y, h=half, s=shift: mpmath.exp(h * y - mpmath.exp(y) / 2) * (s + y)  # noqa: E731
            total += mpmath.quad(density, [-200, -50, -10, -2, 0, 1, 2, 3, 4, 6]) / (2**half * mpmath.gamma(half))
        mean = total / (2 * (len(widths) - 1))
        assert mpmath.mpf(told.low) - mpmath.mpf("1e-18") < mean < mpmath.mpf(told.high) + mpmath.mpf("1e-18")


def test_without_an_index_all_up_to_the_least_width():
    found = evaluate("lyapunov_spectrum", {"widths": "7,5,6"})
    assert found.components == tuple(f"lambda_{number}" for number in range(1, 6))
    alone = [evaluate("lyapunov_spectrum", {"widths": "7,5,6", "k": str(number)}).value for number in range(1, 6)]
    assert alone == list(found.value) == sorted(found.value, reverse=True)


def test_equal_widths_are_the_square_case_at_every_depth():
    square = evaluate("lyapunov_spectrum", {"n": "5"}, 20)
    for profile in ("5,5", "5,5,5,5"):
        assert evaluate("lyapunov_spectrum", {"widths": profile}, 20).value == square.value


def test_all_of_a_rising_network_add_up_to_the_volume():
    """Σ log r_kk² of one 2-column layer: chi²_3 chi²_2 / 4, E log chi²_m = log 2 + ψ(m/2), by hand."""
    total = 2 * sum(evaluate("lyapunov_spectrum", {"widths": "2,3"}).value)
    euler = float(mpmath.euler)
    by_hand = (2 - euler - 2 * float(mpmath.log(2))) - euler  # ψ(3/2) + ψ(1), and 2 log 2 - 2 log 2
    assert total == pytest.approx(by_hand, abs=1e-14)


@pytest.mark.parametrize("number", [2, 3])
@pytest.mark.parametrize("change", [lambda r: 2 * r, lambda r: r.xreplace({units(l): units(l - 1)})])
def test_a_wrong_formula_is_not_proved(number, change):
    wrong = list(TRUE.statements)
    wrong[number] = replace(wrong[number], right=change(wrong[number].right))
    assert any("not reached" in gap for gap in replace(TRUE, statements=tuple(wrong)).gaps())


@pytest.mark.parametrize(
    "values, words",
    [
        ({"widths": "7,5,6", "k": "6"}, "k=6: theorem lyapunov_spectrum needs k <= 5, the least of widths 7,5,6"),
        ({"widths": "2,5,6", "k": "3"}, "needs k <= 2, the least of widths 2,5,6; pass k <= 2"),
        ({"widths": "7,5,6", "k": "0"}, "an index cannot be 0"),
        ({"widths": "7"}, "1 given; pass at least two widths"),
        ({"widths": "7,0"}, "n_1='0' is no width"),
        ({"widths": "20000,20000"}, "more than 10000 numbers"),
    ],
)
def test_bad_profiles(values, words):
    with pytest.raises(ValueError) as caught:
        evaluate("lyapunov_spectrum", values)
    assert words in str(caught.value) and "\n" not in str(caught.value)
