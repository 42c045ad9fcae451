"""False theorems, planted in every way we could think of, are refused; the thirteen true ones are held."""

from dataclasses import replace

import pytest
from sympy import Dummy, Integer, MatMul, Rational, Sum, Symbol, Transpose, log, oo, polygamma, zoo
from sympy.core.relational import Ge

from theory import LINEAR, TANH, rules, theorem, theorems
from theory.assumptions import GAUSSIAN, GOE, IID, ISOTROPIC, ORTHOGONAL, SYMMETRIC
from theory.definitions import (
    DEPTH_JACOBIAN,
    ERROR_SIGNAL,
    LINEAR_DEPTH,
    LINEAR_ERROR,
    LINEAR_LAYER,
    LINEAR_TIME,
    ONE_MATRIX,
    ORTHOGONALITY,
    UNIT_DIRECTION,
)
from theory.derivatives import partial
from theory.facts import Fact
from theory.letters import D, I, J, V, W, W_tied, b, delta, g, h, slopes_weights, v, weights
from theory.observables import OPERATOR_NORM, ROOT_NORM, SPECTRAL_RADIUS, SQUARED_GAIN, WEIGHT_NORM, Observable
from theory.quantities import E, P, inner, limit_of, norm, radius, singular, squared_norm, times
from theory.references import BAI_YIN_1988
from theory.relations import AtMost, Identity, InLaw, Limit, Mean, Tail
from theory.rules import algebra, calculus, hypothesis, isotropy, radius_below_norm, submultiplicativity, unfold
from theory.statement import HELD, Induction, Parameter, Statement, Step, Theorem
from theory.symbols import L, T, eps, gamma, l, n, s, sigma_b, sigma_w, x
from theory.systems import ANY, DEPTH, MATRIX, TIME

ALL = theorems()
GAIN = E(squared_norm(weights() * v))
TRUE = theorem("mean_square_gain")


def the_gap(gaps, words):
    """Whether a gap says so."""
    return any(words in gap for gap in gaps)


# -- the true theorems, and what is near them -------------------------------------------------------------------------


@pytest.mark.parametrize("slug", ALL)
def test_theorem_has_no_gap(slug):
    found = theorem(slug)
    assert found.gaps() == ()
    assert found.held in HELD[: HELD.index("sampled")]


def mutants(formula):
    """The formula, wrong in each way that has been wrong before."""
    if isinstance(formula, Observable):
        formula = formula.definition
    if formula.is_Matrix:
        yield from (2 * formula, -formula, Transpose(formula) * 3)
        return
    yield formula * (1 + Rational(1, 1000))
    yield formula**2
    yield formula + Rational(1, 1000)
    if formula.has(sigma_w):
        yield formula.subs(sigma_w, sigma_w**2)
        yield formula.subs(sigma_w, sigma_w + Rational(1, 1000))
    if formula.has(n):
        yield formula.subs(n, n + 1)
    for count in {L, T} & formula.free_symbols:
        yield formula.subs(count, count + 1)
        yield formula.subs(count, count - 1)
    for node in formula.atoms(polygamma):
        yield formula.subs(node, polygamma(node.args[0], node.args[1] + Rational(1, 2)))
        yield formula.subs(node, polygamma(node.args[0] + 1, node.args[1]))


WRONG = [
    (slug, index, number)
    for slug in ALL
    for index, statement in enumerate(theorem(slug).statements)
    for number, _ in enumerate(mutants(statement.right))
]


@pytest.mark.parametrize("slug, index, number", WRONG)
def test_mutated_formula_has_a_gap(slug, index, number):
    found = theorem(slug)
    statement = found.statements[index]
    wrong = replace(statement, right=list(mutants(statement.right))[number])
    statements = (*found.statements[:index], wrong, *found.statements[index + 1 :])
    assert the_gap(replace(found, statements=statements).gaps(), "statement not reached")


def without_a_step(moves):
    for place, move in enumerate(moves):
        yield (*moves[:place], *moves[place + 1 :])
        if isinstance(move, Induction):
            for part in ("base", "step"):
                for rest in without_a_step(getattr(move, part)):
                    yield (*moves[:place], replace(move, **{part: rest}), *moves[place + 1 :])


def with_changed_steps(moves, change):
    for place, move in enumerate(moves):
        yield (*moves[:place], change(move), *moves[place + 1 :])
        if isinstance(move, Induction):
            for part in ("base", "step"):
                for rest in with_changed_steps(getattr(move, part), change):
                    yield (*moves[:place], replace(move, **{part: rest}), *moves[place + 1 :])


