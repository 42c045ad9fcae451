"""The six very different theorems that the types must carry without bending; those not built yet are sketched."""

from sympy import Integer, Rational, Symbol, Tuple, exp, log, oo

from theory import LINEAR, theorem
from theory.letters import W_tied
from theory.observables import Observable
from theory.quantities import norm, singular
from theory.relations import AtMost, Identity, Limit, Mean
from theory.statement import Parameter, Statement, Theorem
from theory.symbols import L, T, n, sigma_w
from theory.systems import MATRIX, TIME, System

A, B = Symbol("a", positive=True), Symbol("b", positive=True)


def sketch(name, systems, statements, parameters, components=()) -> Theorem:
    return Theorem(name, name, systems, statements, parameters, frozenset(), (), (), components)


def test_a_mean_and_two_measured_sides_and_two_statements_exist() -> None:
    assert isinstance(theorem("mean_square_gain").statements[0].relation, Mean)
    assert isinstance(theorem("norm_bounds").formula, Observable) and len(theorem("norm_bounds").statements) == 3
    assert theorem("log_gain").components == ("mean", "variance") and len(theorem("log_gain").statements) == 4
    assert theorem("vanishing_by_norm").statements[0].relation == AtMost()


def test_a_deterministic_matrix_with_two_values() -> None:
    """jordan_transient: singular values of W^T for W = [[a, b], [0, a]], a left side of two parts."""
    x = T * B / (2 * A)
    values = (A**T * ((x**2 + 1) ** Rational(1, 2) + x), A**T * ((x**2 + 1) ** Rational(1, 2) - x))
    both = Observable("extreme_singular_values", Symbol("s_1"), Tuple(norm(W_tied**T), singular(W_tied**T)))
    parameters = tuple(Parameter(s, 0, oo, points=(Rational(4, 5), Rational(6, 5))) for s in (A, B))
    jordan = sketch(
        "jordan", (TIME(LINEAR),), (Statement(both, Identity(), values),), parameters, ("largest", "smallest")
    )
    largest, smallest = jordan.goals(0)
    assert largest.left == norm(W_tied**T) and smallest.right == values[1]
    assert any("not reached" in gap for gap in jordan.gaps())


def test_an_iterated_map_without_weights() -> None:
    """two_cycle: existence, location and multiplier of an orbit of a scalar map; the system has no activation."""
    k = Symbol("k", positive=True)
    points = Observable("cycle_points", Symbol("u"), Tuple(Symbol("u_1"), Symbol("u_2")))
    root = ((k / 2 + 3) * (k / 2 - 1)) ** Rational(1, 2)
    cycle = sketch(
        "cycle",
        (System("descent"),),
        (Statement(points, Identity(), ((1 + k / 2 + root) / 2, (1 + k / 2 - root) / 2)),),
        (Parameter(k, 2, 4, points=(Rational(21, 10), Rational(22, 10))),),
    )
    assert len(cycle.goals(0)) == 2 and cycle.points()[0] == {"k": Rational(21, 10)}


def test_an_implicit_curve_is_judged_by_its_edge() -> None:
    """jacobian_spectrum: one scalar a network, its limit in the width; the curve itself is a picture."""
    edge = Observable("largest_eigenvalue", Symbol("lambda_max"), norm(W_tied) ** 2)
    statement = Statement(edge, Limit(n, rate=n ** Rational(-2, 3), spread=1 / n), sigma_w**2 * exp(log(Integer(4))))
    spectrum = sketch("spectrum", (MATRIX,), (statement,), (Parameter(n, 1, oo, points=(8, 10)),))
    assert str(spectrum.goals(0)[0].left) == "lim ‖W‖**2 as n -> oo" and L not in spectrum.formula.free_symbols
