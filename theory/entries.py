"""Small networks written out in the entries of their weights, biases and inputs: the ground for cross-checks.

Nothing is simplified: slopes are what SymPy's own derivative of phi gives, so that products of these matrices equal
direct differentiation once multiplied out, with no substitution.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import pairwise

from sympy import (
    ImmutableDenseMatrix,
    MatAdd,
    MatMul,
    MatPow,
    MatrixExpr,
    MatrixSymbol,
    Transpose,
    ZeroMatrix,
    diag,
    eye,
)
from sympy.matrices.expressions.special import Identity

from theory.activations import Activation, z
from theory.products import Layer, canonical

Entries = Mapping[str, ImmutableDenseMatrix]


def through_depth(widths: Sequence[int], activation: Activation) -> Entries:
    """Matrices W_l, slopes D_l, activations h_l of z_l = W_l h_{l-1} + b_l and the loss gradient g, by name."""
    entries = {"h_0": _symbol("h_0", widths[0], 1), "g": _symbol("g", widths[-1], 1)}
    for layer, (cols, rows) in enumerate(pairwise(widths), start=1):
        weight = entries[f"W_{layer}"] = _symbol(f"W_{layer}", rows, cols)
        signal = weight * entries[f"h_{layer - 1}"] + _symbol(f"b_{layer}", rows, 1)
        entries[f"D_{layer}"], entries[f"h_{layer}"] = _slopes(signal, activation), _outputs(signal, activation)
    return entries


def through_time(width: int, steps: int, activation: Activation) -> Entries:
    """One W, slopes D_t, activations h_t of z_t = W h_{t-1} + u_t + b and the loss gradients g_t, by name."""
    weight, bias = _symbol("W", width, width), _symbol("b", width, 1)
    entries = {"W": weight, "h_0": _symbol("h_0", width, 1)}
    for step in range(1, steps + 1):
        signal = weight * entries[f"h_{step - 1}"] + _symbol(f"u_{step}", width, 1) + bias
        entries[f"D_{step}"], entries[f"h_{step}"] = _slopes(signal, activation), _outputs(signal, activation)
        entries[f"g_{step}"] = _symbol(f"g_{step}", width, 1)
    return entries


def evaluated(expression: MatrixExpr, entries: Entries) -> ImmutableDenseMatrix:
    """The expression, its products and sums of integer length, multiplied out in the entries.

    Raises ValueError where a letter has no entries, naming it.

    >>> A = MatrixSymbol("A", 1, 1)
    >>> evaluated(A * A + A, {"A": ImmutableDenseMatrix([[3]])})
    Matrix([[12]])
    """
    return _value(canonical(expression), entries)


def _value(matrix: MatrixExpr, entries: Entries) -> ImmutableDenseMatrix:
    match matrix:
        case MatAdd():
            first, *rest = (_value(term, entries) for term in matrix.args)
            return sum(rest, first)
        case MatMul():
            scalar, letters = matrix.as_coeff_matrices()
            from_right = (_value(letter, entries) for letter in reversed(letters))  # vectors first: fewer products
            return scalar * reduce(lambda right, left: left * right, from_right)
        case Transpose():
            return _value(matrix.arg, entries).T
        case MatPow():
            return _value(matrix.base, entries) ** matrix.exp
        case Identity():
            return ImmutableDenseMatrix(eye(matrix.rows))
        case ZeroMatrix():
            return ImmutableDenseMatrix.zeros(*matrix.shape)
        case Layer() | MatrixSymbol() if str(matrix) in entries:
            return entries[str(matrix)]
    raise ValueError(f"{matrix}: no entries are given for it; pass them by its name")


def _symbol(name: str, rows: int, cols: int) -> ImmutableDenseMatrix:
    return ImmutableDenseMatrix(MatrixSymbol(name, rows, cols))


def _outputs(signal: ImmutableDenseMatrix, activation: Activation) -> ImmutableDenseMatrix:
    return signal.applyfunc(lambda entry: activation.formula.xreplace({z: entry}))


def _slopes(signal: ImmutableDenseMatrix, activation: Activation) -> ImmutableDenseMatrix:
    slope = activation.formula.diff(z)
    return ImmutableDenseMatrix(diag(*(slope.xreplace({z: entry}) for entry in signal)))
