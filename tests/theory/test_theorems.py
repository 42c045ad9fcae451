"""The theorems are held; a changed formula, a step less or a changed step is not."""

from dataclasses import replace

import pytest
from sympy import Rational, Transpose, polygamma

from theory import theorem, theorems
from theory.observables import Observable
from theory.quantities import times
from theory.rules import algebra
from theory.statement import HELD, Induction, Step
from theory.symbols import L, T, n, sigma_w
from theory.widths import units

ALL = theorems()


TRUE = theorem("mean_square_gain")


def the_gap(gaps, words):
    """Whether a gap says so."""
    return any(words in gap for gap in gaps)


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
    if formula**2 != formula:
        yield formula**2
    yield formula + Rational(1, 1000)
    if formula.has(sigma_w):
        yield formula.subs(sigma_w, sigma_w**2)
        yield formula.subs(sigma_w, sigma_w + Rational(1, 1000))
    if formula.has(n) and formula.subs(n, n + 1) != formula:  # not in the shapes alone of what is summed
        yield formula.subs(n, n + 1)
    for count in {L, T} & formula.free_symbols:
        yield formula.subs(count, count + 1)
        yield formula.subs(count, count - 1)
    for node in formula.atoms(polygamma):
        yield formula.xreplace({node: polygamma(node.args[0], node.args[1] + Rational(1, 2))})
        yield formula.xreplace({node: polygamma(node.args[0] + 1, node.args[1])})
    for node in formula.atoms(units):
        yield formula.xreplace({node: units(node.args[0] + 1)})
        yield formula.xreplace({node: node + 1})


WRONG = [
    (slug, index, number)
    for slug in ALL
    for index, statement in enumerate(theorem(slug).statements)
    for number, _ in enumerate(mutants(statement.right))
]


@pytest.mark.slow
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


@pytest.mark.slow
@pytest.mark.parametrize("slug", ALL)
def test_every_step_is_needed(slug):
    found = theorem(slug)
    assert all(replace(found, proof=proof).gaps() for proof in without_a_step(found.proof))


@pytest.mark.slow
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


def cites(moves):
    """Whether a proof cites the literature itself, not only through an earlier theorem."""
    steps = [step for move in moves for step in ((*move.base, *move.step) if isinstance(move, Induction) else (move,))]
    return any(step.held == "cited" and not step.rule.name.startswith("theorem ") for step in steps)


@pytest.mark.parametrize("slug", [slug for slug in ALL if cites(theorem(slug).proof)])
def test_cited_theorem_needs_its_references(slug):
    assert replace(theorem(slug), references=()).gaps()


def test_unused_step_is_named():
    idle = Step("eq", times(sigma_w, sigma_w), "=", sigma_w**2, "", algebra)
    assert replace(TRUE, proof=(*TRUE.proof, idle)).gaps() == (
        f"step {len(TRUE.proof) + 1}: proves nothing that a statement needs",
    )
