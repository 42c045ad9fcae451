"""A formula as a ball of certain numbers: python-flint (Arb) arithmetic along the SymPy tree.

Rational parts stay exact (fmpq) while they are short; everything else is an `arb` at the working precision, whose ball
contains the exact value. Numbers are bound to symbols here, never substituted into SymPy: it would write out
gamma(10**9) or (6/5)**(10**9) as whole numbers.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from functools import reduce

import sympy
from flint import arb, fmpq
from sympy import Expr, Symbol

from theory.inversion import invert
from theory.quantities import law_of_log

Number = fmpq | arb
At = Mapping[Symbol, Expr]

EXACT_BITS = 20_000  # a rational longer than this is carried as a ball
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
        return fmpq(int(expression.p), int(expression.q))
    if expression.is_Symbol:
        if expression not in at:
            raise ValueError(f"{expression}: a symbol without a value; pass {expression}=number")
        return value_of(at[expression], {})
    for kind, rule in _RULES.items():
        if isinstance(expression, kind):
            return _short(rule(expression, at))
    raise ValueError(f"{_name(expression)}: no certified enclosure of this is known; write it in elementary functions")


def _name(expression: Expr) -> str:
    return f"{expression} (a binary number, not the decimal it shows)" if expression.is_Float else type(expression).__name__


def _short(number: Number) -> Number:
    if isinstance(number, fmpq) and int(number.p).bit_length() + int(number.q).bit_length() > EXACT_BITS:
        return arb(number)
    return number


def _fold(combine: Callable[[Number, Number], Number], numbers: Iterator[Number], start: int) -> Number:
    return reduce(lambda left, right: _short(combine(left, right)), numbers, fmpq(start))


def _add(expression: Expr, at: At) -> Number:
    return _fold(operator.add, (value_of(term, at) for term in expression.args), 0)


def _mul(expression: Expr, at: At) -> Number:
    return _fold(operator.mul, (value_of(factor, at) for factor in expression.args), 1)


def _pow(expression: Expr, at: At) -> Number:
    base, exponent = (value_of(arg, at) for arg in expression.args)
    if isinstance(exponent, fmpq) and exponent.q == 1:
        return _whole_power(base, int(exponent.p))
    if isinstance(base, fmpq) and base == 0:
        return fmpq(0) if arb(exponent) > 0 else arb("nan")
    return arb(base).sqrt() ** (2 * exponent) if exponent == fmpq(1, 2) else arb(base) ** arb(exponent)


def _whole_power(base: Number, exponent: int) -> Number:
    if not isinstance(base, fmpq):
        return base**exponent
    if base == 0 and exponent < 0:
        return arb("nan")
    long = (int(base.p).bit_length() + int(base.q).bit_length()) * abs(exponent) > EXACT_BITS
    return arb(base) ** exponent if long and base not in (0, 1, -1) else _exact_power(base, exponent)


def _exact_power(base: fmpq, exponent: int) -> fmpq:
    if base in (0, 1, -1):  # flint takes no exponent past a machine word
        return fmpq(1) if exponent == 0 or (base == -1 and exponent % 2 == 0) else base
    return base**exponent


def _polygamma(order: arb, x: arb) -> arb:
    """ψ_m(x) = (-1)^{m+1} m! ζ(m+1, x) for m >= 1."""
    if order == 0:
        return x.digamma()
    sign = -1 if int(order.unique_fmpz()) % 2 == 0 else 1
    return sign * (order + 1).gamma() * (order + 1).zeta(x)


def _binomial(n: arb, k: arb) -> arb:
    return (n + 1).gamma() * (k + 1).rgamma() * (n - k + 1).rgamma()


def _range(expression: Expr, at: At) -> tuple[Symbol, range]:
    if len(expression.limits) != 1:
        raise ValueError(f"{expression}: one index at a time; nest sums instead")
    index, *ends = expression.limits[0]
    low, high = (value_of(end, at) for end in ends)
    if not all(isinstance(end, fmpq) and end.q == 1 for end in (low, high)):
        raise ValueError(f"{expression}: the bounds of {index} must be whole numbers")
    steps = range(int(low.p), int(high.p) + 1)
    if steps.stop - steps.start > TERMS:
        raise ValueError(f"{expression}: {steps.stop - steps.start} terms; at most {TERMS} are added one by one")
    return index, steps


def _repeated(combine: Callable[[Number, Number], Number], start: int) -> Callable[[Expr, At], Number]:
    def run(expression: Expr, at: At) -> Number:
        index, steps = _range(expression, at)
        body = expression.function
        return _fold(combine, (value_of(body, {**at, index: sympy.Integer(step)}) for step in steps), start)

    return run


def _law(expression: Expr, at: At) -> Number:
    return invert(expression, lambda part: ball(part, at))


def _function(compute: Callable[..., arb]) -> Callable[[Expr, At], Number]:
    return lambda expression, at: compute(*(arb(value_of(arg, at)) for arg in expression.args))


_RULES: dict[type[Expr], Callable[[Expr, At], Number]] = {
    sympy.Add: _add,
    sympy.Mul: _mul,
    sympy.Pow: _pow,
    sympy.Sum: _repeated(operator.add, 0),
    sympy.Product: _repeated(operator.mul, 1),
    law_of_log: _law,
    type(sympy.pi): lambda *_: arb.pi(),
    type(sympy.E): lambda *_: arb.const_e(),
    type(sympy.EulerGamma): lambda *_: arb.const_euler(),
    sympy.Max: _function(lambda *balls: reduce(arb.max, balls)),
    sympy.Min: _function(lambda *balls: reduce(arb.min, balls)),
    sympy.Abs: _function(abs),
    sympy.gamma: _function(arb.gamma),
    sympy.loggamma: _function(arb.lgamma),
    sympy.polygamma: _function(_polygamma),
    sympy.factorial: _function(lambda x: (x + 1).gamma()),
    sympy.binomial: _function(_binomial),
    sympy.lowergamma: _function(lambda a, x: x.gamma_lower(a)),
    sympy.uppergamma: _function(lambda a, x: x.gamma_upper(a)),
    **{
        getattr(sympy, name): _function(getattr(arb, name))
        for name in "exp log erf erfc sin cos tan atan sinh cosh tanh sech asin acos asinh acosh atanh".split()
    },
}
