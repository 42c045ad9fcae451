"""Residual layers: branches that are not fresh or not centered, and wrong squares and bounds, are refused."""

import pytest
from sympy import Add, I, Integer, MatMul, Rational, Symbol, Transpose, exp, limit, oo, sqrt
from sympy.core.relational import Ge

from theory import rules, theorem
from theory.assumptions import BI_INVARIANT, CENTERED, GAUSSIAN, GOE, IID, ISOTROPIC, ORTHOGONAL, closure
from theory.evaluating import evaluate
from theory.letters import J, V, W, residuals, v
from theory.proofs import residual
from theory.quantities import E, P, inner, norm, squared_norm
from theory.statement import Step
from theory.symbols import L, a, eps, n, s, sigma_w
from theory.systems import RESIDUAL

PAST = residuals() * v
MOVED = MatMul(W(L + 1), residuals(), v)
CROSSED = E(inner(PAST, MOVED))


def refused(gaps_of, left, op, right, rule, assumes=(CENTERED, ISOTROPIC)):
    step = Step("eq", left, op, right, "", getattr(rules, rule))
    return gaps_of(step, system=RESIDUAL, assumes=assumes)


def squares(scale, crossed=2):
    return E(squared_norm(PAST)) + crossed * scale * CROSSED + scale**2 * E(squared_norm(MOVED))


def test_the_last_factor_of_a_product(gaps_of):
    left, right = E(squared_norm(residuals(1, L + 1) * v)), E(squared_norm(PAST + a * MOVED))
    assert not refused(gaps_of, left, "=", right, "last_factor")
    assert refused(gaps_of, left, "=", E(squared_norm(PAST + MOVED)), "last_factor")
    assert refused(gaps_of, left, "=", E(squared_norm(PAST - a * MOVED)), "last_factor")
    assert refused(gaps_of, left, "=", E(squared_norm(a * MOVED)), "last_factor")
    wrong = PAST + a * MatMul(W(L), residuals(), v)
    assert refused(gaps_of, left, "=", E(squared_norm(wrong)), "last_factor")


def test_a_product_of_no_factors_has_no_last_one():
    assert residual.last_factor(residuals(1, 0)) == residuals(1, 0)
    m = Symbol("m", integer=True, nonnegative=True)
    assert residual.last_factor(residuals(1, m)) == residuals(1, m)


@pytest.mark.parametrize("scale", [a, Integer(3), -a, a / n])
def test_the_square_of_a_branch(gaps_of, scale):
    assert not refused(gaps_of, E(squared_norm(PAST + scale * MOVED)), "=", squares(scale), "residual_square")


@pytest.mark.parametrize(
    "right",
    [squares(a, 1), squares(a, 0), squares(a, -2), squares(2 * a), squares(a) + E(squared_norm(PAST)), squares(a**2)],
)
def test_a_wrong_square(gaps_of, right):
    assert refused(gaps_of, E(squared_norm(PAST + a * MOVED)), "=", right, "residual_square")


@pytest.mark.parametrize(
    "word",
    [
        PAST + s * MOVED,
        PAST + norm(W(1)) * MOVED,
        PAST + a * MatMul(W(L), residuals(), v),
        v + a * MOVED,
        PAST + v + a * MOVED,
    ],
    ids=str,
)
def test_only_a_constant_times_a_fresh_branch(word):
    node = E(squared_norm(word))
    assert residual.residual_square(node) == node


@pytest.mark.parametrize("word", [PAST, v])
def test_a_centered_weight_leaves_nothing(gaps_of, word):
    assert not refused(gaps_of, E(inner(word, MOVED)), "=", Integer(0), "centered")


@pytest.mark.parametrize(
    "word",
    [
        MOVED,
        PAST + a * MOVED,
        J * v,
        MatMul(W(L + 2), v),
        MatMul(Transpose(W(L + 1)), v),
        MatMul(residuals(1, L + 1), v),
    ],
    ids=str,
)
def test_what_depends_on_the_weight_is_not_centered(gaps_of, word):
    assert refused(gaps_of, E(inner(word, MOVED)), "=", Integer(0), "centered")


def test_squares_and_products_are_not_centered(gaps_of):
    assert refused(gaps_of, E(inner(PAST, MOVED) ** 2), "=", Integer(0), "centered")
    assert refused(gaps_of, E(inner(PAST, MOVED) * norm(W(L + 1))), "=", Integer(0), "centered")
    assert refused(gaps_of, E(squared_norm(MOVED)), "=", Integer(0), "centered")
    assert refused(gaps_of, E(inner(v, MatMul(V, v))), "=", Integer(0), "centered")


