"""The rate at which networks with a gradient become rare: enclosures, the proof's two bounds, conditions."""

from dataclasses import replace

import mpmath
import pytest
from sympy import Integer, Rational, Symbol, exp, gamma, log
from sympy.core.relational import Ge

from numerics.verification import verify
from theory import rules, theorem
from theory.assumptions import GAUSSIAN, ISOTROPIC
from theory.balls.evaluation import ball
from theory.balls.precision import working_precision
from theory.depth.large_deviation import EACH, EXCEEDED, EXPONENT, RATE
from theory.evaluating import evaluate
from theory.letters import J, v
from theory.proofs.facts import Fact
from theory.quantities import E, P, squared_norm, sup_over
from theory.relations import Tail
from theory.statement import Parameter, Step
from theory.symbols import L, eps, n, p, sigma_w

TRUE = theorem("large_deviation")
GAIN = squared_norm(J * v)


def rate_by_mpmath(width: int, deviation: mpmath.mpf) -> mpmath.mpf:
    """The maximum by a general optimizer on the derivative: a second road."""
    slope = lambda q: -mpmath.log(2 * deviation**2 / width) - mpmath.digamma(mpmath.mpf(width) / 2 + q)  # noqa: E731
    top = mpmath.findroot(slope, 1)
    half = mpmath.mpf(width) / 2
    return -(top * mpmath.log(2 * deviation**2 / width) + mpmath.loggamma(half + top) - mpmath.loggamma(half))


@pytest.mark.parametrize("width, deviation", [(32, "9/10"), (1, "1/2"), (8, "21/20"), (2, "4/3"), (500, "99/100")])
def test_the_rate_by_a_second_road(width: int, deviation: str) -> None:
    found = evaluate("large_deviation", {"n": str(width), "sigma_w": deviation}, 30)
    with mpmath.workdps(60):
        exact = rate_by_mpmath(width, mpmath.mpf(Rational(deviation).p) / Rational(deviation).q)
        assert mpmath.mpf(found.low) <= exact <= mpmath.mpf(found.high)


def test_the_rate_known_elsewhere() -> None:
    """An independent computation: 0.494227."""
    found = evaluate("large_deviation", {"n": "32", "sigma_w": "0.9"}, 30)
    assert found.value.startswith("0.494227") and len(found.value) == 32


def test_two_precisions_agree() -> None:
    short, long = (evaluate("large_deviation", {"n": "5", "sigma_w": "0.7"}, digits) for digits in (12, 120))
    assert mpmath.mpf(short.low) <= mpmath.mpf(long.low) and mpmath.mpf(long.high) <= mpmath.mpf(short.high)


def test_a_single_layer_has_a_closed_form() -> None:
    """f(p) = c p - p², another concave function: its supremum is c²/4; with c <= 0 it is 0, approached at 0."""
    y = Symbol("y", positive=True)
    with working_precision(100):
        assert ball(sup_over(3 * y - y**2, y)).contains(Rational(9, 4).p / Rational(9, 4).q)
        assert ball(sup_over(-3 * y - y**2, y)).contains(0)
        far = ball(sup_over(10**9 * y - y**2, y))
        assert far.contains(25 * 10**16) and far.rel_accuracy_bits() > 80


def test_a_supremum_of_what_is_not_concave_is_refused() -> None:
    y = Symbol("y", positive=True)
    for function in (y**2, y**3 - y, log(1 + y**2)):
        with pytest.raises(ValueError, match="concave"):
            ball(sup_over(function, y))
    with pytest.raises(ValueError, match="nowhere seen to be negative"):
        ball(sup_over(log(y + 1), y))


def test_the_variable_of_a_supremum_is_bound() -> None:
    assert RATE.free_symbols == {n, sigma_w}
    assert RATE.subs(p, 2) == RATE
    assert RATE.subs(n, 8) == sup_over(EXPONENT.subs(n, 8), p)


