"""A formula as a ball of certain numbers: python-flint (Arb) arithmetic along the SymPy tree.

Rational parts stay exact (fmpq) while they are short; everything else is an `arb` at the working precision, whose ball
contains the exact value. Numbers are bound to symbols here, never substituted into SymPy: it would write out
gamma(10**9) or (6/5)**(10**9) as whole numbers.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from typing import Any

import sympy
from flint import arb, fmpq
from sympy import Expr, Symbol

from theory.balls.concave import supremum
from theory.balls.distributions import LAWS, Enclosed
from theory.balls.gammas import factorial
from theory.quantities import sup_over

Number = fmpq | arb
At = Mapping[Symbol, Expr]
Combine = Callable[[Any, Any], Any]
Rule = Callable[[Expr, At], Number]

EXACT_BITS = 50_000  # a rational longer than this is carried as a ball,
SUM_BITS = 2_000  # and sooner in a long sum or product, where every term is reduced to lowest terms
ELEMENTARY = (
    *("exp", "log", "erf", "erfc", "sin", "cos", "tan", "asin", "acos", "atan"),
    *("sinh", "cosh", "tanh", "sech", "asinh", "acosh", "atanh"),
)
LONGEST_NAME = 80  # of an expression in a message
TERMS = 100_000  # most terms of one sum or product


def ball(expression: Expr, at: At | None = None) -> arb:
    """A ball that contains the exact value, at Arb's working precision; not finite where the value is not.

    Raises ValueError where a part of the expression has no enclosure here.

    >>> ball(sympy.sqrt(sympy.Integer(9)) + sympy.Rational(1, 2))
    3.50000000000000
    """
    return arb(value_of(expression, at or {}))


def value_of(expression: Expr, at: At) -> Number:
    """The value: a fraction where it is rational and short, otherwise a ball."""
    if expression.is_Rational:
        return _short(fmpq(int(expression.p), int(expression.q)))
    if expression.is_Symbol:
        if expression not in at:
            raise ValueError(f"{expression}: a symbol without a value; pass {expression}=number")
        return value_of(at[expression], {})
    for kind, rule in _RULES.items():
        if isinstance(expression, kind):
            return _short(rule(expression, at))
    raise ValueError(f"{_name(expression)}: no certified enclosure of this is known; write it in elementary functions")


def named(expression: Expr) -> str:
    """The expression for a message: its text, or its kind where that is long."""
    try:
        text = str(expression)
    except ValueError:  # Python writes no integer beyond 4300 digits
        text = ""
    return text if 0 < len(text) <= LONGEST_NAME else type(expression).__name__


def _name(expression: Expr) -> str:
    if expression.is_Float:
        return f"{expression} (a binary number, not the decimal it shows; pass a Rational)"
    return type(expression).__name__


def _bits(number: fmpq) -> int:
    return int(number.p).bit_length() + int(number.q).bit_length()


def _short(number: Number, bits: int = EXACT_BITS) -> Number:
    return arb(number) if isinstance(number, fmpq) and _bits(number) > bits else number


def _fold(combine: Combine, numbers: Iterable[Number], start: int, bits: int = EXACT_BITS) -> Number:
    found: Number = fmpq(start)
    for number in numbers:
        found = _short(combine(found, number), bits)
    return found


def _combined(combine: Combine, start: int) -> Rule:
    return lambda expression, at: _fold(combine, (value_of(part, at) for part in expression.args), start)


def _pow(expression: Expr, at: At) -> Number:
    base, exponent = (value_of(arg, at) for arg in expression.args)
    if isinstance(exponent, fmpq) and exponent.q == 1:
        return _whole_power(base, int(exponent.p))
    if isinstance(base, fmpq) and base == 0:
        return fmpq(0) if arb(exponent) > 0 else arb("nan")
    return arb(base) ** arb(exponent)


def _whole_power(base: Number, exponent: int) -> Number:
    if isinstance(base, fmpq) and base in (0, 1, -1):  # flint takes no exponent past a machine word
        if base == 0 and exponent < 0:
            return arb("nan")
        return fmpq(1) if exponent == 0 or (base == -1 and exponent % 2 == 0) else base
    if isinstance(base, fmpq) and _bits(base) * abs(exponent) <= EXACT_BITS:
        return base**exponent
    return arb(base) ** arb(exponent)


def _polygamma(order: arb, x: arb) -> arb:
    """ψ_m(x) = (-1)^{m+1} m! ζ(m+1, x) for m >= 1."""
    if order == 0:
        return x.digamma()
    return (-1) ** (order + 1) * (order + 1).gamma() * (order + 1).zeta(x)


def _binomial(expression: Expr, at: At) -> Number:
    """C(n, k): exact where both are whole and n is short, else by gamma functions."""
    top, bottom = (value_of(arg, at) for arg in expression.args)
    both = isinstance(top, fmpq) and isinstance(bottom, fmpq) and top.q == bottom.q == 1
    if both and bottom >= 0 and 0 <= top <= TERMS:
        return fmpq(math.comb(_whole(top, expression), _whole(bottom, expression)))
    n, k = arb(top), arb(bottom)
    return (n + 1).gamma() * (k + 1).rgamma() * (n - k + 1).rgamma()


def _range(expression: Expr, at: At) -> tuple[Symbol, range]:
    if len(expression.limits) != 1:
        raise ValueError(f"{named(expression)}: one index at a time; nest sums instead")
    index, *ends = expression.limits[0]
    low, high = (_whole(value_of(end, at), expression) for end in ends)
    if high - low >= TERMS:
        raise ValueError(
            f"{named(expression)}: more than {TERMS} terms, and they are taken one by one; pass smaller bounds"
        )
    return index, range(low, high + 1)


def _whole(number: Number, expression: Expr) -> int:
    if isinstance(number, fmpq) and number.q == 1:
        return int(number.p)
    raise ValueError(f"{named(expression)}: a bound or size that is no whole number; pass integers")


def _repeated(combine: Combine, start: int) -> Rule:
    def run(expression: Expr, at: At) -> Number:
        index, steps = _range(expression, at)
        terms = (value_of(expression.function, {**at, index: sympy.Integer(step)}) for step in steps)
        return _fold(combine, terms, start, SUM_BITS)

    return run


def _law(enclosed: Enclosed) -> Rule:
    def run(expression: Expr, at: At) -> Number:
        return enclosed(expression, lambda part: ball(part, at), lambda part: _whole(value_of(part, at), expression))

    return run


def _supremum(expression: Expr, at: At) -> Number:
    try:
        return supremum(expression, lambda part, number: ball(part, {**at, expression.args[1]: number}))
    except ValueError as reason:
        symbols = sorted(expression.free_symbols & at.keys(), key=str)
        place = ", ".join(f"{symbol}={ball(at[symbol]).str(6, radius=False)}" for symbol in symbols)
        raise ValueError(": ".join(filter(None, (place, str(reason))))) from reason


def _function(compute: Callable[..., arb]) -> Rule:
    return lambda expression, at: compute(*(arb(value_of(arg, at)) for arg in expression.args))


_RULES: dict[type[Expr], Rule] = {
    sympy.Add: _combined(operator.add, 0),
    sympy.Mul: _combined(operator.mul, 1),
    sympy.Pow: _pow,
    sympy.Sum: _repeated(operator.add, 0),
    sympy.Product: _repeated(operator.mul, 1),
    **{kind: _law(enclosed) for kind, enclosed in LAWS.items()},
    sup_over: _supremum,
    type(sympy.pi): lambda *_: arb.pi(),
    type(sympy.E): lambda *_: arb.const_e(),
    type(sympy.EulerGamma): lambda *_: arb.const_euler(),
    sympy.Max: _function(lambda *balls: reduce(arb.max, balls)),
    sympy.Min: _function(lambda *balls: reduce(arb.min, balls)),
    sympy.Abs: _function(abs),
    sympy.gamma: _function(arb.gamma),
    sympy.loggamma: _function(arb.lgamma),
    sympy.polygamma: _function(_polygamma),
    sympy.factorial: lambda expression, at: factorial(value_of(expression.args[0], at)),
    sympy.binomial: _binomial,
    sympy.lowergamma: _function(lambda a, x: x.gamma_lower(a)),
    sympy.uppergamma: _function(lambda a, x: x.gamma_upper(a)),
    **{getattr(sympy, name): _function(getattr(arb, name)) for name in ELEMENTARY},
}
