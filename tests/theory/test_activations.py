"""Slopes and their bounds, derived from the formula and checked against dense sampling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp
from sympy import (
    Abs,
    Max,
    Piecewise,
    Rational,
    Symbol,
    asinh,
    atan,
    cbrt,
    cos,
    erf,
    exp,
    lambdify,
    log,
    oo,
    pi,
    sech,
    simplify,
    sin,
    sqrt,
    symbols,
    tan,
    tanh,
)

from theory.activations import LINEAR, TANH, Activation, z

KNOWN = [
    (z, 1),
    (tanh(z), 1),
    (sin(z), 1),
    (atan(z), 1),
    (asinh(z), 1),
    (erf(z), 2 / sqrt(pi)),
    (1 / (1 + exp(-z)), Rational(1, 4)),
    (log(1 + exp(z)), 1),  # softplus: approached, never attained
    (log(1 + exp(2 * z)) / 2, 1),
    (z * (1 + erf(z / sqrt(2))) / 2, Rational(1, 2) + erf(1) / 2 + exp(-1) / sqrt(pi)),  # GELU, at z = sqrt 2
    (z / sqrt(1 + z**2), 1),
    (exp(-(z**2)), sqrt(2) * exp(Rational(-1, 2))),
    (z + sin(z) ** 2, 2),
    (Rational(5, 3) * tanh(2 * z), Rational(10, 3)),
    (-3 * z, 3),
]
UNDERIVABLE = {
    "unbounded": (z**2, "its slope reaches oo"),
    "bent": (Max(0, z), "SymPy:"),
    "kinked": (Piecewise((z, z > 0), (z / 10, True)), "SymPy:"),
    "vertical": (cbrt(z), "not continuous everywhere"),
    "poles": (tan(z), "not continuous everywhere"),
    "transcendental": (z / (1 + exp(-z)), "not all critical points"),
    "two periods": (sin(z) + sin(sqrt(2) * z), "not all critical points"),
}


@pytest.mark.parametrize(("formula", "bound"), KNOWN)
def test_slope_bound_is_derived_exactly(formula, bound):
    derived = Activation("phi", formula).slope_bound
    assert simplify(derived - bound) == 0
    assert not derived.has(oo) and derived.is_number


@pytest.mark.parametrize(("formula", "bound"), KNOWN)
def test_no_sampled_slope_exceeds_the_bound_and_some_come_near(formula, bound):
    slope = lambdify(z, Abs(formula.diff(z)), "mpmath")
    largest = max(slope(mp.mpf(step) / 100) for step in range(-3000, 3001))
    assert (1 - 1e-3) * float(bound) < largest <= float(bound) * (1 + 1e-12)


@pytest.mark.parametrize("name", UNDERIVABLE)
def test_a_bound_that_cannot_be_derived_is_refused(name):
    formula, words = UNDERIVABLE[name]
    with pytest.raises(ValueError, match="sup") as error:
        _ = Activation(name, formula).slope_bound
    assert (
        f"activation {name}:" in str(error.value) and words in str(error.value) and "use a formula" in str(error.value)
    )


def test_slope_of_tanh_does_not_cancel():
    assert TANH.derivative == sech(z) ** 2
    assert Activation("scaled", 2 * tanh(3 * z)).derivative == 6 * sech(3 * z) ** 2
    assert simplify((TANH.derivative - tanh(z).diff(z)).rewrite(exp)) == 0
    assert LINEAR.derivative == 1


@given(st.fractions(min_value=-20, max_value=20, max_denominator=50))
def test_derivatives_are_those_of_finite_differences(place):
    with mp.workdps(60):
        at, step = mp.mpf(place.numerator) / place.denominator, mp.mpf(10) ** -20
        for formula, _ in KNOWN:
            phi, slope = lambdify(z, formula, "mpmath"), lambdify(z, Activation("phi", formula).derivative, "mpmath")
            assert abs((phi(at + step) - phi(at - step)) / (2 * step) - slope(at)) < mp.mpf(10) ** -30


def test_activations_are_values():
    assert Activation("tanh", tanh(z)) == TANH and hash(Activation("tanh", tanh(z))) == hash(TANH)
    assert str(TANH) == "tanh" and "tanh(z)" in repr(TANH)
    with pytest.raises(AttributeError):
        TANH.name = "other"


@pytest.mark.parametrize(
    ("name", "formula", "words"),
    [
        ("", z, "name=''"),
        ("code", "__import__('os')", "is not a SymPy expression"),
        ("number", 1.0, "is not a SymPy expression"),
        ("parametric", symbols("alpha") * z, "alpha is another symbol"),
        ("other z", cos(Symbol("z")), "z is another symbol"),
    ],
)
def test_bad_input_names_the_activation_and_the_remedy(name, formula, words):
    with pytest.raises(ValueError) as error:
        Activation(name, formula)
    assert words in str(error.value)
