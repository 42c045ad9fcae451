"""Inductions that do not prove their claim are refused."""

from dataclasses import replace

from sympy import Integer, Rational, Sum, Symbol

from theory import theorem
from theory.definitions import LINEAR_DEPTH
from theory.letters import J, W, delta, g, h, v, weights
from theory.proofs.facts import Fact
from theory.quantities import E, inner, norm, squared_norm, times
from theory.rules import algebra, hypothesis, unfold
from theory.statement import Induction, Step
from theory.symbols import L, l, n, sigma_w
from theory.systems import ANY, DEPTH

GAIN = E(squared_norm(weights() * v))


TRUE = theorem("mean_square_gain")


def the_gap(gaps, words):
    """Whether a gap says so."""
    return any(words in gap for gap in gaps)


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


def test_induction_starts_low_enough_for_its_symbol_even_where_no_parameter_is_declared():
    base = (Step("eq", E(squared_norm(weights(1, 2) * v)), "=", sigma_w**4, "", algebra),)
    late = replace(INDUCTION, start=2, base=base)
    assert the_gap(replace(TRUE, parameters=(), proof=(TRUE.proof[0], late)).gaps(), "above the least value")


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
