"""Theorems as data: parameters, goals, points, how a theorem is held."""

from dataclasses import FrozenInstanceError, replace

import pytest
from sympy import Integer, Rational, oo
from sympy.core.relational import Ge, Le

from theory import theorem, theorems
from theory.observables import LARGEST_WEIGHT_NORM, LOG_GAIN, OPERATOR_NORM, SQUARED_GAIN, resolve
from theory.proofs.facts import Fact
from theory.quantities import E, P, limit_of
from theory.relations import AtMost, Identity, InLaw, Limit, Mean, Tail
from theory.statement import HELD, Parameter, Statement, Step, weakest
from theory.symbols import L, eps, n, s, sigma_b, sigma_w, x

GAIN, NORM = SQUARED_GAIN.definition, OPERATOR_NORM.definition


@pytest.mark.parametrize(
    "parameter, inside, outside",
    [
        (Parameter(sigma_w, 0, oo, points=(2, 3)), [Rational(1, 1000), 5], [0, -1]),
        (Parameter(sigma_b, 0, oo, points=(2, 3), closed=True), [0, 1], [Rational(-1, 10)]),
        (Parameter(L, 1, oo, points=(2, 3)), [1, 10**6], [0, Rational(3, 2), -2]),
        (Parameter(n, 2, 8, points=(2, 3)), [2, 8], [1, 9, Rational(5, 2)]),
        (Parameter(eps, 0, 1, points=(2, 3)), [Rational(1, 2)], [0, 1]),
    ],
)
def test_parameter_admits_its_domain(parameter, inside, outside):
    assert all(parameter.admits(Integer(1) * value) for value in inside)
    assert not any(parameter.admits(Integer(1) * value) for value in outside)


def test_domain_in_words():
    assert Parameter(sigma_w, 0, oo, points=()).domain == "number, 0 < sigma_w"
    assert Parameter(n, 2, 8, points=()).domain == "integer, 2 <= n <= 8"


@pytest.mark.parametrize(
    "relation, left, op",
    [
        (Identity(), GAIN, "="),
        (AtMost(), GAIN, "<="),
        (Mean(spread=Integer(1)), E(GAIN), "="),
        (InLaw(x), P(Le(GAIN, x)), "="),
        (Tail(eps), P(Ge(GAIN, eps)), "<="),
        (Limit(n, rate=1 / n), limit_of(GAIN, n), "="),
    ],
)
def test_goal_of_each_relation(relation, left, op):
    (goal,) = Statement(SQUARED_GAIN, relation, sigma_w).goals()
    assert (goal.left, goal.op, goal.right) == (left, op, sigma_w)


def test_both_sides_may_be_measured():
    (goal,) = Statement(OPERATOR_NORM, AtMost(), LARGEST_WEIGHT_NORM).goals()
    assert goal == Fact(NORM, "<=", LARGEST_WEIGHT_NORM.definition)


def test_observables_resolve_to_definitions():
    assert resolve((LOG_GAIN.symbol - 1) ** 2) == (LOG_GAIN.definition - 1) ** 2
    assert resolve(2 * s) == 2 * LARGEST_WEIGHT_NORM.definition


def test_limit_with_a_remainder_promises_two_bounds():
    found = theorem("spectral_rate").statements[0]
    lower, upper = found.promises()
    assert lower.op == upper.op == "<="
    assert lower.right == upper.left == found.left.definition
    assert theorem("norm_edge").statements[0].promises() == ()


def test_weakest_step_decides():
    steps = {step.held: step for slug in theorems() for step in theorem(slug).proof if isinstance(step, Step)}
    assert weakest((steps["computed"], steps["axiom"], steps["cited"])) == "cited"
    assert weakest((steps["computed"], steps["axiom"])) == "axiom"
    assert HELD.index("computed") < HELD.index("axiom") < HELD.index("cited") < HELD.index("gap")


def test_theorem_with_a_gap_is_held_as_gap():
    found = theorem("mean_square_gain")
    broken = replace(found, proof=found.proof[:1])
    assert broken.gaps() and broken.held == "gap"
    assert found.held == "axiom"


def test_points_are_exact_and_taken_together():
    assert theorem("mean_square_gain").points() == (
        {"sigma_w": Rational(4, 5), "L": Integer(3), "n": Integer(8)},
        {"sigma_w": Rational(6, 5), "L": Integer(4), "n": Integer(13)},
    )
    assert replace(theorem("mean_square_gain"), parameters=()).points() == ({},)


def test_theorems_are_frozen():
    with pytest.raises(FrozenInstanceError):
        theorem("mean_square_gain").name = "other"


def test_conditions_are_printed():
    assert "0 < " in theorem("spectral_rate").latex().splitlines()[0]


def test_unknown_slug_names_the_nearest():
    with pytest.raises(ValueError, match=r"mean_square_gian.*mean_square_gain"):
        theorem("mean_square_gian")
