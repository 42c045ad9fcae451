"""Singular values of products of wide random matrices: what free probability says, and what is computed from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from sympy import Dummy, Expr, MatPow, binomial, diff, expand_power_base, log, powsimp, simplify, solve, together
from sympy.core.basic import Basic

from theory.free import coefficient, inverse_s, minimum, trace_moment
from theory.letters import W_tied
from theory.products import Layer
from theory.proofs.bounds import everywhere
from theory.proofs.dependence import fresh_weight, is_constant, is_product_of_weights, nonnegative
from theory.proofs.normal import same
from theory.quantities import limit_of, norm
from theory.symbols import n, sigma_w, z

if TYPE_CHECKING:
    from theory.proofs.proof import Step

Move = Callable[[Basic], Basic | None]


def moves(kind: type[Basic], move: Move) -> Callable[[Step], bool]:
    """Whether a step is what the move makes of its left side, an expression with nodes of a kind."""

    def follows(step: Step) -> bool:
        moved = everywhere(step.left, kind, move)
        return moved != step.left and same(moved, step.right)

    return follows


def marchenko_pastur(node: Basic) -> Expr | None:
    """1/S(z) = sigma_w² (1 + z) of one wide matrix of independent entries."""
    weight, variable = node.args
    return sigma_w**2 * (1 + variable) if isinstance(weight, Layer) and is_product_of_weights(weight) else None


def free_product(node: Basic) -> Expr | None:
    """1/S of W_l X is the product of those of W_l and X, where X is a product of other, independent weights."""
    word, variable = node.args
    parts = fresh_weight(word)
    if parts is None or not all(map(is_product_of_weights, parts)):
        return None
    return inverse_s(parts[0], variable) * inverse_s(parts[1], variable)


def power_law(node: Basic) -> Expr | None:
    """1/S(z) = (sigma_w² (1 + z))^T of W^T, one wide matrix of independent entries and T >= 1: its moments are those
    of T independent factors."""
    word, variable = node.args
    steps = word.exp if is_power(word) else None
    return None if steps is None else (sigma_w**2 * (1 + variable)) ** steps


def is_power(word: Basic) -> bool:
    """Whether a word is W^T of the one matrix, T a constant whole number >= 1."""
    lawful = isinstance(word, MatPow) and word.base == W_tied and is_constant(word.exp) and not word.exp.has(n)
    return lawful and bool(word.exp.is_integer and word.exp.is_positive)


def lagrange(node: Basic) -> Expr | None:
    """lim (1/n) tr (XXᵀ)^k = [z^{k-1}] ((1 + z)/S(z))^k / k: psi is the inverse of z S(z)/(1 + z)."""
    moment, variable = node.args
    if variable != n or not isinstance(moment, trace_moment) or not is_product_of_weights(moment.args[0]):
        return None
    word, k = moment.args
    if not (k.is_integer and k.is_positive) or k.has(n, z):
        return None
    return coefficient(((1 + z) * inverse_s(word, z)) ** k, z, k - 1) / k


def right_edge(node: Basic) -> Expr | None:
    """lim ‖X‖² = min over z > 0 of (1 + z)/(z S(z)): the right edge, where psi and its inverse turn."""
    square, variable = node.args
    if variable != n or square.as_base_exp()[1] != 2 or not isinstance(square.base, norm):
        return None
    word = square.base.args[0]
    lawful = is_product_of_weights(word) or is_power(word)
    return minimum((1 + z) / z * inverse_s(word, z), z) if lawful else None


def binomial_series(step: Step) -> bool:
    """c [z^j] f = c f(0) C(a, j) where (1 + z) f' = a f, a and j whole numbers >= 0: then f = f(0) (1 + z)^a."""

    def taken(node: Basic) -> Expr | None:
        function, variable, order = node.args
        slope = simplify((1 + variable) * diff(log(function), variable))
        whole = all(number.is_integer and number.is_nonnegative for number in (slope, order))
        lawful = whole and is_constant(function) and not slope.has(variable) and not order.has(variable)
        return function.subs(variable, 0) * binomial(slope, order) if lawful else None

    return _recurrence_holds() and step.op == "=" and moves(coefficient, taken)(step)


@cache
def _recurrence_holds() -> bool:
    """From (1 + z) f' = a f, the coefficients of z^j: (j + 1) c_{j+1} = (a - j) c_j, and c_0 = f(0)."""
    a, j = Dummy(integer=True, nonnegative=True), Dummy(integer=True, nonnegative=True)
    return same((j + 1) * binomial(a, j + 1), (a - j) * binomial(a, j)) and binomial(a, 0) == 1


def least_value(step: Step) -> bool:
    """min over z > 0 of f, at the one zero of z f'/f, which grows: log f is convex in log z."""

    def taken(node: Basic) -> Expr | None:
        function, variable = node.args
        slope = simplify(variable * diff(log(function), variable))
        grows = is_constant(function) and function.is_positive and simplify(diff(slope, variable)).is_positive
        places = [place for place in solve(slope, variable) if place.is_positive] if grows else []
        return _one_power_each(function.subs(variable, places[0])) if len(places) == 1 else None

    return step.op == "=" and moves(minimum, taken)(step)


def _one_power_each(expression: Expr) -> Expr:
    """Each sum as one fraction, powers of it taken apart, and equal bases put together again."""
    fractions = expression.replace(lambda node: node.is_Add, together)
    return powsimp(expand_power_base(fractions))


def _is_positive(constant: Expr) -> bool:
    """Whether a constant is more than 0, C(N, j) being so for whole 0 <= j <= N."""
    chosen = (
        node for node in constant.atoms(binomial) if all(map(nonnegative, (node.args[1], node.args[0] - node.args[1])))
    )
    return bool(constant.xreplace({node: Dummy(positive=True) for node in chosen}).is_positive)


def continuous_values(step: Step) -> Iterator[Basic]:
    """lim c Y^b = c y^b from a given lim Y^a = y^a, for Y >= 0 and constants a > 0, b, c and y > 0."""
    if not isinstance(step.left, limit_of):
        return
    image, variable = step.left.args
    for fact in step.given:
        if fact.op != "=" or not isinstance(fact.left, limit_of) or fact.left.args[1] != variable:
            continue
        base, power = fact.left.args[0].as_base_exp()
        constant, rest = image.as_independent(base, as_Add=False)
        inner, exponent = rest.as_base_exp()
        known = (power, exponent, constant, fact.right)
        fixed = all(is_constant(part) and not part.has(variable) for part in known)
        lawful = inner == base and base.is_extended_nonnegative and power.is_positive
        if fixed and lawful and _is_positive(fact.right):
            yield constant * fact.right ** (exponent / power)
