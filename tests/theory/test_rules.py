"""Every rule accepts its right instance and refuses its wrong neighbors."""

import pytest
from sympy import Abs, Derivative, I, Integer, Integral, KroneckerDelta, MatMul, MatPow, Mul, Pow, Product, Rational
from sympy import Subs, Sum, Transpose, exp, gamma as Gamma, log, oo, polygamma, sqrt
from sympy.core.relational import Ge, Le

from theory import LINEAR, TANH, rules
from theory.assumptions import FOURTH_MOMENT, GAUSSIAN, GOE, HAAR, IID, ISOTROPIC, ORTHOGONAL, SYMMETRIC
from theory.definitions import LINEAR_DEPTH, LINEAR_ERROR, LINEAR_LAYER, ONE_MATRIX, ORTHOGONALITY, UNIT_DIRECTION
from theory.depth.gain_law import CHARACTERISTIC, FACTOR, TRANSFORM
from theory.derivatives import partial, rate
from theory.facts import Fact
from theory.letters import D, I as IDENTITY, J, V, W, W_tied, b, delta, g, h, slopes_weights, v, weights
from theory.moves import chi_square_moment
from theory.products import OrderedProduct
from theory.quantities import (
    E,
    P,
    departure,
    inner,
    law_of_log,
    limit_of,
    norm,
    radius,
    root,
    singular,
    smallest,
    squared_norm,
    times,
)
from theory.references import BAI_YIN_1988
from theory.rules import by
from theory.statement import Induction, Parameter, Step
from theory.symbols import L, T, eps, gamma, i, l, n, s, sigma_b, sigma_w, u, x, xi
from theory.systems import ANY, DEPTH, MATRIX, TIME

CHAIN = weights()
NEXT = W(L + 1) * CHAIN * v
GAIN = squared_norm(CHAIN * v)
RHO, DELTA, NORM = radius(W_tied), departure(W_tied), norm(W_tied)
POSITIVE = (Fact(Integer(0), "<", RHO),)
SCHUR = n * T ** (n - 1) * (1 + DELTA / RHO) ** (n - 1) * RHO**T
COLUMN = Sum((1 + KroneckerDelta(i, 1)) * sigma_w**2 / n, (i, 1, n))
POWER = I * xi
MEAN = Subs(Derivative(-I * log(TRANSFORM), xi), xi, 0)
GAIN_LAW = Step("eq", CHARACTERISTIC.left, "=", TRANSFORM, "", by("gain_law", CHARACTERISTIC))
LOG = log(squared_norm(J * v))
DEEP, TIED = DEPTH(ANY), TIME(LINEAR)


def chi(power):
    return (sigma_w**2 / n) ** power * chi_square_moment(n, power)


