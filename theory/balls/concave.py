"""sup over p > 0 of a strictly concave function, enclosed: the maximizer bracketed by the signs of the derivative.

With f'(a) >= 0 >= f'(b) the maximizer m lies in [a, b], and as f is concave f(a) <= f(m) <= f(a) + f'(a)(b - a): the
enclosure is as narrow as the square of the bracket. Newton's method only proposes brackets; signs of balls decide.
Where f'(0) <= 0 the function falls from its limit f(0), which then is the supremum.
"""

from __future__ import annotations

from collections.abc import Callable

from flint import arb, ctx
from sympy import Expr, Integer, Rational

from theory.quantities import sup_over

Enclose = Callable[[Expr, Expr], arb]  # of an expression, at a number for its variable
BISECTIONS = 12  # enough for Newton's method to be near
DOUBLINGS = 1000  # an upper end beyond 2^1000 is not looked for


def supremum(node: sup_over, enclose: Enclose) -> arb:
    """A ball around the supremum.

    Raises ValueError where the function is not seen to be strictly concave, or no point is found where it falls.
    """
    function, variable = node.args
    slope = function.diff(variable)
    if not slope.diff(variable).is_negative:
        raise ValueError(f"{node}: not seen to be concave; a supremum is enclosed of concave functions alone")
    if enclose(slope, Integer(0)) <= 0:
        return enclose(function, Integer(0))
    low, high = _newton(slope, variable, *_bracket(slope, enclose), enclose)
    least, width = enclose(function, low), enclose(high - low, low)
    rise = enclose(slope, low) * width
    return least.union(least + rise)


def _bracket(slope: Expr, enclose: Enclose) -> tuple[Expr, Expr]:
    """Ends between which the slope changes its sign, for certain."""
    low, high = Integer(0), Integer(1)
    for _ in range(DOUBLINGS):
        if enclose(slope, high) < 0:
            break
        low, high = (high if enclose(slope, high) >= 0 else low), 2 * high
    else:
        raise ValueError(f"{slope} is nowhere seen to be negative, up to 2^{DOUBLINGS}; pass values less extreme")
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        sign = enclose(slope, middle)
        low, high = (middle if sign >= 0 else low), (middle if sign <= 0 else high)
    return low, high


def _newton(slope: Expr, variable: Expr, low: Expr, high: Expr, enclose: Enclose) -> tuple[Expr, Expr]:
    """A bracket about as narrow as the root of the working precision, where signs confirm it; else the one given."""
    curvature, m, goal = slope.diff(variable), (low + high) / 2, ctx.prec // 2
    for _ in range(goal.bit_length() + 4):
        step = (enclose(slope, m) / enclose(curvature, m)).mid()
        proposed = m - _rational(step)
        m = min(max(proposed, low), high)
    radius = max(high, 1) / Integer(2) ** goal
    left, right = max(m - radius, low), min(m + radius, high)
    confirmed = enclose(slope, left) >= 0 and enclose(slope, right) <= 0
    return (left, right) if confirmed else (low, high)


def _rational(number: arb) -> Expr:
    exact = number.fmpq()
    return Rational(int(exact.p), int(exact.q))
