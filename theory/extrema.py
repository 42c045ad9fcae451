"""The exact supremum of |f| on the real line, from critical points and limits; derived or refused, never guessed."""

from __future__ import annotations

from sympy import (
    Abs,
    Expr,
    FiniteSet,
    Interval,
    S,
    Symbol,
    erf,
    lambdify,
    limit,
    oo,
    periodicity,
    simplify,
    solveset,
    tanh,
)
from sympy.calculus.util import continuous_domain
from sympy.sets.sets import Set

DIGITS = 50  # at which exact candidates are compared
SAMPLES = [step / 8 for step in range(-160, 161)]  # where a bound derived by SymPy is looked at once more


class NotDerivable(ValueError):
    """No supremum could be derived; the message says which part failed."""


def supremum(function: Expr, variable: Symbol) -> Expr:
    """sup |f| over the reals as an exact number.

    Raises NotDerivable where f or f' is not continuous, f is unbounded, or f' = 0 cannot be solved completely.

    >>> x = Symbol("x", real=True)
    >>> supremum(x / (1 + x**2), x)
    1/2
    """
    if not function.has(variable):
        return Abs(function)
    try:
        values = [Abs(value) for value in _candidates(function, variable)]
    except (NotImplementedError, TypeError) as error:
        raise NotDerivable(f"SymPy: {str(error).strip() or type(error).__name__}") from error
    open_ends = [value for value in values if not (value.is_finite and value.is_comparable)]
    if open_ends:
        raise NotDerivable(f"its slope reaches {open_ends[0]}")
    bound = simplify(max(values, key=lambda value: value.evalf(DIGITS)))
    _look_again(function, variable, bound)
    return bound


def _candidates(function: Expr, variable: Symbol) -> list[Expr]:
    """Values of f at its critical points and, as limits, at both ends of its domain."""
    for part in (function, function.diff(variable)):
        # erf is as smooth as tanh, with the same range and sign, but SymPy does not know its domain
        if continuous_domain(part.replace(erf, tanh), variable, S.Reals) != S.Reals:
            raise NotDerivable(f"{part} is not continuous everywhere")
    period = periodicity(function, variable)
    domain = S.Reals if period is None else Interval(0, period)
    critical = _solutions(function.diff(variable), variable, domain)
    ends = [limit(function, variable, end) for end in (oo, -oo)] if period is None else [function.subs(variable, 0)]
    return [*(function.subs(variable, point) for point in critical), *ends]


def _solutions(slope: Expr, variable: Symbol, domain: Set) -> tuple[Expr, ...]:
    found = solveset(slope, variable, domain)
    if found is S.EmptySet:
        return ()
    if not isinstance(found, FiniteSet):
        raise NotDerivable("not all critical points of the slope are known")
    return tuple(found)


def _look_again(function: Expr, variable: Symbol, bound: Expr) -> None:
    numeric, largest = lambdify(variable, Abs(function), "mpmath"), float(bound)
    above = next((point for point in SAMPLES if numeric(point) > largest * (1 + 1e-12)), None)
    if above is not None:
        raise NotDerivable(f"SymPy's bound {bound} is exceeded at {above}")