# rule, left, op, right, given, system, assumes; then wrong right sides
CASES = {
    "algebra": ("algebra", squared_norm(weights(1, L + 1) * v), "=", squared_norm(NEXT), (), DEPTH(LINEAR), (),
        [2 * squared_norm(NEXT), GAIN, squared_norm(CHAIN * W(L + 1) * v), squared_norm(W(L + 2) * CHAIN * v)]),
    "algebra of transposes": ("algebra", inner(g, D(l) * V * h(l)), "=", inner(Transpose(V) * D(l) * g, h(l)), (), DEEP, (),
        [inner(V * D(l) * g, h(l)), inner(D(l) * V * g, h(l)), -inner(Transpose(V) * D(l) * g, h(l))]),
    "algebra of powers": ("algebra", times(sigma_w**2, sigma_w ** (2 * L)), "=", sigma_w ** (2 * L + 2), (), DEEP, (),
        [sigma_w ** (2 * L + 1), sigma_w ** (L + 2), sigma_w ** (4 * L), sigma_w ** (2 * L + 2) * Rational(1001, 1000)]),
    "algebra of roots": ("algebra", root(RHO**T, T), "=", RHO, (), TIED, (), [RHO**T, 2 * RHO, RHO**2, NORM]),
    "calculus of integrals": ("calculus", chi_square_moment(n, POWER), "=", 2**POWER * Gamma(n / 2 + POWER) / Gamma(n / 2),
        (), DEEP, (), [2**POWER * Gamma(n / 2 + POWER), Gamma(n / 2 + POWER) / Gamma(n / 2), Integer(1)]),
    "calculus of sums": ("calculus", COLUMN, "=", sigma_w**2 * (1 + 1 / n), (), DEEP, (),
        [sigma_w**2, sigma_w * (1 + 1 / n), sigma_w**2 * (1 + 2 / n)]),
    "calculus of derivatives": ("calculus", MEAN, "=", L * (log(2 * sigma_w**2 / n) + polygamma(0, n / 2)), (), DEEP, (),
        [L * (log(2 * sigma_w / n) + polygamma(0, n / 2)), L * (log(2 * sigma_w**2 / n) + polygamma(0, n)),
         L * (log(2 * sigma_w**2 / n) + polygamma(1, n / 2))]),
    "calculus of limits": ("calculus", limit_of(T ** (1 / T) * NORM, T), "=", NORM, (), TIED, (),
        [2 * NORM, Integer(1), NORM**2]),
    "unfold": ("unfold", squared_norm(J * v), "=", GAIN, (LINEAR_DEPTH,), DEPTH(LINEAR), (),
        [squared_norm(weights(1, L + 1) * v), squared_norm(slopes_weights() * v), Integer(1)]),
    "unfold in a word": ("unfold", Transpose(h(l)) * Transpose(W(l)) * W(l) * h(l), "=",
        sigma_w**2 * Transpose(h(l)) * h(l), (ORTHOGONALITY,), DEPTH(LINEAR), (ORTHOGONAL,),
        [sigma_w * Transpose(h(l)) * h(l), Transpose(h(l)) * h(l), sigma_w**2 * Transpose(h(l)) * W(l) * h(l)]),
    "layer_derivative by its input": ("layer_derivative", partial(h(l), h(l - 1)), "=", D(l) * W(l), (), DEEP, (),
        [W(l) * D(l), D(l - 1) * W(l), D(l) * W(l - 1), D(l) * Transpose(W(l)), W(l)]),
    "layer_derivative by itself": ("layer_derivative", partial(h(l), h(l)), "=", IDENTITY, (), DEEP, (), [D(l), 2 * IDENTITY]),
    "layer_derivative by its weights": ("layer_derivative", rate(h(l), W(l), V), "=", D(l) * V * h(l - 1), (), DEEP, (),
        [D(l) * V * h(l), V * D(l) * h(l - 1), D(l) * Transpose(V) * h(l - 1)]),
    "layer_derivative through time": ("layer_derivative", rate(h(T + 1), W_tied, V), "=",
        D(T + 1) * (W_tied * rate(h(T), W_tied, V) + V * h(T)), (), TIME(ANY), (),
        [D(T + 1) * V * h(T), D(T + 1) * W_tied * rate(h(T), W_tied, V), D(T) * (W_tied * rate(h(T), W_tied, V) + V * h(T))]),
    "chain_of_derivatives": ("chain_of_derivatives", partial(h(L + 1), h(0)), "=",
        partial(h(L + 1), h(L)) * partial(h(L), h(0)), (), DEEP, (),
        [partial(h(L), h(0)) * partial(h(L + 1), h(L)), partial(h(L), h(0)), 2 * partial(h(L + 1), h(L)) * partial(h(L), h(0))]),
    "chain_of_derivatives by weights": ("chain_of_derivatives", rate(h(L), W(l), V), "=",
        partial(h(L), h(l)) * rate(h(l), W(l), V), (), DEEP, (),
        [rate(h(l), W(l), V), partial(h(L), h(l - 1)) * rate(h(l), W(l), V), partial(h(L), h(l)) * rate(h(L), W(l), V)]),
    "isotropy": ("isotropy", E(squared_norm(NEXT)), "=", sigma_w**2 * E(GAIN), (), DEPTH(LINEAR), (ISOTROPIC,),
        [sigma_w * E(GAIN), sigma_w**4 * E(GAIN), n * sigma_w**2 * E(GAIN), sigma_w**2 * E(squared_norm(NEXT)), E(GAIN)]),
    "isotropy of one matrix": ("isotropy", 3 * E(squared_norm(W_tied * v)), "=", 3 * sigma_w**2 * E(squared_norm(v)), (), MATRIX,
        (ISOTROPIC,), [3 * sigma_w * E(squared_norm(v)), sigma_w**2 * E(squared_norm(v))]),
    "symmetric_second_moment": ("symmetric_second_moment", E(squared_norm(NEXT)), "=", COLUMN * E(GAIN), (), DEPTH(LINEAR), (GOE,),
        [sigma_w**2 * E(GAIN), 2 * COLUMN * E(GAIN), COLUMN**2 * E(GAIN)]),
    "gaussian_gain": ("gaussian_gain", E(squared_norm(NEXT) ** POWER), "=", chi(POWER) * E(GAIN**POWER), (), DEPTH(LINEAR),
        (GAUSSIAN,), [chi(2 * POWER) * E(GAIN**POWER), (sigma_w / n) ** POWER * chi_square_moment(n, POWER) * E(GAIN**POWER),
                      sigma_w ** (2 * POWER) * chi_square_moment(n, POWER) * E(GAIN**POWER), chi(POWER) * E(GAIN)]),
    "gaussian_gain of a square": ("gaussian_gain", E(squared_norm(NEXT) ** 2), "=", chi(2) * E(GAIN**2), (), DEPTH(LINEAR),
        (GAUSSIAN,), [chi(1) ** 2 * E(GAIN**2), chi(2) * E(GAIN) ** 2]),
    "markov": ("markov", P(Ge(norm(J), eps)), "<=", E(norm(J) ** 2) / eps**2, (), DEEP, (),
        [E(norm(J) ** 2) / eps, E(norm(J)) / eps**2, E(norm(J)) ** 2 / eps**2, E(norm(J) ** 2) / (2 * eps**2)]),
    "frobenius_bound": ("frobenius_bound", E(norm(J) ** 2) / eps, "<=", E(squared_norm(J)) / eps, (), DEEP, (),
        [E(squared_norm(J)), sqrt(E(squared_norm(J))) / eps, E(squared_norm(J)) / (n * eps)]),
    "submultiplicativity": ("submultiplicativity", norm(W(2) * W(1)), "<=", norm(W(2)) * norm(W(1)), (), DEEP, (),
        [norm(W(2)), norm(W(2)) * norm(W(1)) / 2, norm(W(2)) * smallest(W(1)), norm(W(1) * W(2))]),
    "smallest_product": ("smallest_product", smallest(W(2)) * smallest(W(1)), "<=", smallest(W(2) * W(1)), (), DEEP, (),
        [smallest(W(2) * W(1)) / 2, smallest(W(2) * W(2)), smallest(W(1))]),
    "smallest_below_norm": ("smallest_below_norm", smallest(J), "<=", norm(J), (), DEEP, (), [norm(W(1)), norm(J) / 2]),
    "slope_bound": ("slope_bound", norm(D(l)) * norm(W(l)), "<=", gamma * norm(W(l)), (), DEEP, (),
        [norm(W(l)), gamma**2 * norm(W(l)), gamma * norm(W(l)) / 2]),
    "slope_bound of squares": ("slope_bound", E(squared_norm(D(l) * W(l) * v)), "<=", gamma**2 * E(squared_norm(W(l) * v)), (),
        DEEP, (), [gamma * E(squared_norm(W(l) * v)), E(squared_norm(W(l) * v)), gamma**2 * E(squared_norm(v))]),
    "largest_bound": ("largest_bound", gamma * norm(W(L)), "<=", gamma * s, (), DEEP, (), [s, gamma * s**2, gamma * s / 2]),
    "spectral_mapping": ("spectral_mapping", radius(W_tied**T), "=", RHO**T, (), TIED, (), [RHO, RHO ** (T + 1), NORM**T]),
    "radius_below_norm": ("radius_below_norm", radius(W_tied**T) ** (1 / T), "<=", norm(W_tied**T) ** (1 / T), (), TIED, (),
        [norm(W_tied**T), NORM ** (1 / T), norm(W_tied**T) ** (1 / T) / 2]),
    "schur_bound": ("schur_bound", norm(W_tied**T), "<=", SCHUR, POSITIVE, TIED, (),
        [SCHUR / T, SCHUR / n, RHO**T, SCHUR.subs(DELTA, DELTA / 2)]),
    "symmetric_power": ("symmetric_power", norm(W_tied**T), "=", NORM**T, (), TIED, (SYMMETRIC,),
        [NORM, NORM ** (T + 1), RHO**T]),
    "isometry": ("isometry", singular(W(l)), "=", sqrt(sigma_w**2), (ORTHOGONALITY,), DEPTH(LINEAR), (ORTHOGONAL,),
        [sigma_w**2, 2 * sigma_w, Integer(1), -sigma_w]),
    "norm_of_wide_iid": ("norm_of_wide_iid", limit_of(NORM, n), "=", 2 * sigma_w, (), MATRIX, (IID, FOURTH_MOMENT),
        [sigma_w, 2 * sigma_w**2, 3 * sigma_w, 2 * sigma_w * Rational(1001, 1000)]),
    "norm_of_wide_symmetric": ("norm_of_wide_symmetric", limit_of(NORM, n), "=", 2 * sigma_w, (), MATRIX, (GOE,),
        [sigma_w, 2 * sigma_w**2, sqrt(2) * sigma_w]),
}  # fmt: skip


