"""Width profiles: the symbol n_l, profiles as text, equal widths as their special case, and rules that may use them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Derivative, I, Product, Rational, Subs, Sum, gamma, log, polygamma

from theory import letters, rectangular, rules
from theory.assumptions import ISOTROPIC
from theory.evaluating import evaluate
from theory.printing import latex
from theory.proofs.facts import Fact
from theory.quantities import E, squared_norm
from theory.statement import Step
from theory.symbols import L, l, n, sigma_w, xi
from theory.widths import Profile, at_profile, equal_widths, units

PROFILES = st.lists(st.integers(1, 50), min_size=2, max_size=8).map(Profile)


def test_n_l_is_a_positive_integer_that_prints():
    assert units(l).is_integer and units(0).is_positive and not units(0).is_number
    assert str(units(l - 1)) == "n_(l-1)" and latex(units(L) ** 2) == "n_{L}^{2}"


@pytest.mark.parametrize("square", [letters.J, letters.v, letters.weights(), letters.slopes_weights()])
def test_letters_at_widths_and_back(square):
    wide = rectangular.at_widths(square)
    assert wide != square and wide.has(units) and equal_widths(wide) == square


def test_shapes_of_a_product_at_widths():
    product = rectangular.weights() * rectangular.v
    assert product.shape == (units(L), 1) and rectangular.weights().subs(L, 0).shape == (units(0), units(0))
    assert rectangular.at_widths(letters.J, "matrix").shape == (units(1), units(0))


@given(PROFILES)
def test_sums_and_products_are_written_out(profile):
    counted = at_profile(Sum(units(l), (l, 1, L)), profile)
    telescoped = at_profile(Product(units(l) / units(l - 1), (l, 1, L)), profile)
    assert counted == sum(profile[1:]) and telescoped == Rational(profile[-1], profile[0])


@given(st.integers(1, 30), st.integers(1, 6))
def test_equal_widths_are_the_special_case(width, depth):
    formula = Product(units(l) + 1 / units(l - 1), (l, 1, L))
    at_numbers = at_profile(formula, Profile([width] * (depth + 1)))
    assert equal_widths(formula).subs({n: width, L: depth}) == at_numbers


def test_a_layer_that_there_is_not():
    with pytest.raises(ValueError, match=r"n_3: no layer of widths 4,8; pass one of 0 to 1"):
        at_profile(units(L + 2), Profile((4, 8)))


@given(PROFILES)
def test_profile_reads_what_it_writes(profile):
    assert Profile.read(str(profile)) == profile == Profile.read(f"({', '.join(map(str, profile))})")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("4", "widths=4: 1 given; pass at least two widths, input first"),
        ("", "1 given"),
        ("4,", "n_1='' is no width"),
        ("4,x", "n_1='x' is no width; pass whole numbers of 1 or more"),
        ("4,2.5", "n_1='2.5' is no width"),
        ("4,-2", "n_1='-2' is no width"),
        ("0,2", "n_0='0' is no width"),
        ("4,99999999999", "n_1='99999999999' is no width"),
        (",".join(["2"] * 1002), "1001 layers; pass at most 1000, or n and L"),
    ],
)
def test_what_is_no_profile(text, told):
    with pytest.raises(ValueError) as caught:
        evaluate("mean_square_gain", {"sigma_w": "1", "widths": text})
    assert told in str(caught.value) and "\n" not in str(caught.value) and len(str(caught.value)) < 250


@pytest.mark.parametrize(
    ("slug", "values", "told"),
    [
        ("mean_square_gain", {"n": "3"}, "widths=4,2, n=3: widths stand in place of n and L; leave n or widths out"),
        ("mean_square_gain", {"L": "3"}, "widths=4,2, L=3: widths stand in place of n and L; leave L or widths out"),
        ("spectral_rate", {}, "theorem spectral_rate is not stated for width profiles"),
    ],
)
def test_where_widths_have_no_place(slug, values, told):
    with pytest.raises(ValueError) as caught:
        evaluate(slug, {"sigma_w": "1", "widths": "4,2", **values})
    assert told in str(caught.value)


GAIN = E(squared_norm(rectangular.weights() * rectangular.v))
NEXT = E(squared_norm(rectangular.W(L + 1) * rectangular.weights() * rectangular.v))
CLAIM = Fact(E(squared_norm(rectangular.J * rectangular.v)), "=", units(L) / units(0) * sigma_w ** (2 * L))
SQUARE = E(squared_norm(letters.J * letters.v))


@pytest.mark.parametrize(
    ("ratio", "holds"),
    [(units(L + 1) / units(L), True), (units(L) / units(L + 1), False), (1, False), (units(L + 1) / units(0), False)],
)
def test_isotropy_knows_rows_from_columns(gaps_of, ratio, holds):
    step = Step("eq", NEXT, "=", ratio * sigma_w**2 * GAIN, "", rules.isotropy)
    assert (gaps_of(step, assumes=(ISOTROPIC,)) == ()) is holds


def test_a_letter_of_another_shape_is_no_letter_of_the_network(gaps_of):
    turned = rectangular.W(L + 1).func("W", L + 1, units(L + 1), units(0))
    word = squared_norm(turned * rectangular.v)
    step = Step(
        "eq", E(word), "=", units(L + 1) / units(0) * sigma_w**2 * E(squared_norm(rectangular.v)), "", rules.isotropy
    )
    assert any("no letter" in gap for gap in gaps_of(step, assumes=(ISOTROPIC,)))


@pytest.mark.parametrize(
    ("left", "right", "holds"),
    [
        (SQUARE, sigma_w ** (2 * L), True),
        (SQUARE, 2 * sigma_w ** (2 * L), False),
        (SQUARE, n * sigma_w ** (2 * L), False),
        (E(squared_norm(letters.J)), sigma_w ** (2 * L), False),
    ],
)
def test_equal_widths_is_an_instance_of_all_widths(left, right, holds):
    step = Step("eq", left, "=", right, "", rules.equal_widths, (CLAIM,))
    assert rules.equal_widths.check(step, None) is holds


def test_equal_widths_needs_a_fact_that_was_proved(gaps_of):
    step = Step("eq", SQUARE, "=", sigma_w ** (2 * L), "", rules.equal_widths, (CLAIM,))
    assert any("not proved before" in gap for gap in gaps_of(step))


FACTOR = gamma(units(l) / 2 + I * xi) / gamma(units(l) / 2)


def slope(expression, order=1):
    return Subs(Derivative(-I * log(expression), (xi, order)), xi, 0)


def test_log_of_a_product_is_a_sum_of_logs(gaps_of):
    product = slope(Product(FACTOR, (l, 1, L)))
    each = Sum(slope(FACTOR), (l, 1, L))
    assert gaps_of(Step("diff", product, "=", each, "", rules.log_of_product)) == ()
    assert gaps_of(Step("diff", each, "=", Sum(polygamma(0, units(l) / 2), (l, 1, L)), "", rules.calculus)) == ()
    for wrong in (Sum(slope(FACTOR), (l, 1, L - 1)), Sum(slope(FACTOR, 2), (l, 1, L)), slope(FACTOR) ** L):
        assert gaps_of(Step("diff", product, "=", wrong, "", rules.log_of_product))


@pytest.mark.parametrize(
    ("slug", "values", "exact"),
    [
        ("mean_square_gain", {}, 0.5),
        ("gain_moments", {"p": "1"}, 0.5),
        ("gain_moments", {"p": "2"}, 8 * 10 / 4**2 * 2 * 4 / 8**2),  # E u² = m (m + 2) of a chi-square of m degrees
        ("vanishing_by_moment", {"eps": "2"}, 0.5),
    ],
)
def test_values_at_a_profile(slug, values, exact):
    assert evaluate(slug, {"sigma_w": "1", "widths": "4,8,2", **values}).value == pytest.approx(exact, rel=1e-15)


def test_norm_edge_of_a_rectangle():
    """1 + sqrt(n_out/n_in)."""
    assert evaluate("norm_edge", {"sigma_w": "1/2", "widths": "4,9"}).value == 1.25
    with pytest.raises(ValueError, match="3 given; pass 2 widths, input first"):
        evaluate("norm_edge", {"sigma_w": "1", "widths": "4,9,2"})


def test_log_gain_at_a_profile():
    """Σ log(2/n_{l-1}) + ψ(n_l/2) at 4,8,2: ψ(4) = 11/6 - γ, ψ(1) = -γ; variance ψ_1(4) + ψ_1(1) = π²/3 - 49/36."""
    mean, variance = evaluate("log_gain", {"sigma_w": "1", "widths": "4,8,2"}).value
    assert mean == pytest.approx(math.log(1 / 8) + 11 / 6 - 2 * 0.5772156649015329, rel=1e-14)
    assert variance == pytest.approx(math.pi**2 / 3 - 49 / 36, rel=1e-14)
