"""Every theorem's smallest wrong neighbor is refuted at its own points: no judge is blind there."""

import numpy as np
import pytest

from numerics import ensembles
from numerics.cells import Cell, exact_point, missing, systems_of
from numerics.ensembles import Ensemble
from numerics.judging import design
from numerics.neighbors import shifted_argument
from numerics.planning import Plan
from numerics.weightless import NO_WEIGHTS, suits
from theory import theorem, theorems
from theory.relations import AtMost, Tail
from theory.statement import Statement, Theorem
from theory.systems import System

INEQUALITIES = (AtMost, Tail)


def applicable(t: Theorem) -> Ensemble:
    """One ensemble that the theorem covers, not orthogonal where it need not be; none where it has no weights."""
    order = ("gaussian", "symmetric", *ensembles.names(), ensembles.GIVEN)
    fitting = [each for each in (*map(ensembles.get, order), NO_WEIGHTS) if suits(each, t.systems[0])]
    return next(each for each in fitting if not missing(t, each))


def places(t: Theorem, statement: Statement) -> list[tuple[Ensemble, dict[str, object]]]:
    if isinstance(statement.relation, INEQUALITIES):
        return [] if statement.slack else [(ensembles.get(statement.attained[0]), statement.attained[1])]
    return [(applicable(t), point) for point in t.points_of(statement)]


def judged_in(t: Theorem, statement: Statement) -> tuple[System, ...]:
    """Each system; of an inequality the first, linear one: there its case of equality is."""
    every = systems_of(t, statement)
    return every[:1] if isinstance(statement.relation, INEQUALITIES) else every


def neighbors() -> list[Cell]:
    return [
        Cell(t, number, system, law, exact_point(t, point), neighbor=True)
        for t in map(theorem, theorems())
        for number, statement in enumerate(t.statements)
        for system in judged_in(t, statement)
        for law, point in places(t, statement)
    ]


def label(cell: Cell) -> str:
    return f"{cell.theorem.name}-{cell.number}-{cell.system}-{cell.ensemble.name}-{dict(cell.point)}"


NEIGHBORS = neighbors()


@pytest.mark.slow
@pytest.mark.parametrize("cell", NEIGHBORS, ids=label)
def test_the_smallest_wrong_neighbor_is_refuted(cell: Cell) -> None:
    (verdict,) = Plan((design(cell, 0),), ()).run()
    assert verdict.outcome == "refuted", verdict


@pytest.mark.parametrize("slug", theorems())
def test_every_statement_has_a_neighbor(slug: str) -> None:
    t = theorem(slug)
    judged = {cell.number for cell in NEIGHBORS if cell.theorem.name == slug}
    assert judged == {k for k, s in enumerate(t.statements) if not s.slack}


def test_at_its_case_of_equality_a_bound_holds_and_is_tight() -> None:
    for cell in NEIGHBORS:
        if isinstance(cell.statement.relation, AtMost):
            true = Cell(cell.theorem, cell.number, cell.system, cell.ensemble, cell.point)
            (verdict,) = Plan((design(true, 0),), ()).run()
            assert verdict.outcome == "consistent" and abs(verdict.measured - 1) < 1e-9, verdict


def test_the_shifted_argument_is_at_the_asked_distance() -> None:
    values = np.random.default_rng(0).exponential(size=4000)
    for distance in (0.02, 0.1):
        factor = shifted_argument(lambda x: 1 - np.exp(-x), values, distance)
        grid = np.linspace(0, 10, 100_001)
        assert np.abs(np.exp(-grid * factor) - np.exp(-grid)).max() == pytest.approx(distance, rel=1e-3)
