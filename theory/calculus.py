"""Derivatives, integrals, sums and limits that SymPy evaluates inside proof steps."""

from __future__ import annotations

from sympy import Dummy, Expr, Integral, MatrixExpr, Subs, Sum, expand, gammasimp, limit, oo, powsimp
from sympy.core.basic import Basic

from theory.normal import normal
from theory.quantities import Quantity, limit_of


def evaluate(expression: Basic) -> Basic:
    """The expression with its derivatives, integrals, sums and limits carried out.

    >>> from sympy import Integral, Symbol, exp, oo
    >>> y = Symbol("y", positive=True)
    >>> evaluate(Integral(exp(-y), (y, 0, oo)))
    1
    """
    if isinstance(expression, MatrixExpr):
        return expression
    for kind, value in ((Subs, _at), (Integral, _integral), (Sum, _sum), (limit_of, _limit)):
        expression = expression.replace(lambda node, kind=kind: isinstance(node, kind), value)
    return expression


def _at(node: Subs) -> Expr:
    return normal(node).doit()


def _integral(node: Integral) -> Expr:
    function, limits = node.function, node.limits
    value = Integral(powsimp(normal(function)), *limits).doit(conds="none")
    return gammasimp(value)


def _sum(node: Sum) -> Expr:
    return expand(node.doit())


def _limit(node: limit_of) -> Expr:
    """The limit of an expression whose quantities do not depend on the variable."""
    expression, variable = node.args
    names = {q: Dummy(positive=True) for q in expression.atoms(Quantity) if not q.has(variable)}
    real = Dummy(positive=True)
    value = limit(expression.xreplace(names).xreplace({variable: real}), real, oo)
    return value.xreplace({dummy: quantity for quantity, dummy in names.items()})