REFUSED = [
    ({"n": "8", "sigma_w": "1.2"}, "sigma_w < .* = 1.067253308 .*rate is 0"),
    ({"n": "2", "sigma_w": "4"}, "= 1.334568252"),
    ({"n": "8", "sigma_w": "0"}, "cannot be 0"),
    ({"n": "8"}, "sigma_w missing"),
    ({"n": "0", "sigma_w": "0.5"}, "a width cannot be 0"),
]


@pytest.mark.parametrize("values, words", REFUSED)
def test_bad_input_is_refused(values: dict[str, str], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        evaluate("large_deviation", values)
    if {"n", "sigma_w"} <= values.keys():
        with pytest.raises(ValueError):
            verify("large_deviation", point={**values, "L": "3"})


def test_a_bound_too_small_is_refuted_and_not_proved() -> None:
    """Twice the rate: networks above 1 are rare, but not as rare as that."""
    planted = replace(TRUE, statements=(replace(TRUE.statements[0], right=exp(-2 * L * RATE)),))
    assert any("not reached" in gap for gap in planted.gaps())
    (verdict,) = verify(planted, point={"sigma_w": "4/5", "L": "3", "n": "8"}, resolution=0.25)
    assert verdict.outcome == "refuted"


def test_without_the_normal_law_there_is_a_gap() -> None:
    assert replace(TRUE, assumes=frozenset({ISOTROPIC})).gaps()


MOMENT = Step("ineq", P(Ge(GAIN, eps)), "<=", E(GAIN**p) / eps**p, "", rules.markov_of_order)


def test_markov_of_every_order(gaps_of) -> None:
    assert not gaps_of(MOMENT)
    for right in (E(GAIN**p), E(GAIN**p) / eps, E(GAIN ** (2 * p)) / eps**p, E(GAIN**p) / eps ** (2 * p)):
        assert gaps_of(replace(MOMENT, right=right))
    assert gaps_of(replace(MOMENT, op="="))
    assert gaps_of(replace(MOMENT, left=P(Ge(log(GAIN), eps)), right=E(log(GAIN) ** p) / eps**p))
    assert gaps_of(replace(MOMENT, left=P(Ge(GAIN, p)), right=E(GAIN**p) / p**p))
    assert gaps_of(replace(MOMENT, left=-P(Ge(GAIN, eps)), right=-E(GAIN**p) / eps**p))


def best(right, given, parameters=()) -> Step:
    return Step("ineq", EXCEEDED, "<=", right, "", rules.best_order, (Fact(EXCEEDED, "<=", given),))


def test_the_best_order_follows_from_every_order(gaps_of) -> None:
    before = TRUE.proof[:3]
    good = best(exp(-L * RATE), EACH)
    assert not gaps_of(*before, good, assumes={GAUSSIAN})
    wrong = {
        "a rising function": best(exp(L * RATE), EACH),
        "another rate": best(exp(-2 * L * RATE), EACH),
        "another function": best(exp(-L * sup_over(2 * EXPONENT, p)), EACH),
        "one order alone": best(exp(-L * sup_over(EXPONENT, p)), exp(-L * EXPONENT.subs(p, 2))),
        "the supremum over something else": best(exp(-L * sup_over(EXPONENT, sigma_w)), EACH),
        "no supremum": best(exp(-L * log(gamma(n))), EACH),
        "with the order still free": best(exp(-p * L * RATE), exp(-p * L * EXPONENT)),
    }
    for step in wrong.values():
        assert gaps_of(*before, step, assumes={GAUSSIAN})


def test_an_order_that_is_a_parameter_is_one_order(gaps_of) -> None:
    parameters = (Parameter(p, 1, 2, points=(Rational(3, 2), Rational(5, 4))),)
    assert gaps_of(*TRUE.proof[:3], best(exp(-L * RATE), EACH), assumes={GAUSSIAN}, parameters=parameters)


def test_it_is_a_tail_at_one() -> None:
    assert {statement.relation for statement in TRUE.statements} == {Tail(level=Integer(1))} and TRUE.value == RATE
