"""The variance bound that a judge of means relies on: measured below it, and a bound too small is caught."""

from dataclasses import replace

import numpy as np
import pytest

from numerics.cells import Cell
from numerics.drawing import Group, collect
from numerics.judging import design
from numerics.planning import planned
from numerics.sides import numbers, ratios
from numerics.verification import all_cells, prepare
from theory import theorem, theorems
from theory.relations import Mean

DRAWS = 20_000
# bounded by inequalities, of Minkowski or for every centered law: more than the variance of Gaussian weights
BY_INEQUALITIES = {"curvature_growth", "residual_gain"}
ROOM = 1.5  # a sample variance of 20,000 heavy-tailed draws is known to about a fifth; most errors are factors


MEANS = [slug for slug in theorems() if any(isinstance(s.relation, Mean) for s in theorem(slug).statements)]


def cells(slug: str) -> list[Cell]:
    """The cells of a theorem that a judge of means decides."""
    means = (cell for cell in all_cells(theorem(slug)) if isinstance(cell.statement.relation, Mean) and not cell.lacks)
    return [task.cell for task in planned(means, 0).tasks]


def measured(cell: Cell) -> float:
    """Var(left)/scale² of the first draws."""
    group = Group(cell.system, cell.ensemble, cell.drawn_at, 1)
    readings = {(group, o): r for o, r in collect(group, {o: DRAWS for _, o in design(cell, 1).needs}).items()}
    relation = cell.statement.relation
    if relation.scale is None:
        return float(np.var(ratios(cell, group, readings)[0]))
    return float(np.var(numbers(cell, cell.statement.left, group, readings))) / cell.number_of(relation.scale) ** 2


@pytest.mark.slow
@pytest.mark.parametrize("slug", MEANS)
def test_the_measured_variance_stays_below_its_bound(slug: str) -> None:
    exact = "prescribed" if slug == "frobenius_rule" else "gaussian"  # ‖W‖_F is the same in all draws
    for cell in cells(slug):
        found, bound = measured(cell), cell.number_of(cell.statement.relation.spread)
        assert found <= ROOM * bound + 1e-20, cell
        if cell.ensemble.name == exact and slug not in BY_INEQUALITIES:
            assert found >= bound / ROOM, cell  # for Gaussian weights most bounds are the variance itself


def test_a_bound_too_small_is_caught() -> None:
    t = theorem("mean_square_gain")
    statement = t.statements[0]
    small = replace(statement, relation=Mean(statement.relation.spread / 100))
    wrong = replace(t, statements=(small,))
    (cell, *_) = [task.cell for task in prepare([wrong], ensemble="gaussian").tasks]
    assert measured(cell) > ROOM * cell.number_of(small.relation.spread)
