"""The variance bound that a judge of means relies on: measured below it, and a bound too small is caught."""

from dataclasses import replace

import numpy as np
import pytest

from numerics.cells import Cell
from numerics.drawing import Group, collect
from numerics.judging import design
from numerics.sides import numbers, ratios
from numerics.verification import prepare
from theory import theorem, theorems
from theory.relations import Mean

DRAWS = 20_000
# bounded by inequalities, of Minkowski or for every centered law: more than the variance of Gaussian weights
BY_INEQUALITIES = {"curvature_growth", "residual_gain"}
ROOM = 1.5  # a sample variance of 20,000 heavy-tailed draws is known to about a fifth; most errors are factors


def cells() -> list[Cell]:
    every = [task.cell for slug in theorems() for task in prepare([slug]).tasks]
    return [cell for cell in every if isinstance(cell.statement.relation, Mean)]


def measured(cell: Cell) -> float:
    """Var(left)/scale² of the first draws."""
    group = Group(cell.system, cell.ensemble, cell.drawn_at, 1)
    readings = {(group, o): r for o, r in collect(group, {o: DRAWS for _, o in design(cell, 1).needs}).items()}
    relation = cell.statement.relation
    if relation.scale is None:
        return float(np.var(ratios(cell, group, readings)[0]))
    return float(np.var(numbers(cell, cell.statement.left, group, readings))) / cell.number_of(relation.scale) ** 2


@pytest.mark.parametrize(
    "cell", cells(), ids=lambda c: f"{c.theorem.name}-{c.number}-{c.ensemble.name}-{dict(c.point)}"
)
def test_the_measured_variance_stays_below_its_bound(cell: Cell) -> None:
    bound = cell.number_of(cell.statement.relation.spread)
    assert measured(cell) <= ROOM * bound + 1e-20
    exact = "prescribed" if cell.theorem.name == "frobenius_rule" else "gaussian"  # ‖W‖_F is the same in all draws
    if cell.ensemble.name == exact and cell.theorem.name not in BY_INEQUALITIES:
        assert measured(cell) >= bound / ROOM  # for Gaussian weights most bounds are the variance itself


def test_a_bound_too_small_is_caught() -> None:
    t = theorem("mean_square_gain")
    statement = t.statements[0]
    small = replace(statement, relation=Mean(statement.relation.spread / 100))
    wrong = replace(t, statements=(small,))
    (cell, *_) = [task.cell for task in prepare([wrong], ensemble="gaussian").tasks]
    assert measured(cell) > ROOM * cell.number_of(small.relation.spread)
