"""The rule that leans on an earlier theorem."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sympy import oo, sympify

from theory.assumptions import closure, tacit
from theory.definitions import CASES
from theory.proofs.dependence import nonnegative
from theory.proofs.facts import Fact
from theory.proofs.posing import least
from theory.proofs.rule import Rule

if TYPE_CHECKING:
    from theory.proofs.context import Context
    from theory.proofs.proof import Step
    from theory.statement import Parameter, Theorem


def by(slug: str, fact: Fact) -> Rule:
    """What an earlier theorem proved without conditions; held as the weakest step that it took there.

    The cases that its statements speak of (theory/definitions.py) must be this one's too; its systems must cover the
    step's, its assumptions be among this theorem's, its parameters' domains no narrower.
    """
    from theory.catalog import theorem

    return _by(theorem(slug), fact)


@cache
def _by(source: Theorem, fact: Fact) -> Rule:
    """One rule for a theorem and a fact: two of them are never equal, for each checks with its own function."""
    from theory.proofs.checking import proof_in
    from theory.proofs.proof import HELD, weakest

    cases = tuple({given for statement in source.statements for given in statement.given if given in CASES})
    moves_of = {} if source.gaps() else {system: proof_in(source, system, fact, cases) for system in source.systems}
    proofs = {system: found for system, found in moves_of.items() if found}
    held = max((weakest(found) for found in proofs.values()), key=HELD.index, default="gap")

    def check(step: Step, context: Context) -> bool:
        covered = any(system.covers(context.system) for system in proofs)
        wide = all(_admitted(parameter, context) for parameter in source.parameters)
        same_run = set(cases) <= set(context.known)
        return (
            covered
            and wide
            and same_run
            and closure(source.assumes) <= context.assumptions
            and tacit(source.assumes) == tacit(context.assumptions)
            and step.fact.key == fact.key
        )

    return Rule(f"theorem {source.name}", held, f"theorem {source.name}", check)


def _admitted(parameter: Parameter, context: Context) -> bool:
    """Whether this parameter is nowhere outside the domain of the earlier theorem."""
    own = next((other for other in context.parameters if other.symbol == parameter.symbol), None)
    if own is None:
        unbounded = parameter.high == oo or nonnegative(sympify(parameter.high) - parameter.symbol)  # l <= L always
        return bool(parameter.low <= least(parameter.symbol)) and unbounded
    inside = own.low >= parameter.low and own.high <= parameter.high
    ends = parameter.closed or not own.closed or (own.low > parameter.low and own.high < parameter.high)
    return bool(inside and ends)
