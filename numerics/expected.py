"""Which places a theorem's measurements must speak of: every one that ``verify --control --sweep`` looks at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from numerics.cells import Cell
from numerics.comparing import Place, cell
from numerics.sweeping import sweep_cells
from numerics.verification import all_cells
from numerics.weightless import name_of
from theory.statement import Theorem

if TYPE_CHECKING:
    from numerics.stored import Measured


def complete(measured: Measured, theorem: Theorem) -> bool:
    """Whether each place of the theorem has a verdict or is said not to be judged; nothing is drawn."""
    judged = {cell(each) for each in (*measured.verdicts, *measured.not_judged)}
    swept = {cell(each) for each in (*measured.sweep, *measured.not_judged)}
    return _places(all_cells(theorem)) <= judged and _places(sweep_cells(theorem)) <= swept


def _places(cells: Iterable[Cell]) -> set[Place]:
    return {
        (
            each.number,
            repr(each.system),
            name_of(each.ensemble),
            tuple(sorted((k, str(v)) for k, v in each.point)),
            each.lacks,
        )
        for each in cells
    }
