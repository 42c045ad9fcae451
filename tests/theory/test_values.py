"""Every number of depth and of one matrix, against values computed elsewhere and against mpmath's own formulas.

QUOTED: decimals from an independent computation, to the digits given. GRIDS: the formula written again, in mpmath.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import product
from typing import Any

import mpmath
import pytest
from mpmath import binomial, exp, gamma, gammainc, log, mpf, pi, psi, sin, sqrt

from theory.evaluating import evaluate

DIGITS = 30
Values = dict[str, str]


def at(text: str) -> Values:
    """name=value pairs as text."""
    return dict(pair.split("=") for pair in text.split())


def enclosures(slug: str, values: Values) -> list[tuple[Decimal, Decimal]]:
    """low <= exact <= high of each component, as narrow as asked."""
    found = evaluate(slug, values, digits=DIGITS)
    lows, highs = (side if isinstance(side, tuple) else (side,) for side in (found.low, found.high))
    pairs = [(Decimal(low), Decimal(high)) for low, high in zip(lows, highs, strict=True)]
    assert all(low <= high and high - low <= Decimal(10) ** (1 - DIGITS) * abs(high) for low, high in pairs)
    return pairs


QUOTED: list[tuple[str, str, str]] = [
    ("gain_law", "n=4 L=2 x=1 sigma_w=1", "0.661052613568"),
    ("log_gain", "n=8 L=20 sigma_w=1", "-2.6035 5.676"),
    ("typical_threshold", "n=8", "1.067253308"),
    ("large_deviation", "n=32 sigma_w=0.9", "0.494227"),
    ("lyapunov_spectrum", "n=5 sigma_w=1", "-0.10656705 -0.24675320 -0.43990038 -0.74675320 -1.43990038"),
    ("norm_threshold", "L=1", "0.5"),
    ("norm_threshold", "L=10", "0.845734"),
    ("norm_law", "n=2 sigma_w=0.5 s=1", "0.935041000477"),
    ("norm_law", "n=5 sigma_w=0.6 s=1", "0.572770837539"),
    ("norm_law", "n=1 sigma_w=0.5 s=1", "0.954"),
    ("norm_law", "n=10 sigma_w=0.5 s=1", "0.896"),
    ("tied_mean_square_gain_real", "T=4 n=10 sigma_w=1", "1.3128"),
    ("tied_mean_square_gain_real", "T=8 n=1 sigma_w=1", "2027025"),
]


@pytest.mark.parametrize("slug, values, quoted", QUOTED)
def test_quoted(slug: str, values: str, quoted: str) -> None:
    found = enclosures(slug, at(values))
    for (low, high), text in zip(found, quoted.split(), strict=True):
        last = Decimal(text).as_tuple().exponent
        assert isinstance(last, int) and abs((low + high) / 2 - Decimal(text)) <= Decimal(10) ** last * Decimal("0.51")


def moment(n: mpf, p: mpf) -> mpf:
    """E[u^p]/n^p of a chi-square u with n degrees of freedom."""
    return (mpf(2) / n) ** p * gamma(n / 2 + p) / gamma(n / 2)


def rate(n: mpf, sigma_w: mpf) -> mpf:
    """sup over p > 0 of -log E‖Wv‖^(2p)."""

    def cost(p: mpf) -> mpf:
        return p * log(2 * sigma_w**2 / n) + mpmath.loggamma(n / 2 + p) - mpmath.loggamma(n / 2)

    best = mpmath.findroot(lambda p: log(2 * sigma_w**2 / n) + psi(0, n / 2 + p), n * (1 / sigma_w**2 - 1) / 2 + 0.5)
    return -cost(best)


def second_moments(n: mpf, L: mpf, sigma_w: mpf) -> tuple[mpf, mpf]:
    """E tr((JJᵀ)²) and E(tr JJᵀ)², layer by layer."""
    square, trace = n, n**2
    for _ in range(int(L)):
        square, trace = (1 + 1 / n) * square + trace / n, 2 / n * square + trace
    return sigma_w ** (4 * L) * square, sigma_w ** (4 * L) * trace


def edge(L: mpf) -> mpf:
    return (L + 1) ** (L + 1) / L**L


def location(L: mpf, phi: mpf) -> mpf:
    return sin((L + 1) * phi) ** (L + 1) / (sin(phi) * sin(L * phi) ** L)


def density(L: mpf, phi: mpf) -> mpf:
    return sin(phi) ** 2 * sin(L * phi) ** (L - 1) / (pi * sin((L + 1) * phi) ** L)


def below(n: mpf, s: mpf, sigma_w: mpf) -> mpf:
    return mpmath.fprod(gammainc(k, 0, n * s**2 / sigma_w**2, regularized=True) for k in range(1, int(n) + 1))


Formula = Callable[..., Any]
GRIDS: dict[str, tuple[Formula, dict[str, tuple[str, ...]]]] = {
    "gain_moments": (
        lambda n, L, p, sigma_w: (sigma_w ** (2 * p) * moment(n, p)) ** L,
        {"n": ("1", "8", "33"), "L": ("1", "40"), "p": ("1/2", "2", "7/3"), "sigma_w": ("1", "0.7")},
    ),
    "log_gain": (
        lambda n, L, sigma_w: (L * (log(2 * sigma_w**2 / n) + psi(0, n / 2)), L * psi(1, n / 2)),
        {"n": ("1", "5", "64"), "L": ("1", "300"), "sigma_w": ("1.1", "2/3")},
    ),
    "typical_threshold": (lambda n: sqrt(n / 2) * exp(-psi(0, n / 2) / 2), {"n": ("1", "2", "3", "8", "1000")}),
    "moment_threshold": (lambda n, p: moment(n, p) ** (-1 / (2 * p)), {"n": ("1", "2", "9"), "p": ("1/100", "1", "4")}),
    "large_deviation": (rate, {"n": ("2", "8", "32", "500"), "sigma_w": ("0.9", "1/2")}),
    "lyapunov_spectrum": (
        lambda n, k, sigma_w: (log(2 * sigma_w**2 / n) + psi(0, (n - k + 1) / 2)) / 2,
        {"n": ("7", "50"), "k": ("1", "4", "7"), "sigma_w": ("1", "3/2")},
    ),
    "second_spectral_moment": (
        lambda n, L, sigma_w: second_moments(n, L, sigma_w)[0],
        {"n": ("1", "2", "20"), "L": ("1", "2", "11"), "sigma_w": ("1", "0.8")},
    ),
    "weight_gradient_profile": (
        lambda sigma_w, L, l: sigma_w ** (2 * (L - 1)),  # noqa: E741
        {"sigma_w": ("0.9", "1.2"), "L": ("5", "12"), "l": ("1", "5")},
    ),
    "curvature_growth": (
        lambda sigma_w, L: L * sigma_w ** (2 * (L - 1)),
        {"sigma_w": ("0.9", "1.2"), "L": ("1", "12")},
    ),
    "residual_gain": (
        lambda sigma_w, a, L: (1 + a**2 * sigma_w**2) ** L,
        {"sigma_w": ("0.9", "2"), "a": ("1/10", "1.5"), "L": ("1", "100")},
    ),
    "fuss_catalan_moments": (
        lambda L, k, sigma_w: sigma_w ** (2 * L * k) * binomial((L + 1) * k, k) / (L * k + 1),
        {"L": ("1", "2", "7"), "k": ("1", "2", "6"), "sigma_w": ("1", "0.8")},
    ),
    "product_edge": (lambda L, sigma_w: sigma_w ** (2 * L) * edge(L), {"L": ("1", "2", "10"), "sigma_w": ("1", "1/3")}),
    "product_density": (
        lambda L, phi: (location(L, phi), density(L, phi)),
        {"L": ("1", "2", "5"), "phi": ("0.01", "0.3", "1/2")},
    ),
    "norm_threshold": (lambda L: edge(L) ** (-1 / (2 * L)), {"L": ("1", "2", "10", "100")}),
    "norm_tail": (lambda n, t: exp(-n * t**2 / 2), {"n": ("2", "50"), "t": ("0.3", "1")}),
    "tied_mean_square_gain_real": (
        lambda T, n, sigma_w: sigma_w ** (2 * T) * (mpf(1) + 10 / n**2 + 4 / n**3),  # all 15 pairings, by hand
        {"T": ("3",), "n": ("1", "2", "7", "1000"), "sigma_w": ("1", "0.7")},
    ),
    "tied_mean_square_gain_complex": (
        lambda T, n, sigma_w: (
            sigma_w ** (2 * T) * n ** (-T - 1) * (mpmath.rf(n, T + 2) - mpmath.ff(n, T + 2)) / ((T + 1) * (T + 2))
        ),
        {"T": ("1", "3", "40"), "n": ("1", "2", "7", "1000"), "sigma_w": ("1", "0.7")},
    ),
    "radius_law_complex": (below, {"n": ("1", "2", "30"), "s": ("0.5", "1", "1.3"), "sigma_w": ("1", "0.9")}),
}


def points(names: dict[str, tuple[str, ...]]) -> Iterator[Values]:
    for texts in product(*names.values()):
        yield dict(zip(names, texts, strict=True))


def number(text: str) -> mpf:
    top, _, bottom = text.partition("/")
    return mpf(top) / mpf(bottom or 1)


@pytest.mark.parametrize("slug", GRIDS)
def test_as_mpmath_has_it(slug: str) -> None:
    formula, names = GRIDS[slug]
    for values in points(names):
        with mpmath.workdps(60):
            exact = formula(**{name: number(text) for name, text in values.items()})
            expected = exact if isinstance(exact, tuple) else (exact,)
            for (low, high), value in zip(enclosures(slug, values), expected, strict=True):
                slack = abs(value) * mpf(10) ** -50  # of mpmath's own 60 digits
                assert mpf(str(low)) - slack <= value <= mpf(str(high)) + slack, (slug, values)


def test_width_two_is_euler_gamma() -> None:
    with mpmath.workdps(40):
        ((low, high),) = enclosures("typical_threshold", {"n": "2"})
        assert mpf(str(low)) <= exp(mpmath.euler / 2) <= mpf(str(high))


def test_the_norm_of_one_number_is_half_normal() -> None:
    with mpmath.workdps(40):
        ((low, high),) = enclosures("norm_law", at("n=1 sigma_w=0.5 s=1"))
        assert mpf(str(low)) <= mpmath.erf(sqrt(2)) <= mpf(str(high))
