"""The law of a product from its transform: closed forms, Meijer G, and that every contour gives a true enclosure."""

import time
from fractions import Fraction
from functools import partial

import mpmath
import pytest
from flint import acb, arb
from hypothesis import assume, given
from hypothesis import strategies as st
from sympy import Expr, I, Integer, Rational, Symbol, exp, gamma

from theory.balls.contour import Plan
from theory.balls.evaluation import ball
from theory.balls.inversion import _bind, _enclosed, _sum
from theory.balls.precision import working_precision
from theory.balls.transforms import gamma_product
from theory.certify import Enclosure, enclose
from theory.quantities import law_of_log
from theory.symbols import L, n, sigma_w, x, xi

GAIN = ((2 * sigma_w**2 / n) ** (I * xi) * gamma(n / 2 + I * xi) / gamma(n / 2)) ** L
LAW = law_of_log(GAIN, xi, x)


def point(width: int, depth: int, argument: str, sigma: str = "1") -> dict[Symbol, Expr]:
    return {n: Integer(width), L: Integer(depth), x: Rational(argument), sigma_w: Rational(sigma)}


def check(found: Enclosure, exact: mpmath.mpf, digits: int) -> None:
    low, value, high = (Fraction(text) for text in (found.low, found.value, found.high))
    assert low <= value <= high
    assert high - low <= Fraction(10) ** (1 - digits) * value
    slack = abs(exact) * mpmath.mpf(10) ** (-digits - 8)  # of the reference
    assert mpmath.mpf(found.low) - slack <= exact <= mpmath.mpf(found.high) + slack


def test_reference_value() -> None:
    # P(‖Jv‖² <= 1), sigma = 1, n = 4, L = 2: mathematics of issue 2, computed independently
    assert enclose(LAW, 12, point(4, 2, "1")).value == "0.661052613568"


@pytest.mark.parametrize("digits", [3, 30])
@pytest.mark.parametrize(
    ("width", "depth", "argument", "sigma"),
    [
        *((4, 2, "1", "1"), (3, 2, "1/2", "1"), (8, 3, "1.7", "0.8"), (1, 2, "1", "1"), (5, 4, "2", "1.2")),
        *((2, 6, "1", "1"), (7, 1, "0.01", "1"), (4, 3, "1e-8", "2"), (6, 2, "40", "1")),
    ],
)
def test_meijer_g(width: int, depth: int, argument: str, sigma: str, digits: int) -> None:
    with mpmath.workdps(60):
        shape, scale = mpmath.mpf(width) / 2, mpmath.mpf(2) * mpmath.mpf(sigma) ** 2 / width
        reduced = mpmath.mpf(Fraction(argument).numerator) / Fraction(argument).denominator / scale**depth
        exact = mpmath.meijerg([[1], []], [[shape] * depth, [0]], reduced) / mpmath.gamma(shape) ** depth
        check(enclose(LAW, digits, point(width, depth, argument, sigma)), exact, digits)


@pytest.mark.parametrize("argument", ["1e-300", "1e-9", "0.5", "3", "60"])
def test_one_chi_square_of_two_is_exponential(argument: str) -> None:
    with mpmath.workdps(400):
        check(enclose(LAW, 25, point(2, 1, argument)), -mpmath.expm1(-mpmath.mpf(argument)), 25)


@pytest.mark.parametrize("argument", ["1e-40", "0.001", "1", "30"])
def test_two_of_them_make_a_bessel_function(argument: str) -> None:
    with mpmath.workdps(120):
        root = 2 * mpmath.sqrt(mpmath.mpf(argument))
        check(enclose(LAW, 25, point(2, 2, argument)), 1 - root * mpmath.besselk(1, root), 25)


def test_different_shapes() -> None:
    u = gamma(2 + I * xi) * gamma(Rational(1, 2) + I * xi) / gamma(Rational(1, 2)) * 3 ** (I * xi)
    with mpmath.workdps(60):
        third, half = mpmath.mpf(1) / 3, mpmath.mpf(1) / 2
        exact = mpmath.meijerg([[1], []], [[2, half], [0]], third) / mpmath.gamma(half)
        check(enclose(law_of_log(u, xi, Integer(1)), 25), exact, 25)