@pytest.mark.parametrize("assumes", [(), (ISOTROPIC,), (ORTHOGONAL,)])
def test_isotropic_weights_need_not_be_centered(gaps_of, assumes):
    assert refused(gaps_of, CROSSED, "=", Integer(0), "centered", assumes)


@pytest.mark.parametrize("assumption", [IID, BI_INVARIANT, GAUSSIAN, GOE])
def test_laws_that_are_centered(assumption):
    assert CENTERED in closure({assumption})


SQUARE = squared_norm(J * v)


def test_markov_for_the_mean(gaps_of):
    left = P(Ge(SQUARE, eps))
    assert not refused(gaps_of, left, "<=", E(SQUARE) / eps, "markov_of_mean")
    for wrong in (E(SQUARE) / eps**2, E(SQUARE), E(SQUARE**2) / eps, E(SQUARE) / (2 * eps)):
        assert refused(gaps_of, left, "<=", wrong, "markov_of_mean")
    assert refused(gaps_of, left, "=", E(SQUARE) / eps, "markov_of_mean")
    assert refused(gaps_of, P(Ge(SQUARE, s)), "<=", E(SQUARE) / s, "markov_of_mean")
    assert refused(gaps_of, P(Ge(inner(v, J * v), eps)), "<=", E(inner(v, J * v)) / eps, "markov_of_mean")


def test_the_exponential_bound(gaps_of):
    grown = (1 + a**2) ** L
    assert not refused(gaps_of, grown / eps, "<=", exp(L * a**2) / eps, "exponential_bound")
    for left, right in (
        (grown, exp(a**2)),
        (grown, exp(L * a)),
        (grown, 2 * exp(L * a**2)),
        ((1 - a) ** L, exp(-L * a)),
        (1 / grown, exp(-L * a**2)),
        (-grown, -exp(L * a**2)),
        ((2 + a) ** L, exp(L * (2 + a))),
        ((1 + squared_norm(W(1))) ** L, exp(L * squared_norm(W(1)))),
        (Add(1, I * a) ** L, exp(I * L * a)),
    ):
        assert refused(gaps_of, left, "<=", right, "exponential_bound")
    assert refused(gaps_of, grown, "=", exp(L * a**2), "exponential_bound")


@pytest.mark.parametrize("c", [Rational(1, 2), 1, 3])
def test_a_branch_of_one_over_the_root_of_the_depth(c):
    """(1 + c² sigma_w²/L)^L rises to exp(c² sigma_w²), by SymPy's own limit; every depth stays below."""
    formula, depth = theorem("residual_gain").formula, Symbol("depth", positive=True)
    scaled = formula.subs({a: c / sqrt(L), sigma_w: 2}).subs(L, depth)
    top = limit(scaled, depth, oo)
    assert top == exp(4 * c**2)
    values = [float(scaled.subs(depth, number)) for number in (1, 2, 10, 1000, 100_000)]
    assert values == sorted(values) and values[-1] < float(top) < values[-1] * (1 + 4e-3 * c**4)


def test_all_signs_of_a_small_network():
    """n = 2, L = 2, entries ±sigma_w/sqrt(2) with equal probability: the mean over all 256 of them, exactly."""
    from itertools import product

    from sympy import Matrix, eye

    gain, scale, total = Rational(6, 5), Rational(1, 3), Integer(0)
    signs = [Matrix(2, 2, entries) for entries in product((1, -1), repeat=4)]
    unit = Matrix([Rational(3, 5), Rational(4, 5)])
    for first, second in product(signs, repeat=2):
        # sqrt(2) is carried apart: (I + r A)(I + r B) with r² = scale² gain²/2, odd powers of r cancel over the signs
        r = Symbol("r")
        moved = (eye(2) + r * second) * (eye(2) + r * first) * unit
        total += (moved.T * moved)[0]
    mean = (total / 256).expand().subs(Symbol("r"), scale * gain / sqrt(2))
    told = evaluate("residual_gain", {"sigma_w": "6/5", "a": "1/3", "L": "2"}, digits=30)
    assert Rational(told.low) <= mean.simplify() <= Rational(told.high)


@pytest.mark.parametrize(
    "values, words",
    [
        ({"sigma_w": "1", "a": "-1", "L": "2"}, "a=-1: a scale cannot be negative; pass a > 0"),
        ({"sigma_w": "1", "a": "0", "L": "2"}, "a=0: a scale cannot be 0"),
        ({"sigma_w": "1", "a": "1", "L": "0"}, "L=0: a depth cannot be 0"),
        ({"sigma_w": "1", "L": "2"}, "a missing"),
    ],
)
def test_bad_input(values, words):
    with pytest.raises(ValueError) as caught:
        evaluate("residual_gain", values)
    assert words in str(caught.value)
