"""Does the proof prove the statement? Every step is checked, and the statements are reached from the definitions.

Proved facts form a graph: sides are nodes, an equality an edge both ways, an inequality an edge upward. A statement
holds where a path leads from its left side to its right side; a step on no such path proves nothing and is a gap.
Each statement is proved in each system that it is judged in, from that system's definitions and its own conditions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from sympy import Dummy, Expr, Symbol, sympify
from sympy.core.basic import Basic

from theory.definitions import foreign_letter
from theory.proofs.context import Context, path
from theory.proofs.facts import Fact
from theory.proofs.posing import division, ill_founded, ill_posed
from theory.proofs.proof import Induction, Step
from theory.rules import is_listed
from theory.symbols import L

if TYPE_CHECKING:
    from theory.proofs.proof import Move
    from theory.statement import Theorem
    from theory.systems import System

Faults = list[list[str]]  # of each move, why it does not follow


def gaps(theorem: Theorem) -> tuple[str, ...]:
    """What does not follow in a theorem's proof, each in one line; empty when all does."""
    found = list(ill_posed(theorem))
    tried: list[Faults] = []
    needed: set[int] = set()
    missed: list[str] = []
    for context, goals in _tasks(theorem):
        faults = _walk(theorem.proof, context, "")
        tried.append(faults)
        for goal in goals:
            way = way_to(goal, theorem.proof, faults)
            needed |= way
            missed += [] if way else [f"statement not reached in {context.system}: {goal}"]
    for faults_of_move in zip(*tried, strict=True):
        found += faults_of_move[0] if all(faults_of_move) else []
    found += missed
    unused = [
        f"step {k + 1}: proves nothing that a statement needs" for k in range(len(theorem.proof)) if k not in needed
    ]
    return tuple(found or unused)


def _tasks(theorem: Theorem) -> Iterator[tuple[Context, tuple[Fact, ...]]]:
    """What is to be proved, and from what: each statement in each of its systems."""
    for statement in theorem.statements:
        for system in (statement.system,) if statement.system else theorem.systems:
            yield (
                Context.of(theorem, system, statement.given, statement.assumes),
                (*statement.goals(), *statement.promises()),
            )


def proof_in(theorem: Theorem, system: System, fact: Fact, cases: tuple[Fact, ...] = ()) -> tuple[Move, ...]:
    """The moves by which a theorem proves a fact in a system, of runs of these cases alone; none where it does not."""
    way = way_to(fact, theorem.proof, _walk(theorem.proof, Context.of(theorem, system, cases), ""))
    return tuple(theorem.proof[number] for number in sorted(way))


def way_to(goal: Fact, moves: Sequence[Move], faults: Faults) -> set[int]:
    """Numbers of the moves that lead to a goal and of those that these lean on; empty where none do."""
    sound = [number for number, faulty in enumerate(faults) if not faulty]
    facts = [moves[number].fact for number in sound]
    used = set(path(facts, goal) or ())
    waiting = list(used)
    while waiting:
        place = waiting.pop()
        for fact in _leans(moves[sound[place]]):
            found = set(path(facts[:place], fact.origin or fact) or ()) - used
            used |= found
            waiting += found
    return {sound[place] for place in used}


def _leans(move: Move) -> tuple[Fact, ...]:
    """The facts that a move names as given, inside an induction too."""
    if isinstance(move, Induction):
        return tuple(fact for step in (*move.base, *move.step) for fact in step.given)
    return move.given


def _walk(moves: Sequence[Move], context: Context, place: str, rule: Mapping[Basic, Basic] | None = None) -> Faults:
    """Check the moves in order, each with what came before; ``rule`` renames the variable of an induction."""
    faults: Faults = []
    for number, move in enumerate(moves, 1):
        if isinstance(move, Induction):
            found, fact = _induction_faults(move, context, f"{place}{number}"), move.fact
        else:
            reason = "both sides are the same expression" if move.left == move.right else None
            step = move.renamed(rule) if rule else move
            reason, fact = reason or _fault(step, context), step.fact
            found = [f"step {place}{number}: {reason}: {move.fact}"] if reason else []
        faults.append(found)
        context = context if found else context.learn(fact)
    return faults


def _fault(step: Step, context: Context) -> str | None:
    """Why a step does not follow, or None."""
    rule = step.rule
    if step.op not in ("=", "<="):
        return f"op {step.op!r} is neither '=' nor '<='"
    for side in (step.left, step.right):
        if (letter := foreign_letter(side, context.system)) is not None:
            return f"{letter} is no letter of {context.system}"
        if (base := division(side, context.nonzero_in(side), context.within)) is not None:
            return f"divides by {base}, which may be 0"
    for fact in step.given:
        if not context.knows(fact):
            return f"leans on what was not proved before ({fact})"
    if missing := rule.needs - context.assumptions:
        return f"rule {rule.name} needs {', '.join(sorted(a.name for a in missing))}, which the theorem does not assume"
    return None if _allowed(step, context.without_proved()) else f"not an instance of rule {rule.name}"


@lru_cache(maxsize=4096)
def _allowed(step: Step, context: Context) -> bool:
    """Whether the step is an instance of its rule; what was proved plays no part beyond the facts that it names."""
    return is_listed(step.rule, step) and step.rule.allows(step, context)


def _induction_faults(induction: Induction, context: Context, place: str) -> list[str]:
    """Base at the start; step from the claim (the hypothesis) to the claim at variable + 1, for a new variable."""
    reason = ill_founded(induction, context.parameters)
    if reason:
        return [f"step {place}: {reason}"]
    variable, claim, start = induction.variable, induction.fact, sympify(induction.start)
    generic = _generic(variable, start)
    at_start = replace(context, hypothesis=None, depth=start if variable == L else context.depth)
    at_next = replace(
        context, hypothesis=claim.at({variable: generic}), depth=generic + 1 if variable == L else context.depth
    )
    base = _walk(induction.base, at_start, f"{place}.base ")
    step = _walk(induction.step, at_next, f"{place}.step ", {variable: generic})
    return [
        *_part_faults(f"step {place}.base", induction.base, base, claim.at({variable: start})),
        *_part_faults(f"step {place}.step", induction.step, step, claim.at({variable: variable + 1})),
    ]


def _part_faults(place: str, steps: Sequence[Step], faults: Faults, goal: Fact) -> list[str]:
    """What is wrong in the base or the step of an induction."""
    found = [fault for faulty in faults for fault in faulty]
    way = way_to(goal, steps, faults)
    if not way:
        return [*found, f"{place}: does not reach {goal}"]
    idle = (number for number in range(len(steps)) if number not in way)
    return found or [f"{place} {number + 1}: proves nothing" for number in idle]


@lru_cache(maxsize=64)
def _generic(variable: Symbol, start: Expr) -> Expr:
    """Any value of the variable from its start on: a new symbol, about which nothing is known."""
    return start + Dummy(variable.name, integer=True, nonnegative=True)
