"""The rules of wide matrices where they do not apply: each planted step is false, and refused."""

from dataclasses import replace

import pytest
from sympy import I, Integer, Transpose, binomial, cos, exp, pi, sin

from theory import rules, theorem
from theory.assumptions import FOURTH_MOMENT, GAUSSIAN, IID, ISOTROPIC
from theory.depth.fuss_catalan_moments import MOMENT, PRODUCT
from theory.depth.product_density import BELOW, CURVE, LEVEL, MASS, OF_WEIGHTS
from theory.depth.product_edge import EDGE, SQUARED
from theory.free import DENSITY, END, LOCATION, coefficient, inverse_s, mass_below, minimum, share, trace_moment
from theory.letters import D, J, W, W_tied, slopes_weights, v, weights
from theory.proofs.context import Context
from theory.proofs.facts import Fact
from theory.quantities import limit_of, norm, radius
from theory.statement import Step
from theory.symbols import L, T, k, n, phi, sigma_w, z
from theory.systems import ANY, DEPTH, MATRIX

WIDE = (IID, FOURTH_MOMENT)
TEXTS = theorem("product_density").references + theorem("product_edge").references + theorem("radius_edge").references
EVERY = (*TEXTS, *theorem("fuss_catalan_moments").references)
BOUND = (Fact(phi, "<", END),)
ONE = sigma_w**2 * (1 + z)


def refused(gaps_of, rule, left, right, given=(), assumes=WIDE, **more):
    step = Step("eq", left, "=", right, "", getattr(rules, rule), given)
    known = tuple(Step("eq", f.left, "=", f.right, "", rules.algebra) for f in given)
    found = gaps_of(*known, step, assumes=assumes, references=EVERY, **more)
    return any(f"not an instance of rule {rule}" in gap or f"rule {rule} needs" in gap for gap in found)


@pytest.mark.parametrize("word", [W(1) * v, D(1), W(1) * W(2), weights(), Transpose(W(1)), J])
def test_law_of_one_matrix_is_of_a_weight_alone(gaps_of, word):
    assert refused(gaps_of, "s_transform_of_wide_iid", inverse_s(word, z), ONE, system=DEPTH(ANY))


@pytest.mark.parametrize("wrong", [1 / ONE, ONE**2, sigma_w * (1 + z), sigma_w**2 * z])
def test_law_of_one_matrix_is_that_of_marchenko_and_pastur(gaps_of, wrong):
    assert refused(gaps_of, "s_transform_of_wide_iid", inverse_s(W(1), z), wrong)
    assert not refused(gaps_of, "s_transform_of_wide_iid", inverse_s(W(1), z), ONE)


@pytest.mark.parametrize("rest", [W(2), Transpose(W(2)), W(3), D(1) * W(1), W(1) * v, W(2) * W(1), slopes_weights()])
def test_only_independent_weights_are_free(gaps_of, rest):
    product = inverse_s(W(2), z) * inverse_s(rest, z)
    assert refused(gaps_of, "free_product", inverse_s(W(2) * rest, z), product, system=DEPTH(ANY))


def test_free_product_is_a_product(gaps_of):
    whole, parts = inverse_s(W(2) * W(1), z), (inverse_s(W(2), z), inverse_s(W(1), z))
    assert refused(gaps_of, "free_product", whole, parts[0] + parts[1])
    assert refused(gaps_of, "free_product", whole, parts[0])
    assert not refused(gaps_of, "free_product", whole, parts[0] * parts[1])
    assert refused(gaps_of, "free_product", whole, parts[0] * parts[1], assumes=(ISOTROPIC, FOURTH_MOMENT))
    assert refused(gaps_of, "free_product", whole, parts[0] * parts[1], assumes=(IID,))


def extracted(factor, order):
    return coefficient(factor, z, order)


SERIES = ((1 + z) * inverse_s(weights(), z)) ** k


@pytest.mark.parametrize(
    "right",
    [
        extracted(SERIES, k - 1),
        extracted(SERIES, k) / k,
        extracted(SERIES, k - 1) / (k + 1),
        extracted(((1 + z) * inverse_s(weights(), z)) ** (k + 1), k - 1) / k,
        extracted(inverse_s(weights(), z) ** k, k - 1) / k,
    ],
)
def test_lagrange_inversion_to_the_letter(gaps_of, right):
    left = limit_of(trace_moment(weights(), k), n)
    assert refused(gaps_of, "lagrange", left, right)
    assert not refused(gaps_of, "lagrange", left, extracted(SERIES, k - 1) / k)


