"""The letters of theory/letters.py in a network of widths n_0, ..., n_L: W_l is n_l x n_{l-1}, J is n_L x n_0.

Formulas in them hold for every profile; `theory.widths.equal_widths` makes the letters of one width n of them.
"""

from __future__ import annotations

from sympy import Expr, MatrixSymbol
from sympy.core.basic import Basic

from theory import letters
from theory.products import Layer, OrderedProduct
from theory.symbols import L, l
from theory.widths import units

J = MatrixSymbol("J", units(L), units(0))
J_matrix = MatrixSymbol("J", units(1), units(0))  # of one matrix
W_matrix = MatrixSymbol("W", units(1), units(0))
v = MatrixSymbol("v", units(0), 1)
u = MatrixSymbol("u", units(L), 1)
g = MatrixSymbol("g", units(L), 1)

_DEPTH = {letters.J: J, letters.v: v, letters.u: u, letters.g: g}
_MATRIX = {letters.J: J_matrix, letters.W_tied: W_matrix, letters.v: v}


def W(layer: Expr | int) -> Layer:
    """Weight matrix W_l, n_l x n_{l-1}."""
    made: Layer = Layer("W", layer, units(layer), units(layer - 1))
    return made


def D(layer: Expr | int) -> Layer:
    """Diagonal matrix of the slopes phi'(z_l), n_l x n_l."""
    made: Layer = Layer("D", layer, units(layer), units(layer), diagonal=True)
    return made


def h(layer: Expr | int) -> Layer:
    """Activation vector h_l, of n_l entries."""
    return _column("h", layer)


def b(layer: Expr | int) -> Layer:
    """Bias b_l, of n_l entries."""
    return _column("b", layer)


def delta(layer: Expr | int) -> Layer:
    """Error signal delta_l = dE/dz_l, of n_l entries."""
    return _column("delta", layer)


def _column(name: str, layer: Expr | int) -> Layer:
    made: Layer = Layer(name, layer, units(layer), 1)
    return made


def weights(low: Expr | int = 1, high: Expr = L) -> OrderedProduct:
    """W_high ... W_low, the product of a linear network through depth."""
    return OrderedProduct(W(l), l, low, high)


def slopes_weights(low: Expr | int = 1, high: Expr = L) -> OrderedProduct:
    """D_high W_high ... D_low W_low, the product through depth."""
    return OrderedProduct(D(l) * W(l), l, low, high)


_FAMILIES = ((letters.W, W), (letters.D, D), (letters.h, h), (letters.b, b), (letters.delta, delta))


def at_widths(expression: Basic, kind: str = "depth") -> Basic:
    """The expression with the letters J, u, v, g and W_l, D_l, h_l, b_l, delta_l (of one matrix J, W, v) at widths n_l.

    >>> at_widths(letters.weights()) == weights()
    True
    """
    rule = dict(_MATRIX if kind == "matrix" else _DEPTH)
    for letter in expression.atoms(Layer):
        rule |= {square(letter.index): wide(letter.index) for square, wide in _FAMILIES}
    return expression.xreplace(rule)
