"""Facts, and what follows from them: instances, substitutions, monotone bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from sympy import Derivative, E as euler, I, Identity, MatMul, MatrixExpr, Mul, Pow, Subs, log, pi, sqrt  # noqa: F401
from sympy.core.basic import Basic
from sympy.core.relational import LessThan

from theory.letters import g
from theory.normal import normal, same
from theory.quantities import E, P, Quantity, inner, law_of_log, limit_of, singular
from theory.symbols import xi

if TYPE_CHECKING:
    from theory.statement import Step


@dataclass(frozen=True)
class Fact:
    """left op right, op "=" or "<="; ``root`` is the general fact that this one is an instance of."""

    left: Basic
    op: str
    right: Basic
    root: Fact | None = field(default=None, compare=False, repr=False)

    def at(self, values: Mapping[Basic, Basic | int]) -> Fact:
        """The instance with letters replaced, as proved for every value of them."""
        return Fact(self.left.subs(values), self.op, self.right.subs(values), self.root or self)

    @cached_property
    def key(self) -> tuple[Basic, str, Basic]:
        """Normal forms of both sides: two facts are the same where these are."""
        return normal(self.left), self.op, normal(self.right)


def substituted(expression: Basic, fact: Fact) -> Basic:
    """The expression with the fact's left side replaced by its right; in matrix words also as a part of a word."""
    replaced = expression.xreplace({fact.left: fact.right})
    if not isinstance(fact.left, MatMul):
        return replaced
    word = fact.left.args
    return replaced.replace(lambda node: isinstance(node, MatMul), lambda node: _in_word(node, word, fact.right))


def _in_word(node: MatMul, word: tuple[Basic, ...], new: Basic) -> Basic:
    letters = list(node.args)
    for start in range(len(letters) - len(word) + 1):
        if tuple(letters[start : start + len(word)]) == word:
            return MatMul(*letters[:start], new, *letters[start + len(word) :])
    return node


def instances(claim: Fact, expression: Basic) -> Iterator[Basic]:
    """What a claim of equality, proved for every g, makes of an expression."""
    yield substituted(expression, claim)
    if isinstance(claim.left, inner) and claim.left.args[0] == g:
        end = claim.left.args[1]
        yield expression.replace(
            lambda node: isinstance(node, inner) and node.args[1] == end,
            lambda node: claim.right.xreplace({g: node.args[0]}),
        )


def scaled_instance(claim: Fact, left: Basic, right: Basic) -> bool:
    """Whether left = c X and right = c Y for the claim X <= Y and some c >= 0."""
    factor = normal(left) / normal(claim.left)
    nonnegative = factor.is_extended_nonnegative and not factor.has(normal(claim.left))
    return bool(nonnegative and same(factor * claim.right, right))


def increasing(expression: Basic, move: Callable[[Basic], Basic]) -> bool:
    """Whether the expression grows with each quantity that the move replaces by an upper bound."""
    if move(expression) == expression or (isinstance(expression, Quantity) and not isinstance(expression, E)):
        return True
    if isinstance(expression, Pow):
        itself = not move(expression).has(expression.base)
        return itself or bool(expression.exp.is_positive and increasing(expression.base, move))
    signed = isinstance(expression, Mul) and not all(a.is_extended_nonnegative for a in expression.args)
    return not signed and all(increasing(a, move) for a in expression.args)


def isometric_values(step: Step) -> Iterator[Basic]:
    """The singular values of M where MᵀM = c I is given: all sqrt(c)."""
    for fact in step.given:
        scalar, identity = _scaled_identity(fact.right)
        gram = isinstance(step.left, singular) and same(fact.left, step.left.args[0].T * step.left.args[0])
        if fact.op == "=" and gram and isinstance(identity, Identity):
            yield sqrt(scalar)


def _scaled_identity(matrix: Basic) -> tuple[Basic, Basic]:
    canonical = normal(matrix)
    if not isinstance(canonical, MatMul):
        return Mul(), canonical
    scalar, letters = canonical.as_coeff_matrices()
    return scalar, letters[0] if len(letters) == 1 else canonical


def characteristic(step: Step) -> Iterator[tuple[Basic, Basic]]:
    """(X, F) for each given fact E[X^(i xi)] = F."""
    for fact in step.given:
        base, power = fact.left.args[0].as_base_exp() if isinstance(fact.left, E) else (None, None)
        if fact.op == "=" and power == I * xi:
            yield base, fact.right


def log_cumulants(step: Step) -> Iterator[Basic]:
    """E log X and Var log X as derivatives at 0 of the log of a given characteristic function."""
    for variable, transform in characteristic(step):
        if step.left == E(log(variable)):
            yield Subs(Derivative(-I * log(transform), xi), xi, 0)
        for fact in step.given:
            if fact.left == E(log(variable)) and step.left == E((log(variable) - fact.right) ** 2):
                yield Subs(Derivative(-log(transform), (xi, 2)), xi, 0)


def is_inversion(step: Step) -> bool:
    """P(X <= x) by Gil-Pelaez from a given characteristic function of log X."""
    event = step.left.args[0] if isinstance(step.left, P) else None
    return isinstance(event, LessThan) and any(
        event.lhs == variable and step.right == law_of_log(transform, xi, event.rhs)
        for variable, transform in characteristic(step)
    )


def is_squeeze(left: Basic, right: Basic, given: tuple[Fact, ...]) -> bool:
    """lim X = R from R <= X, X <= Y and lim Y = R."""
    if not isinstance(left, limit_of):
        return False
    quantity, variable = left.args
    below = any(f.op == "<=" and f.left == right and f.right == quantity for f in given)
    above = [f.right for f in given if f.op == "<=" and f.left == quantity]
    return below and any(f.op == "=" and f.right == right and f.left == limit_of(y, variable) for y in above for f in given)


def is_matrix(side: Basic) -> bool:
    """Whether a side of a fact is a matrix."""
    return isinstance(side, MatrixExpr)
