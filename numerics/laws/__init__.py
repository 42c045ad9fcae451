"""From the right side of a statement in law to P(X <= x) on arrays, in float64 and with a stated error."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from sympy import Expr, Symbol

from numerics.laws.inversion import inverted
from numerics.laws.law import LARGEST_ERROR as LARGEST_ERROR
from numerics.laws.law import Law as Law
from numerics.laws.table import tabulated
from theory.quantities import law_of_log


def law(formula: Expr, at: Mapping[Symbol, Expr] | None = None) -> Law:
    """The distribution function that the formula means, at these exact values of its symbols (all but its argument).

    From a characteristic function by inversion (``error`` at most 1e-6), every other one through a table of certified
    values (about 1e-5).

    Raises ValueError where the formula is of no argument or of several, its transform is not a product of Gamma
    factors, or no table is fine enough.

    >>> from theory.depth.gain_law import THEOREM
    >>> from theory.symbols import L, n, sigma_w
    >>> from sympy import Integer, log
    >>> exponential = law(THEOREM.formula, {sigma_w: Integer(1), n: Integer(2), L: Integer(1)})
    >>> bool(abs(exponential.cdf(float(log(2))) - 0.5) <= exponential.error <= 1e-6)
    True
    """
    if isinstance(formula, law_of_log):
        return inverted(formula, at or {})
    return _tabulated(formula.subs(at or {}))


@lru_cache(maxsize=32)
def _tabulated(formula: Expr) -> Law:
    arguments = sorted(formula.free_symbols, key=str)
    if len(arguments) != 1:
        told = ", ".join(map(str, arguments)) or "none"
        raise ValueError(
            f"law {formula}: a distribution function has one argument, and this has {told}; give the others"
        )
    return tabulated(formula, arguments[0])
