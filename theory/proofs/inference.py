"""What follows from facts: instances of a hypothesis, singular values, cumulants, inversion, a squeeze."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sympy import Derivative, I, Identity, MatMul, Mul, Subs, log, sqrt
from sympy.core.basic import Basic
from sympy.core.relational import LessThan

from theory.letters import g
from theory.products import Layer
from theory.proofs.dependence import bound_symbols, is_constant
from theory.proofs.facts import Fact, substituted
from theory.proofs.normal import normal, same
from theory.quantities import E, P, inner, law_of_log, limit_of, singular
from theory.symbols import xi

if TYPE_CHECKING:
    from theory.statement import Step


def instances(claim: Fact, expression: Basic) -> Iterator[Basic]:
    """What a claim of equality makes of an expression; one about gᵀx holds for every g, none being said about g."""
    if not bound_symbols(expression) & (claim.left.free_symbols | claim.right.free_symbols):
        yield substituted(expression, claim)
    if isinstance(claim.left, inner) and claim.left.args[0] == g and not _has_error_signal(claim):
        yield expression.replace(lambda node: isinstance(node, inner), lambda node: _for_other_vector(node, claim))


def _has_error_signal(claim: Fact) -> bool:
    letters = claim.left.atoms(Layer) | claim.right.atoms(Layer)
    return any(letter.name == "delta" for letter in letters)


def _for_other_vector(node: inner, claim: Fact) -> Basic:
    vector, end = node.args
    captured = bound_symbols(claim.right) & vector.free_symbols
    return node if captured or end != claim.left.args[1] or end.has(g) else claim.right.xreplace({g: vector})


def scaled_instance(claim: Fact, left: Basic, right: Basic) -> bool:
    """Whether left = c X and right = c Y for the claim X <= Y and some c >= 0."""
    whole = normal(claim.left)
    factor = normal(left) / whole
    lawful = factor.is_extended_nonnegative and factor.as_numer_denom()[1].is_positive and not factor.has(whole)
    return bool(lawful and same(factor * claim.right, right))


def isometric_values(step: Step) -> Iterator[Basic]:
    """The singular values of M, as many as its smaller side, where MᵀM = c I or MMᵀ = c I is given: all sqrt(c)."""
    if not isinstance(step.left, singular):
        return
    matrix = step.left.args[0]
    for fact in step.given:
        scalar, identity = _scaled_identity(fact.right)
        gram = any(same(fact.left, product) for product in (matrix.T * matrix, matrix * matrix.T))
        if fact.op == "=" and gram and isinstance(identity, Identity):
            yield sqrt(scalar)


def _scaled_identity(matrix: Basic) -> tuple[Basic, Basic]:
    canonical = normal(matrix)
    if not isinstance(canonical, MatMul):
        return Mul(), canonical
    scalar, letters = canonical.as_coeff_matrices()
    return scalar, letters[0] if len(letters) == 1 else canonical


def characteristic(step: Step) -> Iterator[tuple[Basic, Basic]]:
    """(X, F) for each given fact E[X^(i xi)] = F, F a function of xi and constants."""
    for fact in step.given:
        if fact.op == "=" and isinstance(fact.left, E) and is_constant(fact.right):
            base, power = fact.left.args[0].as_base_exp()
            if power == I * xi and not base.has(xi):
                yield base, fact.right


def log_cumulants(step: Step) -> Iterator[Basic]:
    """E log X and Var log X as derivatives at 0 of the log of a given characteristic function."""
    for variable, transform in characteristic(step):
        if step.left == E(log(variable)):
            yield Subs(Derivative(-I * log(transform), xi), xi, 0)
        for fact in step.given:
            about_mean = fact.op == "=" and fact.left == E(log(variable)) and is_constant(fact.right)
            if about_mean and step.left == E((log(variable) - fact.right) ** 2):
                yield Subs(Derivative(-log(transform), (xi, 2)), xi, 0)


def is_inversion(step: Step) -> bool:
    """P(X <= x) by Gil-Pelaez from a given characteristic function of log X, at a constant x > 0."""
    event = step.left.args[0] if isinstance(step.left, P) else None
    if not isinstance(event, LessThan) or not (is_constant(event.rhs) and event.rhs.is_positive) or event.rhs.has(xi):
        return False
    return any(
        event.lhs == variable and step.right == law_of_log(transform, xi, event.rhs)
        for variable, transform in characteristic(step)
    )


def is_squeeze(left: Basic, right: Basic, given: tuple[Fact, ...]) -> bool:
    """lim X = R from R <= X, X <= Y and lim Y = R."""
    if not isinstance(left, limit_of) or right.has(left.args[1]):
        return False
    quantity, variable = left.args
    below = any(f.op == "<=" and f.left == right and f.right == quantity for f in given)
    above = [f.right for f in given if f.op == "<=" and f.left == quantity]
    closes = any(f.op == "=" and f.right == right and f.left == limit_of(y, variable) for y in above for f in given)
    return below and closes
