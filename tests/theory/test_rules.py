"""Every rule accepts its right instance and refuses its wrong neighbors."""

import re
from pathlib import Path

import pytest
from sympy import Derivative, I, Integer, KroneckerDelta, Rational, Subs, Sum, Transpose, log, polygamma, sqrt
from sympy import gamma as Gamma
from sympy.core.relational import Ge

from theory import LINEAR, rules
from theory.assumptions import FOURTH_MOMENT, GAUSSIAN, GOE, IID, ISOTROPIC, ORTHOGONAL, SYMMETRIC
from theory.definitions import LINEAR_DEPTH, ORTHOGONALITY
from theory.depth.gain_law import TRANSFORM
from theory.letters import D, J, V, W, W_tied, g, h, slopes_weights, v, weights
from theory.letters import I as IDENTITY
from theory.proofs.derivatives import partial, rate
from theory.proofs.facts import Fact
from theory.proofs.moves import chi_square_moment
from theory.quantities import (
    E,
    P,
    departure,
    inner,
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
from theory.statement import Step
from theory.symbols import L, T, eps, gamma, i, l, n, s, sigma_w, xi
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


DEEP, TIED = DEPTH(ANY), TIME(LINEAR)


def chi(power):
    return (sigma_w**2 / n) ** power * chi_square_moment(n, power)


# rule, left, op, right, given, system, assumes; then wrong right sides
CASES = {
    "algebra": (
        "algebra",
        squared_norm(weights(1, L + 1) * v),
        "=",
        squared_norm(NEXT),
        (),
        DEPTH(LINEAR),
        (),
        [2 * squared_norm(NEXT), GAIN, squared_norm(CHAIN * W(L + 1) * v), squared_norm(W(L + 2) * CHAIN * v)],
    ),
    "algebra of transposes": (
        "algebra",
        inner(g, D(l) * V * h(l)),
        "=",
        inner(Transpose(V) * D(l) * g, h(l)),
        (),
        DEEP,
        (),
        [inner(V * D(l) * g, h(l)), inner(D(l) * V * g, h(l)), -inner(Transpose(V) * D(l) * g, h(l))],
    ),
    "algebra of powers": (
        "algebra",
        times(sigma_w**2, sigma_w ** (2 * L)),
        "=",
        sigma_w ** (2 * L + 2),
        (),
        DEEP,
        (),
        [sigma_w ** (2 * L + 1), sigma_w ** (L + 2), sigma_w ** (4 * L), sigma_w ** (2 * L + 2) * Rational(1001, 1000)],
    ),
    "algebra of roots": ("algebra", root(RHO**T, T), "=", RHO, (), TIED, (), [RHO**T, 2 * RHO, RHO**2, NORM]),
    "calculus of integrals": (
        "calculus",
        chi_square_moment(n, POWER),
        "=",
        2**POWER * Gamma(n / 2 + POWER) / Gamma(n / 2),
        (),
        DEEP,
        (),
        [2**POWER * Gamma(n / 2 + POWER), Gamma(n / 2 + POWER) / Gamma(n / 2), Integer(1)],
    ),
    "calculus of sums": (
        "calculus",
        COLUMN,
        "=",
        sigma_w**2 * (1 + 1 / n),
        (),
        DEEP,
        (),
        [sigma_w**2, sigma_w * (1 + 1 / n), sigma_w**2 * (1 + 2 / n)],
    ),
    "calculus of derivatives": (
        "calculus",
        MEAN,
        "=",
        L * (log(2 * sigma_w**2 / n) + polygamma(0, n / 2)),
        (),
        DEEP,
        (),
        [
            L * (log(2 * sigma_w / n) + polygamma(0, n / 2)),
            L * (log(2 * sigma_w**2 / n) + polygamma(0, n)),
            L * (log(2 * sigma_w**2 / n) + polygamma(1, n / 2)),
        ],
    ),
    "calculus of limits": (
        "calculus",
        limit_of(T ** (1 / T) * NORM, T),
        "=",
        NORM,
        (),
        TIED,
        (),
        [2 * NORM, Integer(1), NORM**2],
    ),
    "unfold": (
        "unfold",
        squared_norm(J * v),
        "=",
        GAIN,
        (LINEAR_DEPTH,),
        DEPTH(LINEAR),
        (),
        [squared_norm(weights(1, L + 1) * v), squared_norm(slopes_weights() * v), Integer(1)],
    ),
    "unfold in a word": (
        "unfold",
        Transpose(h(l)) * Transpose(W(l)) * W(l) * h(l),
        "=",
        sigma_w**2 * Transpose(h(l)) * h(l),
        (ORTHOGONALITY,),
        DEPTH(LINEAR),
        (ORTHOGONAL,),
        [sigma_w * Transpose(h(l)) * h(l), Transpose(h(l)) * h(l), sigma_w**2 * Transpose(h(l)) * W(l) * h(l)],
    ),
    "layer_derivative by its input": (
        "layer_derivative",
        partial(h(l), h(l - 1)),
        "=",
        D(l) * W(l),
        (),
        DEEP,
        (),
        [W(l) * D(l), D(l - 1) * W(l), D(l) * W(l - 1), D(l) * Transpose(W(l)), W(l)],
    ),
    "layer_derivative by itself": (
        "layer_derivative",
        partial(h(l), h(l)),
        "=",
        IDENTITY,
        (),
        DEEP,
        (),
        [D(l), 2 * IDENTITY],
    ),
    "layer_derivative by its weights": (
        "layer_derivative",
        rate(h(l), W(l), V),
        "=",
        D(l) * V * h(l - 1),
        (),
        DEEP,
        (),
        [D(l) * V * h(l), V * D(l) * h(l - 1), D(l) * Transpose(V) * h(l - 1)],
    ),
    "tied_layer": (
        "tied_layer",
        rate(h(T + 1), W_tied, V),
        "=",
        D(T + 1) * (W_tied * rate(h(T), W_tied, V) + V * h(T)),
        (),
        TIME(ANY),
        (),
        [
            D(T + 1) * V * h(T),
            D(T + 1) * W_tied * rate(h(T), W_tied, V),
            D(T) * (W_tied * rate(h(T), W_tied, V) + V * h(T)),
        ],
    ),
    "chain_of_derivatives": (
        "chain_of_derivatives",
        partial(h(L + 1), h(0)),
        "=",
        partial(h(L + 1), h(L)) * partial(h(L), h(0)),
        (),
        DEEP,
        (),
        [
            partial(h(L), h(0)) * partial(h(L + 1), h(L)),
            partial(h(L), h(0)),
            2 * partial(h(L + 1), h(L)) * partial(h(L), h(0)),
        ],
    ),
    "chain_of_derivatives by weights": (
        "chain_of_derivatives",
        rate(h(L), W(l), V),
        "=",
        partial(h(L), h(l)) * rate(h(l), W(l), V),
        (),
        DEEP,
        (),
        [rate(h(l), W(l), V), partial(h(L), h(l - 1)) * rate(h(l), W(l), V), partial(h(L), h(l)) * rate(h(L), W(l), V)],
    ),
    "isotropy": (
        "isotropy",
        E(squared_norm(NEXT)),
        "=",
        sigma_w**2 * E(GAIN),
        (),
        DEPTH(LINEAR),
        (ISOTROPIC,),
        [
            sigma_w * E(GAIN),
            sigma_w**4 * E(GAIN),
            n * sigma_w**2 * E(GAIN),
            sigma_w**2 * E(squared_norm(NEXT)),
            E(GAIN),
        ],
    ),
    "isotropy of one matrix": (
        "isotropy",
        3 * E(squared_norm(W_tied * v)),
        "=",
        3 * sigma_w**2 * E(squared_norm(v)),
        (),
        MATRIX,
        (ISOTROPIC,),
        [3 * sigma_w * E(squared_norm(v)), sigma_w**2 * E(squared_norm(v))],
    ),
    "symmetric_second_moment": (
        "symmetric_second_moment",
        E(squared_norm(NEXT)),
        "=",
        COLUMN * E(GAIN),
        (),
        DEPTH(LINEAR),
        (GOE,),
        [sigma_w**2 * E(GAIN), 2 * COLUMN * E(GAIN), COLUMN**2 * E(GAIN)],
    ),
    "gaussian_gain": (
        "gaussian_gain",
        E(squared_norm(NEXT) ** POWER),
        "=",
        chi(POWER) * E(GAIN**POWER),
        (),
        DEPTH(LINEAR),
        (GAUSSIAN,),
        [
            chi(2 * POWER) * E(GAIN**POWER),
            (sigma_w / n) ** POWER * chi_square_moment(n, POWER) * E(GAIN**POWER),
            sigma_w ** (2 * POWER) * chi_square_moment(n, POWER) * E(GAIN**POWER),
            chi(POWER) * E(GAIN),
        ],
    ),
    "gaussian_gain of a square": (
        "gaussian_gain",
        E(squared_norm(NEXT) ** 2),
        "=",
        chi(2) * E(GAIN**2),
        (),
        DEPTH(LINEAR),
        (GAUSSIAN,),
        [chi(1) ** 2 * E(GAIN**2), chi(2) * E(GAIN) ** 2],
    ),
    "markov": (
        "markov",
        P(Ge(norm(J), eps)),
        "<=",
        E(norm(J) ** 2) / eps**2,
        (),
        DEEP,
        (),
        [E(norm(J) ** 2) / eps, E(norm(J)) / eps**2, E(norm(J)) ** 2 / eps**2, E(norm(J) ** 2) / (2 * eps**2)],
    ),
    "frobenius_bound": (
        "frobenius_bound",
        E(norm(J) ** 2) / eps,
        "<=",
        E(squared_norm(J)) / eps,
        (),
        DEEP,
        (),
        [E(squared_norm(J)), sqrt(E(squared_norm(J))) / eps, E(squared_norm(J)) / (n * eps)],
    ),
    "submultiplicativity": (
        "submultiplicativity",
        norm(W(2) * W(1)),
        "<=",
        norm(W(2)) * norm(W(1)),
        (),
        DEEP,
        (),
        [norm(W(2)), norm(W(2)) * norm(W(1)) / 2, norm(W(2)) * smallest(W(1)), norm(W(1) * W(2))],
    ),
    "smallest_product": (
        "smallest_product",
        smallest(W(2)) * smallest(W(1)),
        "<=",
        smallest(W(2) * W(1)),
        (),
        DEEP,
        (),
        [smallest(W(2) * W(1)) / 2, smallest(W(2) * W(2)), smallest(W(1))],
    ),
    "smallest_below_norm": ("smallest_below_norm", smallest(J), "<=", norm(J), (), DEEP, (), [norm(W(1)), norm(J) / 2]),
    "slope_bound": (
        "slope_bound",
        norm(D(l)) * norm(W(l)),
        "<=",
        gamma * norm(W(l)),
        (),
        DEEP,
        (),
        [norm(W(l)), gamma**2 * norm(W(l)), gamma * norm(W(l)) / 2],
    ),
    "slope_bound of squares": (
        "slope_bound",
        E(squared_norm(D(l) * W(l) * v)),
        "<=",
        gamma**2 * E(squared_norm(W(l) * v)),
        (),
        DEEP,
        (),
        [gamma * E(squared_norm(W(l) * v)), E(squared_norm(W(l) * v)), gamma**2 * E(squared_norm(v))],
    ),
    "largest_bound": (
        "largest_bound",
        gamma * norm(W(L)),
        "<=",
        gamma * s,
        (),
        DEEP,
        (),
        [s, gamma * s**2, gamma * s / 2],
    ),
    "spectral_mapping": (
        "spectral_mapping",
        radius(W_tied**T),
        "=",
        RHO**T,
        (),
        TIED,
        (),
        [RHO, RHO ** (T + 1), NORM**T],
    ),
    "radius_below_norm": (
        "radius_below_norm",
        radius(W_tied**T) ** (1 / T),
        "<=",
        norm(W_tied**T) ** (1 / T),
        (),
        TIED,
        (),
        [norm(W_tied**T), NORM ** (1 / T), norm(W_tied**T) ** (1 / T) / 2],
    ),
    "schur_bound": (
        "schur_bound",
        norm(W_tied**T),
        "<=",
        SCHUR,
        POSITIVE,
        TIED,
        (),
        [SCHUR / T, SCHUR / n, RHO**T, SCHUR.subs(DELTA, DELTA / 2)],
    ),
    "symmetric_power": (
        "symmetric_power",
        norm(W_tied**T),
        "=",
        NORM**T,
        (),
        TIED,
        (SYMMETRIC,),
        [NORM, NORM ** (T + 1), RHO**T],
    ),
    "isometry": (
        "isometry",
        singular(W(l)),
        "=",
        sqrt(sigma_w**2),
        (ORTHOGONALITY,),
        DEPTH(LINEAR),
        (ORTHOGONAL,),
        [sigma_w**2, 2 * sigma_w, Integer(1), -sigma_w],
    ),
    "norm_of_wide_iid": (
        "norm_of_wide_iid",
        limit_of(NORM, n),
        "=",
        2 * sigma_w,
        (),
        MATRIX,
        (IID, FOURTH_MOMENT),
        [sigma_w, 2 * sigma_w**2, 3 * sigma_w, 2 * sigma_w * Rational(1001, 1000)],
    ),
    "norm_of_wide_symmetric": (
        "norm_of_wide_symmetric",
        limit_of(NORM, n),
        "=",
        2 * sigma_w,
        (),
        MATRIX,
        (GOE,),
        [sigma_w, 2 * sigma_w**2, sqrt(2) * sigma_w],
    ),
}


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
    here = Path(__file__)
    others = " ".join(path.read_text() for path in here.parent.glob("test_*.py") if path != here)
    elsewhere = {name for name in listed if re.search(rf"\b{name}\b", others)} - {case[0] for case in CASES.values()}
    assert listed - elsewhere == {case[0] for case in CASES.values()}


def test_cited_theorem_needs_its_reference(gaps_of):
    step, setting = step_of("norm_of_wide_iid")
    assert gaps_of(step, **setting, references=(BAI_YIN_1988,)) == ()
    assert gaps_of(step, **setting, references=())
