"""Proofs as data: steps and inductions. theory/proofs/checking.py checks them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sympy import Expr, Symbol, oo, sympify
from sympy.core.basic import Basic

from theory.observables import named
from theory.proofs.facts import Fact, Range
from theory.proofs.rule import Rule

HELD = ("computed", "certified", "kernel", "axiom", "cited", "sampled", "gap")  # from strongest to weakest


@dataclass(frozen=True)
class Step:
    """One line of a proof: its sides as typed, unevaluated; the reason in words; the rule that checks it."""

    kind: str  # "eq", "ineq", "diff", "integral", "limit", "cite"
    left: Basic
    op: str
    right: Basic
    because: str
    rule: Rule
    given: tuple[Fact, ...] = ()

    @property
    def fact(self) -> Fact:
        """left op right."""
        return Fact(self.left, self.op, self.right)

    def renamed(self, rule: Mapping[Basic, Basic]) -> Step:
        """The step with a symbol renamed."""
        given = tuple(fact.renamed(rule) for fact in self.given)
        return replace(self, left=self.left.xreplace(rule), right=self.right.xreplace(rule), given=given)

    @property
    def held(self) -> str:
        """How the step is held where its check passes: computed, certified, kernel, axiom, cited or sampled."""
        return self.rule.held


@dataclass(frozen=True)
class Induction:
    """left op right for every integer variable >= start.

    ``base`` proves it at start, ``step`` at variable + 1 from the claim at variable, the rule ``hypothesis``.
    """

    variable: Symbol
    left: Basic
    op: str
    right: Basic
    base: tuple[Step, ...]
    step: tuple[Step, ...]
    start: Expr | int = 0
    because: str = "induction"

    @property
    def fact(self) -> Fact:
        """The claim, for every value of the variable from its start, and of the letters in the start.

        One that holds what is measured on L layers, such as the largest norm s, is not of more layers than L.
        """
        start = sympify(self.start)
        high = self.variable if (self.left.free_symbols | self.right.free_symbols) & named().keys() else oo
        letters = (Range(letter, 1 if letter.is_positive else 0) for letter in sorted(start.free_symbols, key=str))
        return Fact(self.left, self.op, self.right, (Range(self.variable, start, high), *letters))

    @property
    def held(self) -> str:
        """The weakest of its steps."""
        return weakest(self.base + self.step)


Move = Step | Induction


def weakest(moves: tuple[Move, ...]) -> str:
    """The weakest way in which any of the moves is held.

    >>> weakest(())
    'computed'
    """
    return max((move.held for move in moves), key=HELD.index, default="computed")
