"""Thresholds at width profiles: values from elsewhere, layers that count, sums and products taken apart."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from math import prod

import mpmath
import pytest
from sympy import Integer, Product, Sum, log

from theory import rules, theorem
from theory.evaluating import evaluate
from theory.statement import Step
from theory.symbols import L, l, n, p, sigma_w
from theory.widths import units

PROFILES = ["4,8,2", "6,4,9", "9,6,12,5", "3,1"]


def enclosed(slug: str, **values: str) -> tuple[mpmath.mpf, mpmath.mpf]:
    found = evaluate(slug, values, 25)
    return mpmath.mpf(found.low), mpmath.mpf(found.high)


def mean_logarithm(fan_in: int, fan_out: int, deviation: mpmath.mpf) -> mpmath.mpf:
    """E log(sigma² chi²/n_in) by quadrature over y = log of the chi-square."""
    half = mpmath.mpf(fan_out) / 2

    def term(y: mpmath.mpf) -> mpmath.mpf:
        return mpmath.exp(half * y - mpmath.exp(y) / 2) * (2 * mpmath.log(deviation) + y - mpmath.log(fan_in))

    return mpmath.quad(term, [-250, -60, -15, -3, 0, 1, 2, 3, 4, 6]) / (2**half * mpmath.gamma(half))


@pytest.mark.parametrize("profile", PROFILES)
def test_the_mean_logarithm_vanishes_at_the_typical_threshold(profile: str) -> None:
    with mpmath.workdps(35):
        low, high = enclosed("typical_threshold", widths=profile)
        widths = [int(part) for part in profile.split(",")]
        layers = pairwise(widths)
        assert abs(sum(mean_logarithm(*layer, (low + high) / 2) for layer in layers)) < 1e-20


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("order", [1, 2, 3])
def test_a_whole_moment_is_one_at_its_threshold(profile: str, order: int) -> None:
    """E u^p of a chi-square of m degrees is m (m + 2) ... (m + 2p - 2): sigma_p as a root of a fraction."""
    widths = [int(part) for part in profile.split(",")]
    layers = list(pairwise(widths))
    moment = prod(Fraction(prod(range(m, m + 2 * order, 2)), fan_in**order) for fan_in, m in layers)
    with mpmath.workdps(35):
        low, high = enclosed("moment_threshold", widths=profile, p=str(order))
        exact = mpmath.root(mpmath.mpf(moment.denominator) / moment.numerator, 2 * order * len(layers))
        assert low * (1 - mpmath.mpf("1e-30")) <= exact <= high * (1 + mpmath.mpf("1e-30"))


@pytest.mark.parametrize("slug, values", [("typical_threshold", {}), ("moment_threshold", {"p": "3/2"})])
def test_equal_widths_are_the_square_case_at_every_depth(slug: str, values: dict[str, str]) -> None:
    square = evaluate(slug, {"n": "7", **values}, 20)
    for profile in ("7,7", "7,7,7,7"):
        assert evaluate(slug, {"widths": profile, **values}, 20) == square


def test_the_order_of_the_layers_does_not_count_but_the_ends_do() -> None:
    between = [evaluate("typical_threshold", {"widths": profile}).value for profile in ("4,8,6,2", "4,6,8,2")]
    assert between[0] == pytest.approx(between[1], rel=1e-15)
    turned = evaluate("typical_threshold", {"widths": "2,8,6,4"}).value
    assert turned < between[0] / 1.2  # a network that widens gains by its shape


@pytest.mark.parametrize("slug", ["typical_threshold", "moment_threshold"])
@pytest.mark.parametrize(
    "change", [lambda r: r.subs(sigma_w, 2 * sigma_w), lambda r: r.subs(L, L + 1), lambda r: 2 * r]
)
def test_a_wrong_formula_at_widths_is_not_proved(slug: str, change) -> None:
    true = theorem(slug)
    square, wide = true.statements
    wrong = replace(true, statements=(square, replace(wide, right=change(wide.right))))
    assert any("not reached" in gap for gap in wrong.gaps())


@pytest.mark.parametrize("slug", ["typical_threshold", "moment_threshold"])
def test_a_wrong_step_at_widths_is_refused(slug: str) -> None:
    true = theorem(slug)
    last = true.proof[-1]
    for right in (last.right.subs(sigma_w, sigma_w / 2), last.right.xreplace({units(l - 1): units(l)})):
        wrong = replace(true, proof=(*true.proof[:-1], replace(last, right=right)))
        assert any("not an instance of rule each_layer" in gap for gap in wrong.gaps())


FACTOR = (sigma_w**2 / units(l)) ** p


@pytest.mark.parametrize(
    "left, right, holds",
    [
        (Sum(units(l) + 2, (l, 1, L)), Sum(units(l), (l, 1, L)) + 2 * L, True),
        (Sum(log(sigma_w / units(l)), (l, 1, L)), L * log(sigma_w) - Sum(log(units(l)), (l, 1, L)), True),
        (Product(FACTOR, (l, 1, L)), sigma_w ** (2 * p * L) * Product(units(l) ** (-p), (l, 1, L)), True),
        (Sum(n * units(l), (l, 0, L)), n * Sum(units(l), (l, 0, L)), True),
        (Sum(units(l) + 2, (l, 0, L)), Sum(units(l), (l, 0, L)) + 2 * L, False),
        (Sum(units(l) + 2, (l, 1, L)), Sum(units(l), (l, 1, L)) + 2, False),
        (Sum(units(l) ** 2, (l, 1, L)), Sum(units(l), (l, 1, L)) ** 2, False),
        (Product(FACTOR, (l, 1, L)), sigma_w ** (2 * p) * Product(units(l) ** (-p), (l, 1, L)), False),
        (Product(1 + units(l), (l, 1, L)), 1 + Product(units(l), (l, 1, L)), False),
        (Sum(units(l) + 2, (l, 3, L)), Sum(units(l), (l, 3, L)) + 2 * (L - 2), False),  # at L = 1 of -1 layers
        (Sum(l, (l, 1, L)), L * l, False),
        (Product(Integer(2), (l, 1, L)), Integer(2), False),
    ],
)
def test_what_no_layer_changes_counts_once_for_each(gaps_of, left, right, holds: bool) -> None:
    gaps = gaps_of(Step("eq", left, "=", right, "", rules.each_layer))
    assert (gaps == ()) is holds


@pytest.mark.parametrize(
    "values, words",
    [
        ({"widths": "4"}, "1 given; pass at least two widths"),
        ({"widths": "4,0,2"}, "n_1='0' is no width"),
        ({"widths": "4,2", "n": "3"}, "leave n or widths out"),
        ({"widths": ",".join(["3"] * 1002)}, "1001 layers; pass at most 1000"),
    ],
)
def test_bad_profiles(values: dict[str, str], words: str) -> None:
    with pytest.raises(ValueError) as caught:
        evaluate("typical_threshold", values)
    assert words in str(caught.value) and "\n" not in str(caught.value)


def test_a_thousand_layers() -> None:
    profile = ",".join(str(3 + layer % 5) for layer in range(1001))
    low, high = enclosed("typical_threshold", widths=profile)
    assert 1 < low <= high < 1 + mpmath.mpf("0.2")
