"""Rules where they do not apply: dependent words, decreasing places, powers and derivatives of something else."""

import pytest
from sympy import Abs, I, Integer, KroneckerDelta, MatMul, MatPow, Sum, Transpose, exp, log, sqrt
from sympy.core.relational import Ge, Le

from theory import LINEAR, rules, theorem
from theory.assumptions import GAUSSIAN, GOE, ISOTROPIC, SYMMETRIC
from theory.letters import D, J, V, W, W_tied, b, delta, g, h, v, weights
from theory.products import OrderedProduct
from theory.proofs.derivatives import partial, rate
from theory.proofs.facts import Fact
from theory.proofs.moves import chi_square_moment
from theory.quantities import E, P, departure, inner, limit_of, norm, radius, smallest, squared_norm
from theory.statement import Step
from theory.symbols import L, T, eps, gamma, i, l, n, s, sigma_b, sigma_w, xi
from theory.systems import ANY, DEPTH, TIME

CHAIN = weights()


NEXT = W(L + 1) * CHAIN * v


GAIN = squared_norm(CHAIN * v)


RHO, DELTA, NORM = radius(W_tied), departure(W_tied), norm(W_tied)


POSITIVE = (Fact(Integer(0), "<", RHO),)


SCHUR = n * T ** (n - 1) * (1 + DELTA / RHO) ** (n - 1) * RHO**T


COLUMN = Sum((1 + KroneckerDelta(i, 1)) * sigma_w**2 / n, (i, 1, n))


POWER = I * xi


DEEP, TIED = DEPTH(ANY), TIME(LINEAR)


def chi(power):
    return (sigma_w**2 / n) ** power * chi_square_moment(n, power)


# words that a fresh weight is not independent of
DEPENDENT = {
    "itself": W(L) * W(L) * v,
    "its own transpose": W(L) * Transpose(W(L)) * v,
    "a later layer": W(1) * W(2) * v,
    "a product that holds it": W(L) * CHAIN * v,
    "a shifted product that holds it": W(L + 1) * OrderedProduct(W(l + 1), l, 1, L) * v,
    "a product that turns around": W(L + 1) * OrderedProduct(W(L - l + 1), l, -3, L) * v,
    "its own slopes": W(L) * D(L) * W(L - 1) * v,
    "its own output": W(L) * h(L),
    "an unknown layer": W(L) * W(l) * v,
    "the whole network": W(L + 1) * J * v,
    "the error signal": W(L + 1) * delta(L),
    "the gradient of the loss": W(L) * g,
    "the derivative of the network": W(L + 1) * partial(h(L + 2), h(L)) * v,
}


@pytest.mark.parametrize("word", DEPENDENT.values(), ids=DEPENDENT)
def test_expectation_over_a_dependent_word_is_refused(gaps_of, word):
    rest = MatMul(*word.args[1:])
    steps = {
        "isotropy": (E(squared_norm(word)), sigma_w**2 * E(squared_norm(rest))),
        "symmetric_second_moment": (E(squared_norm(word)), COLUMN * E(squared_norm(rest))),
        "gaussian_gain": (E(squared_norm(word) ** POWER), chi(POWER) * E(squared_norm(rest) ** POWER)),
    }
    for rule, (left, right) in steps.items():
        step = Step("eq", left, "=", right, "", getattr(rules, rule))
        assert gaps_of(step, system=DEEP, assumes=(GAUSSIAN, GOE))


@pytest.mark.parametrize("rest", [W_tied * v, D(1) * W_tied * v, J * v, h(1), D(1) * v, g, Transpose(W_tied) * v])
def test_tied_weight_is_not_fresh(gaps_of, rest):
    left, right = E(squared_norm(W_tied * rest)), sigma_w**2 * E(squared_norm(rest))
    assert gaps_of(Step("eq", left, "=", right, "", rules.isotropy), system=TIME(ANY), assumes=(ISOTROPIC,))


