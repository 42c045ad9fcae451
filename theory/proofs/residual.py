"""Branches beside the identity, x + c W x: the square of such a sum on average, and bounds of what L of them do."""

from __future__ import annotations

from sympy import Add, Expr, Integer, MatMul, MatrixExpr, Pow, exp
from sympy.core.basic import Basic
from sympy.core.relational import GreaterThan

from theory.products import OrderedProduct
from theory.proofs.bounds import everywhere, where_growing
from theory.proofs.dependence import fresh_weight, is_constant, nonnegative
from theory.quantities import E, P, inner, squared_norm


def last_factor(expression: Basic) -> Basic:
    """A product of factors 1 to L + 1 as factor L + 1 times the others."""

    def peeled(node: OrderedProduct) -> MatrixExpr:
        return node.peel_last() if nonnegative(node.length - 1) else node

    return expression.replace(lambda node: isinstance(node, OrderedProduct), peeled)


def residual_square(expression: Basic) -> Basic:
    """E‖X + c W X‖² = E‖X‖² + 2c E<X, W X> + c² E‖W X‖²: the inner product is a mean where the squares are."""

    def change(node: Basic) -> Basic | None:
        parts = _branch(node.args[0].args[0]) if isinstance(node.args[0], squared_norm) else None
        if parts is None:
            return None
        word, scale, moved = parts
        crossed = 2 * scale * E(inner(word, moved))
        return E(squared_norm(word)) + crossed + scale**2 * E(squared_norm(moved))

    return everywhere(expression, E, change)


def _branch(total: MatrixExpr) -> tuple[MatrixExpr, Expr, MatrixExpr] | None:
    """(X, c, W X) of X + c W X with a constant c and X independent of W."""
    if not total.is_MatAdd or len(total.args) != 2:
        return None
    for word, other in (total.args, total.args[::-1]):
        scale, moved = other.as_coeff_mmul() if isinstance(other, MatMul) else (Integer(1), other)
        parts = fresh_weight(moved)
        if parts and parts[1] == word and is_constant(scale):
            return word, scale, moved
    return None


def centered(expression: Basic) -> Basic:
    """E<X, W_l Y> = 0 for X and Y independent of W_l: E over W_l first, of mean 0."""

    def change(node: Basic) -> Basic | None:
        product = node.args[0]
        if not isinstance(product, inner):
            return None
        word, moved = product.args
        parts = fresh_weight(moved)
        return Integer(0) if parts and fresh_weight(MatMul(parts[0], word)) else None

    return everywhere(expression, E, change)


def markov_of_mean(expression: Expr) -> Expr:
    """P(X >= a) <= E[X]/a for X >= 0 and a constant a > 0."""

    def change(node: Basic) -> Basic | None:
        event = node.args[0] if isinstance(node, P) else None
        if not isinstance(event, GreaterThan) or not is_constant(event.rhs):
            return None
        applies = event.lhs.is_extended_nonnegative and event.rhs.is_positive
        return E(event.lhs) / event.rhs if applies else None

    return where_growing(expression, change)


def exponential_bound(expression: Expr) -> Expr:
    """(1 + y)^m <= e^{m y} for y >= 0 and m >= 0."""

    def change(node: Basic) -> Basic | None:
        if not isinstance(node, Pow) or not isinstance(node.base, Add) or not node.exp.is_nonnegative:
            return None
        excess = node.base - 1
        return exp(node.exp * excess) if excess.is_nonnegative and is_constant(excess) else None

    return where_growing(expression, change)
