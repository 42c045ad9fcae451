"""Wide independent weights: what norms and gains of layers tend to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Sum, log

from theory.letters import W, weights
from theory.proofs.dependence import is_constant
from theory.proofs.facts import Fact
from theory.quantities import limit_of, norm, squared_norm
from theory.symbols import L, l, n, sigma_w

if TYPE_CHECKING:
    from theory.proofs.proof import Step

NORMS = Fact(limit_of(Sum(log(norm(W(l))), (l, 1, L)) / L, n), "=", log(2 * sigma_w))
GAIN = Fact(limit_of(log(squared_norm(weights()) / n) / (2 * L), n), "=", log(sigma_w))


def is_difference_of_limits(step: Step) -> bool:
    """lim (X - Y) = a - b from lim X = a and lim Y = b, both the same numbers in every draw."""
    if not isinstance(step.left, limit_of) or len(step.given) != 2:
        return False
    inside, variable = step.left.args
    first, second = step.given
    limits = all(fact.op == "=" and isinstance(fact.left, limit_of) for fact in step.given)
    if not limits or any(fact.left.args[1] != variable or fact.right.has(variable) for fact in step.given):
        return False
    finite = all(is_constant(fact.right) and fact.right.is_finite is not False for fact in step.given)
    parts = first.left.args[0] - second.left.args[0]
    return finite and bool(inside == parts and step.right == first.right - second.right)
