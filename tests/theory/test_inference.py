"""What follows from facts: squeezes, inversion, cumulants, earlier theorems, hypotheses of inductions."""

import pytest
from sympy import Derivative, I, Integer, Subs, log, oo
from sympy.core.relational import Ge, Le

from theory import LINEAR, TANH, rules
from theory.assumptions import GAUSSIAN, GOE, HAAR, IID, ISOTROPIC
from theory.depth.gain_law import CHARACTERISTIC, FACTOR, TRANSFORM
from theory.letters import J, W, W_tied, g, h, v, weights
from theory.proofs.facts import Fact
from theory.quantities import E, P, departure, inner, law_of_log, limit_of, norm, radius, squared_norm, times
from theory.rules import by
from theory.statement import Induction, Parameter, Step
from theory.symbols import L, T, n, sigma_w, x, xi
from theory.systems import ANY, DEPTH, MATRIX, TIME

CHAIN = weights()


GAIN = squared_norm(CHAIN * v)


RHO, DELTA, NORM = radius(W_tied), departure(W_tied), norm(W_tied)


MEAN = Subs(Derivative(-I * log(TRANSFORM), xi), xi, 0)


GAIN_LAW = Step("eq", CHARACTERISTIC.left, "=", TRANSFORM, "", by("gain_law", CHARACTERISTIC))


LOG = log(squared_norm(J * v))


EVENT = Le(squared_norm(J * v), x)


DEEP, TIED = DEPTH(ANY), TIME(LINEAR)


def test_squeeze(gaps_of):
    upper = T ** (1 / T) * NORM
    below = Step("ineq", radius(W_tied**T) ** (1 / T), "<=", norm(W_tied**T) ** (1 / T), "", rules.radius_below_norm)
    closing = Step("limit", limit_of(upper, T), "=", NORM, "", rules.calculus)
    facts = (below.fact, Fact(norm(W_tied**T) ** (1 / T), "<=", upper), closing.fact)
    squeezed = Step("limit", limit_of(below.right, T), "=", NORM, "", rules.limit_of_bounds, facts)
    assert gaps_of(below, closing, squeezed, system=TIED)  # neither bound was proved


@pytest.mark.parametrize(
    "wrong", [law_of_log(FACTOR, xi, x), law_of_log(TRANSFORM, xi, x**2), 1 - law_of_log(TRANSFORM, xi, x)]
)
def test_inversion_has_one_form(gaps_of, wrong):
    def steps(right, event=EVENT):
        return GAIN_LAW, Step("cite", P(event), "=", right, "", rules.inversion, (CHARACTERISTIC,))

    right = law_of_log(TRANSFORM, xi, x)
    assert gaps_of(*steps(right), assumes=(GAUSSIAN,)) == ()
    assert gaps_of(*steps(wrong), assumes=(GAUSSIAN,))
    assert gaps_of(*steps(right, Ge(squared_norm(J * v), x)), assumes=(GAUSSIAN,))
    assert gaps_of(steps(right)[1], assumes=(GAUSSIAN,))  # the characteristic function was not proved
    assert gaps_of(*steps(right), assumes=(GAUSSIAN,), references=())


def test_log_moments(gaps_of):
    def step(left, right):
        return GAIN_LAW, Step("eq", left, "=", right, "", rules.log_moments, (CHARACTERISTIC,))

    assert gaps_of(*step(E(LOG), MEAN), assumes=(GAUSSIAN,)) == ()
    second = Subs(Derivative(-log(TRANSFORM), (xi, 2)), xi, 0)
    for wrong in (second, -MEAN, 2 * MEAN, Subs(Derivative(-I * log(FACTOR), xi), xi, 0)):
        assert gaps_of(*step(E(LOG), wrong), assumes=(GAUSSIAN,))
    assert gaps_of(*step(E(LOG**2), second), assumes=(GAUSSIAN,))
    assert gaps_of(*step(E((LOG - L) ** 2), second), assumes=(GAUSSIAN,))  # L is not the mean
    assert gaps_of(*step(log(E(squared_norm(J * v))), MEAN), assumes=(GAUSSIAN,))  # mean and typical mixed


