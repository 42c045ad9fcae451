"""Whether a scalar reduces to exactly 0, by algebra and, as a second road, at numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import count

from sympy import (
    Abs,
    Derivative,
    Dummy,
    Expr,
    Integer,
    Pow,
    Rational,
    Subs,
    Symbol,
    expand,
    gammasimp,
    polygamma,
    powsimp,
    simplify,
)
from sympy.concrete.expr_with_limits import ExprWithLimits
from sympy.core.basic import Basic
from sympy.core.traversal import preorder_traversal
from sympy.matrices.expressions.matexpr import MatrixElement

from theory.quantities import Quantity
from theory.widths import units

DIGITS = 30
HIDDEN = (Quantity, ExprWithLimits, Derivative, Subs, MatrixElement)


def vanishes(difference: Expr) -> bool:
    """Whether a scalar reduces to exactly 0, its quantities taken as unknown numbers.

    >>> from sympy import sqrt
    >>> y = Symbol("y", real=True)
    >>> vanishes(sqrt(y**2) - abs(y)), vanishes(sqrt(y**2) - y)
    (True, False)
    """
    difference = opaque(difference, _below(difference))
    attempts: tuple[Callable[[Expr], Expr], ...] = (
        expand,
        lambda d: expand(powsimp(expand(d, power_base=True), force=False)),
        lambda d: simplify(gammasimp(d)),
        lambda d: expand(_real_polygammas(d)),
        lambda d: expand(expand(d).rewrite(Pow)),  # exp(c log x) is x^c
    )
    return not _differs_from_zero(difference) and any(attempt(difference) == 0 for attempt in attempts)


def _real_polygammas(expression: Expr) -> Expr:
    """Each ψ_m(x), m >= 0 and x > 0, as one real number: SymPy does not know that it is real, nor log(exp(ψ)) = ψ."""
    found = (node for node in expression.atoms(polygamma) if node.args[0].is_nonnegative and node.args[1].is_positive)
    return expression.xreplace({node: Dummy(real=True) for node in found})


def opaque(expression: Expr, nonzero: Iterable[Basic] = (), widths: Mapping[Basic, Expr] | None = None) -> Expr:
    """Each quantity replaced by a number with its sign, so that no algebra looks inside.

    A sum, product, integral or derivative is one unknown number too: algebra does not look under its bound symbol.
    ``nonzero``: quantities known not to be 0; ``widths``: what is known of some n_l, the others are positive integers.
    """
    apart = set(nonzero)
    names: dict[Basic, Expr] = dict(widths or {})

    def hidden(node: Basic) -> Basic:
        if isinstance(node, units):
            return names.setdefault(node, Dummy(positive=True, integer=True))
        if isinstance(node, HIDDEN):
            return names.setdefault(node, _unknown(node, node in apart))
        return node.func(*map(hidden, node.args)) if node.has(*HIDDEN, units) else node

    return hidden(expression)


def _below(expression: Expr) -> set[Basic]:
    """What stands in denominators: not 0 where the expression has a value, which the checker asks for beforehand."""
    powers = (node for node in preorder_traversal(expression) if isinstance(node, Pow) and node.exp.is_negative)
    return {node for power in powers for node in power.base.atoms(*HIDDEN)}


def _unknown(node: Expr, nonzero: bool) -> Dummy:
    if node.is_extended_nonnegative:
        return Dummy(positive=True) if nonzero or node.is_positive else Dummy(nonnegative=True)
    kind = {"real": True} if _real_polygammas(node).is_extended_real else {"complex": True}
    return Dummy(**kind, nonzero=True) if nonzero else Dummy(**kind)


def _differs_from_zero(difference: Expr) -> bool:
    """Whether the difference is a number other than 0 at one of two points; False where it has no number there."""
    symbols = sorted(difference.free_symbols, key=str)
    for sign in (1, -1):
        value = difference.xreplace({s: _sample(s, k, sign) for s, k in zip(symbols, count(2), strict=False)})
        size = Abs(value.evalf(DIGITS, maxn=4 * DIGITS)).evalf(DIGITS)
        if size.is_Float and size.is_finite and size > Rational(1, 10 ** (DIGITS // 2)):
            return True
    return False


def _sample(symbol: Symbol, number: int, sign: int) -> Expr:
    """A number that the symbol can stand for: an integer, or a fraction, negative where it may be and sign is -1."""
    size = Integer(number) if symbol.is_integer else Rational(7 * number + 3, 11)
    return size if symbol.is_extended_nonnegative else sign * size
