"""What depends on what: constants, bound symbols, and the words that a fresh weight matrix is independent of."""

from __future__ import annotations

from sympy import (
    Add,
    Derivative,
    Dummy,
    Expr,
    Identity,
    MatAdd,
    MatMul,
    MatrixExpr,
    MatrixSymbol,
    Mul,
    Pow,
    Product,
    Subs,
    Transpose,
)
from sympy.concrete.expr_with_limits import ExprWithLimits
from sympy.core.basic import Basic
from sympy.core.traversal import preorder_traversal
from sympy.matrices.expressions.matexpr import MatrixElement

from theory import rectangular as wide
from theory.letters import V, W, W_tied, v
from theory.observables import named
from theory.products import Layer, OrderedProduct
from theory.quantities import Quantity, largest, limit_of, squared_norm, sup_over
from theory.symbols import L, T, l

_STEPS = {L: l + Dummy("k", integer=True, nonnegative=True), T: l + Dummy("k", integer=True, nonnegative=True)}


def is_constant(expression: Basic) -> bool:
    """Whether it is the same number in every draw: no quantity, matrix or observable is in it.

    >>> from theory.symbols import s, sigma_w
    >>> is_constant(sigma_w**2), is_constant(s)
    (True, False)
    """
    return not (expression.has(Quantity, MatrixExpr, MatrixElement) or expression.free_symbols & named().keys())


def constant_and_rest(expression: Expr) -> tuple[Expr, Expr]:
    """The product as (constant factors, all others)."""
    return expression.as_independent(Quantity, MatrixExpr, MatrixElement, *named(), as_Add=False)  # type: ignore[no-any-return]


def bound_symbols(expression: Basic, limits: bool = True) -> set[Basic]:
    """Symbols that sums, integrals, derivatives, maxima and (``limits``) limits run over: nothing may capture them."""
    found: set[Basic] = set()
    for node in preorder_traversal(expression):
        match node:
            case ExprWithLimits():
                found.update(limit[0] for limit in node.limits)
            case Derivative() | Subs():
                found.update(node.variables)
            case largest() | sup_over():
                found.add(node.args[1])
            case limit_of() if limits:
                found.add(node.args[1])
    return found


def nonnegative(difference: Expr) -> bool:
    """Whether an integer expression is never negative, a layer or step l being at most L or T.

    >>> nonnegative(L - l), nonnegative(l - L)
    (True, False)
    """
    known = difference.xreplace(_STEPS) if difference.has(l) else difference
    return bool(known.expand().is_nonnegative)


def head_and_rest(word: MatrixExpr) -> tuple[MatrixExpr, MatrixExpr] | None:
    """First letter of a written-out matrix word, and the rest."""
    if not isinstance(word, MatMul) or len(word.args) < 2 or not word.args[0].is_Matrix:
        return None
    head, *rest = word.args
    return head, rest[0] if len(rest) == 1 else MatMul(*rest)


def fresh_weight(word: MatrixExpr) -> tuple[MatrixExpr, MatrixExpr] | None:
    """(W_l, rest) where the word starts with a weight matrix that is independent of all that follows.

    The rest may hold v, V and what earlier layers make: W_k, D_k and h_k with k < l. Through time W returns, so that
    only v and V are independent of it; J, g and the error signals depend on every weight.
    """
    parts = head_and_rest(word)
    if parts is None:
        return None
    head, rest = parts
    if head == W_tied:
        return parts if _independent(rest, None) else None
    layered = isinstance(head, Layer) and head in (W(head.index), wide.W(head.index))
    return parts if layered and _independent(rest, head.index) else None


def _independent(word: Basic, layer: Expr | None) -> bool:
    """Whether a word is made of v, V and letters of earlier layers."""
    match word:
        case Identity():
            return True
        case MatrixSymbol():
            return word in (v, V, wide.v)
        case Layer():
            return layer is not None and word.name in ("W", "D", "h") and bool((layer - word.index).is_positive)
        case OrderedProduct():
            rising = all(_rises(letter, word.index) for letter in word.factor.atoms(Layer))
            return rising and not word.factor.has(OrderedProduct) and _independent(word.at(word.high), layer)
        case MatMul() | MatAdd() | Transpose():
            return all(is_constant(part) or _independent(part, layer) for part in word.args)
    return False


def independent_scalar(expression: Basic, layer: Expr) -> bool:
    """Whether a scalar is made of constants and of ‖X‖² of words X that W_layer is independent of, products included.

    >>> from sympy import Product
    >>> from theory.quantities import squared_norm
    >>> sizes = Product(squared_norm(W(l)), (l, 1, L))
    >>> independent_scalar(sizes, L + 1), independent_scalar(sizes, L)
    (True, False)
    """
    match expression:
        case squared_norm():
            return _independent(expression.args[0], layer)
        case Product() if len(expression.limits) == 1:
            factor, (index, low, high) = expression.function, expression.limits[0]
            rising = all(_rises(letter, index) for letter in factor.atoms(Layer)) and not factor.has(ExprWithLimits)
            forward = nonnegative(high - low + 1)  # a product from high to low is one over those between
            return rising and forward and independent_scalar(factor.xreplace({index: high}), layer)
        case Add() | Mul() | Pow():
            return all(independent_scalar(part, layer) for part in expression.args)
    return is_constant(expression)


def is_product_of_weights(word: Basic) -> bool:
    """Whether a word is a product of square weight matrices W_l, at least one, each index at most once.

    >>> from theory.letters import weights
    >>> is_product_of_weights(weights()), is_product_of_weights(W(2) * W(2)), is_product_of_weights(W(1) * v)
    (True, False, False)
    """
    match word:
        case Layer():
            return bool(word == W(word.index))
        case OrderedProduct():
            grows = bool((word.high - word.low).is_nonnegative)
            return grows and _is_weight_of(word.factor, word.index)
        case MatMul():
            parts = fresh_weight(word)
            return parts is not None and all(map(is_product_of_weights, parts))
    return False


def _is_weight_of(letter: Basic, index: Dummy) -> bool:
    """Whether a letter of a product is W at its index, shifted perhaps."""
    return isinstance(letter, Layer) and letter == W(letter.index) and not (letter.index - index).has(index)


def _rises(letter: Layer, index: Dummy) -> bool:
    """Whether a letter of a product has its highest index in the factor of highest index."""
    return not letter.has(index) or not (letter.index - index).has(index)
