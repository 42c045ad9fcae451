"""What the letters mean in each system, as facts that a proof may unfold."""

from __future__ import annotations

from sympy import Identity, ImmutableMatrix, Integer, MatrixSymbol, Transpose, ZeroMatrix
from sympy.core.basic import Basic

from theory import rectangular as wide
from theory.assumptions import GIVEN, ORTHOGONAL, SYMMETRIC, Assumption
from theory.letters import (
    D,
    I,
    J,
    V,
    W,
    W_jordan,
    W_tied,
    b,
    delta,
    g,
    h,
    loss,
    residuals,
    slopes_tied,
    slopes_weights,
    u,
    v,
    weights,
)
from theory.memory import noise, sensitivity, state
from theory.products import Layer
from theory.proofs.facts import Fact, Range
from theory.quantities import squared_norm
from theory.symbols import L, T, a, l, memory, sigma_w, step
from theory.symbols import b as beside
from theory.systems import System
from theory.widths import units

UNIT_DIRECTION = Fact(squared_norm(v), "=", Integer(1))
LINEAR_DEPTH = Fact(J, "=", weights())
DEPTH_JACOBIAN = Fact(J, "=", slopes_weights())
LINEAR_TIME = Fact(J, "=", W_tied**T)
TIME_JACOBIAN = Fact(J, "=", slopes_tied())
JORDAN_BLOCK = Fact(W_jordan, "=", ImmutableMatrix([[a, beside], [0, a]]))
ONE_MATRIX = Fact(J, "=", W_tied)
LINEAR_LAYER = Fact(h(l), "=", W(l) * h(l - 1) + b(l), (Range(l, 1),))
LINEAR_ERROR = Fact(delta(l), "=", Transpose(W(l + 1)) * delta(l + 1), (Range(l, 1, L - 1),))
LINEAR_SIGNAL = Fact(delta(l), "=", Transpose(weights(l + 1, L)) * g, (Range(l, 1, L),))
ERROR_SIGNAL = Fact(delta(l), "=", D(l) * Transpose(slopes_weights(l + 1, L)) * g, (Range(l, 1, L),))

# the same of a network of widths n_0, ..., n_L
WIDE_UNIT_DIRECTION = Fact(squared_norm(wide.v), "=", Integer(1))
WIDE_UNIT_GRADIENT = Fact(squared_norm(wide.u), "=", Integer(1))
WIDE_LINEAR_LAYER = Fact(wide.h(l), "=", wide.W(l) * wide.h(l - 1) + wide.b(l), (Range(l, 1),))
WIDE_LINEAR_SIGNAL = Fact(wide.delta(l), "=", Transpose(wide.weights(l + 1, L)) * wide.g, (Range(l, 1, L),))
WIDE_LINEAR_DEPTH = Fact(wide.J, "=", wide.weights())
WIDE_DEPTH_JACOBIAN = Fact(wide.J, "=", wide.slopes_weights())
WIDE_ONE_MATRIX = Fact(wide.J_matrix, "=", wide.W_matrix)

# what a statement may assume of the run that it speaks of, of any widths: its input, biases, gradient at its output
UNIT_INPUT = Fact(wide.h(0), "=", wide.v)
NO_BIASES = Fact(wide.b(l), "=", ZeroMatrix(units(l), 1), (Range(l, 1),))
FIXED_GRADIENT = Fact(wide.g, "=", wide.u)
CASES = (UNIT_INPUT, NO_BIASES, FIXED_GRADIENT)

# a scalar memory, and the derivative of its line by lambda, on which no input depends
FIRST_STATE = Fact(state(0), "=", Integer(0))
NEXT_STATE = Fact(state(step), "=", memory * state(step - 1) + noise(step), (Range(step, 1),))
FIRST_SENSITIVITY = Fact(sensitivity(0), "=", Integer(0))
NEXT_SENSITIVITY = Fact(sensitivity(step), "=", memory * sensitivity(step - 1) + state(step - 1), (Range(step, 1),))

RESIDUAL_LAYERS = Fact(J, "=", residuals())  # of residual layers x + a W_l x

