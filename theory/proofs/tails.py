"""Tails of the norm of a Gaussian matrix: its mean, the concentration about it, and events that hold another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Expr, exp
from sympy.core.basic import Basic
from sympy.core.relational import GreaterThan

from theory.letters import W_tied
from theory.proofs.dependence import is_constant
from theory.proofs.normal import same
from theory.quantities import E, P, norm
from theory.symbols import n, sigma_w

if TYPE_CHECKING:
    from theory.proofs.proof import Step

NORM = norm(W_tied)


def bounds_mean_norm(step: Step) -> bool:
    """E‖W‖ <= 2 sigma_w for a square Gaussian W: Gordon's comparison with sigma_w/sqrt(n) (|g| + |h|)."""
    return bool(step.left == E(NORM) and step.right == 2 * sigma_w)


def concentrates(step: Step) -> bool:
    """P(‖W‖ >= E‖W‖ + r) <= exp(-r²/(2 c²)) for a constant r > 0.

    ‖W‖ moves by at most c = sigma_w/sqrt(n) times the distance of the n² independent standard normal numbers in W.
    """
    quantity, level = _event(step.left)
    if quantity != NORM or level is None:
        return False
    excess = level - E(NORM)
    lawful = is_constant(excess) and excess.is_positive
    return bool(lawful and same(step.right, exp(-n * excess**2 / (2 * sigma_w**2))))


def holds_event(step: Step) -> bool:
    """P(X >= a) <= P(X >= b) where a - b is right - left of a given left <= right, so that a >= b."""
    (quantity, high), (other, low) = _event(step.left), _event(step.right)
    if high is None or low is None or quantity != other:
        return False
    return any(fact.op == "<=" and same(high - low, fact.right - fact.left) for fact in step.given)


def _event(side: Basic) -> tuple[Basic | None, Expr | None]:
    event = side.args[0] if isinstance(side, P) else None
    return (event.lhs, event.rhs) if isinstance(event, GreaterThan) else (None, None)
