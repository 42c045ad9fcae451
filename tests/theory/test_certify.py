"""Enclosures: true, narrow, rounded outward, and against mpmath."""

from decimal import Decimal
from fractions import Fraction

import mpmath
import pytest
import sympy as sp
from flint import ctx
from hypothesis import given
from hypothesis import strategies as st
from sympy import EulerGamma, Float, Integer, Product, Rational, Sum, Symbol, exp, log, loggamma, pi, polygamma, sqrt
from sympy.abc import k

from theory.certify import Enclosure, enclose
from theory.letters import W_tied
from theory.quantities import norm
from theory.symbols import L, n, sigma_w

THIRD = Rational(1, 3)
FORMULAS = (
    pi + EulerGamma * sp.E - Rational(22, 7),
    exp(-THIRD) * log(7) ** 2,
    sqrt(2) ** sqrt(3) - THIRD ** Rational(-5, 4),
    sp.gamma(THIRD) / sp.gamma(-Rational(5, 2)),
    loggamma(Rational(41, 4)) + polygamma(0, THIRD) - polygamma(1, THIRD) + polygamma(2, THIRD) + polygamma(5, THIRD),
    sp.erf(THIRD) + sp.erfc(Integer(6)),
    sp.binomial(Rational(9, 2), 2, evaluate=False) + sp.factorial(Rational(7, 3)),
    sp.Max(pi, sp.E) - sp.Min(sqrt(2), Rational(7, 5)) + sp.Abs(log(THIRD)),
    sp.sin(1) + sp.cos(2) + sp.tan(3) + sp.asin(THIRD) + sp.acos(THIRD) + sp.atan(5),
    sp.sinh(1) + sp.cosh(2) + sp.tanh(3) + sp.sech(20) + sp.asinh(2) + sp.acosh(2) + sp.atanh(THIRD),
    sp.lowergamma(Rational(5, 2), 3) + sp.uppergamma(THIRD, 2),
    Sum(1 / k**2, (k, 1, 40)) + Product(1 + sqrt(2) / k, (k, 3, 9)) + Sum(k, (k, 3, 2)),
    exp(pi * sqrt(163)) - 262537412640768744,  # twelve nines: 30 digits cancel
    exp(-exp(Integer(5))),
)


def check(found: Enclosure, digits: int) -> None:
    low, value, high = (Fraction(text) for text in (found.low, found.value, found.high))
    assert low <= value <= high
    assert high - low <= Fraction(10) ** (1 - digits) * abs(value)


@pytest.mark.parametrize("formula", FORMULAS, ids=str)
@pytest.mark.parametrize("digits", [1, 7, 50])
def test_encloses_what_mpmath_computes(formula: sp.Expr, digits: int) -> None:
    found = enclose(formula, digits)
    check(found, digits)
    with mpmath.workdps(120):
        exact = sp.lambdify((), formula, "mpmath")() if not formula.has(Sum) else formula.doit().evalf(120)
        size = abs(mpmath.mpf(exact)) * mpmath.mpf(10) ** -90  # mpmath's own error
        assert mpmath.mpf(found.low) - size <= mpmath.mpf(exact) <= mpmath.mpf(found.high) + size


@given(st.fractions(max_denominator=10**9), st.integers(1, 30))
def test_fractions_are_rounded_outward(number: Fraction, digits: int) -> None:
    found = enclose(Rational(number.numerator, number.denominator), digits)
    check(found, digits)
    assert Fraction(found.low) <= number <= Fraction(found.high)
    if found.low == found.high:
        assert Fraction(found.value) == number
    assert abs(Fraction(found.value) - number) <= Fraction(10) ** (1 - digits) * abs(number)


@given(st.fractions(min_value=0, max_denominator=10**6).filter(bool), st.integers(1, 30))
def test_square_roots_are_rounded_outward(number: Fraction, digits: int) -> None:
    found = enclose(sp.sqrt(Rational(number.numerator, number.denominator)), digits)
    check(found, digits)
    assert Fraction(found.low) ** 2 <= number <= Fraction(found.high) ** 2


@pytest.mark.parametrize(
    ("number", "digits", "value", "low", "high"),
    [
        (THIRD, 3, "0.333", "0.333", "0.334"),
        (-THIRD, 3, "-0.333", "-0.334", "-0.333"),
        (2 * THIRD, 1, "0.7", "0.6", "0.7"),
        (1000 * pi, 2, "3100", "3100", "3200"),
        (pi * Rational(1, 10**9), 3, "3.14e-9", "3.14e-9", "3.15e-9"),
        (pi * 10**30, 3, "3.14e30", "3.14e30", "3.15e30"),
        (sqrt(Integer(8)) ** 2, 4, "8", "8", "8"),
        (Rational(1, 10), 1, "0.1", "0.1", "0.1"),
        (Rational(6, 5) ** 6, 3, "2.985984", "2.985984", "2.985984"),
        (Integer(0), 9, "0", "0", "0"),
        (sp.Max(Integer(-1), -2), 9, "-1", "-1", "-1"),
    ],
)
def test_text(number: sp.Expr, digits: int, value: str, low: str, high: str) -> None:
    assert enclose(number, digits) == Enclosure(value, low, high)


