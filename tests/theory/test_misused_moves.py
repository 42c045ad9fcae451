"""Moves that were once taken too widely: each planted step is false, or true of a part only, and refused."""

import pytest
from sympy import Add, Derivative, I, Integer, Product, Subs, Sum, Transpose, cos, exp, log, oo, pi, sin
from sympy.core.relational import Ge

from theory import LINEAR, rules
from theory.assumptions import BI_INVARIANT, GAUSSIAN
from theory.definitions import LINEAR_ERROR
from theory.free import mass_below
from theory.letters import W, W_tied, delta, v
from theory.proofs.context import Context
from theory.proofs.facts import Fact
from theory.proofs.moves import chi_square_moment
from theory.quantities import E, P, inner, limit_of, norm, radius, squared_norm, squared_pivot, sup_over
from theory.relations import Identity
from theory.statement import Parameter, Statement, Step, Theorem
from theory.symbols import L, k, l, n, p, phi, sigma_w, xi
from theory.systems import DEPTH


def taken(rule, left, right, given=(), assumes=(), conditions=(), parameters=(), op="="):
    """Whether a rule takes a step whose given facts are all known."""
    step = Step("eq", left, op, right, "", getattr(rules, rule), given)
    planted = Theorem(
        name="planted",
        title="",
        systems=(DEPTH(LINEAR),),
        statements=(Statement(left, Identity(), right, given=conditions),),
        parameters=parameters,
        assumes=frozenset(assumes),
        proof=(step,),
        references=(),
    )
    return step.rule.allows(step, Context.of(planted, planted.systems[0], conditions))


def test_a_root_of_a_limit_is_of_what_is_not_negative():
    signed, size = inner(v, W_tied * v), norm(W_tied)
    for quantity, lawful in ((signed, False), (size, True)):
        square = Fact(limit_of(quantity**2, n), "=", Integer(4))
        assert taken("limit_of_power", limit_of(quantity, n), Integer(2), (square,)) is lawful


def test_a_constant_beside_the_logarithm_is_no_factor():
    factor = Add(l, 1) ** (I * xi)
    series = log(Product(factor, (l, 1, L)))

    def at_zero(inside):
        return Subs(Derivative(inside, xi), xi, 0)

    terms = Sum(at_zero(3 * log(factor)), (l, 1, L))
    assert taken("log_of_product", at_zero(3 * series), terms)
    assert not taken("log_of_product", at_zero(Add(3, series, evaluate=False)), terms)
    assert not taken("log_of_product", at_zero(3 * series), Sum(terms.function, (l, 1, L - 1)))


def test_what_speaks_of_a_layer_beyond_the_last_does_not_hold_for_each(gaps_of):
    error, moved = squared_norm(delta(l)), squared_norm(Transpose(W(l + 1)) * delta(l + 1))
    each = Step("eq", error, "=", moved, "", rules.unfold, (LINEAR_ERROR,))
    both = Step("eq", Sum(error, (l, 1, L)), "=", Sum(moved, (l, 1, L)), "", rules.termwise, (each.fact,))
    assert gaps_of(each) == () and gaps_of(each, both)
    sums = Sum(squared_norm(W(l) * v), (l, 1, L)), Sum(squared_norm(W(l)), (l, 1, L))
    assert taken("termwise", *sums, (Fact(sums[0].function, "=", sums[1].function),))


@pytest.mark.parametrize("end", [oo, norm(W(1))])
def test_linearity_is_of_a_finite_number_of_terms(end):
    size = squared_norm(W(l) * v)
    assert not taken("linearity", E(Sum(size, (l, 1, end))), Sum(E(size), (l, 1, end)))
    assert taken("linearity", E(Sum(size, (l, 1, L))), Sum(E(size), (l, 1, L)))


@pytest.mark.parametrize("column", [Integer(0), n + 1, n - 5, sigma_w, norm(W(1))])
def test_a_pivot_is_of_a_column(column):
    def moved(index):
        scale = sigma_w**2 / n * chi_square_moment(n - index + 1, Integer(1))
        return E(squared_pivot(W(2) * W(1), index)), scale * E(squared_pivot(W(1), index))

    assert not taken("gaussian_pivot", *moved(column), assumes=(GAUSSIAN,))
    assert taken("gaussian_pivot", *moved(k), assumes=(GAUSSIAN,))


@pytest.mark.parametrize("low, high, lawful", [(1, L, True), (L + 2, L, False), (L + 3, L + 1, False)])
def test_a_product_that_runs_backward_holds_the_layers_between(low, high, lawful):
    sizes = Product(squared_norm(W(l)), (l, low, high))
    left = E(squared_norm(W(L + 1) * v) / squared_norm(W(L + 1)) * sizes)
    found = taken("uniform_direction", left, E(squared_norm(v) * sizes) / n, assumes=(BI_INVARIANT,))
    assert found is lawful


def test_the_best_order_needs_a_bound_for_every_order():
    event, rate = P(Ge(norm(W(1)), 1)), log(p)
    each = Fact(event, "<=", exp(-L * rate))

    def best(**more):
        return taken("best_order", event, exp(-L * sup_over(rate, p)), (each,), op="<=", **more)

    assert best()
    assert not best(conditions=(Fact(p, "<", Integer(1)),))
    assert not best(parameters=(Parameter(p, 0, oo, points=(2, 3)),))


@pytest.mark.parametrize(
    "end, known, lawful", [(pi / 2, pi / 2, True), (3 * pi / 2, pi / 2, False), (pi / 2, pi, False)]
)
def test_mass_below_is_of_all_places_up_to_the_end(end, known, lawful):
    curve = mass_below(Integer(1), cos(phi) / sin(phi), phi, end)
    found = taken("mass_of_curve", curve, cos(phi) / sin(phi), conditions=(Fact(phi, "<", known),))
    assert found is lawful


def test_a_difference_of_limits_keeps_its_signs():
    size, largest = limit_of(norm(W_tied), n), limit_of(radius(W_tied), n)
    facts = (Fact(size, "=", 2 * sigma_w), Fact(largest, "=", sigma_w))
    difference = limit_of(norm(W_tied) - radius(W_tied), n)
    assert taken("difference_of_limits", difference, sigma_w, facts)
    assert not taken("difference_of_limits", difference, 3 * sigma_w, facts)
    assert not taken("difference_of_limits", difference, sigma_w, facts[::-1])
