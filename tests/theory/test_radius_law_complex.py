"""The exact law of the radius of a complex Gaussian matrix: values from outside, its proof, what it refuses."""

from math import exp, log, pi, sqrt

import mpmath
import numpy as np
import pytest
from scipy.special import gammainc
from sympy import Expr, Integer, Product, Rational, gamma, lowergamma
from sympy.core.relational import Le

from numerics import ensembles
from numerics.cells import missing
from theory import rules, theorem
from theory.assumptions import COMPLEX_GAUSSIAN, GAUSSIAN
from theory.balls.evaluation import ball
from theory.distributions import gamma_product
from theory.evaluating import evaluate
from theory.letters import W_tied
from theory.matrices.radius_law_complex import FACTORS, INTEGRALS, REACH
from theory.quantities import P, norm, radius
from theory.statement import Step
from theory.symbols import k, n, sigma_w, threshold
from theory.systems import MATRIX


def exact(width: int, s: float, sigma: float = 1.0) -> float:
    """SciPy's incomplete gamma functions, factor by factor."""
    return float(np.prod(gammainc(np.arange(1, width + 1), width * s**2 / sigma**2)))


@pytest.mark.parametrize("width", [1, 2, 8, 50, 3000])
@pytest.mark.parametrize("s", ["0.6", "1", "1.1", "3"])
def test_against_scipy_and_mpmath(width: int, s: str) -> None:
    found = evaluate("radius_law_complex", {"n": str(width), "sigma_w": "1.2", "s": s}, digits=20)
    if width <= 50:
        with mpmath.workdps(40):
            x = width * mpmath.mpf(s) ** 2 / mpmath.mpf("1.44")
            product = mpmath.fprod(mpmath.gammainc(j, 0, x, regularized=True) for j in range(1, width + 1))
            assert mpmath.mpf(found.low) <= product <= mpmath.mpf(found.high)
    assert float(str(found.value)) == pytest.approx(exact(width, float(s), 1.2), rel=1e-8, abs=1e-300)


def test_one_entry_is_exponential() -> None:
    found = evaluate("radius_law_complex", {"n": "1", "sigma_w": "1", "s": "0.5"}).value
    assert found == pytest.approx(1 - exp(-0.25), rel=1e-15)


def test_a_missing_factor_or_a_wrong_count_would_be_seen() -> None:
    right = float(ball(gamma_product(Integer(8), Integer(8))))
    assert right == pytest.approx(exact(8, 1.0), rel=1e-13)
    first, last = (float(ball(gamma_product(Integer(count), Integer(8)))) for count in (7, 9))
    assert abs(first - right) > 0.1 and abs(last - right) > 0.05


def gumbel_distance(width: int) -> float:
    """Of the exact law from Rider's limit for sqrt(4nγ)(ρ - 1 - sqrt(γ/4n)), γ = log(n/2π) - 2 log log n."""
    growth = log(width / (2 * pi)) - 2 * log(log(width))
    x = np.linspace(-3, 8, 60)
    radii = 1 + sqrt(growth / (4 * width)) + x / sqrt(4 * width * growth)
    found = np.array([exact(width, s) if s > 0 else 0.0 for s in radii])
    return float(np.abs(found - np.exp(-np.exp(-x))).max())


def test_the_gumbel_limit_is_no_substitute() -> None:
    assert log(50 / (2 * pi)) < 2 * log(log(50))  # the scaling is not defined
    assert log(163 / (2 * pi)) < 2 * log(log(163)) and log(164 / (2 * pi)) > 2 * log(log(164))
    assert gumbel_distance(200) == pytest.approx(0.35, abs=0.01)
    assert gumbel_distance(1000) == pytest.approx(0.27, abs=0.01)
    assert gumbel_distance(10_000) == pytest.approx(0.21, abs=0.01)


def test_it_is_not_of_real_weights() -> None:
    stated = theorem("radius_law_complex")
    assert missing(stated, ensembles.get("gaussian")) == (COMPLEX_GAUSSIAN,)
    assert missing(stated, ensembles.get("complex_gaussian")) == ()


