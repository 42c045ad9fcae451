"""Is what a theorem says, and what a proof sets out from, well posed? Domains, conditions, inductions, denominators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sympy import Expr, Integer, MatPow, Pow, Symbol, oo, re, sympify, true
from sympy.core.basic import Basic
from sympy.core.relational import Le, Lt
from sympy.core.traversal import preorder_traversal

from theory.definitions import CASES, NO_BIASES
from theory.letters import J, W, W_tied
from theory.products import Layer
from theory.proofs.calculus import bounds_in
from theory.proofs.dependence import bound_symbols, is_constant
from theory.proofs.vanishing import opaque
from theory.quantities import Magnitude, radius
from theory.relations import Limit
from theory.symbols import L, T, l, n, sigma_b
from theory.widths import Profile, at_each_layer

if TYPE_CHECKING:
    from theory.proofs.calculus import Within
    from theory.proofs.facts import Fact
    from theory.proofs.proof import Induction
    from theory.statement import Parameter, Statement, Theorem


def ill_posed(theorem: Theorem) -> Iterator[str]:
    """What is wrong with a theorem before its proof is read."""
    if not (theorem.statements and theorem.systems):
        yield "no statement or no system"
    for parameter in theorem.parameters:
        if not _within_symbol(parameter):
            yield f"parameter {parameter.symbol}: {parameter.domain} is more than its symbol stands for"
    for statement in theorem.statements:
        if statement.system is not None and statement.system not in theorem.systems:
            yield f"statement in {statement.system}, which is no system of the theorem"
        for fact in statement.given:
            if not _has_model(fact, statement, theorem):
                yield f"condition without a model at every typical point: {fact}"


def _within_symbol(parameter: Parameter) -> bool:
    """Whether the domain lies within the sign that every step takes for granted of the symbol."""
    symbol, low = parameter.symbol, sympify(parameter.low)
    included = parameter.closed or bool(symbol.is_integer)
    if symbol.is_positive:
        return bool(low > 0 if included else low >= 0)
    return bool(low >= 0) if symbol.is_nonnegative else True


def _has_model(fact: Fact, statement: Statement, theorem: Theorem) -> bool:
    """A condition is a case that definitions name, 0 < X of one magnitude of W, of every W_l or of J, ρ(W) < 1, or an
    inequality of parameters that is true at every typical point."""
    if fact in CASES:
        return fact != NO_BIASES or all(parameter.symbol != sigma_b for parameter in theorem.parameters)
    if fact.op == "<" and fact.left == 0 and isinstance(fact.right, Magnitude):
        return bool(fact.right.args) and fact.right.args[0] in (W_tied, W(l), J)
    if fact.op == "<" and fact.right == 1 and isinstance(fact.left, radius):
        return bool(fact.left.args[0] == W_tied)
    grows = statement.relation.variable if isinstance(statement.relation, Limit) else None
    if fact.op not in ("<", "<=") or not (is_constant(fact.left) and is_constant(fact.right)):
        return False
    if grows in fact.left.free_symbols | fact.right.free_symbols:
        return False
    relation = Lt if fact.op == "<" else Le
    named = {parameter.symbol.name: parameter.symbol for parameter in theorem.parameters}
    points = [{named[name]: value for name, value in point.items()} for point in theorem.points()]
    sides = (fact.left, fact.right)
    every = [at_each_layer(sides, Profile(own)) for own in statement.widths] or [(sides,)] * len(points)
    return all(relation(*at).subs(point) is true for point, ats in zip(points, every, strict=True) for at in ats)


def ill_founded(induction: Induction, parameters: Iterable[Parameter]) -> str | None:
    """Why an induction would not prove its claim for every value of its variable, or None."""
    variable, start = induction.variable, sympify(induction.start)
    if not (variable.is_integer and start.is_integer and start.is_nonnegative):
        return f"induction on {variable} from {start}: not over the integers from 0 or more"
    own = {L, T, n, *(parameter.symbol for parameter in parameters)}
    if start > least(variable) if start.is_Integer else (not start.is_Symbol or start in own):
        return f"induction on {variable} starts at {start}, above the least value of the parameter"
    if variable in start.free_symbols or variable in _bound(induction):
        return f"{variable} is bound in a step or in the start of the induction"
    letters = induction.left.atoms(Layer) | induction.right.atoms(Layer)
    fixed = induction.left.has(J) or induction.right.has(J) or any(letter.name == "delta" for letter in letters)
    return f"the claim holds J or delta, which are of one {variable}" if fixed and variable in (L, T) else None


def least(symbol: Symbol) -> Expr:
    """The least number, or its infimum, that a symbol stands for by its own sign."""
    if symbol.is_positive:
        return Integer(1) if symbol.is_integer else Integer(0)
    return Integer(0) if symbol.is_nonnegative else -oo


def _bound(induction: Induction) -> set[Basic]:
    facts = [move.fact for move in (*induction.base, *induction.step)] + [induction.fact]
    return set().union(*(bound_symbols(side) for fact in facts for side in (fact.left, fact.right)))


def division(expression: Basic, positive: frozenset[Basic], within: Within = ()) -> Basic | None:
    """A base in a denominator, or under a power that may be negative, that may be 0; a matrix under an inverse."""
    apart = {high: symbol + excess for symbol, high, excess in bounds_in(expression, within)}
    for node in preorder_traversal(expression):
        if isinstance(node, MatPow) and not node.exp.is_nonnegative:
            return node.base
        if isinstance(node, Pow) and not re(node.exp).is_nonnegative and node.base not in positive:
            base = opaque(node.base, positive | _of_layers(node.base, positive), apart).xreplace(apart)
            if base.is_zero is not False:
                return node.base
    return None


def _of_layers(expression: Basic, positive: frozenset[Basic]) -> frozenset[Basic]:
    """The magnitudes of single weights W_k in an expression that are more than 0 where that is given of every W_l."""
    found = {node for node in expression.atoms(Magnitude) if isinstance(node.args[0], Layer)}
    return frozenset(node for node in found if node.xreplace({node.args[0]: W(l)}) in positive and _is_weight(node))


def _is_weight(node: Magnitude) -> bool:
    letter = node.args[0]
    return bool(letter == W(letter.index))
