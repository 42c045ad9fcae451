"""What is the same by computation: true algebra is seen, false algebra is not, on two roads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Add, Integer, Mul, Pow, Product, Rational, Sum, Symbol, Transpose, expand, gamma, log, sqrt

from theory.letters import D, V, W, W_tied, g, h, slopes_weights, v, weights
from theory.proofs.normal import normal, same
from theory.proofs.vanishing import opaque, vanishes
from theory.quantities import E, inner, norm, root, squared_norm, times
from theory.symbols import L, T, l, n, s, sigma_w

A, B, C = norm(W(1)), norm(W(2)), inner(g, h(1))


@pytest.mark.parametrize(
    "left, right",
    [
        (times(A, B), times(B, A)),
        (root(A**T, T), A),
        ((A + B) ** 2, A**2 + 2 * A * B + B**2),
        (sqrt(A**2), A),
        (sqrt(C**2), abs(C)),
        (Product(norm(W(l)), (l, 1, L + 1)), norm(W(L + 1)) * Product(norm(W(l)), (l, 1, L))),
        (Sum(norm(W(l)), (l, 1, L + 2)), norm(W(L + 1)) + norm(W(L + 2)) + Sum(norm(W(l)), (l, 1, L))),
        (Sum(norm(W(l)), (l, 1, 2)), A + B),
        (Sum(l, (l, 1, 0)), Integer(0)),
        (squared_norm(weights(1, 0)), n),
        (norm(slopes_weights(1, 0)), Integer(1)),
        (E(sigma_w**2), sigma_w**2),
        (inner(h(1), V * h(2)), inner(h(2), Transpose(V) * h(1))),
        (inner(2 * g, h(1) + h(2)), 2 * inner(g, h(1)) + 2 * inner(g, h(2))),
        (gamma(n / 2 + 1), n / 2 * gamma(n / 2)),
        (norm(W(L + 1) * weights()), norm(weights(1, L + 1))),
        (sigma_w ** (2 * L) * sigma_w**2, sigma_w ** (2 * (L + 1))),
    ],
)
def test_same(left, right):
    assert same(left, right) and same(right, left)


@pytest.mark.parametrize(
    "left, right",
    [
        (A, B),
        (sqrt(C**2), C),
        (root(C**T, T), C),
        (sqrt(C) * sqrt(inner(g, h(2))), sqrt(C * inner(g, h(2)))),
        (log(C**2), 2 * log(C)),
        (Sum(norm(W(l)), (l, 1, L)), L * norm(W(l))),
        (Product(norm(W(l)), (l, 1, L)), norm(W(l)) ** L),
        (Sum(A * norm(W(l)), (l, 1, L)), L * A * norm(W(l))),
        (
            Sum(norm(W(l)) * Symbol("k"), (l, 1, L + 1), (Symbol("k"), 1, L)),
            Sum(norm(W(l)) * Symbol("k"), (l, 1, L + 1)),
        ),
        (Sum(l, (l, 3, 1)), Integer(0)),
        (E(s), s),
        (E(A), A),
        (E(A**2), E(A) ** 2),
        (norm(W(1) * W(2)), norm(W(2) * W(1))),
        (norm(W(1)), norm(Transpose(W(1)))),
        (inner(g, V * h(1)), inner(g, Transpose(V) * h(1))),
        (W(1) * W(2), W(2) * W(1)),
        (D(1) * W(1), W(1) * D(1)),
        (W(1), norm(W(1))),
        (W_tied * v, W_tied),
        (gamma(n / 2 + 1), (n / 2 + 1) * gamma(n / 2)),
        (sigma_w ** (2 * L), sigma_w**2 * L),
    ],
)
def test_not_the_same(left, right):
    assert not same(left, right) and not same(right, left)


def test_normal_rebuilds_what_was_typed_unevaluated():
    typed = Mul(Pow(sigma_w, 2, evaluate=False), Add(1, 1, evaluate=False), evaluate=False)
    assert normal(typed) == 2 * sigma_w**2


def test_quantities_of_one_form_are_one_number_and_others_another():
    hidden = opaque(A * B + A)
    assert len(hidden.free_symbols) == 2
    assert not opaque(C).is_nonnegative and opaque(A).is_nonnegative and not opaque(A).is_positive
    assert opaque(A, nonzero=[A]).is_positive


def test_a_false_zero_is_seen_at_numbers(monkeypatch):
    """Were SymPy to simplify a difference to 0 wrongly, numbers would tell."""
    monkeypatch.setattr("theory.proofs.vanishing.simplify", lambda expression: Integer(0))
    assert not vanishes(gamma(n) - gamma(n + 1))
    assert vanishes(gamma(n + 1) - n * gamma(n))


LETTERS = st.sampled_from([A, B, C, sigma_w]) | st.integers(-3, 3).map(Integer)


def joined(parts):
    node = st.sampled_from([Add, Mul])
    return st.builds(lambda join, left, right: join(left, right, evaluate=False), node, parts, parts)


POLYNOMIALS = st.recursive(LETTERS, joined, max_leaves=6)


@given(POLYNOMIALS, POLYNOMIALS)
def test_polynomials_are_the_same_iff_they_agree_at_numbers(left, right):
    at = {A: Rational(3, 7), B: Rational(11, 5), C: Rational(-13, 3), sigma_w: Rational(17, 19)}
    assert same(left, expand(normal(left)))
    if normal(left).xreplace(at) != normal(right).xreplace(at):
        assert not same(left, right)
