"""Exponential bounds of a probability: Markov's inequality for every order, and the best of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Expr, exp
from sympy.core.basic import Basic
from sympy.core.relational import GreaterThan

from theory.proofs.bounds import where_growing
from theory.proofs.dependence import is_constant
from theory.proofs.normal import same
from theory.quantities import E, P, sup_over
from theory.symbols import p

if TYPE_CHECKING:
    from theory.proofs.context import Context
    from theory.proofs.proof import Step


def markov_of_order(expression: Expr) -> Expr:
    """P(X >= a) <= E[X^p]/a^p for X >= 0, a constant a > 0 and every p > 0."""

    def change(node: Basic) -> Basic | None:
        event = node.args[0] if isinstance(node, P) else None
        if not isinstance(event, GreaterThan) or not is_constant(event.rhs) or event.has(p):
            return None
        applies = event.lhs.is_extended_nonnegative and event.rhs.is_positive
        return E(event.lhs**p) / event.rhs**p if applies else None

    return where_growing(expression, change)


def is_best_order(step: Step, context: Context) -> bool:
    """X <= exp(-c sup_p f(p)) from X <= exp(-c f(p)), which was proved for every p > 0; c >= 0 and X hold no p.

    The order p is no letter of a network, so that a step may leave it free; a parameter of the theorem is one number at
    a time, and must not be it.
    """
    scale, rate = _falling(step.right)
    if step.op != "<=" or scale is None or rate is None or rate.args[1] != p:
        return False
    held = {parameter.symbol for parameter in context.parameters} | step.left.free_symbols | scale.free_symbols
    held = held.union(*(side.free_symbols for fact in context.known for side in (fact.left, fact.right)))
    each = exp(-scale * rate.args[0])
    return p not in held and any(f.op == "<=" and f.left == step.left and same(f.right, each) for f in step.given)


def _falling(bound: Basic) -> tuple[Expr | None, sup_over | None]:
    """(c, S) of exp(-c S), S a supremum and c a constant >= 0."""
    rates = tuple(bound.atoms(sup_over)) if isinstance(bound, exp) else ()
    if len(rates) != 1:
        return None, None
    rate = rates[0]
    scale = (-bound.args[0]).as_coefficient(rate)
    lawful = scale is not None and scale.is_nonnegative and is_constant(scale)
    return (scale, rate) if lawful else (None, None)
