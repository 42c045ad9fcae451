"""The matrices and vectors of the networks: the letters that proofs are written with, one width n throughout."""

from __future__ import annotations

from sympy import Expr, Identity, MatrixSymbol

from theory.products import Layer, OrderedProduct
from theory.symbols import L, T, a, l, n

J = MatrixSymbol("J", n, n)  # dh_L/dh_0, or dh_T/dh_0 through time
W_tied = MatrixSymbol("W", n, n)  # the one matrix of a recurrent network, or of a matrix theorem
W_jordan = MatrixSymbol("W", 2, 2)  # the Jordan block [[a, b], [0, a]], given and not drawn
V = MatrixSymbol("V", n, n)  # a fixed direction in the space of weights
v = MatrixSymbol("v", n, 1)  # a fixed unit vector, independent of the weights
u = MatrixSymbol("u", n, 1)  # a fixed unit vector, independent of the weights: dE/dh at the output, held fixed
g = MatrixSymbol("g", n, 1)  # dE/dh at the output
I = Identity(n)  # noqa: E741


def _letter(name: str, layer: Expr | int, columns: Expr | int, diagonal: bool = False) -> Layer:
    letter: Layer = Layer(name, layer, n, columns, diagonal)
    return letter


def W(layer: Expr | int) -> Layer:
    """Weight matrix W_l."""
    return _letter("W", layer, n)


def D(layer: Expr | int) -> Layer:
    """Diagonal matrix of the slopes phi'(z_l)."""
    return _letter("D", layer, n, diagonal=True)


def h(layer: Expr | int) -> Layer:
    """Activation vector h_l."""
    return _letter("h", layer, 1)


def b(layer: Expr | int) -> Layer:
    """Bias b_l; through time u_t + b."""
    return _letter("b", layer, 1)


def loss(step: Expr | int) -> Layer:
    """g_t = dE_t/dh_t, the gradient of the loss of one step by its own state."""
    return _letter("g", step, 1)


def delta(layer: Expr | int) -> Layer:
    """Error signal delta_l = dE/dz_l."""
    return _letter("delta", layer, 1)


def weights(low: Expr | int = 1, high: Expr = L) -> OrderedProduct:
    """W_high ... W_low, the product of a linear network through depth."""
    return OrderedProduct(W(l), l, low, high)


def residuals(low: Expr | int = 1, high: Expr = L) -> OrderedProduct:
    """(I + a W_high) ... (I + a W_low), the product of residual layers through depth."""
    return OrderedProduct(I + a * W(l), l, low, high)


def slopes_weights(low: Expr | int = 1, high: Expr = L) -> OrderedProduct:
    """D_high W_high ... D_low W_low, the product through depth."""
    return OrderedProduct(D(l) * W(l), l, low, high)


def slopes_tied(low: Expr | int = 1, high: Expr = T) -> OrderedProduct:
    """D_high W ... D_low W, the product through time."""
    return OrderedProduct(D(l) * W_tied, l, low, high)


def powers_tied(low: Expr | int = 1, high: Expr = T) -> OrderedProduct:
    """W ... W, the power of the one matrix from step low to step high."""
    return OrderedProduct(W_tied, l, low, high)
