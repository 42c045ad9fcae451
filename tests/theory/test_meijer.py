"""The law of the gain as a Meijer G-function: residues against the inversion integral, mpmath and SciPy; its proof."""

from dataclasses import replace
from decimal import Decimal

import mpmath
import pytest
from scipy import stats
from sympy import I, Product, Rational, gamma
from sympy.core.relational import Ge, Le

from theory import rules, theorem
from theory.depth.gain_law import MEIJER, WIDE_CHARACTERISTIC, WIDE_FACTOR, WIDE_LAW, WIDE_TRANSFORM
from theory.evaluating import evaluate
from theory.meijer import meijer_law
from theory.printing import latex, text
from theory.proofs.context import Context
from theory.proofs.facts import Fact
from theory.quantities import P, law_of_log, squared_norm
from theory.rectangular import J, v
from theory.references import GIL_PELAEZ_1951, SPRINGER_THOMPSON_1970
from theory.statement import Step
from theory.symbols import L, l, sigma_w, x, xi
from theory.widths import Profile, units

PLACES = {
    "two equal layers": {"n": "4", "L": "2", "x": "1", "sigma_w": "1"},
    "three equal layers": {"n": "8", "L": "3", "x": "1", "sigma_w": "1"},
    "odd widths": {"n": "5", "L": "3", "x": "2/3", "sigma_w": "4/5"},
    "one unit": {"n": "1", "L": "1", "x": "1", "sigma_w": "1"},
    "ten layers": {"n": "32", "L": "10", "x": "2", "sigma_w": "1"},
    "even and odd widths": {"widths": "4,8,2,5", "x": "1/3", "sigma_w": "6/5"},
    "some widths equal": {"widths": "5,3,7,3,4", "x": "7/3", "sigma_w": "6/5"},
    "no widths that share poles": {"widths": "3,4,5", "x": "1", "sigma_w": "1"},
    "far above": {"n": "4", "L": "2", "x": "100", "sigma_w": "1"},
    "far below": {"n": "4", "L": "2", "x": "1e-9", "sigma_w": "1"},
}


@pytest.mark.parametrize("digits", [30, 60])
@pytest.mark.parametrize("values", PLACES.values(), ids=PLACES)
def test_both_roads_agree(values, digits):
    """Two enclosures of one number overlap, each as narrow as was asked for."""
    one, two = (evaluate("gain_law", values, digits, road) for road in ("inversion", "meijer"))
    assert max(Decimal(one.low), Decimal(two.low)) <= min(Decimal(one.high), Decimal(two.high))
    for each in (one, two):
        assert Decimal(each.high) - Decimal(each.low) <= Decimal(10) ** (1 - digits) * Decimal(each.value)


def test_a_value_computed_elsewhere():
    """P(‖Jv‖² <= 1) at n = 4, L = 2, sigma_w = 1: an independent computation."""
    assert str(evaluate("gain_law", PLACES["two equal layers"], 30, "meijer").value).startswith("0.661052613567")


def test_one_layer_is_a_chi_square():
    """SciPy's chi-square: n ‖Wv‖²/sigma_w² with n_out degrees."""
    found = evaluate("gain_law", {"widths": "7,4", "x": "3/2", "sigma_w": "6/5"}, road="meijer").value
    assert found == pytest.approx(stats.chi2.cdf(7 * 1.5 / 1.44, 4), rel=1e-13)


@pytest.mark.parametrize(
    ("widths", "argument"), [("3,4,5", Rational(1)), ("4,8,3", Rational(1, 2)), ("2,5,4", Rational(3))]
)
def test_mpmath_says_the_same(widths, argument):
    """mpmath's own Meijer G-function, at shapes that share no pole."""
    profile = Profile.read(widths)
    shapes = [mpmath.mpf(width) / 2 for width in profile[1:]]
    with mpmath.workdps(40):
        z = mpmath.mpf(argument.p) / argument.q * mpmath.fprod(mpmath.mpf(width) / 2 for width in profile[:-1])
        exact = mpmath.meijerg([[1], []], [shapes, [0]], z) / mpmath.fprod(map(mpmath.gamma, shapes))
        found = evaluate("gain_law", {"widths": widths, "x": str(argument), "sigma_w": "1"}, 30, "meijer")
        assert abs(mpmath.mpf(found.value) - exact) < mpmath.mpf(10) ** -28


