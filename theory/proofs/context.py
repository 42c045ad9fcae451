"""What a proof step may lean on, and how one fact follows from others by a chain of equalities and inequalities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from sympy import Dummy, Expr, Symbol
from sympy.core.basic import Basic

from theory.assumptions import Assumption, closure
from theory.definitions import CASES, assumed, definitions
from theory.letters import g
from theory.products import Layer
from theory.proofs.curves import positive_sines
from theory.proofs.facts import Fact
from theory.symbols import L

if TYPE_CHECKING:
    from theory.statement import Parameter, Theorem
    from theory.systems import System


@dataclass(frozen=True)
class Context:
    """What a step may lean on, in one system."""

    system: System
    assumptions: frozenset[Assumption]
    known: tuple[Fact, ...]
    references: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    hypothesis: Fact | None = None
    depth: Expr = L  # the number of layers that there are: in an induction over L, those that its claim speaks of

    @classmethod
    def of(
        cls,
        theorem: Theorem,
        system: System,
        conditions: tuple[Fact, ...] = (),
        more: frozenset[Assumption] = frozenset(),
    ) -> Context:
        """Before the first step: definitions, assumptions, a statement's conditions and what more it assumes."""
        assumptions = closure(theorem.assumes | more)
        known = (*definitions(system), *assumed(assumptions, conditions), *conditions)
        return cls(system, assumptions, known, theorem.references, theorem.parameters)

    def knows(self, fact: Fact) -> bool:
        """Whether a fact was defined, assumed or proved before, or follows; of an instance, whether its origin was."""
        if fact.origin is None:
            return fact in self.known or path(self.known, fact) is not None
        return any(
            general == fact.origin and fact.is_instance_of(general, self._free(general)) for general in self.known
        )

    def _free(self, general: Fact) -> frozenset[Basic]:
        """g is any vector in what an induction proved, unless an error signal or a condition says more of it."""
        signals = any(letter.name == "delta" for side in (general.left, general.right) for letter in side.atoms(Layer))
        given = any(side.has(g) for fact in self.known if not fact.ranges for side in (fact.left, fact.right))
        return frozenset() if signals or given or not general.ranges else frozenset({g})

    @property
    def positive(self) -> frozenset[Basic]:
        """Quantities known to be more than 0."""
        return frozenset(fact.right for fact in self.known if fact.op == "<" and fact.left == 0)

    @property
    def within(self) -> tuple[tuple[Symbol, Symbol, Dummy], ...]:
        """The whole parameters that another parameter bounds: symbol <= bound, and the number between them."""
        bounded = (each for each in self.parameters if isinstance(each.high, Symbol) and each.symbol.is_integer)
        return tuple((each.symbol, each.high, _excess(each.symbol)) for each in bounded)

    def nonzero_in(self, expression: Basic) -> frozenset[Basic]:
        """What is known to be more than 0, the sines in an expression included."""
        return self.positive | positive_sines(expression, self.known)

    def without_proved(self) -> Context:
        """The context with the conditions alone."""
        return replace(self, known=tuple(fact for fact in self.known if fact.op == "<" or fact in CASES))

    def learn(self, fact: Fact) -> Context:
        """The context after a step."""
        return replace(self, known=(*self.known, fact))


@lru_cache(maxsize=64)
def _excess(symbol: Symbol) -> Dummy:
    """How far the bound of a whole parameter lies above it: about which nothing else is known."""
    return Dummy(f"above {symbol}", integer=True, nonnegative=True)


def path(facts: Sequence[Fact], goal: Fact) -> tuple[int, ...] | None:
    """Numbers of the facts that lead from the goal's left side to its right side; None where they do not.

    Sides are compared as typed: where one is to be rewritten, a step says so.
    """
    ways: dict[Basic, tuple[int, ...]] = {goal.left: ()}
    waiting = [goal.left]
    while waiting:
        node = waiting.pop(0)
        if node == goal.right:
            return ways[node]
        for number, fact in enumerate(facts):
            new = fact.right if fact.left == node else fact.left if fact.right == node and fact.op == "=" else None
            if new is not None and new not in ways and (fact.op == "=" or goal.op == "<="):
                ways[new] = (*ways[node], number)
                waiting.append(new)
    return None