def test_a_long_power_of_ten_is_exact() -> None:
    assert enclose(Integer(10) ** 4000, 3) == Enclosure("1e4000", "1e4000", "1e4000")


def test_a_decimal_that_only_a_ball_can_hold_is_still_enclosed() -> None:
    found = enclose(sp.sin(1) ** 2 + sp.cos(1) ** 2, 12)  # exactly 1, and every ball straddles it
    check(found, 12)
    assert Decimal(found.low) < 1 < Decimal(found.high)


def test_symbols_are_bound_never_substituted() -> None:
    at = {n: Integer(2) * 10**9, L: Integer(10) ** 9, sigma_w: Rational(1, 10)}
    found = enclose(L * polygamma(1, n / 2), 15, at)  # SymPy would sum 10^9 fractions
    with mpmath.workdps(40):
        assert abs(mpmath.mpf(found.value) - 10**9 * mpmath.zeta(2, 10**9)) < mpmath.mpf(10) ** -14
    assert enclose(sigma_w ** (2 * L), 5, at).value == "1.00000e-2000000000"


def test_more_digits_lie_inside_fewer() -> None:
    short, long = (enclose(sp.gamma(THIRD), digits) for digits in (40, 400))
    assert Decimal(short.low) <= Decimal(long.low) <= Decimal(long.high) <= Decimal(short.high)


@pytest.mark.parametrize(
    ("formula", "digits", "message"),
    [
        (pi, 0, "digits=0.*pass 1 <= digits <= 1000"),
        (pi, 1001, "digits=1001.*cube"),
        (Float(0.1), 5, "binary number"),
        (exp(log(3), evaluate=False) - 3, 5, "no 5 certain digits.*exactly 0"),
        (n + 1, 5, "n: a symbol without a value; pass n="),
        (sp.zoo, 5, "no certified enclosure"),
        (log(sp.Integer(-2)), 5, "no certified enclosure"),
        (norm(W_tied), 5, "norm: no certified enclosure"),
        (Sum(1 / k, (k, 1, 10**9)), 5, "more than 100000 terms"),
        (Sum(1 / k, (k, 1, THIRD)), 5, "whole number"),
        (sp.Integral(exp(-(k**2)), (k, 0, 1)), 5, "Integral: no certified enclosure"),
    ],
)
def test_refusals_say_what_and_how(formula: sp.Expr, digits: int, message: str) -> None:
    before = ctx.prec
    with pytest.raises(ValueError, match=message) as caught:
        enclose(formula, digits)
    assert "\n" not in str(caught.value)
    assert ctx.prec == before


@pytest.mark.parametrize(("formula", "at"), [(sp.gamma(k), -3), (log(k), -1), (1 / k, 0), (sqrt(k), -1)])
def test_no_finite_real_value(formula: sp.Expr, at: int) -> None:
    with pytest.raises(ValueError, match="certain digits"):
        enclose(formula, 5, {k: Integer(at)})


def test_no_value_that_could_be_written() -> None:
    with pytest.raises(ValueError, match="too large or small to write"):
        enclose(k**k, 5, {k: Integer(10) ** 10000})


@given(st.integers(2, 300), st.integers(1, 60))
def test_precision_is_restored(bits: int, digits: int) -> None:
    before, ctx.prec = ctx.prec, bits
    try:
        enclose(pi, digits)
        assert ctx.prec == bits
    finally:
        ctx.prec = before


def test_a_fraction_too_long_to_print() -> None:
    found = enclose(Rational(6, 5) ** Integer(10) ** 5, 20)
    check(found, 20)
    low, high = (Fraction(text) for text in (found.low, found.high))
    assert low * 5**100000 <= 6**100000 <= high * 5**100000
    with pytest.raises(ValueError, match="no certified enclosure"):
        enclose(sp.Integral(Rational(6, 5) ** Integer(10) ** 5 * k, (k, 0, 1)), 20)
    with pytest.raises(ValueError, match="Add: no 20 certain digits"):
        enclose(exp(log(Integer(3) ** 20000), evaluate=False) - Integer(3) ** 20000, 20)


def test_powers_of_one_and_zero_take_any_exponent() -> None:
    huge = {k: Integer(10) ** 10000}
    base = Symbol("base")
    assert enclose(base**k, 5, {base: Integer(1), **huge}).value == "1"
    assert enclose(base**k, 5, {base: Integer(-1), **huge}).value == "1"
    assert enclose(base ** (k + 1), 5, {base: Integer(-1), **huge}).value == "-1"
    assert enclose(base**k, 5, {base: Integer(0), **huge}).value == "0"