ORTHOGONALITY = Fact(Transpose(W(l)) * W(l), "=", sigma_w**2 * I, (Range(l, 1),))
RISING = Fact(units(l - 1), "<=", units(l))  # a condition on a profile, for every layer
FALLING = Fact(units(l), "<=", units(l - 1))
COLUMNS = Fact(
    Transpose(wide.W(l)) * wide.W(l), "=", units(l) / units(l - 1) * sigma_w**2 * Identity(units(l - 1)), (Range(l, 1),)
)
ROWS = Fact(wide.W(l) * Transpose(wide.W(l)), "=", sigma_w**2 * Identity(units(l)), (Range(l, 1),))
SYMMETRY = Fact(Transpose(W_tied), "=", W_tied)

_LINEAR = (LINEAR_DEPTH, LINEAR_LAYER, LINEAR_ERROR, LINEAR_SIGNAL)
_WIDE_LINEAR = (WIDE_LINEAR_DEPTH, WIDE_LINEAR_LAYER, WIDE_LINEAR_SIGNAL)
_NONLINEAR = (DEPTH_JACOBIAN, ERROR_SIGNAL, WIDE_DEPTH_JACOBIAN)
_ASSUMED: dict[Assumption, Fact] = {GIVEN: JORDAN_BLOCK, ORTHOGONAL: ORTHOGONALITY, SYMMETRIC: SYMMETRY}

_FAMILIES = {
    "depth": (W, D, h, b, delta),
    "time": (D, h, b, loss),
    "matrix": (),
    "residual": (W,),
    "jordan": (),
    "memory": (),
}
_MATRICES = {
    "depth": {J, V, u, v, g, wide.J, wide.u, wide.v, wide.g},
    "time": {J, W_tied, V, v, g},
    "residual": {J, v},
    "memory": set(),
    "jordan": {W_jordan},
    "matrix": {J, W_tied, V, v, wide.J_matrix, wide.W_matrix, wide.v},
}
_WIDE = {
    "depth": (wide.W, wide.D, wide.h, wide.b, wide.delta),
    **dict.fromkeys(("time", "matrix", "residual", "jordan", "memory"), ()),
}


def foreign_letter(expression: Basic, system: System) -> Basic | None:
    """A letter of the expression that has no meaning in the system: W_l where one W returns, or W where each is fresh.

    >>> from theory.activations import LINEAR
    >>> from theory.systems import DEPTH, MATRIX
    >>> foreign_letter(W(l) * v, DEPTH(LINEAR)), foreign_letter(W(l) * v, MATRIX)
    (None, W_l)
    """
    families = (*_FAMILIES[system.kind], *_WIDE[system.kind])
    layers = (x for x in expression.atoms(Layer) if not any(x == family(x.index) for family in families))
    matrices = expression.atoms(MatrixSymbol) - _MATRICES[system.kind]
    return min((*layers, *matrices), key=str, default=None)


def definitions(system: System) -> tuple[Fact, ...]:
    """The facts that define the letters of a system.

    >>> from theory.systems import MATRIX
    >>> ONE_MATRIX in definitions(MATRIX)
    True
    """
    linear = system.activation is not None and system.activation.name == "linear"
    own: tuple[Fact, ...]
    if system.kind == "depth":
        own = (*_LINEAR, *_WIDE_LINEAR) if linear else _NONLINEAR
    elif system.kind == "time":
        own = (LINEAR_TIME,) if linear else (TIME_JACOBIAN,)
    elif system.kind == "residual":
        own = (RESIDUAL_LAYERS,)
    elif system.kind == "jordan":
        own = ()  # GIVEN says what W is
    elif system.kind == "memory":
        own = (FIRST_STATE, NEXT_STATE, FIRST_SENSITIVITY, NEXT_SENSITIVITY)
    else:
        own = (ONE_MATRIX, WIDE_ONE_MATRIX)
    return (UNIT_DIRECTION, WIDE_UNIT_DIRECTION, WIDE_UNIT_GRADIENT, *own)


def assumed(assumptions: frozenset[Assumption], conditions: tuple[Fact, ...] = ()) -> tuple[Fact, ...]:
    """The assumptions that are equations of matrices; at widths, as a condition on the profile says which."""
    shapes = tuple(fact for condition, fact in ((RISING, COLUMNS), (FALLING, ROWS)) if condition in conditions)
    square = tuple(fact for assumption, fact in _ASSUMED.items() if assumption in assumptions)
    return (*square, *(shapes if ORTHOGONAL in assumptions else ()))
