"""F_1: published values, float64 quadrature as a second road, honest digits."""

from decimal import Decimal

import numpy as np
import pytest
from scipy.special import airy
from sympy import Integer, Rational

from theory.balls.evaluation import ball
from theory.certify import enclose
from theory.distributions import tracy_widom


def quadrature(s: float, points: int = 60, end: float = 16.0) -> float:
    """Bornemann's method in float64, on another kernel: F_1 = det(1 - Ai((x+y)/2 + s)/2) on (0, oo)."""
    roots, weights = np.polynomial.legendre.leggauss(points)
    x, w = end * (1 + roots), np.sqrt(end * weights)
    kernel = airy((x[:, None] + x) / 2 + s)[0] / 2
    return float(np.linalg.det(np.eye(points) - w[:, None] * kernel * w))


# F_1(0) by an independent computation; quantiles of Johnstone (2001), table 1
@pytest.mark.parametrize(
    ("s", "value", "tolerance"),
    [
        ("0", 0.83190806620295, 1e-14),
        ("-3.90", 0.01, 2e-4),
        ("-1.27", 0.50, 2e-3),
        ("0.45", 0.90, 1e-3),
        ("0.98", 0.95, 1e-3),
    ],
)
def test_published_values(s: str, value: float, tolerance: float) -> None:
    assert float(ball(tracy_widom(Rational(s)))) == pytest.approx(value, abs=tolerance)


@pytest.mark.parametrize("s", [-6.5, -4.0, -1.25, 0.0, 0.75, 3.0])
def test_against_quadrature_in_float64(s: float) -> None:
    assert float(ball(tracy_widom(Rational(s)))) == pytest.approx(quadrature(s), abs=1e-12)


@pytest.mark.parametrize("s", [-5, -1, 0, 2, 6])
def test_more_digits_lie_within_fewer(s: int) -> None:
    few, many = enclose(tracy_widom(Integer(s)), 15), enclose(tracy_widom(Integer(s)), 40)
    assert Decimal(few.low) <= Decimal(many.low) <= Decimal(many.high) <= Decimal(few.high)


def test_far_tails() -> None:
    for far in (50, 999, 1001, 10**400):
        assert enclose(tracy_widom(Integer(far)), 20).high == "1"
    with pytest.raises(ValueError, match=r"x=-1.00e\+2: a proved quadrature to .* more than 400 points; pass x near"):
        enclose(tracy_widom(Integer(-100)), 20)