def step_of(name, right=None):
    rule, left, op, true, given, system, assumes, _ = CASES[name]
    conditions = tuple(fact for fact in given if fact.op == "<")
    leans = tuple(fact for fact in given if fact.op != "<")
    step = Step("eq", left, op, true if right is None else right, "", getattr(rules, rule), leans)
    return step, {"system": system, "assumes": assumes, "given": conditions}


@pytest.mark.parametrize("name", CASES)
def test_right_instance_is_accepted(gaps_of, name):
    step, setting = step_of(name)
    assert gaps_of(step, **setting) == ()


@pytest.mark.parametrize("name, wrong", [(name, wrong) for name, case in CASES.items() for wrong in case[7]])
def test_wrong_neighbor_is_refused(gaps_of, name, wrong):
    step, setting = step_of(name, wrong)
    assert gaps_of(step, **setting)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case[2] == "<="])
def test_bound_is_no_equality_and_not_its_converse(gaps_of, name):
    step, setting = step_of(name)
    assert gaps_of(Step("eq", step.left, "=", step.right, "", step.rule, step.given), **setting)
    assert gaps_of(Step("eq", step.right, "<=", step.left, "", step.rule, step.given), **setting)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case[6]])
def test_assumption_is_needed(gaps_of, name):
    step, setting = step_of(name)
    assert gaps_of(step, **{**setting, "assumes": ()})


