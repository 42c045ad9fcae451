"""The gradients of deep and recurrent networks as ordered products, for every depth and number of steps.

z_l = W_l h_{l-1} + b_l, h_l = phi(z_l), D_l = diag phi'(z_l), delta_l = dE/dz_l. Through time W is the same at each
step and z_t = W h_{t-1} + u_t + b.
"""

from __future__ import annotations

from sympy import Expr, MatMul, MatrixExpr, MatrixSymbol, Symbol
from sympy.printing.str import StrPrinter

from theory.activations import TANH, Activation, activation_of
from theory.gradient import Gradient, units
from theory.products import Layer, OrderedProduct, canonical
from theory.sizes import Size, layer_of, size
from theory.symbols import n
from theory.words import notation
from theory.words.sums import MatrixSum

k, t, s = (Symbol(name, integer=True) for name in "kts")


def jacobian(depth: Size = "L", activation: Activation | str = TANH) -> Gradient:
    """dh_L/dh_0 = D_L W_L ... D_1 W_1, exact: one ordered product for symbolic depth, written out for an integer.

    Shapes: (n_L, n_0). `explicit(widths)` gives its entries; a symbolic depth is the number of layers they name.
    `activation` is an `Activation`, "tanh" or "linear".
    Raises ValueError where depth is neither an integer from 1 to 100 nor symbolic (such as "L"), or the activation is
    unknown.

    >>> jacobian().expression, jacobian(depth=2).expression
    (D_L W_L ... D_1 W_1, D_2*W_2*D_1*W_1)
    """
    last, phi = size(depth, "depth"), activation_of(activation)
    return Gradient(f"dh_{_subscript(last)}/dh_0", _layers(phi, 1, last), phi, last)


def error_signal(layer: Size = "l", depth: Size = "L", activation: Activation | str = TANH) -> Gradient:
    """delta_l = dE/dz_l = D_l W_{l+1}ᵀ D_{l+1} ... W_Lᵀ D_L g with g = dE/dh_L, exact.

    Shapes: (n_l, 1).
    Raises ValueError where layer or depth is neither an integer from 1 to 100 nor symbolic, layer > depth, or the
    activation is unknown.

    >>> error_signal(layer=1, depth=2).expression
    D_1*W_2.T*D_2*g
    """
    (place, last), phi = layer_of(layer, depth), activation_of(activation)
    return Gradient(f"delta_{_subscript(place)}", _error(phi, place, last), phi, last, place)


def weight_gradient(layer: Size = "l", depth: Size = "L", activation: Activation | str = TANH) -> Gradient:
    """dE/dW_l = delta_l h_{l-1}ᵀ, exact: an outer product, so its Frobenius norm is ‖delta_l‖ ‖h_{l-1}‖.

    Shapes: (n_l, n_{l-1}).
    Raises ValueError where layer or depth is neither an integer from 1 to 100 nor symbolic, layer > depth, or the
    activation is unknown.

    >>> weight_gradient(layer=2, depth=2).expression
    D_2*g*h_1.T
    """
    (place, last), phi = layer_of(layer, depth), activation_of(activation)
    inputs = Layer("h", place - 1, units(place - 1), 1)
    return Gradient(f"dE/dW_{_subscript(place)}", _word(_error(phi, place, last), inputs.T), phi, last, place)


def recurrent_gradient(steps: Size = "T", losses: str = "all", activation: Activation | str = TANH) -> Gradient:
    """dE/dW = sum over t of delta_t h_{t-1}ᵀ, exact, with delta_t = D_t (g_t + Wᵀ delta_{t+1}) and g_t = dE_t/dh_t.

    Written by lags: delta_t = sum over s from t to T of D_t (D_s W ... D_{t+1} W)ᵀ g_s; `losses="last"` keeps s = T.
    Shapes: (n, n).
    `explicit(width)` gives its entries where steps is an int.
    Raises ValueError where steps is neither an integer from 1 to 20 nor symbolic (such as "T"), losses is neither "all"
    nor "last", or the activation is unknown.

    >>> recurrent_gradient(steps=2).expression
    D_1*g_1*h_0.T + D_1*W.T*D_2*g_2*h_0.T + D_2*g_2*h_1.T
    """
    last, phi = size(steps, "steps"), activation_of(activation)
    if losses not in ("all", "last"):
        raise ValueError(
            f'losses={losses!r}: unknown; pass "all" for a loss at every step or "last" for one at the end'
        )
    lags = MatrixSum(_lag(phi, t, s), s, t, last) if losses == "all" else _lag(phi, t, last)
    total = MatrixSum(_word(lags, Layer("h", t - 1, n, 1).T), t, 1, last)
    expression = canonical(total) if last.is_Integer else total
    return Gradient("dE/dW", expression, phi, last, tied=True)


def _lag(activation: Activation, step: Expr, source: Expr) -> MatrixExpr:
    """The part of delta_t that comes from the loss at a later step."""
    product = OrderedProduct(_factor(activation, k, n, n, MatrixSymbol("W", n, n)), k, step + 1, source)
    return _word(*_slopes(activation, step, n), product.T, Layer("g", source, n, 1))


def _layers(activation: Activation, low: Expr | int, high: Expr) -> MatrixExpr:
    weight = Layer("W", k, units(k), units(k - 1))
    return OrderedProduct(_factor(activation, k, units(k), units(k - 1), weight), k, low, high).doit()


def _factor(activation: Activation, layer: Expr, rows: Expr, cols: Expr, weight: MatrixExpr) -> MatrixExpr:
    return _word(*_slopes(activation, layer, rows), weight)


def _slopes(activation: Activation, layer: Expr, rows: Expr) -> list[Layer]:
    """D_l, which is the identity, and left out, where phi' = 1."""
    return [] if activation.derivative == 1 else [Layer("D", layer, rows, rows, diagonal=True)]


def _error(activation: Activation, layer: Expr, depth: Expr) -> MatrixExpr:
    loss = MatrixSymbol("g", units(depth), 1)
    return _word(*_slopes(activation, layer, units(layer)), _layers(activation, layer + 1, depth).T, loss)


def _subscript(index: Expr) -> str:
    return notation.subscript(index, StrPrinter())


def _word(*matrices: MatrixExpr) -> MatrixExpr:
    """One flat product, identities left out."""
    letters = [letter for matrix in matrices for letter in (matrix.args if isinstance(matrix, MatMul) else [matrix])]
    letters = [letter for letter in letters if not letter.is_Identity]
    return letters[0] if len(letters) == 1 else MatMul(*letters)
