"""False theorems, planted in every way we could think of, are refused."""

from dataclasses import replace

import pytest
from sympy import Integer, Rational, Symbol, oo

from theory import LINEAR, TANH, rules, theorem
from theory.assumptions import IID, ORTHOGONAL
from theory.definitions import (
    LINEAR_DEPTH,
    LINEAR_ERROR,
    LINEAR_LAYER,
    LINEAR_TIME,
    ONE_MATRIX,
    ORTHOGONALITY,
    UNIT_DIRECTION,
)
from theory.letters import J, W, W_tied, g, h, v, weights
from theory.observables import OPERATOR_NORM, SQUARED_GAIN, WEIGHT_NORM, Observable
from theory.proofs.facts import Fact
from theory.quantities import inner, limit_of, norm, radius, squared_norm, times
from theory.relations import AtMost, Identity, InLaw, Limit, Mean, Tail
from theory.rules import algebra, radius_below_norm, unfold
from theory.statement import Parameter, Statement, Step
from theory.symbols import L, T, eps, l, n, sigma_b, sigma_w, x
from theory.systems import ANY, DEPTH, MATRIX, TIME

TRUE = theorem("mean_square_gain")


def the_gap(gaps, words):
    """Whether a gap says so."""
    return any(words in gap for gap in gaps)


@pytest.mark.parametrize("system", [DEPTH(TANH), DEPTH(ANY), TIME(LINEAR), MATRIX], ids=str)
def test_theorem_of_one_system_is_none_of_another(system):
    assert replace(TRUE, systems=(system,)).gaps()


@pytest.mark.parametrize(
    "definition, system",
    [
        (LINEAR_TIME, MATRIX),
        (ONE_MATRIX, TIME(LINEAR)),
        (LINEAR_DEPTH, DEPTH(TANH)),
        (LINEAR_DEPTH, TIME(LINEAR)),
        (LINEAR_LAYER, DEPTH(ANY)),
        (LINEAR_ERROR, DEPTH(TANH)),
    ],
)
def test_definition_of_another_system_is_unknown(gaps_of, definition, system):
    left, right = (norm(side) for side in (definition.left, definition.right))
    assert gaps_of(Step("eq", left, "=", right, "", unfold, (definition,)), system=system)


def test_systems_of_one_theorem_are_not_pooled(gaps_of):
    """J is W through one step and W^T through T: pooled, ‖W‖ would be ‖W^T‖."""
    steps = (
        Step("eq", norm(J), "=", norm(W_tied), "", unfold, (ONE_MATRIX,)),
        Step("eq", norm(J), "=", norm(W_tied**T), "", unfold, (LINEAR_TIME,)),
    )
    goal = Fact(norm(W_tied), "=", norm(W_tied**T))
    assert the_gap(gaps_of(*steps, system=(MATRIX, TIME(LINEAR)), goal=goal), "statement not reached")


def test_statement_is_proved_in_each_of_its_systems():
    proof = (Step("eq", norm(J), "=", norm(W_tied), "", unfold, (ONE_MATRIX,)),)
    statement = Statement(OPERATOR_NORM, Identity(), WEIGHT_NORM)
    one = replace(TRUE, systems=(MATRIX,), statements=(statement,), proof=proof)
    assert one.gaps() == ()
    assert replace(one, systems=(MATRIX, TIME(LINEAR))).gaps()
    assert replace(one, systems=(MATRIX, TIME(LINEAR)), statements=(replace(statement, system=MATRIX),)).gaps() == ()
    assert replace(one, statements=(replace(statement, system=TIME(LINEAR)),)).gaps()


def test_conditions_of_one_statement_do_not_serve_another():
    found = theorem("spectral_rate")
    limit, bound = found.statements
    assert replace(found, statements=(replace(limit, given=()), replace(bound, given=limit.given))).gaps()


FALSE = Fact(norm(J), "=", Integer(1))


def test_unproved_fact(gaps_of):
    step = Step("eq", norm(J), "=", Integer(1), "", unfold, (FALSE,))
    assert the_gap(gaps_of(step), "not proved before")


def test_fact_proved_later(gaps_of):
    first = Step("eq", norm(J) ** 2, "=", norm(weights()) ** 2, "", unfold, (Fact(norm(J), "=", norm(weights())),))
    later = Step("eq", norm(J), "=", norm(weights()), "", unfold, (LINEAR_DEPTH,))
    assert the_gap(gaps_of(first, later, goal=first.fact), "not proved before")
    assert gaps_of(later, first) == ()