def swapped(move):
    return replace(move, op="<=" if move.op == "=" else "=")


def doubled(move):
    return replace(move, right=2 * move.right if move.right.is_Matrix else 2 * move.right + 1)


@pytest.mark.parametrize("slug", ALL)
def test_every_step_is_needed(slug):
    found = theorem(slug)
    assert all(replace(found, proof=proof).gaps() for proof in without_a_step(found.proof))


@pytest.mark.parametrize("slug", ALL)
@pytest.mark.parametrize("change", [swapped, doubled])
def test_changed_step_is_refused(slug, change):
    found = theorem(slug)
    assert all(replace(found, proof=proof).gaps() for proof in with_changed_steps(found.proof, change))


@pytest.mark.parametrize("slug", [slug for slug in ALL if theorem(slug).assumes])
def test_every_assumption_is_used(slug):
    found = theorem(slug)
    for assumption in found.assumes:
        assert replace(found, assumes=found.assumes - {assumption}).gaps()


@pytest.mark.parametrize("slug", [slug for slug in ALL if theorem(slug).held == "cited"])
def test_cited_theorem_needs_its_references(slug):
    assert replace(theorem(slug), references=()).gaps()


def test_unused_step_is_named():
    idle = Step("eq", times(sigma_w, sigma_w), "=", sigma_w**2, "", algebra)
    assert replace(TRUE, proof=(*TRUE.proof, idle)).gaps() == ("step 3: proves nothing that a statement needs",)


# -- definitions of one system, in another ----------------------------------------------------------------------------


@pytest.mark.parametrize("system", [DEPTH(TANH), DEPTH(ANY), TIME(LINEAR), MATRIX], ids=str)
def test_theorem_of_one_system_is_none_of_another(system):
    assert replace(TRUE, systems=(system,)).gaps()


@pytest.mark.parametrize(
    "definition, system",
    [(LINEAR_TIME, MATRIX), (ONE_MATRIX, TIME(LINEAR)), (LINEAR_DEPTH, DEPTH(TANH)), (LINEAR_DEPTH, TIME(LINEAR)),
     (LINEAR_LAYER, DEPTH(ANY)), (LINEAR_ERROR, DEPTH(TANH))],
)  # fmt: skip
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


# -- what a step leans on ---------------------------------------------------------------------------------------------

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
    assert the_gap(gaps_of(known, Step("eq", 2 * norm(J), "=", Integer(2), "", unfold, (at_zero,))), "not proved before")


# -- paths ------------------------------------------------------------------------------------------------------------

BELOW = Step("ineq", radius(W_tied), "<=", norm(W_tied), "", radius_below_norm)


def test_inequality_is_not_walked_backward(gaps_of):
    assert gaps_of(BELOW, system=MATRIX) == ()
    assert gaps_of(BELOW, system=MATRIX, goal=Fact(norm(W_tied), "<=", radius(W_tied)))
    assert gaps_of(BELOW, system=MATRIX, goal=Fact(radius(W_tied), "=", norm(W_tied)))


@pytest.mark.parametrize("op", [">=", "<", ">", "==", "!=", "", "~"])
def test_other_signs_are_refused(gaps_of, op):
    for move in (replace(BELOW, op=op), Step("cite", limit_of(norm(W_tied), n), op, 2 * sigma_w, "", rules.norm_of_wide_iid)):
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


# -- induction --------------------------------------------------------------------------------------------------------

INDUCTION = TRUE.proof[1]


def with_induction(**changes):
    return replace(TRUE, proof=(TRUE.proof[0], replace(INDUCTION, **changes))).gaps()


def test_induction_must_start_at_the_least_value():
    base = (Step("eq", E(squared_norm(weights(1, 2) * v)), "=", sigma_w**4, "", algebra),)
    assert the_gap(with_induction(start=2, base=base), "above the least value")
    assert with_induction(start=1)  # the base is at 0
    assert the_gap(with_induction(start=-1), "not over the integers")
    assert the_gap(with_induction(start=Rational(1, 2)), "not over the integers")
    assert the_gap(with_induction(start=n), "above the least value")


def test_induction_needs_base_and_step():
    assert the_gap(with_induction(base=()), "base: does not reach")
    assert the_gap(with_induction(step=()), "step: does not reach")


