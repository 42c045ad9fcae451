"""Moves about all powers of one matrix: Neumann's series, geometric sums, a bound for every point of a supremum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import E, Expr, Integer, MatPow, Sum, oo, simplify
from sympy.core.basic import Basic

from theory.letters import W_tied
from theory.proofs.bounds import where_growing
from theory.proofs.facts import Fact
from theory.proofs.normal import same
from theory.proofs.rule import Rule, cited, computed, from_facts
from theory.quantities import norm, radius, sup_over
from theory.references import SPIJKER_1991
from theory.resolvents import largest_power, resolvent_norm
from theory.symbols import T, n, y

if TYPE_CHECKING:
    from theory.proofs.context import Context
    from theory.proofs.proof import Step

STABLE = Fact(radius(W_tied), "<", Integer(1))
KREISS = sup_over(y * resolvent_norm(W_tied, 1 + y), y)


def neumann_series(expression: Expr) -> Expr:
    """‖(zI - M)⁻¹‖ <= Σ_{T>=1} ‖M^(T-1)‖ r^(-T) on |z| = r > 1, where ρ(M) < 1.

    >>> neumann_series(resolvent_norm(W_tied, 1 + y))
    Sum(‖W**(T - 1)‖/(y + 1)**T, (T, 1, oo))
    """

    def change(node: Basic) -> Expr | None:
        if not isinstance(node, resolvent_norm) or not (node.args[1] - 1).is_positive:
            return None
        matrix, size = node.args
        return Sum(norm(MatPow(matrix, T - 1)) * size ** (-T), (T, 1, oo))

    return where_growing(expression, change)


def below_largest_power(expression: Expr) -> Expr:
    """c Σ ... ‖M^p‖ ... <= c Σ ... sup of ‖M^T‖ ..., term by term, for c >= 0 and terms that grow with ‖M^p‖ >= 0."""
    constant, series = expression.as_independent(Sum, as_Add=False)
    lawful = isinstance(series, Sum) and constant.is_extended_nonnegative and series.function.is_extended_nonnegative
    return constant * Sum(where_growing(series.function, _largest), *series.limits) if lawful else expression


def _largest(node: Basic) -> Expr | None:
    word = node.args[0] if isinstance(node, norm) else None
    if not isinstance(word, MatPow) or not (word.exp.is_integer and word.exp.is_nonnegative):
        return None
    return largest_power(word.base)


def summed_geometrically(expression: Expr) -> Expr:
    """Each Σ_{T>=1} c q^T with 0 <= q < 1 as c q/(1 - q).

    >>> summed_geometrically(Sum((1 + y) ** (-T), (T, 1, oo)))
    1/y
    """
    return expression.replace(lambda node: isinstance(node, Sum), _geometric)


def _geometric(series: Sum) -> Expr:
    if len(series.limits) != 1 or series.limits[0][1:] != (1, oo):
        return series
    term, index = series.function, series.limits[0][0]
    ratio = simplify(term.subs(index, index + 1) / term)
    converges = not ratio.has(index) and ratio.is_nonnegative and simplify(1 - ratio).is_positive
    return simplify(term.subs(index, 1) / (1 - ratio)) if converges else series


def _bounds_series(step: Step, context: Context) -> bool:
    moved = neumann_series(step.left)
    return STABLE in context.known and step.op == "<=" and moved != step.left and same(moved, step.right)


def _bounds_terms(step: Step, context: Context) -> bool:
    moved = below_largest_power(step.left)
    return step.op == "<=" and moved != step.left and same(moved, step.right)


def _sums(step: Step, context: Context) -> bool:
    moved = summed_geometrically(step.left)
    return step.op == "=" and moved != step.left and same(moved, step.right)


def bounds_every_point(step: Step) -> bool:
    """sup over y of X <= R from X <= R, R without y."""
    if not isinstance(step.left, sup_over) or step.right.has(step.left.args[1]):
        return False
    inside = step.left.args[0]
    return any(fact.op == "<=" and fact.left == inside and fact.right == step.right for fact in step.given)


def is_kreiss_theorem(step: Step) -> bool:
    """sup of ‖W^T‖ <= e n K(W), of n x n matrices."""
    return bool(step.fact.key == Fact(largest_power(W_tied), "<=", E * n * KREISS).key)


neumann = Rule("neumann", "axiom", "(zI - W)⁻¹ = Σ W^(T-1) z^(-T); Horn & Johnson 5.6.15", _bounds_series)
below_supremum = Rule("below_supremum", "axiom", "each below the least upper bound", _bounds_terms)
geometric_series = computed("geometric_series", "Σ q^T = q/(1 - q) for 0 <= q < 1", _sums)
least_upper_bound = from_facts(
    "least_upper_bound", "an upper bound is at least the least one; Rudin, Principles, 1.8", bounds_every_point, "<="
)
kreiss_matrix_theorem = cited("kreiss_matrix_theorem", SPIJKER_1991, is_kreiss_theorem, op="<=")
