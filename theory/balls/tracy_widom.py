"""F_1(s) = det(1 - K), K(x, y) = Ai(x + y + s) on L²(0, oo), enclosed: Gauss quadrature with a proved error.

*Kernel.* On the line Im t = c > 0 the integral of Ai gives |Ai(a + ib)| <= e^{c³/3 - ca + b²/4c}/(2 sqrt(πc)) for every
c > 0, so |K(x, y)| <= B_c e^{-c(x+y)}, B_c = e^{c³/3 - cs}/(2 sqrt(πc)). Let r = R² be the larger of B_d and B_d²/B_c,
d >= c. Hadamard's inequality, row and column 1 scaled by R e^{-d t_1}, the others by B_c^{1/2} e^{-c t_i}, gives

    |det K(t_i, t_j)|_{i,j<=k} <= k^{k/2} r e^{-2d t_1} ∏_{i>1} B_c e^{-2c t_i}.

*Truncation* to [0, l]: the Fredholm series changes by at most r e^{-2dl}/(2d) S, S = Σ_k k^{k/2+1}/k! (B_c/2c)^{k-1}.

*Quadrature* with m points replaces one integral after the other. In t_1 the determinant is entire; on the Bernstein
ellipse of parameter e^h it grows by e^{b²/d} with b = |Im t_1| <= (l/2) sinh h, and Re t_1 >= -(l/2)(cosh h - 1). Gauss
quadrature errs by at most (64/15) M e^{-2mh}/(1 - e^{-2h}) on [-1, 1], and never overestimates ∫ e^{-2ct} dt. In all

    (l/2) (64/15) e^{-2mh}/(1 - e^{-2h}) r e^{dl(cosh h - 1) + (l/2)² sinh² h/d} S.

Source: Ferrari & Spohn, J. Phys. A 38 (2005), for the determinant; Bornemann, Math. Comp. 79 (2010), for the method;
Trefethen, Approximation Theory and Approximation Practice, theorem 19.3.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from flint import arb, arb_mat, ctx
from sympy import Expr, Integer

from theory.balls.precision import working_precision
from theory.balls.wishart import Enclose

LN2 = math.log(2)
MOST_POINTS = 400  # of the quadrature: about 20 seconds
FARTHEST = 1000  # from 0 in a plan, so that no float overflows
PASSES = 4


@dataclass(frozen=True)
class Plan:
    """What is chosen: the rates c and d (of the truncation, of the ellipse), the end l, the points m, the ellipse h."""

    c: float
    cut: float
    end: float
    rate: float
    ellipse: float
    points: int


def tracy_widom_probability(argument: Expr, enclose: Enclose) -> arb:
    """A ball around F_1(s), its relative radius about 2^-precision.

    Raises ValueError where s is so far left, or the precision so high, that the quadrature would need too many points.
    """
    if enclose(argument) > FARTHEST:  # F_1 grows to 1
        return tracy_widom_probability(Integer(FARTHEST), enclose).union(arb(1))
    bits, s = ctx.prec, max(float(enclose(argument).mid()), -FARTHEST)
    goal = (bits + 8) * LN2 + max(0.0, -s) ** 3 / 24
    for _ in range(PASSES):
        chosen = _plan(s, goal)
        if chosen is None:
            place = f"x={enclose(argument).str(3, radius=False)}"
            told = f"a proved quadrature to {bits} bits would take more than {MOST_POINTS} points"
            raise ValueError(f"{place}: {told}; pass x nearer 0, or fewer digits")
        with working_precision(int(goal / LN2) + 32):
            found = _enclosed(chosen, enclose(argument))
        missing = bits - min(bits, max(0, found.rel_accuracy_bits()))
        if missing <= 0:
            break
        goal += (missing + 8) * LN2
    return found


def _log_size(c: float, s: float) -> float:
    """log B_c."""
    return c**3 / 3 - c * s - math.log(2 * math.sqrt(math.pi * c))


def _log_series(q: float) -> float:
    """log of a bound of S, for the plan: e q²/2 where q is large."""
    return math.log(8) + math.e * q * q / 2 + math.log1p(q)


def _plan(s: float, goal: float) -> Plan | None:
    """The cheapest choice on a grid; None where it has more than MOST_POINTS points."""
    c = min((0.01 * 1.2**k for k in range(40)), key=lambda c: _log_size(c, s) - math.log(c))
    base = _log_size(c, s)
    need = goal + _log_series(math.exp(base) / (2 * c)) + 2
    grown = [(d, max(_log_size(d, s), 2 * _log_size(d, s) - base)) for d in (c * 1.2**k for k in range(25))]
    end, cut = min(((need + size - math.log(2 * d)) / (2 * d), d) for d, size in grown)
    points, rate, ellipse = min(_quadratures(grown, max(end, 1.0), need))
    return Plan(c, cut, max(end, 1.0), rate, ellipse, points) if points <= MOST_POINTS else None


def _quadratures(grown: list[tuple[float, float]], end: float, need: float) -> Iterator[tuple[int, float, float]]:
    for d, size in grown:
        for h in (0.05 * 1.25**k for k in range(20)):
            log_error = need + size + d * end * (math.cosh(h) - 1) + (end / 2 * math.sinh(h)) ** 2 / d
            log_error += math.log(end / 2 * 64 / 15) - math.log(-math.expm1(-2 * h))
            yield max(2, math.ceil(log_error / (2 * h))), d, h


def _enclosed(chosen: Plan, s: arb) -> arb:
    error = (_truncation(chosen, s) + _quadrature_error(chosen, s)) * _series(_size(chosen.c, s) / (2 * arb(chosen.c)))
    return _determinant(chosen, s) + error.union(-error)


def _size(c: float, s: arb) -> arb:
    return (arb(c) ** 3 / 3 - c * s).exp() / (2 * (arb.pi() * c).sqrt())


def _scale(chosen: Plan, d: float, s: arb) -> arb:
    """r: the larger of B_d and B_d²/B_c."""
    size = _size(d, s)
    return size.max(size**2 / _size(chosen.c, s))


def _truncation(chosen: Plan, s: arb) -> arb:
    return _scale(chosen, chosen.cut, s) * (-2 * arb(chosen.cut) * arb(chosen.end)).exp() / (2 * arb(chosen.cut))


def _quadrature_error(chosen: Plan, s: arb) -> arb:
    h, d, half = arb(chosen.ellipse), arb(chosen.rate), arb(chosen.end) / 2
    growth = 2 * d * half * (h.cosh() - 1) + (half * h.sinh()) ** 2 / d - 2 * chosen.points * h
    return half * 64 / 15 * growth.exp() / (1 - (-2 * h).exp()) * _scale(chosen, chosen.rate, s)


def _series(q: arb) -> arb:
    """An upper bound of S: its terms are at most 2 (eq/sqrt k)^{k-1}, geometric of ratio 1/2 beyond k = (2eq)²."""
    last = 2 + int(float((4 * (arb.const_e() * q) ** 2).upper()))
    total, power = arb(0), arb(1)  # power: q^{k-1}/k!
    for k in range(1, last + 1):
        power *= q / k if k > 1 else 1
        total += arb(k) ** (arb(k) / 2 + 1) * power
    return total + 4 * arb(2) ** -last


def _determinant(chosen: Plan, s: arb) -> arb:
    """det(δ_ij - sqrt(w_i w_j) Ai(t_i + t_j + s)) at the Gauss-Legendre points of [0, l]."""
    count, half = chosen.points, arb(chosen.end) / 2
    roots = [arb.legendre_p_root(count, k, True) for k in range(count)]
    places, weights = [half * (1 + root) for root, _ in roots], [(half * weight).sqrt() for _, weight in roots]
    rows = [[arb(0)] * count for _ in range(count)]
    for i in range(count):
        for j in range(i, count):
            rows[i][j] = rows[j][i] = -weights[i] * weights[j] * (places[i] + places[j] + s).airy_ai()
        rows[i][i] += 1
    return arb_mat(rows).det()