@pytest.mark.parametrize("word, variable", [(J, n), (weights(), L), (D(1) * W(1), n)])
def test_lagrange_speaks_of_wide_products_of_weights(gaps_of, word, variable):
    series = extracted(((1 + z) * inverse_s(word, z)) ** k, k - 1) / k
    assert refused(gaps_of, "lagrange", limit_of(trace_moment(word, k), variable), series, system=DEPTH(ANY))


@pytest.mark.parametrize(
    "function, order, right",
    [
        ((1 + z) ** L, k, binomial(L, k + 1)),
        ((1 + z) ** L, k, binomial(L + 1, k)),
        (2 * (1 + z) ** L, k, binomial(L, k)),
        ((1 + z) ** (-L), k, binomial(-L, k)),
        ((1 + z**2) ** L, k, binomial(L, k)),
        ((1 + z) ** L, k - 2, binomial(L, k - 2)),
        ((1 + z) ** L, z, binomial(L, z)),
        (exp(z), k, binomial(1, k)),
    ],
)
def test_coefficients_that_are_not_these(gaps_of, function, order, right):
    assert refused(gaps_of, "binomial_series", coefficient(function, z, order), right)
    assert not refused(gaps_of, "binomial_series", coefficient(2 * (1 + z) ** L, z, k), 2 * binomial(L, k))


@pytest.mark.parametrize("order", range(6))
def test_coefficients_as_sympy_expands_them(gaps_of, order):
    function, number = 3 * (1 + z) ** 5, (3 * (1 + z) ** 5).expand().coeff(z, order)
    assert not refused(gaps_of, "binomial_series", coefficient(function, z, order), number)


@pytest.mark.parametrize(
    "function, value",
    [
        ((1 + z) ** 2 / z, Integer(2)),
        ((1 + z) ** 2 / z, Integer(5)),
        ((1 + z) ** (L + 1), Integer(1)),
        (1 / (1 + z), Integer(0)),
        (z / (1 + z) ** 2, Integer(1) / 4),
        (z**2 - 2 * z + 2, Integer(1)),
    ],
)
def test_values_that_are_not_least_or_not_shown_to_be(gaps_of, function, value):
    assert refused(gaps_of, "least_value", minimum(function, z), value)
    assert not refused(gaps_of, "least_value", minimum((1 + z) ** 2 / z, z), Integer(4))


@pytest.mark.parametrize("word", [J, W(1) * W(1), D(1) * W(1)])
def test_edge_of_what_is_no_product_of_weights(gaps_of, word):
    right = minimum((1 + z) / z * inverse_s(word, z), z)
    left = limit_of(norm(word) ** 2, n)
    assert refused(gaps_of, "norm_of_wide_product", left, right, assumes=(GAUSSIAN,), system=DEPTH(ANY))


def test_edge_is_stated_for_the_square_and_for_gaussian_weights(gaps_of):
    right = minimum((1 + z) / z * inverse_s(weights(), z), z)
    square = limit_of(norm(weights()) ** 2, n)
    assert not refused(gaps_of, "norm_of_wide_product", square, right, assumes=(GAUSSIAN,))
    assert refused(gaps_of, "norm_of_wide_product", square, right)
    for left in (limit_of(norm(weights()), n), limit_of(norm(weights()) ** 2, L), limit_of(norm(weights()) ** 4, n)):
        assert refused(gaps_of, "norm_of_wide_product", left, right, assumes=(GAUSSIAN,))


@pytest.mark.parametrize(
    "left, right",
    [
        (limit_of(norm(J), n), EDGE),
        (limit_of(norm(J) ** 4, n), EDGE),
        (limit_of(norm(J) ** n, n), EDGE ** (n / 2)),
        (limit_of(n * norm(J), n), n * EDGE ** (Integer(1) / 2)),
        (limit_of(norm(J), L), EDGE ** (Integer(1) / 2)),
        (limit_of(norm(W(1)) * norm(J), n), norm(W(1)) * EDGE ** (Integer(1) / 2)),
    ],
)
def test_limit_of_a_power_is_of_that_power(left, right):
    def follows(start, end, *given):
        return rules.limit_of_power.check(Step("eq", start, "=", end, "", rules.limit_of_power, given), context())

    root = EDGE ** (Integer(1) / 2)
    assert follows(limit_of(norm(J), n), root, SQUARED) and not follows(limit_of(norm(J), n), root)
    assert not follows(left, right, SQUARED)


def context():
    """That of the last step of the density."""
    found = theorem("product_density")
    return Context.of(found, found.systems[0], BOUND)