def test_every_listed_rule_is_tested():
    listed = {name for name, value in vars(rules).items() if isinstance(value, rules.Rule)}
    elsewhere = {"hypothesis", "limit_of_bounds", "log_moments", "inversion"}
    assert listed - elsewhere == {case[0] for case in CASES.values()}


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
    tied = Step("diff", rate(h(l), W_tied, V), "=", D(l) * (W_tied * rate(h(l - 1), W_tied, V) + V * h(l - 1)), "",
                rules.layer_derivative)  # fmt: skip
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


FALSE_ALGEBRA = {
    "a sum of different terms": (Sum(norm(W(l)), (l, 1, L)), L * norm(W(l))),
    "a product of different factors": (Product(norm(W(l)), (l, 1, L)), norm(W(l)) ** L),
    "an integral of a quantity": (Integral(norm(x * W(1) + V), (x, 0, 1)), norm(x * W(1) + V)),
    "a derivative of a quantity": (Subs(Derivative(E(squared_norm(J)), sigma_w), sigma_w, 1), Integer(0)),
    "a random symbol under E": (E(s), s),
    "an entry under E": (E(J[0, 0]), J[0, 0]),
    "the root of a square": (sqrt(inner(g, h(1)) ** 2), inner(g, h(1))),
    "the root of a product": (sqrt(inner(g, h(1)) * inner(g, h(2))), sqrt(inner(g, h(1))) * sqrt(inner(g, h(2)))),
    "a log of a product": (log(inner(g, h(1)) * inner(g, h(2))), log(inner(g, h(1))) + log(inner(g, h(2)))),
    "a root of a power": (root(inner(g, h(1)) ** (2 * T), T), inner(g, h(1)) ** 2 * 2),
    "an odd root": (root(inner(g, h(1)) ** T, T), inner(g, h(1))),
    "a quotient that may be 0/0": (times(norm(J), 1 / norm(J)), Integer(1)),
    "a quotient by a bias that may be 0": (times(sigma_b, 1 / sigma_b), Integer(1)),
    "powers that may be 0^0": (times(sigma_b ** (L - 3), sigma_b**3), sigma_b**L),
    "a complex mean taken for real": (sqrt(E(GAIN**POWER) ** 2), Abs(E(GAIN**POWER))),
    "expectation of a product": (E(norm(W(1)) * norm(W(2))), E(norm(W(1))) * E(norm(W(2)))),
    "a square under the expectation": (E(norm(J) ** 2), E(norm(J)) ** 2),
    "matrices commute": (norm(W(1) * W(2)), norm(W(2) * W(1))),
    "a double sum": (Sum(norm(W(l)) * norm(W(i)), (l, 1, L + 1), (i, 1, L)),
                     Sum(norm(W(l)) * norm(W(i)), (l, 1, L)) + norm(W(L + 1)) * norm(W(i))),
    "an empty sum from above": (Sum(l, (l, 3, 1)), Integer(0)),
}  # fmt: skip


