"""Tails of the norm of a Gaussian matrix: its mean, the concentration about it, and events that hold another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Expr, exp, sqrt
from sympy.core.basic import Basic
from sympy.core.relational import GreaterThan

from theory.letters import W_tied
from theory.proofs.dependence import is_constant
from theory.proofs.normal import same
from theory.quantities import E, P, norm
from theory.rectangular import W_matrix
from theory.symbols import sigma_w

if TYPE_CHECKING:
    from theory.proofs.proof import Step

MATRICES = (W_tied, W_matrix)  # of both, entries of variance sigma_w² over the number of columns


def bounds_mean_norm(step: Step) -> bool:
    """E‖W‖ <= sigma_w (1 + sqrt(n_out/n_in)) for Gaussian W: Gordon's comparison with sigma_w/sqrt(n_in) (|g| + |h|),

    g and h standard normal of n_out and n_in entries, E|g| <= sqrt(n_out), E|h| <= sqrt(n_in).
    """
    for matrix in MATRICES:
        if step.left == E(norm(matrix)):
            n_out, n_in = matrix.shape
            return bool(step.right == sigma_w * (1 + sqrt(n_out / n_in)))
    return False


def concentrates(step: Step) -> bool:
    """P(‖W‖ >= E‖W‖ + r) <= exp(-r²/(2 c²)) for a constant r > 0.

    ‖W‖ moves by at most c = sigma_w/sqrt(n_in) times the distance of the independent standard normal numbers in W.
    """
    quantity, level = _event(step.left)
    matrix = next((matrix for matrix in MATRICES if quantity == norm(matrix)), None)
    if matrix is None or level is None:
        return False
    excess = level - E(norm(matrix))
    lawful = is_constant(excess) and excess.is_positive
    return bool(lawful and same(step.right, exp(-matrix.shape[1] * excess**2 / (2 * sigma_w**2))))


def holds_event(step: Step) -> bool:
    """P(X >= a) <= P(X >= b) where a - b is right - left of a given left <= right, so that a >= b."""
    (quantity, high), (other, low) = _event(step.left), _event(step.right)
    if high is None or low is None or quantity != other:
        return False
    return any(fact.op == "<=" and same(high - low, fact.right - fact.left) for fact in step.given)


def _event(side: Basic) -> tuple[Basic | None, Expr | None]:
    event = side.args[0] if isinstance(side, P) else None
    return (event.lhs, event.rhs) if isinstance(event, GreaterThan) else (None, None)
