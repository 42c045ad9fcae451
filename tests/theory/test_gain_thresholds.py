"""Moments of the gain and the thresholds they set: values from elsewhere, the order of the thresholds, their limit."""

from dataclasses import replace
from itertools import pairwise

import mpmath
import pytest
from sympy import Rational, Symbol, exp, log, polygamma, series, simplify, sqrt

from theory import theorem
from theory.assumptions import ISOTROPIC
from theory.evaluating import evaluate
from theory.proofs.vanishing import vanishes
from theory.symbols import L, n, p, sigma_w

SLUGS = ("gain_moments", "typical_threshold", "moment_threshold")


def between(slug: str, values: dict[str, str], digits: int = 30) -> tuple[mpmath.mpf, mpmath.mpf]:
    found = evaluate(slug, values, digits)
    with mpmath.workdps(digits + 10):
        return mpmath.mpf(found.low), mpmath.mpf(found.high)


def layer_moment(width: int, order: mpmath.mpf, deviation: mpmath.mpf) -> mpmath.mpf:
    """E (sigma² chi²_n / n)^p by quadrature over the density of a chi-square: no Gamma function of n/2 + p."""
    half = mpmath.mpf(width) / 2
    density = lambda u: u ** (half - 1 + order) * mpmath.exp(-u / 2)  # noqa: E731
    mass = mpmath.quad(lambda u: u ** (half - 1) * mpmath.exp(-u / 2), [0, 1, 10, 40, 100, 300])
    return (deviation**2 / width) ** order * mpmath.quad(density, [0, 1, 10, 40, 100, 300]) / mass


@pytest.mark.parametrize(
    "width, order, depth, deviation", [(8, "3/2", 3, "4/5"), (13, "3/4", 6, "6/5"), (2, "5", 4, "1")]
)
def test_moments_by_quadrature(width: int, order: str, depth: int, deviation: str) -> None:
    values = {"n": str(width), "L": str(depth), "p": order, "sigma_w": deviation}
    with mpmath.workdps(40):
        numbers = (mpmath.mpf(Rational(text).p) / Rational(text).q for text in (order, deviation))
        exact = layer_moment(width, *numbers) ** depth
        low, high = between("gain_moments", values)
        assert low * (1 - mpmath.mpf(10) ** -25) <= exact <= high * (1 + mpmath.mpf(10) ** -25)


def test_the_fourth_moment_of_forty_layers() -> None:
    low, high = between("gain_moments", {"n": "8", "L": "40", "p": "2", "sigma_w": "1"})
    with mpmath.workdps(40):
        assert low <= (1 + mpmath.mpf(1) / 4) ** 40 <= high


def test_the_first_moment_is_the_mean_square_gain() -> None:
    assert evaluate("gain_moments", {"n": "5", "L": "3", "p": "1", "sigma_w": "1.2"}).value == pytest.approx(2.985984)


def test_typical_thresholds_known_elsewhere() -> None:
    low, high = between("typical_threshold", {"n": "2"})
    with mpmath.workdps(40):
        assert low <= mpmath.exp(mpmath.euler / 2) <= high
    low, high = between("typical_threshold", {"n": "8"}, 10)
    assert low <= mpmath.mpf("1.0672533081") <= high + mpmath.mpf("1e-10")  # an independent computation: 1.067253308


def test_the_typical_threshold_is_where_the_mean_logarithm_vanishes() -> None:
    """By quadrature: E log(chi²_n sigma*²/n) = 0."""
    with mpmath.workdps(30):
        low, high = between("typical_threshold", {"n": "8"}, 20)
        middle = (low + high) / 2
        density = lambda u: u**3 * mpmath.exp(-u / 2) / (16 * mpmath.gamma(4))  # noqa: E731
        mean = mpmath.quad(lambda u: density(u) * mpmath.log(u * middle**2 / 8), [0, 1, 5, 20, 60, 200])
        assert abs(mean) < 1e-18