def test_deep_and_wide_networks_are_fast_and_agree_with_log_normal_limits() -> None:
    start = time.process_time()
    for width, depth in ((4, 2), (8, 40), (200, 200), (10**9, 1)):
        found = enclose(LAW, 30, point(width, depth, "1"))
        assert Fraction(found.high) - Fraction(found.low) <= Fraction(10) ** -29
    assert time.process_time() - start < 4
    wide = float(enclose(LAW, 30, point(10**9, 1, "1")).value)
    assert wide == pytest.approx(0.5 + (2 / 3) / (2 * 3.141592653589793 * 1e9) ** 0.5 / 2**0.5, abs=1e-8)


def test_the_far_end_is_one_and_the_near_end_is_refused_when_too_dear() -> None:
    assert Fraction(enclose(LAW, 30, point(4, 2, "1e10000")).low) > 1 - Fraction(10) ** -29
    with pytest.raises(ValueError, match=r"x=1.00e-100: so far out in the tail.*pass x nearer 1, or fewer digits"):
        enclose(LAW, 1000, point(8, 2, "1e-100"))
    with pytest.raises(ValueError, match="pass smaller parameters"):
        enclose(LAW, 30, point(10**12, 2, "1"))


@given(
    st.sampled_from([1, -1]),
    st.floats(0.05, 0.95),
    st.floats(0.1, 3.0),
    st.floats(0.0, 0.95),
    st.floats(0.05, 0.95),
    st.floats(-4.0, 2.0),
    st.floats(-60.0, -1.0),
)
def test_every_contour_gives_a_true_enclosure(
    side: int, line: float, step: float, near: float, far: float, y: float, goal: float
) -> None:
    """Coarse steps and early stops widen the ball; they never move it off the value (n = L = 2: a Bessel law)."""
    assume(abs(near - line) > 1e-3)
    pole = 1.0 if side > 0 else 12.0
    chosen = Plan(side, line * pole, step, near * line * pole, (line + far * (1 - line)) * pole, 0, 0, 0)
    at = {n: Integer(2), L: Integer(2), sigma_w: Integer(1)}
    with working_precision(200):
        law = _bind(gamma_product(GAIN, xi), partial(ball, at=at))
        found = _enclosed(chosen, law, arb(y), goal)
        root = 2 * (arb(y) / 2).exp()
        assert found.overlaps(1 - root * root.bessel_k(1))


def test_the_aliases_matter() -> None:
    """The same contour without its alias bound misses the value: the test above can fail."""
    at = {n: Integer(2), L: Integer(2), sigma_w: Integer(1)}
    chosen = Plan(1, 0.5, 2.0, 0.0, 0.75, 0, 0, 0)
    with working_precision(200):
        total, rest = _sum(chosen, _bind(gamma_product(GAIN, xi), partial(ball, at=at)), arb(0), -60.0)
        exact = 1 - 2 * arb(2).bessel_k(1)
        assert not (2 / arb.pi() * total + rest.union(-rest)).overlaps(exact)
        assert 2 / arb.pi() * total > exact  # aliases are nonnegative


@given(st.floats(0.01, 300), st.floats(0, 300), st.floats(0, 300))
def test_gamma_falls_at_least_at_the_rate_of_the_truncation_bound(shape: float, start: float, more: float) -> None:
    with working_precision(200):
        first, last = (acb(shape, start + extra).lgamma().real for extra in (arb(0), arb(more)))
        bound = first - arb(more) * (arb(start) / arb(shape)).atan()
        assert not last > bound


@pytest.mark.parametrize(
    ("transform", "message"),
    [
        (exp(-(xi**2) / 2), "cannot be inverted with certainty"),
        (1 / gamma(2 + I * xi), "cannot be inverted with certainty"),
        (gamma(2 + 2 * I * xi), "cannot be inverted with certainty"),
        (gamma(3 + I * xi), "not 1 at xi = 0"),
        (2 ** (I * xi), "no density"),
        (gamma(1 + I * xi) + xi, "cannot be inverted with certainty"),
        (gamma(1 + I * xi) ** xi, "cannot be inverted with certainty"),
    ],
)
def test_other_transforms_are_refused(transform: Expr, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        enclose(law_of_log(transform, xi, Integer(1)), 10)
