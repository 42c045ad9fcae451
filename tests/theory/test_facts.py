"""Facts: instances, substitution without capture, constants, independence."""

import pytest
from sympy import Derivative, Integer, Integral, MatMul, Product, Subs, Sum, Symbol, Transpose, oo

from theory.definitions import LINEAR_LAYER, ORTHOGONALITY, foreign_letter
from theory.letters import D, J, V, W, W_tied, b, delta, g, h, slopes_weights, v, weights
from theory.products import OrderedProduct
from theory.proofs.dependence import bound_symbols, fresh_weight, is_constant, nonnegative
from theory.proofs.facts import Fact, Range, substituted
from theory.quantities import E, inner, largest, limit_of, norm, squared_norm
from theory.symbols import L, T, i, l, n, s, sigma_w, u, x, xi
from theory.systems import ANY, DEPTH, MATRIX, TIME

M = Symbol("m", integer=True, nonnegative=True)


@pytest.mark.parametrize(
    "difference, known",
    [(L - l, True), (T - l, True), (l - 1, True), (l - L, False), (L - l - 1, False), (L - T, False), (n - 1, True),
     (L - 2, False), (l + 1 - l, True), (M, True), (M - 1, False)],
)  # fmt: skip
def test_a_layer_lies_below_the_depth(difference, known):
    assert nonnegative(difference) is known


@pytest.mark.parametrize(
    "item, values, admitted",
    [
        (Range(l, 1), {l: Integer(1)}, True),
        (Range(l, 1), {l: L + 3}, True),
        (Range(l, 1), {l: Integer(0)}, False),
        (Range(l, 1, L), {l: L}, True),
        (Range(l, 1, L), {l: L + 1}, False),
        (Range(l, 1, L - 1), {l: L}, False),
        (Range(L, 0, L), {L: l}, True),
        (Range(L, 0, L), {L: L + 1}, False),
        (Range(L, M), {M: Integer(0)}, True),
        (Range(L, M), {M: l}, True),
        (Range(L, M), {M: L + 1}, False),
        (Range(l, 1), {l: Symbol("y", real=True)}, False),
        (Range(l, 1), {l: x}, False),
    ],
)
def test_range(item, values, admitted):
    assert item.admits(values) is admitted


def test_instance_remembers_where_it_comes_from():
    fact = LINEAR_LAYER.at({l: l + 1})
    assert fact == Fact(h(l + 1), "=", W(l + 1) * h(l) + b(l + 1))
    assert fact.is_instance_of(LINEAR_LAYER) and not fact.is_instance_of(ORTHOGONALITY)


@pytest.mark.parametrize("values", [{l: Integer(1)}, {L: l}, {L: l + 1}])
def test_bound_symbols_are_neither_replaced_nor_captured(values):
    with pytest.raises(ValueError, match="bound in"):
        Fact(Sum(norm(W(l)), (l, 1, L)), "=", x).at(values)


@pytest.mark.parametrize(
    "expression, bound",
    [
        (Sum(l, (l, 1, L)), {l}),
        (Product(Sum(i * l, (i, 1, l)), (l, 1, L)), {i, l}),
        (Integral(u, (u, 0, oo)), {u}),
        (Subs(Derivative(xi**2, xi), xi, 0), {xi}),
        (largest(norm(W(l)), l, L), {l}),
        (limit_of(norm(W_tied), n), {n}),
        (norm(weights()), set()),
    ],
)
def test_bound_symbols(expression, bound):
    assert bound_symbols(expression) == bound


def test_substitution_is_not_captured():
    fact = Fact(h(l), "=", W(l) * h(l - 1))
    inside = Sum(inner(g, h(l)), (l, 1, L))
    assert substituted(inside, fact) == inside
    assert substituted(norm(h(l)), fact) == norm(W(l) * h(l - 1))


def test_substitution_in_a_word():
    fact = Fact(MatMul(W(2), W(1)), "=", V)
    assert substituted(norm(W(3) * W(2) * W(1) * v), fact) == norm(W(3) * V * v)
    assert substituted(norm(W(1) * W(2)), fact) == norm(W(1) * W(2))


@pytest.mark.parametrize("expression", [sigma_w**2, n * L, x, Integer(3), xi])
def test_parameters_are_constant(expression):
    assert is_constant(expression)


@pytest.mark.parametrize("expression", [s, norm(J), J[0, 0], E(norm(J)), squared_norm(v) + 1, 2 * s + sigma_w])
def test_what_is_drawn_is_not(expression):
    assert not is_constant(expression)


@pytest.mark.parametrize(
    "rest", [v, V, W(1), weights() * v, slopes_weights() * v, D(L) * W(L), h(L), Transpose(W(1)) * v]
)
def test_fresh_weight(rest):
    word = W(L + 1) * rest
    head, found = fresh_weight(word)
    assert head == W(L + 1) and MatMul(head, found).doit() == MatMul(*word.args).doit()


@pytest.mark.parametrize("rest", [J, g, W(L + 1), W(L + 2), D(L + 1), h(L + 1), delta(L), W(l), W_tied, b(1)])
def test_weight_that_is_not_fresh(rest):
    assert fresh_weight(W(L + 1) * rest) is None


def test_shifted_product_reaches_further_than_its_bounds():
    assert fresh_weight(W(L + 2) * OrderedProduct(W(l + 1), l, 1, L)) is not None
    assert fresh_weight(W(L + 1) * OrderedProduct(W(l + 1), l, 1, L)) is None


@pytest.mark.parametrize(
    "expression, system, foreign",
    [
        (norm(W(l)), DEPTH(ANY), None),
        (norm(W(l)), TIME(ANY), W(l)),
        (norm(W_tied), DEPTH(ANY), W_tied),
        (norm(delta(l)), TIME(ANY), delta(l)),
        (norm(D(l)), MATRIX, D(l)),
        (norm(J), MATRIX, None),
        (norm(weights()), TIME(ANY), True),
    ],
)
def test_letters_of_a_system(expression, system, foreign):
    found = foreign_letter(expression, system)
    assert (found is not None) if foreign is True else found == foreign
