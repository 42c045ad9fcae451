"""A scalar memory: its means by sums and by hand, and planted steps that are refused."""

from dataclasses import replace

import mpmath
import pytest
from sympy import Rational, simplify

from theory import theorem
from theory.evaluating import evaluate
from theory.memory import noise, sensitivity, state
from theory.proofs.memory import fresh_noise, of_a_sum, over_one
from theory.quantities import E
from theory.symbols import T, memory, n

FOUND = theorem("memory_sensitivity")
SENSITIVE, SQUARE = (statement.right for statement in FOUND.statements)


@pytest.mark.parametrize("kept", [Rational(4, 5), Rational(-2, 3), Rational(1, 7)])
@pytest.mark.parametrize("steps", [1, 2, 3, 9])
def test_the_means_are_the_sums_over_the_inputs(kept: Rational, steps: int) -> None:
    """dh_T/dlambda = Σ_s s lambda^(s-1) x_(T-s): the mean of its square is the sum of the squares."""
    at = {memory: kept, T: steps}
    assert simplify(SENSITIVE.subs(at) - sum(s**2 * kept ** (2 * s - 2) for s in range(1, steps))) == 0
    assert simplify(SQUARE.subs(at) - sum(kept ** (2 * s) for s in range(steps))) == 0


@pytest.mark.parametrize("kept", ["0.5", "0.9", "-0.75", "0.99"])
def test_evaluate_gives_the_sum_of_all_inputs(kept: str) -> None:
    """Reference: the infinite sum by mpmath."""
    with mpmath.workdps(40):
        total = mpmath.nsum(lambda s: s**2 * mpmath.mpf(kept) ** (2 * s - 2), [1, mpmath.inf])
        assert abs(mpmath.mpf(evaluate(FOUND, {"lambda": kept}, digits=25).value) / total - 1) < 1e-24


def test_the_ratio_grows_as_half_the_square_of_the_memory() -> None:
    for kept in (Rational(99, 100), Rational(9999, 10000)):
        ratio = FOUND.values[0].subs(memory, kept) * (1 - kept**2)
        assert abs(ratio * (1 - kept) ** 2 - Rational(1, 2)) < 1 - kept


@pytest.mark.parametrize("kept", ["1", "-1", "1.5"])
def test_a_memory_that_never_forgets_is_refused(kept: str) -> None:
    with pytest.raises(ValueError, match="lambda"):
        evaluate(FOUND, {"lambda": kept})


def test_only_the_newest_input_is_independent_of_the_rest() -> None:
    """The rule white_noise."""
    late, early = noise(T + 1), noise(T)
    assert fresh_noise(E(late**2 * state(T) ** 2)) == E(state(T) ** 2)
    assert fresh_noise(E(late * state(T))) == 0
    for inside in (early * state(T), noise(n) * state(T), late**3, late * state(T + 1)):
        assert fresh_noise(E(inside)) == E(inside)


def test_a_sum_is_taken_apart_only_where_its_moments_are_finite() -> None:
    """The rule moments_apart."""
    assert of_a_sum(E(state(T) + sensitivity(T))) == E(state(T)) + E(sensitivity(T))
    for inside in (1 / state(T) + state(T), noise(T) + state(T)):
        assert of_a_sum(E(inside)) == E(inside)


def test_a_common_denominator_decides() -> None:
    """The rule common_denominator."""
    assert over_one(1 / (1 - memory) - 1, memory / (1 - memory))
    assert not over_one(1 / (1 - memory), memory / (1 - memory))
    assert not over_one(E(state(T)), E(state(T + 1)))


@pytest.mark.parametrize("number", [0, 1, 2])
def test_planted_claims_are_refused(number: int) -> None:
    assert FOUND.gaps() == ()
    claim = FOUND.proof[number]
    for wrong in (2 * claim.right, claim.right.subs(T, T + 1), -claim.right):
        steps = list(FOUND.proof)
        steps[number] = replace(claim, right=wrong)
        assert replace(FOUND, proof=tuple(steps)).gaps()


def test_without_the_condition_it_divides_by_0() -> None:
    free = tuple(replace(statement, given=()) for statement in FOUND.statements)
    assert any("may be 0" in gap for gap in replace(FOUND, statements=free).gaps())