def test_step_that_leans_on_itself(gaps_of):
    step = Step("eq", norm(J), "=", Integer(1), "", unfold, (Fact(norm(J), "=", Integer(1)),))
    assert gaps_of(step, step)


def test_faulty_step_is_not_leaned_on(gaps_of):
    bad = Step("eq", norm(J), "=", Integer(1), "", algebra)
    good = Step("eq", 2 * norm(J), "=", Integer(2), "", unfold, (bad.fact,))
    gaps = gaps_of(bad, good, goal=good.fact)
    assert the_gap(gaps, "step 1") and the_gap(gaps, "step 2") and the_gap(gaps, "not reached")


@pytest.mark.parametrize(
    "general, values",
    [
        (UNIT_DIRECTION, {v: W(1) * v}),
        (UNIT_DIRECTION, {v: g}),
        (LINEAR_DEPTH, {L: 0}),
        (LINEAR_DEPTH, {L: 3}),
        (LINEAR_DEPTH, {J: W(1)}),
        (LINEAR_LAYER, {l: 0}),
        (LINEAR_LAYER, {l: -1}),
        (LINEAR_LAYER, {l: h(1).rows - 1}),
        (LINEAR_LAYER, {n: Integer(1)}),
        (LINEAR_ERROR, {l: L}),
        (LINEAR_ERROR, {l: 0}),
        (ORTHOGONALITY, {sigma_w: Integer(1)}),
    ],
)
def test_definition_is_not_instantiated_beyond_its_range(gaps_of, general, values):
    fact = general.at(values)
    wrap = squared_norm if fact.left.is_Matrix else (lambda side: 2 * side)
    step = Step("eq", wrap(fact.left), "=", wrap(fact.right), "", unfold, (fact,))
    assert gaps_of(step, assumes=(ORTHOGONAL,))


@pytest.mark.parametrize("values", [{l: 1}, {l: L}, {l: L + 1}])
def test_definition_is_instantiated_within_its_range(gaps_of, values):
    fact = LINEAR_LAYER.at(values)
    step = Step("eq", squared_norm(fact.left), "=", squared_norm(fact.right), "", unfold, (fact,))
    assert gaps_of(step) == ()


def test_forged_root_is_refused(gaps_of):
    forgeries = (
        replace(FALSE, origin=UNIT_DIRECTION),
        replace(FALSE, origin=LINEAR_LAYER, values=((l, Integer(1)),)),
        replace(FALSE, origin=FALSE),
        replace(FALSE, origin=replace(UNIT_DIRECTION, ranges=LINEAR_LAYER.ranges), values=((l, Integer(1)),)),
    )
    for forged in forgeries:
        assert gaps_of(Step("eq", norm(J), "=", Integer(1), "", unfold, (forged,)))


def test_widened_range_is_refused(gaps_of):
    widened = replace(UNIT_DIRECTION, ranges=(replace(LINEAR_LAYER.ranges[0], symbol=v),))
    fact = widened.at({v: W(1) * v})
    assert gaps_of(Step("eq", 2 * fact.left, "=", 2 * fact.right, "", unfold, (fact,)))


def test_proved_step_is_not_instantiated(gaps_of):
    """‖J‖ = ‖W_L ... W_1‖ is of one L, J being of it."""
    known = Step("eq", norm(J), "=", norm(weights()), "", unfold, (LINEAR_DEPTH,))
    at_zero = known.fact.at({L: 0})
    assert the_gap(
        gaps_of(known, Step("eq", 2 * norm(J), "=", Integer(2), "", unfold, (at_zero,))), "not proved before"
    )


BELOW = Step("ineq", radius(W_tied), "<=", norm(W_tied), "", radius_below_norm)


def test_inequality_is_not_walked_backward(gaps_of):
    assert gaps_of(BELOW, system=MATRIX) == ()
    assert gaps_of(BELOW, system=MATRIX, goal=Fact(norm(W_tied), "<=", radius(W_tied)))
    assert gaps_of(BELOW, system=MATRIX, goal=Fact(radius(W_tied), "=", norm(W_tied)))