class TestByAnEarlierTheorem:
    def test_is_held_as_its_weakest_step_on_the_way(self, gaps_of):
        assert GAIN_LAW.held == "axiom"
        assert gaps_of(GAIN_LAW, assumes=(GAUSSIAN,)) == ()

    @pytest.mark.parametrize("assumes", [(), (ISOTROPIC,), (HAAR,), (IID,)])
    def test_across_assumptions(self, gaps_of, assumes):
        assert gaps_of(GAIN_LAW, assumes=assumes)

    @pytest.mark.parametrize("system", [DEPTH(TANH), DEPTH(ANY), TIME(LINEAR), MATRIX], ids=str)
    def test_across_systems(self, gaps_of, system):
        assert gaps_of(GAIN_LAW, system=system, assumes=(GAUSSIAN,))

    def test_another_fact(self, gaps_of):
        false = Fact(CHARACTERISTIC.left, "=", FACTOR)
        assert by("gain_law", false).held == "gap"
        assert gaps_of(Step("eq", false.left, "=", false.right, "", by("gain_law", false)), assumes=(GAUSSIAN,))
        assert gaps_of(
            Step("eq", false.left, "=", false.right, "", by("gain_law", CHARACTERISTIC)), assumes=(GAUSSIAN,)
        )

    def test_a_fact_of_one_system_of_several(self, gaps_of):
        fact = Fact(limit_of(norm(J), n), "=", limit_of(NORM, n))
        step = Step("eq", fact.left, "=", fact.right, "", by("symmetric_weights", fact))
        assert gaps_of(step, system=MATRIX, assumes=(GOE,)) == ()
        assert gaps_of(step, system=TIED, assumes=(GOE,))

    def test_outside_its_domain(self, gaps_of):
        wide = Parameter(n, 0, oo, points=(2, 3))
        assert gaps_of(GAIN_LAW, assumes=(GAUSSIAN,), parameters=(wide,))


class TestHypothesis:
    def claim(self, op, step):
        base = (Step("eq", times(Integer(1), sigma_w**0), "=", Integer(1), "", rules.algebra),)
        return Induction(L, E(GAIN), op, sigma_w ** (2 * L), base, (step,))

    def test_is_needed(self, gaps_of):
        step = Step("eq", E(GAIN), "=", sigma_w ** (2 * L), "", rules.hypothesis)
        assert gaps_of(step, assumes=(ISOTROPIC,))

    @pytest.mark.parametrize(
        "left, right",
        [
            (E(squared_norm(weights(1, L + 1) * v)), sigma_w ** (2 * L + 2)),
            (E(squared_norm(weights(1, L + 2) * v)), sigma_w ** (2 * L + 4)),
            (E(GAIN), sigma_w ** (2 * L + 2)),
            (E(squared_norm(CHAIN * W(1) * v)), sigma_w ** (2 * L)),
            (E(squared_norm(CHAIN * g)), sigma_w ** (2 * L)),
        ],
    )
    def test_holds_at_L_alone(self, gaps_of, left, right):
        step = Step("eq", left, "=", right, "", rules.hypothesis)
        goal = Fact(E(GAIN), "=", sigma_w ** (2 * L))
        assert any("hypothesis" in gap for gap in gaps_of(self.claim("=", step), goal=goal))

    @pytest.mark.parametrize("factor", [-1, inner(g, h(1)), 1 - sigma_w])
    def test_inequality_is_not_scaled_by_what_may_be_negative(self, gaps_of, factor):
        step = Step("ineq", factor * E(GAIN), "<=", factor * sigma_w ** (2 * L), "", rules.hypothesis)
        gaps = gaps_of(self.claim("<=", step), goal=Fact(E(GAIN), "<=", sigma_w ** (2 * L)))
        assert any("hypothesis" in gap for gap in gaps)
