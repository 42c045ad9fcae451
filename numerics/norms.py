"""P(‖W‖ <= s) of a square real Gaussian matrix of any size: exact up to 64 rows, its limit law beyond."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from sympy import Integer, Rational

from numerics.arguments import as_float, positive_integer
from theory.balls.evaluation import ball
from theory.balls.precision import working_precision
from theory.balls.wishart import LARGEST
from theory.distributions import norm_cdf, tracy_widom
from theory.matrices.norm_fluctuation import THEOREM
from theory.symbols import n as width

LEFT, RIGHT = -9.0, 40.0  # beyond, F_1 is 0 or 1 to 1e-15


@dataclass(frozen=True)
class Probability:
    """A probability, how far it may be off, and the theorem that it is from: norm_law or norm_fluctuation."""

    value: float
    error: float
    theorem: str


def norm_probability(n: int, sigma_w: float, s: float) -> Probability:
    """P(‖W‖ <= s), W n x n with entries N(0, sigma_w²/n).

    Up to n = 64 exact to rounding. Beyond, the Tracy-Widom law in Ma's scaling: ``error`` is n^{-2/3} (0.21 + 0.43/n),
    a bound that the exact law keeps for n = 2 to 64, extrapolated; draws at n = 1000 to 100000 do not contradict it.

    Raises ValueError where n is no positive integer, or sigma_w or s is not positive and finite.
    Source: Chiani, J. Multivariate Anal. 129 (2014); Ma, Bernoulli 18 (2012).

    >>> found = norm_probability(10, 0.5, 1.0)
    >>> round(found.value, 3), found.theorem
    (0.896, 'norm_law')
    >>> norm_probability(1000, 0.5, 1.0).theorem
    'norm_fluctuation'
    """
    positive_integer(n, "n")
    for name, value in (("sigma_w", sigma_w), ("s", s)):
        if (number := as_float(value)) is None or not (isfinite(number) and number > 0):
            raise ValueError(f"{name}={value}: the law of a norm needs a positive finite number; pass {name} > 0")
    with working_precision(64):
        if n <= LARGEST:
            exact = ball(norm_cdf(Integer(n), Integer(n), Rational(float(sigma_w)), Rational(float(s))))
            return Probability(float(exact), 1e-15, "norm_law")
        scaled = (n * (s / sigma_w) ** 2 - 4 * n + 2) / (2 * (2 * n - 1) ** (1 / 3))
        value = float(ball(tracy_widom(Rational(min(scaled, RIGHT))))) if scaled > LEFT else 0.0
    distance = THEOREM.statements[0].relation.distance.subs(width, n)
    return Probability(value, float(distance), "norm_fluctuation")
