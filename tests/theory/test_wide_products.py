"""Wide products: Fuss-Catalan moments, edge, density and threshold by second roads, and values from outside."""

from decimal import Decimal
from math import comb

import mpmath
import pytest
from flint import acb, arb, ctx
from sympy import Integer, Rational, Symbol, diff, limit, log, oo, pi, series, simplify, sin

from theory import theorem
from theory.depth.product_density import MASS
from theory.evaluating import evaluate
from theory.free import DENSITY, END, LOCATION
from theory.symbols import L, phi


def value(slug, **point):
    return evaluate(slug, {name: str(number) for name, number in point.items()}, digits=25).value


def convolved(layers, order):
    """Coefficients of B = 1 + u B^(L+1), found one after another: no formula is used."""
    numbers = [1]
    for _ in range(order):
        powers = [1] + [0] * len(numbers)
        for _ in range(layers + 1):
            powers = [sum(powers[i] * numbers[j - i] for i in range(j + 1)) for j in range(len(numbers))]
        numbers.append(powers[-1])
    return numbers


@pytest.mark.parametrize("layers", [1, 2, 3, 5])
def test_moments_are_fuss_catalan_numbers(layers):
    for k, number in enumerate(convolved(layers, 7)[1:], 1):
        assert value("fuss_catalan_moments", L=layers, k=k) == str(number)


# OEIS A000108, A001764 and A002293
@pytest.mark.parametrize(
    "layers, listed", [(1, (1, 2, 5, 14, 42)), (2, (1, 3, 12, 55, 273)), (3, (1, 4, 22, 140, 969))]
)
def test_moments_of_the_encyclopedia(layers, listed):
    assert tuple(int(value("fuss_catalan_moments", L=layers, k=k)) for k in range(1, 6)) == listed


def test_sigma_w_enters_by_layer_and_order():
    assert Decimal(value("fuss_catalan_moments", L=2, k=3, sigma_w="1/2")) == 12 / Decimal(2) ** 12


@pytest.mark.parametrize("layers", [1, 2, 4])
def test_lagrange_by_reversion(layers):
    """The inverse of z/(1+z)^(L+1), reverted term by term, has the moments as its coefficients."""
    u = Symbol("u")
    inverse = Integer(0)
    for order in range(1, 6):
        inverse = series(u * (1 + inverse) ** (layers + 1), u, 0, order + 1).removeO()
    assert [inverse.coeff(u, k) for k in range(1, 6)] == convolved(layers, 5)[1:]


@pytest.mark.parametrize("layers", [1, 2, 3, 6])
def test_second_moment_is_the_limit_of_the_exact_one(layers):
    """E tr (JJᵀ)² and E (tr JJᵀ)² of Gaussian layers follow a linear map at every n (an independent result)."""
    n = Symbol("n", positive=True)
    fourth, square = n, n**2
    for _ in range(layers):
        fourth, square = (1 + 1 / n) * fourth + square / n, 2 / n * fourth + square
    assert limit(simplify(fourth / n), n, oo) == layers + 1 == int(value("fuss_catalan_moments", L=layers, k=2))


@pytest.mark.parametrize("layers", [1, 2, 3, 10])
def test_edge_is_the_growth_of_the_moments(layers):
    """m_(k+1)/m_k -> edge, as edge (1 - 3/(2k)); two of them extrapolate it."""
    moment = [mpmath.mpf(comb((layers + 1) * k, k)) / (layers * k + 1) for k in (4000, 4001, 8000, 8001)]
    slow, fast = moment[1] / moment[0], moment[3] / moment[2]
    assert float(2 * fast - slow) == pytest.approx(float(value("product_edge", L=layers)), rel=1e-6)


def test_values_from_elsewhere():
    assert value("product_edge", L=1) == "4" and value("product_edge", L=2) == "6.75"
    assert Decimal(value("norm_threshold", L=1)) == Decimal("0.5")
    assert value("norm_threshold", L=10).startswith("0.845734")  # an independent computation
    assert value("radius_edge", sigma_w="0.7") == "0.7"


def test_the_threshold_of_the_norm_rises_to_the_true_one():
    x = Symbol("x", positive=True)
    threshold = theorem("norm_threshold").formula.subs(L, x)
    assert limit(log(threshold).expand(force=True), x, oo) == 0
    values = [float(value("norm_threshold", L=layers)) for layers in (1, 2, 5, 50, 5000)]
    assert values == sorted(values) and values[-1] > 0.999


