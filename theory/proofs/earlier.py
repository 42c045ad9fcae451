"""The rule that leans on an earlier theorem."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sympy import oo

from theory.assumptions import closure
from theory.proofs.facts import Fact
from theory.proofs.posing import least
from theory.proofs.rule import Rule

if TYPE_CHECKING:
    from theory.proofs.context import Context
    from theory.proofs.proof import Step
    from theory.statement import Parameter, Theorem


def by(slug: str, fact: Fact) -> Rule:
    """What an earlier theorem proved without conditions; held as the weakest step that it took there.

    Its systems must cover the step's, its assumptions be among this theorem's, its parameters' domains no narrower.
    """
    from theory.catalog import theorem

    return _by(theorem(slug), fact)


@cache
def _by(source: Theorem, fact: Fact) -> Rule:
    """One rule for a theorem and a fact: two of them are never equal, for each checks with its own function."""
    from theory.proofs.checking import proof_in
    from theory.proofs.proof import HELD, weakest

    moves_of = {} if source.gaps() else {system: proof_in(source, system, fact) for system in source.systems}
    proofs = {system: found for system, found in moves_of.items() if found}
    held = max((weakest(found) for found in proofs.values()), key=HELD.index, default="gap")

    def check(step: Step, context: Context) -> bool:
        covered = any(system.covers(context.system) for system in proofs)
        wide = all(_admitted(parameter, context) for parameter in source.parameters)
        return covered and wide and closure(source.assumes) <= context.assumptions and step.fact.key == fact.key

    return Rule(f"theorem {source.name}", held, f"theorem {source.name}", check)


def _admitted(parameter: Parameter, context: Context) -> bool:
    """Whether this parameter is nowhere outside the domain of the earlier theorem."""
    own = next((other for other in context.parameters if other.symbol == parameter.symbol), None)
    if own is None:
        return bool(parameter.low <= least(parameter.symbol)) and parameter.high == oo
    inside = own.low >= parameter.low and own.high <= parameter.high
    ends = parameter.closed or not own.closed or (own.low > parameter.low and own.high < parameter.high)
    return bool(inside and ends)
