"""Powers of a Jordan block: values from multiprecision SVDs, wrong steps refused, nothing divided by a gap of 0."""

from fractions import Fraction

import mpmath
import numpy as np
import pytest
from mpmath import mp
from sympy import I, ImmutableMatrix, MatMul, Rational, Symbol, sqrt

from numerics import ensembles
from numerics.systems import jordan
from theory import rules, theorem
from theory.activations import LINEAR
from theory.assumptions import GIVEN
from theory.definitions import JORDAN_BLOCK
from theory.evaluating import evaluate
from theory.letters import W_jordan
from theory.proofs.two_by_two import two_singular_values, written_out
from theory.quantities import norm, smallest
from theory.statement import Step
from theory.symbols import T, a, b
from theory.systems import JORDAN
from theory.time.jordan_transient import LARGEST, POWER, SMALLEST

FOUND = theorem("jordan_transient")
M = ImmutableMatrix([[a, b], [0, a]])


def by_svd(values, steps):
    """The singular values of the written-out power, by mpmath's SVD at 60 digits."""
    with mp.workdps(60):
        first, second = (mpmath.mpf(value.numerator) / value.denominator for value in values)
        power = mpmath.matrix([[first, second], [0, first]]) ** steps
        return [+value for value in mpmath.svd_r(power, compute_uv=False)]


@pytest.mark.parametrize(
    ("first", "second", "steps"), [("9/10", "1", 20), ("6/5", "1/2", 7), ("1/3", "5", 40), ("1", "0.25", 100)]
)
def test_both_values_are_those_of_the_written_out_power(first, second, steps):
    told = evaluate("jordan_transient", {"a": first, "b": second, "T": str(steps)}, digits=30)
    assert told.components == ("largest", "smallest")
    wanted = by_svd((Fraction(first), Fraction(second)), steps)
    with mp.workdps(40):
        for value, found in zip(wanted, told.value, strict=True):
            assert abs(mpmath.mpf(found) / value - 1) < mpmath.mpf(10) ** -28


def test_a_diagonal_block_has_equal_values():
    assert evaluate("jordan_transient", {"a": "0.9", "b": "0", "T": "3"}).value == (0.729, 0.729)


def test_their_product_is_the_determinant_and_their_squares_sum_to_the_trace():
    assert (LARGEST * SMALLEST).expand().simplify() == a ** (2 * T)
    at = {a: Rational(9, 10), b: 2, T: 5}
    trace = (POWER * POWER.T).trace().subs(at)
    assert (LARGEST**2 + SMALLEST**2).subs(at).expand() == trace


def test_it_is_proved():
    assert FOUND.gaps() == () and FOUND.held == "axiom"


def refused(gaps_of, left, right, rule, given=()):
    step = Step("eq", left, "=", right, "", getattr(rules, rule), given)
    return gaps_of(step, system=JORDAN, assumes=())


@pytest.mark.parametrize(
    "wrong",
    [
        ImmutableMatrix([[a**2, a * b], [0, a**2]]),  # a factor 2 lost
        ImmutableMatrix([[a**2, -2 * a * b], [0, a**2]]),
        ImmutableMatrix([[a**2, 2 * a * b], [a, a**2]]),
        ImmutableMatrix([[a**2, 2 * a * b]]),
        W_jordan**2,
    ],
)
def test_a_wrong_product_is_refused(gaps_of, wrong):
    right = ImmutableMatrix([[a**2, 2 * a * b], [0, a**2]])
    assert not refused(gaps_of, MatMul(M, M), right, "entries")
    assert refused(gaps_of, MatMul(M, M), wrong, "entries")


@pytest.mark.parametrize("wrong", [SMALLEST, LARGEST / 2, LARGEST.subs(b, 2 * b), a**T, a**T * (sqrt(1 + T**2 * b**2))])
def test_a_wrong_norm_is_refused(gaps_of, wrong):
    assert not refused(gaps_of, norm(POWER), LARGEST, "two_by_two")
    assert refused(gaps_of, norm(POWER), wrong, "two_by_two")


def test_the_norm_of_another_matrix_is_not_told():
    for matrix in (ImmutableMatrix([[1, 0, 0], [0, 1, 0], [0, 0, 1]]), ImmutableMatrix([[I, 1], [0, 1]])):
        assert two_singular_values(norm(matrix)) == norm(matrix)
    unknown = Symbol("c")
    assert two_singular_values(smallest(ImmutableMatrix([[unknown, 1], [0, 1]]))).has(smallest)
    assert written_out(W_jordan * M) is None and written_out(W_jordan**T) is None


def test_the_block_is_what_is_given_in_its_own_system_alone(gaps_of):
    from theory.systems import MATRIX

    step = Step("eq", MatMul(W_jordan, M), "=", MatMul(M, M), "", rules.unfold, (JORDAN_BLOCK,))
    assert not gaps_of(step, system=JORDAN, assumes={GIVEN})
    assert gaps_of(step, system=JORDAN, assumes=())
    assert gaps_of(step, system=MATRIX, assumes={GIVEN})


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"a": "-1", "b": "1", "T": "2"}, "a=-1: a scale cannot be negative; pass a > 0"),
        ({"a": "0", "b": "1", "T": "2"}, "a=0: a scale cannot be 0; pass a > 0"),
        ({"a": "1", "b": "-1", "T": "2"}, "b=-1: an entry cannot be negative; pass b >= 0"),
        ({"a": "1", "b": "1", "T": "-2"}, "T=-2: a number of steps cannot be negative; pass an integer T >= 1"),
        ({"a": "1", "b": "1", "T": "5/2"}, "T=5/2: a number of steps is a whole number"),
    ],
)
def test_what_is_no_block_or_no_power(values, message):
    with pytest.raises(ValueError) as caught:
        evaluate("jordan_transient", values)
    assert str(caught.value).startswith(message)


def test_the_given_matrix_is_drawn_by_nobody():
    rng, point = np.random.default_rng(0), {"a": 0.9, "b": 2.0, "T": 3}
    sample = jordan.draw(ensembles.get("given"), LINEAR, point, 2, rng)
    assert sample.network.weights[0].tolist() == 2 * [[[0.9, 2.0], [0.0, 0.9]]]
    drawn = jordan.draw(ensembles.get("gaussian"), LINEAR, point, 40_000, rng).network.weights[0]
    assert np.square(drawn).sum(axis=(1, 2)).mean() == pytest.approx(2 * 0.81 + 4, rel=0.03)
    with pytest.raises(ValueError, match="ensemble given: no law"):
        ensembles.get("given").draw(rng, 1, 2, 2, 1.0)
    assert "given" not in ensembles.names()
