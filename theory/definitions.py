"""What the letters mean in each system, as facts that a proof may unfold."""

from __future__ import annotations

from sympy import Integer, Transpose

from theory.assumptions import ORTHOGONAL, SYMMETRIC, Assumption
from theory.facts import Fact
from theory.letters import D, I, J, W, W_tied, b, delta, g, h, slopes_tied, slopes_weights, v, weights
from theory.quantities import squared_norm
from theory.symbols import L, T, l, sigma_w
from theory.systems import System

UNIT_DIRECTION = Fact(squared_norm(v), "=", Integer(1))
LINEAR_DEPTH = Fact(J, "=", weights())
DEPTH_JACOBIAN = Fact(J, "=", slopes_weights())
LINEAR_TIME = Fact(J, "=", W_tied**T)
TIME_JACOBIAN = Fact(J, "=", slopes_tied())
ONE_MATRIX = Fact(J, "=", W_tied)
LINEAR_LAYER = Fact(h(l), "=", W(l) * h(l - 1) + b(l))
LINEAR_ERROR = Fact(delta(l), "=", Transpose(W(l + 1)) * delta(l + 1))
ERROR_SIGNAL = Fact(delta(l), "=", D(l) * Transpose(slopes_weights(l + 1, L)) * g)

ORTHOGONALITY = Fact(Transpose(W(l)) * W(l), "=", sigma_w**2 * I)
SYMMETRY = Fact(Transpose(W_tied), "=", W_tied)

_ASSUMED: dict[Assumption, Fact] = {ORTHOGONAL: ORTHOGONALITY, SYMMETRIC: SYMMETRY}


def definitions(system: System) -> tuple[Fact, ...]:
    """The facts that define the letters of a system.

    >>> from theory.systems import MATRIX
    >>> ONE_MATRIX in definitions(MATRIX)
    True
    """
    linear = system.activation is not None and system.activation.name == "linear"
    if system.kind == "depth":
        own = (LINEAR_DEPTH, LINEAR_LAYER, LINEAR_ERROR) if linear else (DEPTH_JACOBIAN, ERROR_SIGNAL)
    elif system.kind == "time":
        own = (LINEAR_TIME,) if linear else (TIME_JACOBIAN,)
    else:
        own = (ONE_MATRIX,)
    return (UNIT_DIRECTION, *own)


def assumed(assumptions: frozenset[Assumption]) -> tuple[Fact, ...]:
    """The assumptions that are equations of matrices."""
    return tuple(fact for assumption, fact in _ASSUMED.items() if assumption in assumptions)
