"""Normal forms: when are two expressions of the proofs the same by computation alone?

Matrix words are brought to their canonical noncommutative form, sums and products with a symbolic upper end give up
their last terms, and what is left is commutative algebra that SymPy decides.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from sympy import (
    Add,
    Dummy,
    Expr,
    Identity,
    Integer,
    MatMul,
    MatrixExpr,
    Mul,
    Pow,
    Product,
    Sum,
    Transpose,
    ZeroMatrix,
    expand,
    gammasimp,
    powsimp,
    simplify,
)
from sympy.core.basic import Basic

from theory.products import canonical
from theory.quantities import E, Quantity, inner, norm, smallest, squared_norm


class bilinear(Quantity):  # noqa: N801
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
    if isinstance(rebuilt, E) and not rebuilt.args[0].has(Quantity):
        return rebuilt.args[0]  # the mean of a constant
    if isinstance(rebuilt, norm | smallest | squared_norm) and isinstance(rebuilt.args[0], Identity):
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
    """Terms above the symbol in the upper end, written out: the sum to L+1 is the sum to L and term L+1."""
    index, low, high = series.limits[0]
    offset, symbolic = high.as_coeff_Add()
    body = series.function
    join = Add if isinstance(series, Sum) else Mul
    if not symbolic.free_symbols:
        terms = [normal(body.xreplace({index: low + step})) for step in range(int(high - low) + 1)]
        return join(*terms)
    if not (offset.is_Integer and offset > 0):
        return series
    last = [normal(body.xreplace({index: symbolic + step})) for step in range(1, int(offset) + 1)]
    return join(type(series)(body, (index, low, symbolic)), *last)


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
    if isinstance(left, MatrixExpr) or isinstance(right, MatrixExpr):
        return (
            isinstance(left, MatrixExpr)
            and isinstance(right, MatrixExpr)
            and left.shape == right.shape
            and isinstance(canonical(left - right), ZeroMatrix)
        )
    return vanishes(left - right)


def vanishes(difference: Expr) -> bool:
    """Whether a scalar reduces to exactly 0, its quantities taken as unknown numbers."""
    difference = opaque(difference)
    attempts: tuple[Callable[[Expr], Expr], ...] = (
        expand,
        lambda d: expand(powsimp(expand(d, power_base=True), force=False)),
        lambda d: simplify(gammasimp(d)),
    )
    return any(attempt(difference) == 0 for attempt in attempts)


def opaque(expression: Expr) -> Expr:
    """Each quantity replaced by a number with its sign, not 0 where it divides, so that no algebra looks inside."""
    below = {node for power in expression.atoms(Pow) if power.exp.is_negative for node in power.base.atoms(Quantity)}
    for node in sorted(expression.atoms(Quantity), key=lambda node: -len(str(node))):
        nonnegative = True if node.is_extended_nonnegative else None
        sign = {"positive": nonnegative} if node in below else {"nonnegative": nonnegative}
        expression = expression.xreplace({node: Dummy(real=True, **sign)})
    return expression