def test_induction_on_a_real_variable():
    assert the_gap(with_induction(variable=sigma_w), "not over the integers")


def test_hypothesis_is_not_used_at_the_next_value():
    """The claim at L + 1 from the claim at L + 1."""
    next_gain = GAIN.subs(L, L + 1)
    claim = Step("eq", next_gain, "=", sigma_w ** (2 * L + 2), "", hypothesis)
    assert the_gap(with_induction(step=(claim,)), "not an instance of rule hypothesis")
    leaning = Step("eq", 2 * next_gain, "=", 2 * sigma_w ** (2 * L + 2), "", unfold, (INDUCTION.fact.at({L: L + 1}),))
    assert the_gap(with_induction(step=(leaning,)), "not proved before")


def test_hypothesis_does_not_leave_its_induction():
    after = Step("eq", 2 * GAIN, "=", 2 * sigma_w ** (2 * L), "", hypothesis)
    assert the_gap(replace(TRUE, proof=(*TRUE.proof, after)).gaps(), "not an instance of rule hypothesis")


def test_step_of_an_induction_knows_nothing_of_its_own_L(gaps_of):
    """Outside, L is the depth; inside, any number: ‖J‖ = ‖W_L ... W_1‖ says nothing there."""
    known = Step("eq", norm(J), "=", norm(weights()), "", unfold, (LINEAR_DEPTH,))
    inside = Step("eq", norm(weights(1, L)), "=", norm(J), "", unfold, (Fact(norm(weights()), "=", norm(J)),))
    induction = Induction(L, norm(weights()), "=", norm(J), (inside,), (inside,))
    assert gaps_of(known, induction)


def test_induction_over_a_claim_about_one_network(gaps_of):
    """J is of one depth: put L + 1 for L, and J stays."""
    base = (Step("eq", norm(J), "=", norm(weights(1, 0)), "", unfold, (LINEAR_DEPTH.at({L: 0}),)),)
    step = (Step("eq", norm(J), "=", norm(weights(1, L + 1)), "", algebra),)
    assert the_gap(gaps_of(Induction(L, norm(J), "=", norm(weights()), base, step)), "of one L")
    claim = Fact(squared_norm(delta(1)), "=", squared_norm(delta(1)) * 1**L)
    assert gaps_of(Induction(L, claim.left, "=", times(claim.right, Integer(1)), base, step))


def test_variable_of_an_induction_can_be_its_start(gaps_of):
    """L is positive as a letter, but the step must also go from 0 to 1, where L/L has no value."""
    quotient = times(L, 1 / L)
    base = (Step("eq", Integer(1), "=", times(Integer(1), Integer(1)), "", algebra),)
    step = (Step("eq", quotient, "=", Integer(1), "", algebra),)
    induction = Induction(L, quotient, "=", Integer(1), base, step)
    assert the_gap(gaps_of(induction), "base: does not reach")


def test_bound_variable_of_an_induction(gaps_of):
    total = Sum(norm(W(L)), (L, 1, 3))
    step = Step("eq", times(2, total), "=", 2 * total, "", algebra)
    assert the_gap(gaps_of(Induction(L, times(2, total), "=", 2 * total, (step,), (step,))), "bound")


def test_instance_of_an_induction_below_its_start(gaps_of):
    found = theorem("chain_rule")
    induction = found.proof[0]
    m = induction.start
    for value, known in ((0, True), (l, True), (L, True), (l + 1, False)):
        fact = induction.fact.at({m: value})
        step = Step("eq", norm(fact.left), "=", norm(fact.right), "", unfold, (fact,))
        gaps = gaps_of(induction, step, system=DEPTH(ANY))
        assert (gaps == ()) is known, (value, gaps)


def test_universal_vector_is_only_replaced_where_nothing_is_said_of_it(gaps_of):
    """gᵀdelta_1 is quadratic in g: no other vector may stand for g in it."""
    left = inner(g, delta(1))
    claim = Induction(
        Symbol("k", integer=True, positive=True),
        left,
        "=",
        2 * left,
        (Step("eq", left, "=", 2 * left, "", algebra),),
        (Step("eq", inner(h(1), delta(1)), "=", 2 * inner(h(1), delta(1)), "", hypothesis),),
        start=1,
    )
    assert the_gap(gaps_of(claim, system=DEPTH(ANY)), "rule hypothesis")


# -- theorems that say too much ---------------------------------------------------------------------------------------


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
