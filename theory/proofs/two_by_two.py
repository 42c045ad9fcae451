"""Matrices written out: equality entry by entry, and the two singular values of a 2 x 2 one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Abs, Expr, Integer, MatMul, MatrixExpr, MatrixSymbol, sqrt
from sympy.core.basic import Basic
from sympy.matrices.immutable import ImmutableDenseMatrix

from theory.proofs.bounds import Change, everywhere
from theory.proofs.normal import same
from theory.proofs.rule import axiom, computed
from theory.quantities import norm, smallest

if TYPE_CHECKING:
    from theory.proofs.proof import Step


def are_equal_entries(step: Step) -> bool:
    """Whether both sides are written-out matrices of one shape, each entry the same by computation."""
    left, right = written_out(step.left), written_out(step.right)
    if step.op != "=" or left is None or right is None or left.shape != right.shape:
        return False
    return all(same(one, other) for one, other in zip(left, right, strict=True))


def written_out(matrix: Basic) -> ImmutableDenseMatrix | None:
    """The matrix of entries, products multiplied; None where a letter is in it or its shape is symbolic."""
    if not isinstance(matrix, MatrixExpr) or matrix.has(MatrixSymbol):
        return None
    if not all(isinstance(size, int | Integer) for size in matrix.shape):
        return None
    plain = isinstance(matrix, MatMul) or matrix.is_Identity or isinstance(matrix, ImmutableDenseMatrix)
    return matrix.as_explicit() if plain else None


def two_singular_values(expression: Expr) -> Expr:
    """‖M‖ and σ_min(M) of a written-out real 2 x 2 matrix.

    Their squares are the roots of x² - tr(MMᵀ) x + det(M)²: the sum of squares is tr(MMᵀ), the product |det M|, so that
    (σ_1 ± σ_2)² = tr(MMᵀ) ± 2|det M|.

    >>> two_singular_values(norm(ImmutableDenseMatrix([[3, 0], [0, -2]])))
    3
    """

    def value(sign: int) -> Change:
        def change(node: Basic) -> Expr | None:
            matrix = node.args[0]
            if not isinstance(matrix, ImmutableDenseMatrix) or matrix.shape != (2, 2):
                return None
            if not all(entry.is_extended_real for entry in matrix):
                return None
            trace, product = (matrix * matrix.T).trace(), Abs(matrix.det())
            return (sqrt(trace + 2 * product) + sign * sqrt(trace - 2 * product)) / 2

        return change

    return everywhere(everywhere(expression, norm, value(1)), smallest, value(-1))


entries = computed("entries", "products of written-out matrices, entry by entry", lambda s, c: are_equal_entries(s))
two_by_two = axiom(
    "two_by_two",
    "singular values squared are the roots of x² - tr(MMᵀ) x + det(M)²; Horn & Johnson 2.6.3",
    "=",
    two_singular_values,
)