def step_of(slug, rule):
    return next(step for step in theorem(slug).proof if getattr(step, "rule", None) is getattr(rules, rule))


STIELTJES = step_of("product_density", "stieltjes_inversion")


@pytest.mark.parametrize(
    "change",
    [
        {"right": mass_below(2 * DENSITY, LOCATION, phi, END)},
        {"right": mass_below(-DENSITY, LOCATION, phi, END)},
        {"right": mass_below(DENSITY, LOCATION, phi, pi / L)},
        {"right": mass_below(DENSITY, LOCATION**2, phi, END)},
        {"right": mass_below(DENSITY / L, L * LOCATION, phi, END)},
        {"left": limit_of(share(weights(), 2 * LEVEL), n)},
        {"left": limit_of(share(weights(), LEVEL), L)},
        {"left": limit_of(share(J, LEVEL), n)},
        {"given": (PRODUCT,)},
        {"given": (CURVE,)},
        {"given": (PRODUCT, Fact(CURVE.left.xreplace({I: -I}), "=", LEVEL))},
        {"given": (Fact(PRODUCT.left, "=", ONE), CURVE)},
    ],
)
def test_density_of_another_curve_is_refused(change):
    wrong = replace(STIELTJES, **change)
    assert (wrong.left, wrong.right, wrong.given) != (STIELTJES.left, STIELTJES.right, STIELTJES.given)
    same_value = wrong.right == mass_below(DENSITY / L, L * LOCATION, phi, END)
    assert rules.stieltjes_inversion.check(wrong, context()) is same_value


@pytest.mark.parametrize(
    "right", [MASS + 1, 2 * MASS, 1 - MASS, MASS.subs(L, L + 1), MASS - phi, MASS.subs(phi, phi / 2), Integer(1)]
)
def test_mass_that_is_another(right):
    assert not rules.mass_of_curve.check(Step("eq", BELOW, "=", right, "", rules.mass_of_curve), context())


def test_mass_that_is_this_one():
    assert rules.mass_of_curve.check(Step("eq", BELOW, "=", MASS, "", rules.mass_of_curve), context())


@pytest.mark.parametrize(
    "left, right",
    [
        (sin(2 * phi), sin(phi) * cos(phi)),
        (1 + sin(phi) ** 2, cos(phi) ** 2),
        (exp(I * phi), cos(phi) - I * sin(phi)),
        (norm(J) * sin(2 * phi), 2 * norm(J) * sin(phi) * cos(phi)),
    ],
)
def test_trigonometry_that_is_false_or_of_a_quantity(gaps_of, left, right):
    assert refused(gaps_of, "trigonometry", left, right)
    assert not refused(gaps_of, "trigonometry", sin(2 * phi), 2 * sin(phi) * cos(phi))


@pytest.mark.parametrize("end, safe", [(pi / (L + 1), True), (pi / (L + 2), True), (pi / L, False), (2 * pi, False)])
def test_a_sine_is_divided_by_only_where_it_is_positive(gaps_of, end, safe):
    one = sin((L + 1) * phi)
    step = Step("eq", 1 / one + 1 / one, "=", 2 / one, "", rules.algebra)
    division = Step("eq", cos(phi) ** 2 / one + sin(phi) ** 2 / one, "=", 1 / one, "", rules.algebra)
    found = gaps_of(division, given=(Fact(phi, "<", end),))
    assert step.left == step.right and any("divides by" in gap for gap in found) is not safe


@pytest.mark.parametrize("right", [2 * sigma_w, sigma_w**2, Integer(1)])
def test_radius_of_a_wide_matrix(gaps_of, right):
    left = limit_of(radius(W_tied), n)
    assert refused(gaps_of, "radius_of_wide_iid", left, right, system=MATRIX)
    assert not refused(gaps_of, "radius_of_wide_iid", left, sigma_w, system=MATRIX)
    assert refused(gaps_of, "radius_of_wide_iid", left, sigma_w, assumes=(FOURTH_MOMENT,), system=MATRIX)
    assert refused(gaps_of, "radius_of_wide_iid", limit_of(radius(W_tied**T), n), sigma_w, system=MATRIX)


def test_other_formulas_are_not_reached():
    found = theorem("fuss_catalan_moments")
    (statement,) = found.statements
    for wrong in (MOMENT.subs(k, k + 1), MOMENT * (L * k + 1) / (L * k + 2), MOMENT.subs(L, L + 1)):
        right = statement.right.func(wrong, 1 / (k * L), evaluate=False)
        assert replace(found, statements=(replace(statement, right=right),)).gaps()
    assert OF_WEIGHTS.has(share)
