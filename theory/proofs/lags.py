"""Gradients through time by lags: norms of sums of matrices, term by term, and of products of one matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Add, Expr, Integer, Mul, Sum, Transpose
from sympy.core.basic import Basic

from theory.letters import D, W_tied, h
from theory.products import OrderedProduct
from theory.proofs.bounds import everywhere, where_growing
from theory.proofs.dependence import bound_symbols
from theory.proofs.normal import same
from theory.proofs.rule import Rule, axiom
from theory.quantities import largest, norm, squared_norm
from theory.symbols import gamma, l
from theory.words.sums import MatrixSum

if TYPE_CHECKING:
    from theory.proofs.context import Context
    from theory.proofs.proof import Step


def triangle_inequality(expression: Expr) -> Expr:
    """‖Σ X_l‖ <= Σ ‖X_l‖."""
    return where_growing(expression, lambda node: _termwise(node, norm))


def _termwise(node: Basic, size: type[norm] | type[squared_norm]) -> Expr | None:
    """The sum of the sizes of the terms of a sum of matrices whose size is asked for."""
    series = node.args[0] if isinstance(node, size) else None
    if not isinstance(series, MatrixSum) or l in series.free_symbols:
        return None
    return Sum(size(series.term.xreplace({series.index: l})), (l, series.low, series.high))


def mean_of_squares(expression: Expr) -> Expr:
    """‖Σ X_l‖_F² <= m Σ ‖X_l‖_F² for a sum of m terms: Cauchy and Schwarz, entry by entry."""

    def change(node: Basic) -> Basic | None:
        found = _termwise(node, squared_norm)
        return None if found is None else node.args[0].length * found

    return where_growing(expression, change)


def transposed_norm(expression: Basic) -> Basic:
    """‖Mᵀ‖ = ‖M‖, of a letter and of a product."""

    def change(node: Basic) -> Basic | None:
        matrix = node.args[0]
        turned = isinstance(matrix, Transpose) or (isinstance(matrix, OrderedProduct) and matrix.ascending)
        return norm(matrix.T) if turned else None

    return everywhere(expression, norm, change)


def tied_product_bound(expression: Expr) -> Expr:
    """‖D_m W ... D_l W‖ <= (gamma ‖W‖)^(m-l+1): submultiplicativity, as every slope is at most gamma."""

    def change(node: Basic) -> Basic | None:
        word = node.args[0] if isinstance(node, norm) else None
        if not isinstance(word, OrderedProduct) or word.ascending:
            return None
        tied = word.factor == D(word.index) * W_tied
        return (gamma * norm(W_tied)) ** word.length if tied else None

    return where_growing(expression, change)


def largest_state(expression: Expr, most: largest) -> Expr:
    """‖h_{l-1}‖ <= max over k of ‖h_{k-1}‖, l being one of the k."""

    def change(node: Basic) -> Basic | None:
        return most if isinstance(node, norm) and node.args[0] == h(l - 1) else None

    return where_growing(expression, change)


def is_largest_state(step: Step, context: Context) -> bool:
    """Whether ‖h_{l-1}‖ is replaced by the largest of them over l = 1 ... m, for an l of which nothing else is said."""
    found = step.right.atoms(largest) - step.left.atoms(largest)
    if step.op != "<=" or len(found) != 1 or l in {parameter.symbol for parameter in context.parameters}:
        return False
    (most,) = found
    inside, index, _ = most.args
    moved = largest_state(step.left, most)
    return (inside, index) == (norm(h(l - 1)), l) and moved != step.left and same(moved, step.right)


def is_sum_of_bounds(step: Step, context: Context) -> bool:
    """Σ X_l <= Σ Y_l over l = 1 ... m from X_l <= Y_l, proved for an l of which nothing else is said; its maxima over
    l are over these l."""
    left, right = step.left, step.right
    if not (isinstance(left, Sum) and isinstance(right, Sum) and left.limits == right.limits and step.op == "<="):
        return False
    (index, low, high), *more = left.limits
    every = not more and index == l and low == Integer(1) and l not in {each.symbol for each in context.parameters}
    ends = all(most.args[2] == high for most in right.atoms(largest))
    proved = any(
        fact.op == "<=" and fact.left == left.function and same(fact.right, right.function) for fact in step.given
    )
    return every and ends and proved


def constant_out(expression: Basic) -> Basic:
    """Σ c x_l = c Σ x_l for a c in which the index is not."""

    def change(node: Basic) -> Basic | None:
        if len(node.limits) != 1 or isinstance(node.function, Add):
            return None
        index = node.limits[0][0]
        factors = Mul.make_args(node.function)
        kept = [factor for factor in factors if not _speaks_of(factor, index)]
        rest = [factor for factor in factors if _speaks_of(factor, index)]
        return Mul(*kept, Sum(Mul(*rest), *node.limits)) if kept and rest else None

    return everywhere(expression, Sum, change)


def _speaks_of(factor: Expr, index: Basic) -> bool:
    """Whether the index is in a factor, other than as the letter over which a maximum is taken."""
    return factor.has(index) and index not in bound_symbols(factor)


triangle = axiom("triangle", "‖Σ X‖ <= Σ ‖X‖; Horn & Johnson 5.1", "<=", triangle_inequality)
cauchy_schwarz = axiom("cauchy_schwarz", "(Σ x_l)² <= m Σ x_l², entry by entry; Hardy & al. 2.4", "<=", mean_of_squares)
norm_of_transpose = axiom("norm_of_transpose", "‖Mᵀ‖ = ‖M‖; Golub & Van Loan 2.3", "=", transposed_norm)
tied_product = axiom("tied_product", "‖AB‖ <= ‖A‖‖B‖ and ‖D_l‖ <= sup|phi'|", "<=", tied_product_bound)
below_largest = Rule("below_largest", "axiom", "each below the largest", is_largest_state)
sum_of_bounds = Rule("sum_of_bounds", "axiom", "sums of smaller terms are smaller", is_sum_of_bounds)
factor_out = axiom("factor_out", "Σ c x_l = c Σ x_l", "=", constant_out)