@pytest.mark.parametrize("slug", ["norm_law", "norm_bounds", "chain_rule", "norm_edge", "unrolling", "spectral_rate"])
def test_complex_weights_meet_no_theorem_about_real_ones(slug: str) -> None:
    assert "REAL" in [each.name for each in missing(theorem(slug), ensembles.get("complex_gaussian"))]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"s": "0"}, "s=0: a norm or radius cannot be 0"),
        ({"s": "-1"}, "s=-1: a norm or radius cannot be negative"),
        ({"n": "0"}, "n=0: a width cannot be 0"),
        ({"n": "3.5"}, "n=3.5: a width is a whole number"),
        ({"n": "1000001"}, "n=1000001: this product is taken factor by factor, up to 1,000,000"),
        ({"widths": "3,4"}, "widths=3,4: theorem radius_law_complex is not stated for width profiles"),
    ],
)
def test_bad_input_is_refused(values: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        evaluate("radius_law_complex", {"n": "5", "sigma_w": "1", "s": "1", **values})


EVENT = P(Le(radius(W_tied), threshold))
LAW = gamma_product(n, REACH)
WRONG = [
    ("kostlan", EVENT, INTEGRALS.subs(n, n - 1)),
    ("kostlan", EVENT, Product(INTEGRALS.function, (k, 2, n))),
    ("kostlan", EVENT, INTEGRALS.subs(threshold, threshold**2)),
    ("kostlan", P(Le(norm(W_tied), threshold)), INTEGRALS),
    ("kostlan", P(Le(threshold, radius(W_tied))), INTEGRALS),
    ("calculus", INTEGRALS, Product(lowergamma(k, REACH), (k, 1, n))),
    ("calculus", INTEGRALS, Product(lowergamma(k + 1, REACH) / gamma(k + 1), (k, 1, n))),
    ("regularized_gammas", FACTORS, gamma_product(n - 1, REACH)),
    ("regularized_gammas", FACTORS, gamma_product(n, n * threshold / sigma_w)),
    ("regularized_gammas", EVENT, LAW),
]


@pytest.mark.parametrize(("rule", "left", "right"), WRONG)
def test_wrong_steps_are_refused(gaps_of, rule: str, left: Expr, right: Expr) -> None:
    step = Step("eq", left, "=", right, "", getattr(rules, rule))
    references = theorem("radius_law_complex").references
    assert gaps_of(step, system=MATRIX, assumes=(COMPLEX_GAUSSIAN,), references=references)


def test_kostlan_needs_complex_entries(gaps_of) -> None:
    step, references = theorem("radius_law_complex").proof[0], theorem("radius_law_complex").references
    assert gaps_of(step, system=MATRIX, assumes=(COMPLEX_GAUSSIAN,), references=references) == ()
    assert gaps_of(step, system=MATRIX, assumes=(GAUSSIAN,), references=references)
    assert gaps_of(step, system=MATRIX, assumes=(COMPLEX_GAUSSIAN,))


def test_large_widths_are_cheap_and_small_thresholds_keep_their_digits() -> None:
    found = evaluate("radius_law_complex", {"n": "20000", "sigma_w": "1", "s": "1.01"}, digits=30)
    assert str(found.low) <= str(found.value) <= str(found.high)
    assert float(str(found.value)) == pytest.approx(exact(20_000, 1.01), rel=1e-8)
    assert float(ball(gamma_product(Integer(3), Rational(1, 1000)))) == pytest.approx(1e-18 / 12, rel=1e-2)


def test_a_theorem_about_real_weights_lends_nothing_to_complex_ones(gaps_of) -> None:
    statement = theorem("norm_edge").statements[0]
    (fact,) = statement.goals()
    step = Step("cite", fact.left, "=", fact.right, "", rules.by("norm_edge", fact))
    own = theorem("norm_edge").assumes
    assert gaps_of(step, system=MATRIX, assumes=own) == ()
    assert gaps_of(step, system=MATRIX, assumes=own | {COMPLEX_GAUSSIAN})