@pytest.mark.parametrize(
    "inside, moved",
    [
        (squared_norm(NEXT) ** 2, sigma_w**4 * GAIN**2),
        (squared_norm(NEXT) * squared_norm(W(L + 1) * W(1)), sigma_w**4 * GAIN * squared_norm(W(1))),
        (norm(W(L + 1)) * squared_norm(NEXT), sigma_w**2 * norm(W(L + 1)) * GAIN),
        (s * squared_norm(NEXT), s * sigma_w**2 * GAIN),
        (log(squared_norm(NEXT)), log(sigma_w**2 * GAIN)),
        (sqrt(squared_norm(NEXT)), sigma_w * sqrt(GAIN)),
        (1 / squared_norm(NEXT), sigma_w**-2 / GAIN),
    ],
)
def test_second_moment_says_nothing_of_other_functions(gaps_of, inside, moved):
    step = Step("eq", E(inside), "=", E(moved), "", rules.isotropy)
    assert gaps_of(step, assumes=(ISOTROPIC,))


def test_slopes_are_no_fresh_weights(gaps_of):
    step = Step("eq", E(squared_norm(D(2) * W(1))), "=", sigma_w**2 * E(squared_norm(W(1))), "", rules.isotropy)
    assert gaps_of(step, system=DEEP, assumes=(ISOTROPIC,))


@pytest.mark.parametrize("power", [-1 * Integer(1), -n, -1 + I * xi, norm(W(1))])
def test_chi_square_moment_must_exist(gaps_of, power):
    step = Step("eq", E(squared_norm(NEXT) ** power), "=", chi(power) * E(GAIN**power), "", rules.gaussian_gain)
    assert gaps_of(step, assumes=(GAUSSIAN,))


@pytest.mark.parametrize(
    "left, right, rule, system",
    [
        (1 / norm(W(2) * W(1)), 1 / (norm(W(2)) * norm(W(1))), "submultiplicativity", DEEP),
        (-norm(W(2) * W(1)), -norm(W(2)) * norm(W(1)), "submultiplicativity", DEEP),
        (1 - norm(D(l)), 1 - gamma, "slope_bound", DEEP),
        (inner(g, h(1)) * norm(D(l)), inner(g, h(1)) * gamma, "slope_bound", DEEP),
        (norm(norm(D(l)) * W(l) - W(l)), norm(gamma * W(l) - W(l)), "slope_bound", DEEP),
        (P(Le(norm(D(l)), eps)), P(Le(gamma, eps)), "slope_bound", DEEP),
        (smallest(norm(W(l)) * V - V), smallest(s * V - V), "largest_bound", DEEP),
        (limit_of(-norm(W(l)), L), limit_of(-s, L), "largest_bound", DEEP),
        (P(Le(norm(J) ** 2, eps)), P(Le(squared_norm(J), eps)), "frobenius_bound", DEEP),
        (NORM**-RHO, NORM**-NORM, "radius_below_norm", TIED),
        (Abs(RHO - 1), Abs(NORM - 1), "radius_below_norm", TIED),
        (-P(Ge(norm(J), eps)), -E(norm(J) ** 2) / eps**2, "markov", DEEP),
        (smallest(J) - norm(J), norm(J) - norm(J), "markov", DEEP),
        (exp(-smallest(J)), exp(-norm(J)), "smallest_below_norm", DEEP),
        (E(-norm(D(l))), E(-gamma), "slope_bound", DEEP),
    ],
)
def test_bound_in_a_decreasing_place_is_refused(gaps_of, left, right, rule, system):
    assert gaps_of(Step("ineq", left, "<=", right, "", getattr(rules, rule)), system=system)


@pytest.mark.parametrize(
    "event, bound",
    [
        (Ge(inner(g, h(1)), eps), E(inner(g, h(1)) ** 2) / eps**2),  # true for X^2 only where X >= 0 is known
        (Ge(norm(J), 1 + norm(W(1))), E(norm(J) ** 2) / (1 + norm(W(1))) ** 2),
        (Ge(norm(J), sigma_b), E(norm(J) ** 2) / sigma_b**2),
        (Ge(eps, norm(J)), eps**2 / E(norm(J) ** 2)),
        (Le(norm(J), eps), E(norm(J) ** 2) / eps**2),
    ],
)
def test_markov_needs_a_positive_constant_level(gaps_of, event, bound):
    assert gaps_of(Step("ineq", P(event), "<=", bound, "", rules.markov), system=DEEP)


