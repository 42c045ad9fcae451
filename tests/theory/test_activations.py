"""Slopes and their bounds, derived from the formula and checked against dense sampling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp
from sympy import (
    Abs,
    AccumBounds,
    Function,
    I,
    Identity,
    Lambda,
    Matrix,
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
    nan,
    oo,
    pi,
    real_root,
    sech,
    simplify,
    sin,
    sqrt,
    symbols,
    tan,
    tanh,
)

from theory.activations import LINEAR, TANH, Activation, activation_of, z

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
    "vertical": (real_root(z, 3), "SymPy:"),
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
        ("code", "__import__('os')", "is not a SymPy expression of one number; pass"),
        ("number", 1.0, "is not a SymPy expression"),
        ("nothing", None, "is not a SymPy expression"),
        ("matrix", z * Identity(2), "is not a SymPy expression of one number"),
        ("entries", Matrix([[z, 0], [0, z]]), "formula=Matrix([ [z, 0], [0, z]]) is not a SymPy expression"),
        ("relation", z > 0, "is not a SymPy expression"),
        ("lambda", Lambda(Symbol("x"), sin(Symbol("x"))), "formula=Lambda(x, sin(x)) is a function without"),
        ("class", tanh, "formula=tanh is a function without its argument; pass its value at theory.activations.z"),
        ("python", abs, "is a function without its argument"),
        ("parametric", symbols("alpha") * z, "has alpha, which is another symbol; write"),
        ("other z", cos(Symbol("z")), "has z, which is another symbol"),
        ("nan", nan, "formula=nan does not depend on theory.activations.z; pass one"),
        ("infinite", oo, "formula=oo does not depend"),
        ("constant", Rational(2), "formula=2 does not depend"),
        ("imaginary", I * z, "formula=I*z is complex; pass"),
        ("root", sqrt(z), "is no real number at z=-1/3; pass"),
        ("cube root", cbrt(z), "is no real number at z=-1/3"),
        ("pole", 1 / z, "is no real number at z=0"),
        ("hole", Piecewise((z, z > 0)), "is no real number at z=0"),
        ("unknown", Function("f", real=True)(z), "formula=f(z) is no real number"),
        ("bounds", z * AccumBounds(-1, 1), "is no real number at z=1/3"),
    ],
)
def test_bad_input_names_the_activation_and_the_remedy(name, formula, words):
    with pytest.raises(ValueError) as error:
        Activation(name, formula)
    assert words in str(error.value) and "\n" not in str(error.value)


@pytest.mark.parametrize("formula", [Max(0, z), tan(z), exp(exp(z)), sqrt(Abs(z)), real_root(z, 3), z**3])
def test_formulas_that_are_real_are_taken_whatever_their_slope(formula):
    assert Activation("phi", formula).formula == formula


def test_activations_are_found_by_the_names_of_the_module():
    assert activation_of("tanh") is TANH and activation_of("linear") is LINEAR
    own = Activation("own", sin(z))
    assert activation_of(own) is own


@pytest.mark.parametrize("value", ["relu", "Tanh", "", None, tanh, tanh(z), Activation, 3, Matrix([[1, 2], [3, 4]])])
def test_what_is_no_activation_is_refused_with_the_names_there_are(value):
    with pytest.raises(ValueError, match=r'^activation=.*: unknown; pass one of "linear", "tanh", or Activation\('):
        activation_of(value)