def test_the_expansion_of_the_typical_threshold() -> None:
    """ψ(x) ~ log x - 1/(2x) - 1/(12x²) + ... at x = n/2, by SymPy: asymptotic, and near at large n."""
    t = Symbol("t", positive=True)  # 1/n
    logarithm = log(1 / (2 * t)) / 2 - series(polygamma(0, 1 / (2 * t)), t, 0, 4).removeO() / 2
    expansion = series(exp(simplify(logarithm)), t, 0, 3).removeO()
    assert vanishes(expansion - (1 + t / 2 + Rational(7, 24) * t**2))
    low, high = between("typical_threshold", {"n": "1000"})
    assert abs((low + high) / 2 - (1 + mpmath.mpf(1) / 2000 + mpmath.mpf(7) / 24_000_000)) < 1e-9


def test_moment_thresholds_by_root_finding() -> None:
    with mpmath.workdps(30):
        for width, order in ((8, "1/2"), (8, "3"), (3, "2")):
            number = mpmath.mpf(Rational(order).p) / Rational(order).q
            root = mpmath.findroot(
                lambda s, w=width, o=number: mpmath.log(layer_moment(w, o, s)), (0.5, 1.5), "anderson"
            )
            low, high = between("moment_threshold", {"n": str(width), "p": order}, 18)
            assert low - 1e-16 <= root <= high + 1e-16


def test_moment_thresholds_decrease_and_tend_to_the_typical_one() -> None:
    """Lyapunov's inequality: certainly, as the enclosures do not touch; 1 at p = 1."""
    for width in ("1", "2", "8", "100"):
        orders = ("1/1000000", "1/100", "1/2", "1", "3/2", "5", "50")
        found = [between("moment_threshold", {"n": width, "p": order}) for order in orders]
        assert all(later[1] < earlier[0] for earlier, later in pairwise(found))
        assert found[3][0] <= 1 <= found[3][1]
        typical = between("typical_threshold", {"n": width})
        assert found[0][1] < typical[0] and typical[1] - found[0][0] < 1e-5


@pytest.mark.parametrize("slug", SLUGS)
def test_weaker_assumptions_are_not_enough(slug: str) -> None:
    assert replace(theorem(slug), assumes=frozenset({ISOTROPIC})).gaps()


WRONG = {
    "gain_moments": lambda right: right.subs(sigma_w, sigma_w / sqrt(2)),
    "typical_threshold": lambda right: right / 2,
    "moment_threshold": lambda right: right.subs(p, 2 * p),
}


@pytest.mark.parametrize("slug", SLUGS)
def test_a_wrong_factor_is_refused(slug: str) -> None:
    true = theorem(slug)
    statement, *others = true.statements
    wrong = replace(statement, right=WRONG[slug](statement.right))
    assert any("not reached" in gap for gap in replace(true, statements=(wrong, *others)).gaps())


def test_a_wrong_last_step_is_refused() -> None:
    true = theorem("typical_threshold")
    statement, mean, last = true.statements[0], *true.proof[:2]
    assert last.right == statement.right
    for value in (2 * L * log(sigma_w * sqrt(n)), 2 * L * (log(2 * sigma_w**2 / n) + polygamma(0, n / 2))):
        planted = (mean, replace(last, right=value))
        wrong = replace(true, statements=(replace(statement, right=value),), proof=planted, wide_value=None)
        assert any("not an instance" in gap for gap in wrong.gaps())


REFUSED = [
    ("gain_moments", {"n": "8", "L": "2", "sigma_w": "1", "p": "0"}, "the order of a moment cannot be 0"),
    ("gain_moments", {"n": "8", "L": "2", "sigma_w": "1", "p": "-1"}, "cannot be negative"),
    ("gain_moments", {"n": "8", "L": "2", "sigma_w": "1"}, "p missing"),
    ("typical_threshold", {"n": "0"}, "a width cannot be 0"),
    ("typical_threshold", {"n": "5/2"}, "whole number"),
    ("typical_threshold", {}, "n missing"),
    ("moment_threshold", {"n": "8", "p": "nan"}, "p='nan': not a number"),
    ("moment_threshold", {"n": "8", "q": "1"}, "no parameter q"),
]


@pytest.mark.parametrize("slug, values, words", REFUSED)
def test_bad_input_is_refused(slug: str, values: dict[str, str], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        evaluate(slug, values)