@pytest.mark.parametrize(
    "rule, left, op, right",
    [
        ("spectral_mapping", radius(MatPow(W_tied, -T)), "=", RHO**-T),
        ("spectral_mapping", radius(MatPow(W_tied, 1 / T)), "=", RHO ** (1 / T)),
        ("symmetric_power", norm(MatPow(V, T)), "=", norm(V) ** T),
        ("symmetric_power", norm(MatPow(J, T)), "=", norm(J) ** T),
        ("symmetric_power", norm(MatPow(W_tied * V, T)), "=", norm(W_tied * V) ** T),
        ("symmetric_power", norm(MatPow(W_tied, -T)), "=", NORM**-T),
        ("schur_bound", norm(W_tied ** (T - 1)), "<=", SCHUR.subs(T, T - 1)),
        ("submultiplicativity", norm(2 * W_tied), "<=", NORM),
    ],
)
def test_powers_and_scalars_that_a_rule_does_not_speak_of(gaps_of, rule, left, op, right):
    step = Step("eq", left, op, right, "", getattr(rules, rule))
    assert gaps_of(step, system=TIED, assumes=(SYMMETRIC,), given=POSITIVE)


@pytest.mark.parametrize(
    "node, right",
    [
        (partial(delta(l), h(l - 1)), D(l) * W(l)),
        (partial(b(l), h(l - 1)), D(l) * W(l)),
        (partial(h(l), h(l - 2)), D(l) * W(l)),
        (partial(h(0), h(-1)), D(0) * W(0)),
        (rate(delta(l), W(l), V), D(l) * V * h(l - 1)),
        (rate(h(l), W(l + 1), V), D(l) * V * h(l - 1)),
    ],
)
def test_derivative_of_something_else_is_refused(gaps_of, node, right):
    assert gaps_of(Step("diff", node, "=", right, "", rules.layer_derivative), system=DEEP)


def test_time_and_depth_keep_their_own_derivatives(gaps_of):
    deep = Step("diff", partial(h(l), h(l - 1)), "=", D(l) * W(l), "", rules.layer_derivative)
    tied = Step(
        "diff",
        rate(h(l), W_tied, V),
        "=",
        D(l) * (W_tied * rate(h(l - 1), W_tied, V) + V * h(l - 1)),
        "",
        rules.tied_layer,
    )
    assert gaps_of(deep, system=TIME(ANY)) and gaps_of(tied, system=DEEP)
    assert gaps_of(tied, system=TIME(ANY)) == ()


@pytest.mark.parametrize(
    "left, right",
    [
        (partial(h(l), h(l)), partial(h(l), h(l - 1)) * partial(h(l - 1), h(l))),
        (partial(h(l), h(L)), partial(h(l), h(l - 1)) * partial(h(l - 1), h(L))),
        (rate(h(l - 1), W(l), V), partial(h(l - 1), h(l)) * rate(h(l), W(l), V)),
        (partial(delta(l), h(0)), partial(delta(l), h(l - 1)) * partial(h(l - 1), h(0))),
    ],
)
def test_chain_rule_does_not_go_backward(gaps_of, left, right):
    assert gaps_of(Step("eq", left, "=", right, "", rules.chain_of_derivatives), system=DEEP)


@pytest.mark.parametrize("layer, known", [(L, True), (l, True), (L + 1, False), (l + 1, False), (L + 7, False)])
def test_largest_is_of_the_layers_that_there_are(gaps_of, layer, known):
    step = Step("ineq", norm(W(layer)), "<=", s, "", rules.largest_bound)
    assert (gaps_of(step, system=DEEP) == ()) is known


def test_claim_with_the_largest_norm_holds_up_to_L_alone(gaps_of):
    induction = theorem("vanishing_by_norm").proof[1]
    assert gaps_of(induction, system=DEEP) == ()
    deeper = induction.fact.at({L: L + 1})
    step = Step("ineq", deeper.left, "<=", deeper.right, "", rules.limit_of_bounds, (deeper,))
    assert any("not proved before" in gap for gap in gaps_of(induction, step, system=DEEP))


def test_rule_must_be_listed(gaps_of):
    forged = rules.Rule("algebra", "computed", "", lambda step, context: True)
    renamed = rules.Rule("algebra", "computed", "", rules.norm_of_wide_iid.check)
    theorem = rules.Rule("theorem gain_law", "axiom", "", lambda step, context: True)
    for rule in (forged, renamed, theorem):
        assert gaps_of(Step("eq", norm(J), "=", Integer(1), "", rule), assumes=(GAUSSIAN,))
