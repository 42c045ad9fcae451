"""Algebra, calculus and substitution do not prove what is false, or has no value."""

import pytest
from sympy import Abs, Derivative, I, Integer, Integral, MatPow, Product, Rational, Subs, Sum, exp, log, oo, sqrt
from sympy import gamma as Gamma

from theory import LINEAR, rules
from theory.definitions import LINEAR_LAYER, UNIT_DIRECTION
from theory.letters import J, V, W, W_tied, b, delta, g, h, v, weights
from theory.quantities import E, departure, inner, limit_of, norm, radius, root, squared_norm, times
from theory.statement import Step
from theory.symbols import L, T, i, l, n, s, sigma_b, sigma_w, u, x, xi
from theory.systems import ANY, DEPTH, TIME

CHAIN = weights()


GAIN = squared_norm(CHAIN * v)


RHO, DELTA, NORM = radius(W_tied), departure(W_tied), norm(W_tied)


POWER = I * xi


DEEP, TIED = DEPTH(ANY), TIME(LINEAR)


FALSE_ALGEBRA = {
    "a sum of different terms": (Sum(norm(W(l)), (l, 1, L)), L * norm(W(l))),
    "a product of different factors": (Product(norm(W(l)), (l, 1, L)), norm(W(l)) ** L),
    "an integral of a quantity": (Integral(norm(x * W(1) + V), (x, 0, 1)), norm(x * W(1) + V)),
    "a derivative of a quantity": (Subs(Derivative(E(squared_norm(J)), sigma_w), sigma_w, 1), Integer(0)),
    "a random symbol under E": (E(s), s),
    "an entry under E": (E(J[0, 0]), J[0, 0]),
    "the root of a square": (sqrt(inner(g, h(1)) ** 2), inner(g, h(1))),
    "the root of a product": (sqrt(inner(g, h(1)) * inner(g, h(2))), sqrt(inner(g, h(1))) * sqrt(inner(g, h(2)))),
    "a log of a product": (log(inner(g, h(1)) * inner(g, h(2))), log(inner(g, h(1))) + log(inner(g, h(2)))),
    "a root of a power": (root(inner(g, h(1)) ** (2 * T), T), inner(g, h(1)) ** 2 * 2),
    "an odd root": (root(inner(g, h(1)) ** T, T), inner(g, h(1))),
    "a quotient that may be 0/0": (times(norm(J), 1 / norm(J)), Integer(1)),
    "a quotient by a bias that may be 0": (times(sigma_b, 1 / sigma_b), Integer(1)),
    "powers that may be 0^0": (times(sigma_b ** (L - 3), sigma_b**3), sigma_b**L),
    "a complex mean taken for real": (sqrt(E(GAIN**POWER) ** 2), Abs(E(GAIN**POWER))),
    "expectation of a product": (E(norm(W(1)) * norm(W(2))), E(norm(W(1))) * E(norm(W(2)))),
    "a square under the expectation": (E(norm(J) ** 2), E(norm(J)) ** 2),
    "matrices commute": (norm(W(1) * W(2)), norm(W(2) * W(1))),
    "a double sum": (
        Sum(norm(W(l)) * norm(W(i)), (l, 1, L + 1), (i, 1, L)),
        Sum(norm(W(l)) * norm(W(i)), (l, 1, L)) + norm(W(L + 1)) * norm(W(i)),
    ),
    "an empty sum from above": (Sum(l, (l, 3, 1)), Integer(0)),
}


@pytest.mark.parametrize("left, right", FALSE_ALGEBRA.values(), ids=FALSE_ALGEBRA)
@pytest.mark.parametrize("rule", ["algebra", "calculus"])
def test_false_algebra_is_refused(gaps_of, left, right, rule):
    assert gaps_of(Step("eq", left, "=", right, "", getattr(rules, rule)), system=DEEP)


FALSE_CALCULUS = {
    "a divergent integral": (Integral(u ** Rational(-3, 2) * exp(-u), (u, 0, oo)), Gamma(Rational(-1, 2))),
    "an integral that may diverge": (Integral(u**-n * exp(-u), (u, 0, oo)), Gamma(1 - n)),
    "J taken for constant in T": (limit_of(norm(J) ** (1 / T), T), Integer(1)),
    "J taken for constant in L": (limit_of(norm(J) / L, L), Integer(0)),
    "the error signal taken for constant in L": (limit_of(norm(delta(1)) / L, L), Integer(0)),
    "a quantity that may be 0": (limit_of(DELTA ** (1 / T), T), Integer(1)),
    "a geometric limit": (limit_of(sigma_w**T, T), Integer(0)),
    "W taken for constant in sigma_w": (limit_of(NORM / sigma_w, sigma_w), Integer(0)),
    "W taken for constant in n": (limit_of(NORM / n, n), Integer(0)),
    "the largest norm taken for constant in L": (limit_of(s / L, L), Integer(0)),
    "a sum that oscillates": (Sum((-1) ** l, (l, 1, oo)), Rational(-1, 2)),
}


@pytest.mark.parametrize("left, right", FALSE_CALCULUS.values(), ids=FALSE_CALCULUS)
@pytest.mark.parametrize("system", [DEEP, TIED], ids=str)
def test_false_calculus_is_refused(gaps_of, left, right, system):
    assert gaps_of(Step("limit", left, "=", right, "", rules.calculus), system=system)


def test_substitution_is_not_captured(gaps_of):
    total = Sum(inner(g, h(l)), (l, 1, L))
    unfolded = Sum(inner(g, W(l) * h(l - 1) + b(l)), (l, 1, L))
    assert gaps_of(Step("eq", total, "=", unfolded, "", rules.unfold, (LINEAR_LAYER,)))


def test_unfold_leans_on_equalities_that_change_the_left_side(gaps_of):
    assert gaps_of(Step("eq", GAIN, "=", 1 * E(GAIN), "", rules.unfold, (UNIT_DIRECTION,)))
    assert gaps_of(Step("eq", times(sigma_w, sigma_w), "=", sigma_w**2, "", rules.unfold))


@pytest.mark.parametrize("left", [W_tied * W_tied.inv() * v, MatPow(W_tied, -2) * v, W_tied ** (T - 2) * v])
def test_inverse_may_not_exist(gaps_of, left):
    step = Step("eq", norm(left), "=", norm(2 * left) / 2, "", rules.algebra)
    assert any("divides by W" in gap for gap in gaps_of(step, system=TIED)) or not left.has(MatPow)
