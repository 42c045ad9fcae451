"""Normal forms: when are two expressions of the proofs the same by computation alone?

Matrix words are brought to their canonical noncommutative form, sums and products with a symbolic upper end give up
their last terms, and what is left is commutative algebra that SymPy decides.
"""

from __future__ import annotations

from functools import lru_cache

from sympy import Add, Identity, Integer, MatMul, MatrixExpr, Mul, Product, Sum, Transpose, ZeroMatrix
from sympy.core.basic import Basic
from sympy.core.expr import Expr

from theory.products import canonical
from theory.proofs.dependence import is_constant
from theory.proofs.vanishing import vanishes
from theory.quantities import E, RealQuantity, inner, norm, smallest, squared_norm, squared_pivot


class bilinear(RealQuantity):
    """The canonical word aᵀMb of an inner product of vectors."""

    latex_form, text_form = "{0}", "{0}"


@lru_cache(maxsize=4096)
def normal(expression: Basic) -> Basic:
    """Rebuild an unevaluated tree from its leaves: canonical matrices, evaluated scalars, peeled sums and products.

    >>> from sympy import Mul, Symbol
    >>> y = Symbol("y", positive=True)
    >>> normal(Mul(y**2, y, evaluate=False))
    y**3
    """
    if isinstance(expression, MatrixExpr):
        return canonical(expression)
    if isinstance(expression, inner):
        return _inner(*expression.args)
    if not expression.args:
        return expression
    rebuilt = expression.func(*map(normal, expression.args))
    if isinstance(rebuilt, E) and is_constant(rebuilt.args[0]):
        return rebuilt.args[0]
    if isinstance(rebuilt, norm | smallest | squared_norm | squared_pivot) and isinstance(rebuilt.args[0], Identity):
        return rebuilt.args[0].shape[0] if isinstance(rebuilt, squared_norm) else Integer(1)
    return _peel(rebuilt) if isinstance(rebuilt, Sum | Product) else rebuilt


def _inner(left: MatrixExpr, right: MatrixExpr) -> Basic:
    """aᵀb as one word, linear in sums, scalars in front; of matrices the word is under a trace and stays two-sided."""
    if left.shape[1] != 1:
        return inner(canonical(left), canonical(right))
    word = canonical(MatMul(Transpose(left), right))
    terms = word.args if word.is_MatAdd else (word,)
    return Add(*(_term(term) for term in terms))


def _term(word: MatrixExpr) -> Expr:
    if isinstance(word, ZeroMatrix):
        return Add()
    scalar, matrix = word.as_coeff_mmul() if isinstance(word, MatMul) else (Mul(), word)
    reverse = canonical(Transpose(matrix))
    return scalar * bilinear(matrix if matrix.compare(reverse) <= 0 else reverse)


def _peel(series: Sum | Product) -> Expr:
    """Terms above the symbol in the upper end, written out: the sum to L+1 is the sum to L and term L+1.

    Of several indices the outermost gives up its last terms. Sums from high + 2 or more down are left alone.
    """
    *inner_limits, (index, low, high) = series.limits
    inside = {limit[0] for limit in inner_limits}
    offset, symbolic = high.as_coeff_Add()
    length = high - low + 1
    if high.free_symbols & inside or not offset.is_Integer or (length.is_number and not length.is_nonnegative):
        return series
    start = symbolic if symbolic.free_symbols else low - 1
    count = high - start
    if not (count.is_Integer and count >= 0):
        return series
    body = type(series)(series.function, *inner_limits) if inner_limits else series.function
    last = [normal(body.xreplace({index: start + step})) for step in range(1, int(count) + 1)]
    before = [type(series)(body, (index, low, start))] if symbolic.free_symbols else []
    return (Add if isinstance(series, Sum) else Mul)(*before, *last)


def same(left: Basic, right: Basic) -> bool:
    """Whether the two sides agree by computation: the difference reduces to exactly 0.

    >>> from sympy import Symbol, gamma
    >>> y = Symbol("y", positive=True)
    >>> same(gamma(y + 1) / gamma(y), y), same(gamma(y), y)
    (True, False)
    """
    left, right = normal(left), normal(right)
    if left == right:
        return True
    if isinstance(left, MatrixExpr) and isinstance(right, MatrixExpr):
        return bool(left.shape == right.shape) and isinstance(canonical(left - right), ZeroMatrix)
    if isinstance(left, MatrixExpr) or isinstance(right, MatrixExpr):
        return False
    return isinstance(left, Expr) and isinstance(right, Expr) and vanishes(left - right)