def test_two_layers_by_quadrature():
    """P = E P(chi²_4 <= 16/u), u ~ chi²_4: mpmath's integral over the first layer."""
    with mpmath.workdps(30):

        def density(u):
            return u * mpmath.exp(-u / 2) / 4 * mpmath.gammainc(2, 0, 8 / u, regularized=True)

        exact = mpmath.quad(density, [0, 1, 4, 10, 30, 100, 200])
        found = evaluate("gain_law", PLACES["two equal layers"], 25, "meijer").value
        assert abs(mpmath.mpf(found) - exact) < mpmath.mpf(10) ** -20


@pytest.mark.parametrize(
    ("slug", "values", "road", "told"),
    [
        ("gain_law", PLACES["two equal layers"], "residues", "road=residues: no such road; pass inversion or meijer"),
        ("log_gain", {"n": "4", "L": "2", "sigma_w": "1"}, "meijer", "theorem log_gain has one road alone"),
        ("gain_law", {"n": "4", "L": "300", "sigma_w": "1", "x": "1"}, "meijer", "300 layers; pass at most 200"),
        ("gain_law", {"n": "4", "L": "1", "sigma_w": "1/100", "x": "1e4"}, "meijer", "takes more than 4000 poles"),
    ],
)
def test_where_the_road_does_not_lead(slug, values, road, told):
    with pytest.raises(ValueError) as caught:
        evaluate(slug, values, 10, road)
    assert told in str(caught.value) and "\n" not in str(caught.value)


def test_it_prints_as_a_g_function():
    assert r"G^{L,1}_{1,L+1}" in latex(MEIJER) and r"\frac{n_{1}}{2},\ldots,\frac{n_{L}}{2},0" in latex(MEIJER)
    assert "| 1; n_1/2, ..., n_L/2, 0)" in text(MEIJER)


REFERENCES = (GIL_PELAEZ_1951, SPRINGER_THOMPSON_1970)
OTHER = Product(WIDE_FACTOR.subs(sigma_w, 2 * sigma_w), (l, 1, L))
WRONG = {
    "another scale": meijer_law(OTHER, xi, x),
    "another argument": meijer_law(WIDE_TRANSFORM, xi, 2 * x),
    "one factor less": meijer_law(Product(WIDE_FACTOR, (l, 1, L - 1)), xi, x),
    "twice": 2 * MEIJER,
    "its complement": 1 - MEIJER,
}


def test_mellin_inversion_is_held_with_its_transform(gaps_of):
    given = (WIDE_CHARACTERISTIC,)
    rule = rules.mellin_inversion
    assert rule.check(Step("cite", WIDE_LAW.left, "=", MEIJER, "", rule, given), context())
    above = P(Ge(squared_norm(J * v), x))
    assert not rule.check(Step("cite", above, "=", MEIJER, "", rule, given), context())
    assert not rule.check(Step("cite", WIDE_LAW.left, "=", MEIJER, "", rule), context())
    assert not rule.check(Step("cite", WIDE_LAW.left, "=", MEIJER, "", rule, given), context(()))
    below = P(Le(squared_norm(J), x))
    assert not rule.check(Step("cite", below, "=", MEIJER, "", rule, given), context())


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_a_wrong_g_function_is_refused(wrong):
    given = (WIDE_CHARACTERISTIC,)
    step = Step("cite", WIDE_LAW.left, "=", wrong, "", rules.mellin_inversion, given)
    assert not rules.mellin_inversion.check(step, context())
    shifted = Step("eq", wrong, "=", WIDE_LAW.right, "", rules.shifted_line)
    assert not rules.shifted_line.check(shifted, context())


def test_a_transform_that_is_no_product_of_gammas_is_refused():
    transform = Product(WIDE_FACTOR + 1, (l, 1, L))
    fact = Fact(WIDE_CHARACTERISTIC.left, "=", transform)
    node = meijer_law(transform, xi, x)
    assert not rules.mellin_inversion.check(
        Step("cite", WIDE_LAW.left, "=", node, "", rules.mellin_inversion, (fact,)), context()
    )
    assert not rules.shifted_line.check(
        Step("eq", node, "=", law_of_log(transform, xi, x), "", rules.shifted_line), context()
    )


def test_a_shape_that_may_be_negative_is_refused():
    shape = units(l) / 2 - 3
    transform = Product((2 * sigma_w) ** (I * xi) * gamma(shape + I * xi) / gamma(shape), (l, 1, L))
    step = Step("eq", meijer_law(transform, xi, x), "=", law_of_log(transform, xi, x), "", rules.shifted_line)
    assert not rules.shifted_line.check(step, context())


def context(references=REFERENCES):
    found = theorem("gain_law")
    return Context.of(replace(found, references=references), found.systems[0])