@pytest.mark.parametrize("op", [">=", "<", ">", "==", "!=", "", "~"])
def test_other_signs_are_refused(gaps_of, op):
    for move in (
        replace(BELOW, op=op),
        Step("cite", limit_of(norm(W_tied), n), op, 2 * sigma_w, "", rules.norm_of_wide_iid),
    ):
        goal = Fact(move.left, "<=", move.right)
        assert gaps_of(move, system=MATRIX, goal=goal, assumes=(IID,))


def test_same_tree_on_both_sides(gaps_of):
    assert the_gap(gaps_of(Step("eq", norm(J), "=", norm(J), "", algebra)), "same expression")


def test_proof_of_no_steps():
    assert replace(TRUE, proof=()).gaps()
    nothing = replace(TRUE, statements=(Statement(SQUARED_GAIN, Identity(), SQUARED_GAIN),), proof=())
    assert the_gap(nothing.gaps(), "not reached")
    assert replace(TRUE, statements=(), proof=()).gaps()
    assert replace(TRUE, systems=()).gaps()


def test_proof_that_starts_from_the_formula():
    tail = Step("eq", times(sigma_w**L, sigma_w**L), "=", sigma_w ** (2 * L), "", algebra)
    assert the_gap(replace(TRUE, proof=(tail,)).gaps(), "not reached")


@pytest.mark.parametrize(
    "relation", [InLaw(x), Limit(L, rate=1 / L), Tail(eps), Identity(), AtMost(), Limit(n, rate=1 / n)], ids=repr
)
def test_proof_of_a_mean_is_no_other_relation(relation):
    statement = replace(TRUE.statements[0], relation=relation)
    assert the_gap(replace(TRUE, statements=(statement,)).gaps(), "not reached")


def test_mean_is_no_square_of_a_mean():
    statement = Statement(OPERATOR_NORM, Mean(spread=Integer(1)), sigma_w**L)
    assert replace(TRUE, statements=(statement,)).gaps()


def test_tail_at_another_level():
    found = theorem("vanishing_by_moment")
    statement = replace(found.statements[0], relation=Tail(level=eps**2))
    assert replace(found, statements=(statement,)).gaps()


def test_limit_promises_its_remainder():
    found = theorem("spectral_rate")
    limit, bound = found.statements
    half = Observable("half", Symbol("half"), limit.relation.remainder.definition / 2)
    statement = replace(limit, relation=replace(limit.relation, remainder=half))
    assert the_gap(replace(found, statements=(statement, bound)).gaps(), "not reached")


@pytest.mark.parametrize(
    "parameter",
    [
        Parameter(sigma_w, -1, oo, points=(2, 3)),
        Parameter(sigma_w, 0, oo, points=(2, 3), closed=True),
        Parameter(L, 0, oo, points=(3, 6)),
        Parameter(sigma_b, -1, oo, points=(2, 3)),
    ],
)
def test_parameter_beyond_what_its_symbol_stands_for(parameter):
    others = tuple(p for p in TRUE.parameters if p.symbol != parameter.symbol)
    assert the_gap(replace(TRUE, parameters=(*others, parameter)).gaps(), "more than its symbol")


@pytest.mark.parametrize(
    "given",
    [
        (Fact(sigma_w, "<", Integer(0)),),
        (Fact(sigma_w, "<=", Rational(1, 2)),),
        (Fact(Integer(3), "<", L), Fact(L, "<", Integer(3))),
        (Fact(norm(J), "=", Integer(1)),),
        (Fact(norm(J), "<=", Integer(1)),),
        (Fact(Integer(0), "<", inner(g, h(1))),),
        (Fact(Integer(1), "=", Integer(2)),),
        (Fact(sigma_w, "=", Integer(1)),),
    ],
)
def test_conditions_need_a_model(given):
    statement = replace(TRUE.statements[0], given=given)
    assert the_gap(replace(TRUE, statements=(statement,)).gaps(), "without a model")


def test_condition_that_every_point_meets():
    statement = replace(TRUE.statements[0], given=(Fact(sigma_w, "<", Integer(2)),))
    assert replace(TRUE, statements=(statement,)).gaps() == ()


def test_limit_without_its_condition():
    found = theorem("spectral_rate")
    limit, bound = found.statements
    gaps = replace(found, statements=(replace(limit, given=()), bound)).gaps()
    assert the_gap(gaps, "divides by ρ(W)")
