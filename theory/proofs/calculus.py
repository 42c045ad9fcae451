"""Derivatives, integrals, sums and limits that SymPy evaluates inside proof steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations

from sympy import (
    AccumBounds,
    Dummy,
    Expr,
    Integer,
    Integral,
    Limit,
    MatrixExpr,
    Piecewise,
    Subs,
    Sum,
    Symbol,
    expand,
    gammasimp,
    limit,
    nan,
    oo,
    powsimp,
    zoo,
)
from sympy.core.basic import Basic

from theory.letters import J, g
from theory.observables import named
from theory.products import Layer
from theory.proofs.dependence import nonnegative
from theory.proofs.normal import normal
from theory.quantities import Quantity, limit_of
from theory.symbols import L, T, n
from theory.widths import units

Within = tuple[tuple[Symbol, Expr, Dummy], ...]  # symbol <= bound = symbol + excess, the excess a number from 0 on


def evaluate(expression: Basic, positive: Iterable[Basic] = (), within: Within = ()) -> Basic:
    """The expression with its derivatives, integrals, sums and limits carried out, where SymPy settles all conditions.

    ``positive``: quantities known not to be 0, in limits. ``within``: what is known of parameters, in integrals.

    >>> from sympy import Symbol, exp
    >>> y = Symbol("y", positive=True)
    >>> evaluate(Integral(exp(-y), (y, 0, oo)))
    1
    """
    if isinstance(expression, MatrixExpr):
        return expression
    known = frozenset(positive)
    for kind, value in (
        (Subs, _at),
        (Integral, lambda node: _integral(node, within)),
        (Sum, _sum),
        (limit_of, lambda node: _limit(node, known)),
    ):
        expression = expression.replace(lambda node, kind=kind: isinstance(node, kind), value)
    return expression


def _at(node: Subs) -> Expr:
    return node if node.has(Quantity) else normal(node).doit()


def bounds_in(expression: Basic, within: Within) -> Within:
    """What bounds parameters in an expression: n_l too where n, which stands for every width, is a bound."""
    layers = sorted(expression.atoms(units), key=str)
    bounded = [symbol for symbol, high, _ in within if high == n]
    return (*within, *((symbol, each, _number()) for symbol in bounded for each in layers))


def _number() -> Dummy:
    return Dummy(integer=True, nonnegative=True)


def _integral(node: Integral, within: Within) -> Expr:
    if node.has(Quantity):
        return node
    bounds = bounds_in(node, within)
    apart = {high: symbol + excess for symbol, high, excess in bounds}
    value = Integral(powsimp(normal(node.function.xreplace(apart))), *node.limits).doit()
    together = {excess: high - symbol for symbol, high, excess in bounds}
    return node if value.has(Integral, Piecewise) else gammasimp(value).xreplace(together)


def _sum(node: Sum) -> Expr:
    """A finite sum; where it could be of fewer than no terms it is left, as conventions differ there."""
    if any(high == oo or not nonnegative(high - low + 1) for _, low, high in node.limits):
        return node
    value = node.doit()
    return node if value.has(Piecewise) else expand(value)


def _limit(node: limit_of, positive: frozenset[Basic]) -> Expr:
    """A finite limit in L or T that also holds where quantities that may be 0 are 0; else the node as it is."""
    expression, variable = node.args
    quantities = sorted(expression.atoms(Quantity), key=str)
    if variable not in (L, T) or expression.free_symbols & named().keys() or any(map(_varies(variable), quantities)):
        return node
    unsure = [quantity for quantity in quantities if quantity not in positive]
    value = _limit_at(expression, variable)
    zeros = [
        dict.fromkeys(subset, Integer(0)) for size in range(len(unsure)) for subset in combinations(unsure, size + 1)
    ]
    holds = value is not None and all(_limit_at(expression.xreplace(z), variable) == value.xreplace(z) for z in zeros)
    return value if holds else node


def _varies(variable: Expr) -> Callable[[Basic], bool]:
    """Whether a quantity may change with the number of layers or steps: J and the error signals always do."""

    def varies(quantity: Basic) -> bool:
        ends = any(letter.name == "delta" for letter in quantity.atoms(Layer))
        return bool(quantity.has(variable, J, g)) or ends or not quantity.is_extended_nonnegative

    return varies


def _limit_at(expression: Expr, variable: Expr) -> Expr | None:
    """The limit for quantities that are positive, where SymPy finds a finite one."""
    names = {quantity: Dummy(positive=True) for quantity in expression.atoms(Quantity)}
    real = Dummy(positive=True)
    try:
        value = limit(expression.xreplace(names).xreplace({variable: real}), real, oo)
    except NotImplementedError:
        return None
    settled = not value.has(real, Limit, AccumBounds, oo, -oo, zoo, nan)
    return value.xreplace({name: quantity for quantity, name in names.items()}) if settled else None