@pytest.mark.parametrize("left, right", FALSE_ALGEBRA.values(), ids=FALSE_ALGEBRA)
@pytest.mark.parametrize("rule", ["algebra", "calculus"])
def test_false_algebra_is_refused(gaps_of, left, right, rule):
    assert gaps_of(Step("eq", left, "=", right, "", getattr(rules, rule)), system=DEEP)


FALSE_CALCULUS = {
    "a divergent integral": (Integral(u ** Rational(-3, 2) * exp(-u), (u, 0, oo)), Gamma(Rational(-1, 2))),
    "an integral that may diverge": (Integral(u**-n * exp(-u), (u, 0, oo)), Gamma(1 - n)),
    "J taken for constant in T": (limit_of(norm(J) ** (1 / T), T), Integer(1)),
    "J taken for constant in L": (limit_of(norm(J) / L, L), Integer(0)),
    "the error signal taken for constant in L": (limit_of(norm(delta(1)) / L, L), Integer(0)),
    "a quantity that may be 0": (limit_of(DELTA ** (1 / T), T), Integer(1)),
    "a geometric limit": (limit_of(sigma_w**T, T), Integer(0)),
    "W taken for constant in sigma_w": (limit_of(NORM / sigma_w, sigma_w), Integer(0)),
    "W taken for constant in n": (limit_of(NORM / n, n), Integer(0)),
    "the largest norm taken for constant in L": (limit_of(s / L, L), Integer(0)),
    "a sum that oscillates": (Sum((-1) ** l, (l, 1, oo)), Rational(-1, 2)),
}


@pytest.mark.parametrize("left, right", FALSE_CALCULUS.values(), ids=FALSE_CALCULUS)
@pytest.mark.parametrize("system", [DEEP, TIED], ids=str)
def test_false_calculus_is_refused(gaps_of, left, right, system):
    assert gaps_of(Step("limit", left, "=", right, "", rules.calculus), system=system)


