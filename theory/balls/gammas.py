"""Factorials, and ∏_{k<=n} P(k, x), P(k, x) the regularized incomplete gamma function, enclosed.

P(n, x) is computed once, by x^n e^{-x}/n! Σ_j x^j/((n+1)...(n+j)) or, for x > n, as 1 - e^{-x} Σ_{j<n} x^j/j!; from
there P(k, x) = P(k+1, x) + x^k e^{-x}/k! down to k = 1. All are sums of positive terms: no digits are lost, and the n
factors together cost a few n multiplications.
"""

from __future__ import annotations

import math
from itertools import count as count_from

from flint import arb, ctx, fmpq

from theory.balls.precision import working_precision

MOST = 1_000_000
EXACT_FACTORIAL = 1_000  # beyond, a factorial is longer than what is carried exactly


def factorial(x: fmpq | arb) -> fmpq | arb:
    """x!, exact for a whole number up to 1000, else Γ(x + 1).

    >>> factorial(fmpq(5)), factorial(fmpq(1, 2)).str(8, radius=False)
    (120, '0.88622693')
    """
    if isinstance(x, fmpq) and x.q == 1 and 0 <= x <= EXACT_FACTORIAL:
        return fmpq(math.factorial(int(x.p)))
    return (arb(x) + 1).gamma()


def gamma_probability(count: int, x: arb) -> arb:
    """A ball around the product, at Arb's working precision and a little more.

    Raises ValueError where there are more than a million factors, or x is not positive.

    >>> gamma_probability(1, arb(1)).str(10, radius=False)
    '0.6321205588'
    """
    if not 1 <= count <= MOST:
        raise ValueError(f"n={count}: this product is taken factor by factor, up to {MOST:,}; pass a smaller n")
    if not x > 0:
        raise ValueError(f"x={x.str(3, radius=False)}: Gamma variables are positive; pass a positive threshold")
    with working_precision(ctx.prec + 2 * count.bit_length() + 16):
        total = _product(count, x)
    return +total


def _product(count: int, x: arb) -> arb:
    term = (count * x.log() - x - arb(count + 1).lgamma()).exp()  # x^n e^{-x}/n!
    total = below = 1 - _above(count, x) if x > count else term * _series(count, x)
    for k in range(count - 1, 0, -1):
        term = term * (k + 1) / x
        below += term
        total *= below
    return total


def _above(count: int, x: arb) -> arb:
    """e^{-x} Σ_{j<n} x^j/j!."""
    term = total = (-x).exp()
    for j in range(1, count):
        term = term * x / j
        total += term
    return total


def _series(count: int, x: arb) -> arb:
    """Σ_j x^j/((n+1)...(n+j)), x not above n by much: once a ratio is r < 1 the rest is at most the term r/(1-r)."""
    term = total = arb(1)
    small = arb(2) ** -ctx.prec
    for j in count_from(1):
        ratio = x / (count + j)
        term *= ratio
        total += term
        if j % 16 == 0 and ratio < 1 and term * ratio / (1 - ratio) < small:
            break
    return total + arb(0).union(term * ratio / (1 - ratio))
