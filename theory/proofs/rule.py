"""What a proof move is, and the ways in which one is held."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sympy.core.basic import Basic

from theory.assumptions import Assumption, closure
from theory.proofs.normal import same

if TYPE_CHECKING:
    from theory.proofs.context import Context
    from theory.proofs.proof import Step

Check = Callable[["Step", "Context"], bool]


@dataclass(frozen=True)
class Rule:
    """One move: its name, how a step made with it is held, why it may be believed, and the check of a step."""

    name: str
    held: str
    source: str
    check: Check = field(repr=False)
    needs: frozenset[Assumption] = frozenset()

    def allows(self, step: Step, context: Context) -> bool:
        """Whether the assumptions are there and the step is an instance of this move."""
        return self.needs <= closure(context.assumptions) and self.check(step, context)


def computed(name: str, source: str, check: Check) -> Rule:
    return Rule(name, "computed", source, check)


def axiom(name: str, source: str, op: str, move: Callable[[Basic], Basic], *needs: Assumption) -> Rule:
    """An equality or upper bound that the move makes of the left side (for ">=" bounds, of the right side)."""

    def check(step: Step, context: Context) -> bool:
        if step.op != ("=" if op == "=" else "<="):
            return False
        start, end = (step.right, step.left) if op == ">=" else (step.left, step.right)
        moved = move(start)
        return moved != start and same(moved, end)

    return Rule(name, "axiom", source, check, frozenset(needs))


def from_facts(name: str, source: str, follows: Callable[[Step], bool], op: str = "=") -> Rule:
    """An equality, or an upper bound, that follows from the facts a step names."""
    return Rule(name, "axiom", source, lambda step, context: step.op == op and follows(step))


def cited(name: str, reference: str, follows: Callable[[Step], bool], *needs: Assumption, op: str = "=") -> Rule:
    """A theorem of the literature: believed, where the step is what it says and the theorem lists the reference."""

    def check(step: Step, context: Context) -> bool:
        return step.op == op and reference in context.references and follows(step)

    return Rule(name, "cited", reference, check, frozenset(needs))
