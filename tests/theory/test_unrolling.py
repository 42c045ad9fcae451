"""Backpropagation through time: the double sum over losses and steps, and what its proof refuses."""

from dataclasses import replace

import pytest
from sympy import Sum

from theory.letters import D, V, W_tied, delta, g, h, loss, slopes_tied, v
from theory.proofs.checking import gaps
from theory.proofs.context import Context
from theory.proofs.facts import Fact, Range
from theory.proofs.normal import same
from theory.quantities import inner
from theory.statement import Statement, Theorem
from theory.symbols import L, T, l, step
from theory.systems import ANY, TIME
from theory.time.unrolling import LATER, SHARE, THEOREM, UNROLLED


def test_every_step_follows() -> None:
    assert gaps(THEOREM) == ()


@pytest.mark.parametrize(
    "wrong",
    [
        inner(loss(step), slopes_tied(l, step) * D(l) * V * h(l - 1)),
        inner(loss(step), slopes_tied(l + 1, T) * D(l) * V * h(l - 1)),
        inner(loss(step), slopes_tied(l + 1, step) * D(l) * V * h(l)),
        inner(loss(l), slopes_tied(l + 1, step) * D(l) * V * h(l - 1)),
        inner(loss(step), slopes_tied(l + 1, step) * D(l) * W_tied * h(l - 1)),
        2 * SHARE,
    ],
)
def test_a_wrong_double_sum_is_not_reached(wrong: object) -> None:
    statements = (THEOREM.statements[0], replace(THEOREM.statements[1], right=Sum(wrong, (l, 1, step), (step, 1, T))))
    assert gaps(replace(THEOREM, statements=statements))
    assert _refused(_written_with(wrong))


def _refused(theorem: Theorem) -> bool:
    """A gap, or a product from T + 2 down to T, which is none."""
    try:
        return bool(gaps(theorem))
    except ValueError as error:
        return "factors" in str(error)


def _written_with(wrong: object) -> Theorem:
    """The whole proof with the wrong term in place of the right one, as one would mistype it."""
    rule = {SHARE: wrong, SHARE.subs(step, LATER): wrong.subs(step, LATER)}  # type: ignore[attr-defined]

    def mistyped(move: object) -> object:
        sides = {name: getattr(move, name).xreplace(rule) for name in ("left", "right")}
        if hasattr(move, "base"):
            sides |= {name: tuple(map(mistyped, getattr(move, name))) for name in ("base", "step")}
        return replace(move, **sides)  # type: ignore[type-var]

    statement = THEOREM.statements[1]
    changed: Statement = replace(statement, right=Sum(wrong, (l, 1, step), (step, 1, T)))
    return replace(THEOREM, statements=(THEOREM.statements[0], changed), proof=(UNROLLED, mistyped(THEOREM.proof[1])))


def context(*more: Fact) -> Context:
    found = Context.of(THEOREM, TIME(ANY), more)
    return found.learn(UNROLLED.fact)


def test_an_induction_holds_for_every_vector_of_that_length() -> None:
    assert context().knows(UNROLLED.fact.at({g: loss(LATER), T: LATER}))
    assert context().knows(UNROLLED.fact.at({g: W_tied * v}))


def test_and_for_nothing_else() -> None:
    assert not context().knows(UNROLLED.fact.at({g: W_tied}))  # no vector
    assert not context().knows(UNROLLED.fact.at({V: W_tied}))  # V is the theorem's own
    assert not context(Fact(g, "=", v)).knows(UNROLLED.fact.at({g: loss(LATER)}))  # a condition says what g is
    with pytest.raises(ValueError, match="is bound"):
        UNROLLED.fact.at({g: h(l)})


def test_a_fact_of_error_signals_is_of_one_gradient() -> None:
    fact = Fact(inner(g, h(T)), "=", inner(delta(T), h(T)), (Range(T, 0),))
    assert not context().learn(fact).knows(fact.at({g: v}))
    stated = Fact(inner(g, h(1)), "=", inner(g, h(2)))  # no induction: nobody said for which g
    assert not context().learn(stated).knows(stated.at({g: v}))


def test_the_outermost_of_two_sums_gives_up_its_last_term() -> None:
    term = l * step * inner(v, h(l))
    whole, before = (Sum(term, (l, 1, step), (step, 1, high)) for high in (LATER, T))
    last = term.subs(step, LATER)
    assert same(whole, before + Sum(last, (l, 1, LATER)))
    assert not same(whole, before + Sum(last, (l, 1, T)))
    assert not same(Sum(term, (l, 1, L + 1), (step, 1, T)), Sum(term, (l, 1, L), (step, 1, T)))
