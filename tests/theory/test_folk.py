"""Rules of wide independent weights: wrong limits and dropped hypotheses are refused."""

import pytest
from sympy import Rational, Sum, log

from theory import rules, theorem
from theory.assumptions import FOURTH_MOMENT, IID
from theory.letters import W, weights
from theory.proofs.facts import Fact
from theory.quantities import limit_of, norm, squared_norm
from theory.statement import Step
from theory.symbols import L, l, n, sigma_w

NORMS = Sum(log(norm(W(l))), (l, 1, L)) / L
RATE = log(squared_norm(weights()) / n) / (2 * L)
BOTH = (IID, FOURTH_MOMENT)


def step(left, right, rule, given=()):
    return Step("limit", left, "=", right, "", rule, given)


@pytest.mark.parametrize("wrong", [log(sigma_w), 2 * log(2 * sigma_w), log(2 * sigma_w**2), log(3 * sigma_w)])
def test_the_norms_tend_to_their_limit_alone(gaps_of, wrong):
    assert gaps_of(step(limit_of(NORMS, n), log(2 * sigma_w), rules.norms_of_wide_layers), assumes=BOTH) == ()
    assert gaps_of(step(limit_of(NORMS, n), wrong, rules.norms_of_wide_layers), assumes=BOTH)


@pytest.mark.parametrize("wrong", [log(2 * sigma_w), 2 * log(sigma_w), log(sigma_w) + Rational(1, 1000)])
def test_the_gain_tends_to_its_limit_alone(gaps_of, wrong):
    assert gaps_of(step(limit_of(RATE, n), log(sigma_w), rules.wide_gain), assumes=BOTH) == ()
    assert gaps_of(step(limit_of(RATE, n), wrong, rules.wide_gain), assumes=BOTH)
    unnormalized = log(squared_norm(weights())) / (2 * L)
    assert gaps_of(step(limit_of(unnormalized, n), log(sigma_w), rules.wide_gain), assumes=BOTH)


@pytest.mark.parametrize("assumes", [(IID,), (FOURTH_MOMENT,)])
def test_both_hypotheses_are_needed(gaps_of, assumes):
    assert gaps_of(step(limit_of(NORMS, n), log(2 * sigma_w), rules.norms_of_wide_layers), assumes=assumes)
    assert gaps_of(step(limit_of(RATE, n), log(sigma_w), rules.wide_gain), assumes=assumes)


def test_a_difference_of_limits(gaps_of):
    first = step(limit_of(NORMS, n), log(2 * sigma_w), rules.norms_of_wide_layers)
    second = step(limit_of(RATE, n), log(sigma_w), rules.wide_gain)
    given = (first.fact, second.fact)

    def found(left, right, given=given):
        return gaps_of(first, second, step(left, right, rules.difference_of_limits, given), assumes=BOTH)

    true = log(2 * sigma_w) - log(sigma_w)
    assert found(limit_of(NORMS - RATE, n), true) == ()
    assert found(limit_of(NORMS - RATE, n), -true) and found(limit_of(NORMS + RATE, n), true)
    assert found(limit_of(NORMS - RATE, L), true)
    assert found(limit_of(NORMS - RATE, n), true, given[::-1]) and found(limit_of(NORMS - RATE, n), true, given[:1])
    growing = Fact(limit_of(RATE, n), "=", log(n))
    assert found(limit_of(NORMS - RATE, n), log(2 * sigma_w) - log(n), (first.fact, growing))


def test_the_default_of_pytorch_sits_inside_the_gap():
    """nn.Linear draws uniform on ±1/sqrt(n_in): sigma_w = 1/sqrt(3), norm 2/sqrt(3) > 1 and gain 1/3 a layer < 1."""
    found = theorem("folk_threshold")
    sigma = 3 ** Rational(-1, 2)
    assert Rational(1, 2) < sigma < 1 < 2 * sigma
    assert found.statements[1].right.subs({L: 1, sigma_w: sigma}) == Rational(1, 3)
    assert float(found.statements[0].right) == pytest.approx(0.6931471805599453)