def test_substitution_is_not_captured(gaps_of):
    total = Sum(inner(g, h(l)), (l, 1, L))
    unfolded = Sum(inner(g, W(l) * h(l - 1) + b(l)), (l, 1, L))
    assert gaps_of(Step("eq", total, "=", unfolded, "", rules.unfold, (LINEAR_LAYER,)))


def test_unfold_leans_on_equalities_that_change_the_left_side(gaps_of):
    assert gaps_of(Step("eq", GAIN, "=", 1 * E(GAIN), "", rules.unfold, (UNIT_DIRECTION,)))
    assert gaps_of(Step("eq", times(sigma_w, sigma_w), "=", sigma_w**2, "", rules.unfold))


def test_squeeze(gaps_of):
    upper = T ** (1 / T) * NORM
    below = Step("ineq", radius(W_tied**T) ** (1 / T), "<=", norm(W_tied**T) ** (1 / T), "", rules.radius_below_norm)
    closing = Step("limit", limit_of(upper, T), "=", NORM, "", rules.calculus)
    facts = (below.fact, Fact(norm(W_tied**T) ** (1 / T), "<=", upper), closing.fact)
    squeezed = Step("limit", limit_of(below.right, T), "=", NORM, "", rules.limit_of_bounds, facts)
    assert gaps_of(below, closing, squeezed, system=TIED)  # neither bound was proved


@pytest.mark.parametrize("wrong", [law_of_log(FACTOR, xi, x), law_of_log(TRANSFORM, xi, x**2), 1 - law_of_log(TRANSFORM, xi, x)])
def test_inversion_has_one_form(gaps_of, wrong):
    def steps(right, event=Le(squared_norm(J * v), x)):  # noqa: B008
        return GAIN_LAW, Step("cite", P(event), "=", right, "", rules.inversion, (CHARACTERISTIC,))

    right = law_of_log(TRANSFORM, xi, x)
    assert gaps_of(*steps(right), assumes=(GAUSSIAN,)) == ()
    assert gaps_of(*steps(wrong), assumes=(GAUSSIAN,))
    assert gaps_of(*steps(right, Ge(squared_norm(J * v), x)), assumes=(GAUSSIAN,))
    assert gaps_of(steps(right)[1], assumes=(GAUSSIAN,))  # the characteristic function was not proved
    assert gaps_of(*steps(right), assumes=(GAUSSIAN,), references=())


def test_log_moments(gaps_of):
    def step(left, right):
        return GAIN_LAW, Step("eq", left, "=", right, "", rules.log_moments, (CHARACTERISTIC,))

    assert gaps_of(*step(E(LOG), MEAN), assumes=(GAUSSIAN,)) == ()
    second = Subs(Derivative(-log(TRANSFORM), (xi, 2)), xi, 0)
    for wrong in (second, -MEAN, 2 * MEAN, Subs(Derivative(-I * log(FACTOR), xi), xi, 0)):
        assert gaps_of(*step(E(LOG), wrong), assumes=(GAUSSIAN,))
    assert gaps_of(*step(E(LOG**2), second), assumes=(GAUSSIAN,))
    assert gaps_of(*step(E((LOG - L) ** 2), second), assumes=(GAUSSIAN,))  # L is not the mean
    assert gaps_of(*step(log(E(squared_norm(J * v))), MEAN), assumes=(GAUSSIAN,))  # mean and typical mixed


def test_cited_theorem_needs_its_reference(gaps_of):
    step, setting = step_of("norm_of_wide_iid")
    assert gaps_of(step, **setting, references=(BAI_YIN_1988,)) == ()
    assert gaps_of(step, **setting, references=())


