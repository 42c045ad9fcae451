"""Does the proof prove the statement? Every step is checked, and the statements are reached from the definitions.

Proved facts form a graph: sides are nodes, an equality an edge both ways, an inequality an edge upward. A statement
holds where a path leads from its left side to its right side; a step on no such path proves nothing and is a gap.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sympy.core.basic import Basic

from theory.assumptions import Assumption, closure
from theory.definitions import assumed, definitions
from theory.facts import Fact
from theory.normal import normal
from theory.statement import Induction, Step

if TYPE_CHECKING:
    from theory.statement import Move, Theorem


@dataclass(frozen=True)
class Context:
    """What a step may lean on."""

    assumptions: frozenset[Assumption]
    known: tuple[Fact, ...]
    references: tuple[str, ...]
    hypothesis: Fact | None = None

    def knows(self, fact: Fact) -> bool:
        """Whether a fact, or the general fact it is an instance of, was defined, assumed or proved before."""
        general = fact.root or fact
        return general in self.known or path(self.known, general) is not None

    def learn(self, fact: Fact) -> Context:
        """The context after a step."""
        return replace(self, known=(*self.known, fact))


def gaps(theorem: Theorem) -> tuple[str, ...]:
    """What does not follow in a theorem's proof, each in one line; empty when all does."""
    found: list[str] = []
    given = tuple(fact for statement in theorem.statements for fact in statement.given)
    start = (*(f for system in theorem.systems for f in definitions(system)), *assumed(closure(theorem.assumes)), *given)
    context = Context(closure(theorem.assumes), start, theorem.references)
    _walk(theorem.proof, context, found, "")
    goals = [goal for statement in theorem.statements for goal in statement.goals()]
    facts = [move.fact for move in theorem.proof]
    used = _used(theorem.proof, facts, goals)
    found += [f"statement not reached: {goal.left} {goal.op} {goal.right}" for goal in goals if path(tuple(facts), goal) is None]
    found += [f"step {k + 1}: proves nothing that a statement needs" for k in range(len(facts)) if k not in used]
    return tuple(found)


def _walk(moves: tuple[Move, ...], context: Context, found: list[str], place: str) -> None:
    """Check the moves in order, each with what came before; gaps are added to ``found``."""
    for number, move in enumerate(moves, 1):
        where = f"step {place}{number}"
        if isinstance(move, Induction):
            _check_induction(move, context, found, f"{place}{number}.")
        else:
            reason = _fault(move, context)
            if reason:
                found.append(f"{where}: {reason}: {move.left} {move.op} {move.right}")
        context = context.learn(move.fact)


def _fault(step: Step, context: Context) -> str | None:
    """Why a step does not follow, or None."""
    if step.left == step.right:
        return "both sides are the same expression"
    for fact in step.given:
        if not context.knows(fact):
            return f"leans on what was not proved before ({fact.left} {fact.op} {fact.right})"
    missing = step.rule.needs - context.assumptions
    if missing:
        return f"rule {step.rule.name} needs {', '.join(sorted(a.name for a in missing))}, which the theorem does not assume"
    return None if step.rule.allows(step, context) else f"not an instance of rule {step.rule.name}"


def _check_induction(induction: Induction, context: Context, found: list[str], place: str) -> None:
    """Base at the start; step from the claim (the hypothesis) to the claim at variable + 1."""
    variable, claim = induction.variable, induction.fact
    goals = (
        ("base", induction.base, claim.at({variable: induction.start}), None),
        ("step", induction.step, claim.at({variable: variable + 1}), claim),
    )
    for name, steps, goal, hypothesis in goals:
        _walk(steps, replace(context, hypothesis=hypothesis), found, f"{place}{name} ")
        facts = tuple(step.fact for step in steps)
        if path(facts, goal) is None:
            found.append(f"step {place}{name}: does not reach {goal.left} {goal.op} {goal.right}")
        used = _used(steps, list(facts), [goal])
        found += [f"step {place}{name} {k + 1}: proves nothing" for k in range(len(facts)) if k not in used]


def path(facts: tuple[Fact, ...], goal: Fact) -> tuple[int, ...] | None:
    """Numbers of the facts that lead from the goal's left side to its right side; None where they do not.

    Facts whose sides have one normal form (a factor written apart) lead from a node to itself: those met are named too.
    """
    start, op, end = goal.key
    edges = [fact.key for fact in facts]
    ways: dict[Basic, tuple[int, ...]] = {start: ()}
    waiting = [start]
    while waiting:
        node = waiting.pop(0)
        loops = tuple(k for k, (left, _, right) in enumerate(edges) if left == right == node)
        ways[node] = (*ways[node], *loops)
        if node == end:
            return ways[node]
        for number, (left, sign, right) in enumerate(edges):
            new = right if left == node else left if right == node and sign == "=" else None
            if new is not None and new not in ways and (sign == "=" or op == "<="):
                ways[new] = (*ways[node], number)
                waiting.append(new)
    return None


def _used(moves: tuple[Move, ...], facts: list[Fact], goals: list[Fact]) -> set[int]:
    """Moves on the way to a goal, and those that these lean on."""
    used = {number for goal in goals for number in path(tuple(facts), goal) or ()}
    waiting = list(used)
    while waiting:
        number = waiting.pop()
        for fact in _leans(moves[number]):
            found = path(tuple(facts[:number]), fact.root or fact) or ()
            waiting += [other for other in found if other not in used]
            used.update(found)
    return used


def _leans(move: Move) -> tuple[Fact, ...]:
    """The facts that a move names as given, inside an induction too."""
    if isinstance(move, Induction):
        return tuple(fact for step in (*move.base, *move.step) for fact in step.given)
    return move.given