@pytest.mark.parametrize("layers, angle", [(1, "0.7"), (2, "0.5"), (2, "0.9")])
def test_density_agrees_with_closed_forms(layers, angle):
    """Marchenko & Pastur (1967) for one layer; Penson & Życzkowski (2011) for two."""
    x, rho = (mpmath.mpf(text) for text in value("product_density", L=layers, phi=angle))
    if layers == 1:
        expected = mpmath.sqrt(4 / x - 1) / (2 * mpmath.pi)
    else:
        c = 27 + 3 * mpmath.sqrt(81 - 12 * x)
        top = mpmath.cbrt(2) * c ** (mpmath.mpf(2) / 3) - 6 * mpmath.cbrt(x)
        expected = (
            mpmath.cbrt(2) * mpmath.sqrt(3) / (12 * mpmath.pi) * top / (x ** (mpmath.mpf(2) / 3) * mpmath.cbrt(c))
        )
    assert float(rho) == pytest.approx(float(expected), rel=1e-13)


def moment_in_balls(layers, k):
    """∫ λ^k dF along the curve, enclosed: F falls with phi, and what lies near the edge is at most its mass."""
    eps, end = arb(1) / 64, arb.pi() / (layers + 1)

    def falling(x, _):
        s, c = (lambda m: (m * x).sin()), (lambda m: (m * x).cos())
        m = layers + 1
        location = s(m) ** m / (s(1) * s(layers) ** layers)
        mass = c(1) * s(m) / s(layers) + layers**2 * s(1) * s(m) * c(layers) / s(layers) ** 2
        return location**k * (mass - m**2 * s(1) * c(m) / s(layers)) / arb.pi()

    near = (layers + 1) * eps / arb.pi() - layers * eps.sin() * ((layers + 1) * eps).sin() / (
        arb.pi() * (layers * eps).sin()
    )
    edge = arb(layers + 1) ** (layers + 1) / arb(layers) ** layers
    at_eps = ((layers + 1) * eps).sin() ** (layers + 1) / (eps.sin() * (layers * eps).sin() ** layers)
    whole = acb.integral(falling, acb(eps), acb(end)).real
    return whole + near * (at_eps**k).union(edge**k)


@pytest.mark.parametrize("layers", [1, 2, 3, 5])
@pytest.mark.parametrize("k", [0, 1, 2, 3])
def test_mass_and_moments_of_the_density_in_balls(layers, k):
    before, ctx.prec = ctx.prec, 100
    try:
        found = moment_in_balls(layers, k)
    finally:
        ctx.prec = before
    assert found.contains(arb(comb((layers + 1) * k, k)) / (layers * k + 1))
    assert found.rad() < 1e-3


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_share_below_by_quadrature(layers):
    angle, end = Rational(2, 5), END.subs(L, layers).evalf(25)
    falling = (-DENSITY * diff(LOCATION, phi)).subs(L, layers)
    numeric = mpmath.quad(lambda x: mpmath.mpf(falling.subs(phi, x).evalf(25)), [angle, end])
    assert float(numeric) == pytest.approx(float(MASS.subs({L: layers, phi: angle})), rel=1e-10)


def test_share_below_of_one_matrix():
    """Marchenko & Pastur (1967), integrated by hand: x = 4 cos² phi has the share 1 - (2 phi - sin 2 phi)/pi below."""
    assert simplify(MASS.subs(L, 1) - (1 - (2 * phi - sin(2 * phi)) / pi)) == 0


@pytest.mark.parametrize(
    "slug, point, message",
    [
        (
            "product_density",
            {"L": "2", "phi": "2"},
            "phi=2: theorem product_density needs phi < pi/(L + 1) = 1.04719755",
        ),
        ("product_density", {"L": "2", "phi": "0"}, "phi=0: an angle cannot be 0; pass phi > 0"),
        ("fuss_catalan_moments", {"L": "2", "k": "1.5"}, "k=1.5: an index is a whole number"),
        (
            "fuss_catalan_moments",
            {"L": "2", "k": "0"},
            "k=0: an index cannot be 0; pass an integer k >= 1",
        ),
        ("fuss_catalan_moments", {"L": "2"}, "k missing"),
        ("product_edge", {"L": "0"}, "L=0: a depth cannot be 0"),
        ("norm_threshold", {"L": "-1"}, "L=-1: a depth cannot be negative"),
        ("radius_edge", {"sigma_w": "-1"}, "sigma_w=-1: a standard deviation cannot be negative"),
    ],
)
def test_bad_input_names_value_and_remedy(slug, point, message):
    with pytest.raises(ValueError) as caught:
        evaluate(slug, point)
    assert message in str(caught.value)


def test_large_arguments_are_enclosed():
    found = evaluate("fuss_catalan_moments", {"L": "1000", "k": "2000"}, digits=10)
    with mpmath.workdps(30):
        size = mpmath.log10(mpmath.binomial(1001 * 2000, 2000)) - mpmath.log10(1000 * 2000 + 1)
        assert mpmath.mpf(found.low) <= mpmath.power(10, size) * (1 + mpmath.mpf(10) ** -15)
