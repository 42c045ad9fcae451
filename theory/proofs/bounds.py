"""Inequalities of norms, singular values and radii: each takes an expression and returns what the bound makes of it.

A bound is put only where the expression grows with what it replaces: not under a minus sign, nor in a denominator.
"""

from __future__ import annotations

from collections.abc import Callable

from sympy import Add, Expr, MatMul, MatPow, MatrixExpr, Mul, Pow
from sympy.core.basic import Basic
from sympy.core.relational import GreaterThan

from theory import rectangular as wide
from theory.letters import D, W, W_tied
from theory.products import Layer
from theory.proofs.dependence import constant_and_rest, head_and_rest, is_constant, nonnegative
from theory.quantities import E, P, departure, norm, radius, smallest, squared_norm
from theory.symbols import gamma, s

Change = Callable[[Basic], Basic | None]


def everywhere(expression: Basic, kind: type[Basic], change: Change) -> Basic:
    """The expression with every node of a kind changed where the change applies: for equalities."""

    def changed(node: Basic) -> Basic:
        new = change(node)
        return node if new is None else new

    return expression.replace(lambda node: isinstance(node, kind), changed)


def where_growing(expression: Expr, change: Change) -> Expr:
    """The expression with nodes changed where it grows with them: in sums, in products and powers of what is >= 0."""
    new = change(expression)
    if new is not None:
        return new
    match expression:
        case E():
            return mean(where_growing(expression.args[0], change))
        case Add():
            return Add(*(where_growing(term, change) for term in expression.args))
        case Mul() if all(factor.is_extended_nonnegative for factor in expression.args):
            return Mul(*(where_growing(factor, change) for factor in expression.args))
        case Pow() if expression.base.is_extended_nonnegative and expression.exp.is_positive:
            return Pow(where_growing(expression.base, change), expression.exp)
    return expression


def mean(inside: Expr) -> Expr:
    """E of the expression, constant factors taken out."""
    constant, rest = constant_and_rest(inside)
    return constant * E(rest)


def markov(expression: Expr) -> Expr:
    """P(X >= a) <= E[X²]/a² for X >= 0 and a constant a > 0."""

    def change(node: Basic) -> Basic | None:
        event = node.args[0] if isinstance(node, P) else None
        if not isinstance(event, GreaterThan) or not is_constant(event.rhs):
            return None
        applies = event.lhs.is_extended_nonnegative and event.rhs.is_positive
        return E(event.lhs**2) / event.rhs**2 if applies else None

    return where_growing(expression, change)


def frobenius_bound(expression: Expr) -> Expr:
    """‖M‖² <= ‖M‖_F²."""

    def change(node: Basic) -> Basic | None:
        square = isinstance(node, Pow) and node.exp == 2 and isinstance(node.base, norm)
        return squared_norm(node.base.args[0]) if square else None

    return where_growing(expression, change)


def submultiplicativity(expression: Expr) -> Expr:
    """‖AB‖ <= ‖A‖‖B‖, for each written-out word."""

    def change(node: Basic) -> Basic | None:
        return Mul(*map(norm, node.args[0].args)) if isinstance(node, norm) and _is_word(node.args[0]) else None

    return where_growing(expression, change)


def smallest_product(expression: Expr) -> Expr:
    """σ_min(AB) >= σ_min(A) σ_min(B), B the last letter of the word; σ_min(M) = min over unit u of ‖Mu‖."""

    def change(node: Basic) -> Basic | None:
        if not isinstance(node, smallest) or not _is_word(node.args[0]):
            return None
        *front, last = node.args[0].args
        return smallest(front[0] if len(front) == 1 else MatMul(*front)) * smallest(last)

    return where_growing(expression, change)


def _is_word(matrix: Basic) -> bool:
    return isinstance(matrix, MatMul) and all(letter.is_Matrix for letter in matrix.args)


def slope_bound(expression: Expr) -> Expr:
    """‖D_l‖ <= gamma and ‖D_l X‖_F² <= gamma² ‖X‖_F², as every slope is at most gamma = sup|phi'|."""

    def change(node: Basic) -> Basic | None:
        if isinstance(node, norm):
            return gamma if _is_letter(node.args[0], D, wide.D) else None
        parts = head_and_rest(node.args[0]) if isinstance(node, squared_norm) else None
        return gamma**2 * squared_norm(parts[1]) if parts and _is_letter(parts[0], D, wide.D) else None

    return where_growing(expression, change)


def largest_bound(expression: Expr, depth: Expr) -> Expr:
    """‖W_l‖ <= s, the largest of them, for l <= depth."""

    def change(node: Basic) -> Basic | None:
        weight = isinstance(node, norm) and _is_letter(node.args[0], W, wide.W)
        return s if weight and nonnegative(depth - node.args[0].index) else None

    return where_growing(expression, change)


def _is_letter(letter: Basic, *families: Callable[[Expr], Layer]) -> bool:
    return isinstance(letter, Layer) and any(letter == family(letter.index) for family in families)


def smallest_below_norm(expression: Expr) -> Expr:
    """σ_min(M) <= ‖M‖."""
    return where_growing(expression, lambda node: norm(node.args[0]) if isinstance(node, smallest) else None)


def radius_below_norm(expression: Expr) -> Expr:
    """ρ(M) <= ‖M‖."""
    return where_growing(expression, lambda node: norm(node.args[0]) if isinstance(node, radius) else None)


def spectral_mapping(expression: Expr) -> Expr:
    """ρ(M^T) = ρ(M)^T for an integer T >= 0."""
    return everywhere(expression, radius, lambda node: _of_power(node, lambda w, p: radius(w) ** p))


def schur_bound(expression: Expr) -> Expr:
    """‖M^T‖ <= n T^{n-1} (1 + Δ/ρ)^{n-1} ρ^T for T >= 1 and ρ > 0.

    M = Q(Λ + N)Qᴴ with N strictly upper triangular, ‖N‖ <= Δ; a word of T letters with k letters N is 0 for k >= n, and
    at most Δ^k ρ^{T-k} in norm; there are C(T, k) <= T^{n-1} of them for each k < n.
    """

    def bound(w: MatrixExpr, steps: Expr) -> Expr | None:
        size = w.shape[0]
        grown = size * steps ** (size - 1) * (1 + departure(w) / radius(w)) ** (size - 1) * radius(w) ** steps
        return grown if steps.is_positive else None

    return where_growing(expression, lambda node: _of_power(node, bound) if isinstance(node, norm) else None)


def symmetric_power(expression: Expr) -> Expr:
    """‖W^T‖ = ‖W‖^T for symmetric W and an integer T >= 0, by the spectral theorem."""

    def power(w: MatrixExpr, steps: Expr) -> Expr | None:
        return norm(w) ** steps if w == W_tied or _is_letter(w, W) else None

    return everywhere(expression, norm, lambda node: _of_power(node, power))


def _of_power(node: Basic, form: Callable[[MatrixExpr, Expr], Expr | None]) -> Expr | None:
    """What a form makes of a quantity of M^p, p a nonnegative integer."""
    word = node.args[0]
    lawful = isinstance(word, MatPow) and word.exp.is_integer and word.exp.is_nonnegative
    return form(*word.args) if lawful else None