class TestByAnEarlierTheorem:
    def test_is_held_as_its_weakest_step_on_the_way(self, gaps_of):
        assert GAIN_LAW.held == "axiom"
        assert gaps_of(GAIN_LAW, assumes=(GAUSSIAN,)) == ()

    @pytest.mark.parametrize("assumes", [(), (ISOTROPIC,), (HAAR,), (IID,)])
    def test_across_assumptions(self, gaps_of, assumes):
        assert gaps_of(GAIN_LAW, assumes=assumes)

    @pytest.mark.parametrize("system", [DEPTH(TANH), DEPTH(ANY), TIME(LINEAR), MATRIX], ids=str)
    def test_across_systems(self, gaps_of, system):
        assert gaps_of(GAIN_LAW, system=system, assumes=(GAUSSIAN,))

    def test_another_fact(self, gaps_of):
        false = Fact(CHARACTERISTIC.left, "=", FACTOR)
        assert by("gain_law", false).held == "gap"
        assert gaps_of(Step("eq", false.left, "=", false.right, "", by("gain_law", false)), assumes=(GAUSSIAN,))
        assert gaps_of(Step("eq", false.left, "=", false.right, "", by("gain_law", CHARACTERISTIC)), assumes=(GAUSSIAN,))

    def test_a_fact_of_one_system_of_several(self, gaps_of):
        fact = Fact(limit_of(norm(J), n), "=", limit_of(NORM, n))
        step = Step("eq", fact.left, "=", fact.right, "", by("symmetric_weights", fact))
        assert gaps_of(step, system=MATRIX, assumes=(GOE,)) == ()
        assert gaps_of(step, system=TIED, assumes=(GOE,))

    def test_outside_its_domain(self, gaps_of):
        wide = Parameter(n, 0, oo, points=(2, 3))
        assert gaps_of(GAIN_LAW, assumes=(GAUSSIAN,), parameters=(wide,))


class TestHypothesis:
    def claim(self, op, step):
        base = (Step("eq", times(Integer(1), sigma_w**0), "=", Integer(1), "", rules.algebra),)
        return Induction(L, E(GAIN), op, sigma_w ** (2 * L), base, (step,))

    def test_is_needed(self, gaps_of):
        step = Step("eq", E(GAIN), "=", sigma_w ** (2 * L), "", rules.hypothesis)
        assert gaps_of(step, assumes=(ISOTROPIC,))

    @pytest.mark.parametrize(
        "left, right",
        [
            (E(squared_norm(weights(1, L + 1) * v)), sigma_w ** (2 * L + 2)),
            (E(squared_norm(weights(1, L + 2) * v)), sigma_w ** (2 * L + 4)),
            (E(GAIN), sigma_w ** (2 * L + 2)),
            (E(squared_norm(CHAIN * W(1) * v)), sigma_w ** (2 * L)),
            (E(squared_norm(CHAIN * g)), sigma_w ** (2 * L)),
        ],
    )
    def test_holds_at_L_alone(self, gaps_of, left, right):
        step = Step("eq", left, "=", right, "", rules.hypothesis)
        goal = Fact(E(GAIN), "=", sigma_w ** (2 * L))
        assert any("hypothesis" in gap for gap in gaps_of(self.claim("=", step), goal=goal))

    @pytest.mark.parametrize("factor", [-1, inner(g, h(1)), 1 - sigma_w])
    def test_inequality_is_not_scaled_by_what_may_be_negative(self, gaps_of, factor):
        step = Step("ineq", factor * E(GAIN), "<=", factor * sigma_w ** (2 * L), "", rules.hypothesis)
        gaps = gaps_of(self.claim("<=", step), goal=Fact(E(GAIN), "<=", sigma_w ** (2 * L)))
        assert any("hypothesis" in gap for gap in gaps)


def test_rule_must_be_listed(gaps_of):
    forged = rules.Rule("algebra", "computed", "", lambda step, context: True)
    renamed = rules.Rule("algebra", "computed", "", rules.norm_of_wide_iid.check)
    theorem = rules.Rule("theorem gain_law", "axiom", "", lambda step, context: True)
    for rule in (forged, renamed, theorem):
        assert gaps_of(Step("eq", norm(J), "=", Integer(1), "", rule), assumes=(GAUSSIAN,))

