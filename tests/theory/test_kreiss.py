"""The Kreiss matrix theorem: series, sums and suprema that do not follow are refused."""

import pytest
from sympy import E, Integer, Rational, Sum, oo

from theory import rules, theorem
from theory.arguments import NoNumber
from theory.evaluating import evaluate
from theory.letters import W_tied
from theory.proofs.facts import Fact
from theory.proofs.resolvents import KREISS, STABLE
from theory.quantities import norm, radius
from theory.references import SPIJKER_1991
from theory.resolvents import largest_power, resolvent_norm
from theory.statement import Step
from theory.symbols import T, n, s, y
from theory.systems import MATRIX
from theory.time.kreiss import AT, BOUNDED, LARGEST, SERIES

FOUND = theorem("kreiss")
LIMITED = Fact(AT, "<=", LARGEST)


def refused(gaps_of, left, op, right, rule, given=(), conditions=(STABLE,), references=(SPIJKER_1991,)):
    step = Step("ineq", left, op, right, "", getattr(rules, rule), given)
    return gaps_of(step, system=MATRIX, given=conditions, references=references)


def test_it_is_proved_and_has_no_number_of_its_own():
    assert FOUND.gaps() == () and FOUND.held == "cited"
    with pytest.raises(NoNumber, match="no number of its own"):
        evaluate("kreiss", {"n": "3"})


def test_the_series_needs_a_stable_matrix(gaps_of):
    assert not refused(gaps_of, AT, "<=", SERIES, "neumann")
    assert refused(gaps_of, AT, "<=", SERIES, "neumann", conditions=())
    assert refused(gaps_of, AT, "=", SERIES, "neumann")
    inside = y * resolvent_norm(W_tied, y)  # |z| = y may be less than the radius
    assert refused(gaps_of, inside, "<=", y * Sum(norm(W_tied ** (T - 1)) * y ** (-T), (T, 1, oo)), "neumann")


@pytest.mark.parametrize(
    "wrong",
    [
        Sum(norm(W_tied**T) * (1 + y) ** (-T), (T, 1, oo)),
        Sum(norm(W_tied ** (T - 1)) * (1 + y) ** (-T - 1), (T, 1, oo)),
        Sum(norm(W_tied ** (T - 1)) * (1 + y) ** (-T), (T, 2, oo)),
    ],
)
def test_a_wrong_series(gaps_of, wrong):
    assert refused(gaps_of, AT, "<=", y * wrong, "neumann")


def test_terms_below_the_largest(gaps_of):
    assert not refused(gaps_of, SERIES, "<=", BOUNDED, "below_supremum")
    assert refused(gaps_of, BOUNDED, "<=", SERIES, "below_supremum")
    assert refused(gaps_of, SERIES, "<=", BOUNDED / 2, "below_supremum")
    assert refused(gaps_of, -SERIES, "<=", -BOUNDED, "below_supremum")


def test_the_geometric_series(gaps_of):
    assert not refused(gaps_of, BOUNDED, "=", LARGEST, "geometric_series")
    assert refused(gaps_of, BOUNDED, "=", LARGEST / (1 + y), "geometric_series")
    diverging = Sum((1 + y) ** T, (T, 1, oo))
    assert refused(gaps_of, diverging, "=", -(1 + y) / y, "geometric_series")
    assert refused(gaps_of, Sum(y**T, (T, 1, oo)), "=", y / (1 - y), "geometric_series")
    assert refused(gaps_of, Sum(T * (1 + y) ** (-T), (T, 1, oo)), "=", 1 / y, "geometric_series")


def test_a_bound_of_the_supremum_must_hold_at_every_point(gaps_of):
    step = Step("ineq", KREISS, "<=", LARGEST, "", rules.least_upper_bound, (LIMITED,))
    chain = FOUND.proof[:3]
    assert not gaps_of(*chain, step, system=MATRIX, given=(STABLE,))
    assert gaps_of(
        *chain,
        Step("ineq", KREISS, "<=", LARGEST / 2, "", rules.least_upper_bound, (LIMITED,)),
        system=MATRIX,
        given=(STABLE,),
    )
    assert gaps_of(step, system=MATRIX, given=(STABLE,))
    own = Fact(AT, "<=", SERIES)  # this bound depends on y
    assert gaps_of(
        FOUND.proof[0],
        Step("ineq", KREISS, "<=", SERIES, "", rules.least_upper_bound, (own,)),
        system=MATRIX,
        given=(STABLE,),
    )


@pytest.mark.parametrize("factor", [E, n, E * n / 2, E * n**2, Integer(1), E * (n - 1)])
def test_the_cited_factor_is_e_n(gaps_of, factor):
    assert not refused(gaps_of, LARGEST, "<=", E * n * KREISS, "kreiss_matrix_theorem")
    assert refused(gaps_of, LARGEST, "<=", factor * KREISS, "kreiss_matrix_theorem")
    assert refused(gaps_of, LARGEST, "<=", E * n * KREISS, "kreiss_matrix_theorem", references=())


def test_the_condition_is_on_the_radius_of_w_alone(gaps_of):
    for wrong in (
        Fact(radius(W_tied), "<", Integer(2)),
        Fact(largest_power(W_tied), "<", Integer(1)),
        Fact(radius(W_tied), "<", Rational(1, 2)),
        Fact(s, "<", Integer(1)),
    ):
        assert refused(gaps_of, AT, "<=", SERIES, "neumann", conditions=(STABLE, wrong))
