"""From a cell to its verdict: what must be drawn, and the judge of its relation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from sympy import Expr

from numerics.arrays import Norms, Vectors
from numerics.cells import Cell
from numerics.drawing import Group
from numerics.evaluation import vectorized
from numerics.judges.at_most import judge_at_most
from numerics.judges.identity import judge_identity
from numerics.judges.law import design_law, judge_law
from numerics.judges.limit import design_limit, judge_limit
from numerics.judges.mean import design_mean, judge_mean
from numerics.judges.remainder import judge_remainder
from numerics.judges.tail import design_tail, judge_tail
from numerics.laws import law
from numerics.measurement import Reading
from numerics.neighbors import BOUND_SHIFT, IDENTITY_SHIFT, TWICE, shifted_argument
from numerics.verdict import EPS, ROUNDING, Judgment
from theory.observables import Observable, named
from theory.relations import AtMost, Identity, InLaw, Limit, Mean, Relation, Tail

EACH_DRAW = 64  # networks for a statement that one draw can refute
SIZES = (1, 3, 9, 27)  # multiples of the variable at which a limit is measured
RESOLUTION: Mapping[type[Relation], float] = {Mean: 0.05, InLaw: 0.02, Limit: 0.03, Tail: 0.05}

Readings = Mapping[tuple[Group, Observable], Reading]
Ruling = tuple[float | None, Judgment]  # the predicted number, where there is one, and the judgment


@dataclass(frozen=True)
class Task:
    """What a cell needs to be drawn, how its readings are judged, and the networks it rests on."""

    cell: Cell
    needs: Mapping[tuple[Group, Observable], int]
    judge: Callable[[Readings], Ruling]

    @property
    def draws(self) -> int:
        """All networks read, over the sizes of a limit together."""
        return sum({group: draws for (group, _), draws in self.needs.items()}.values())


def design(cell: Cell, seed: int) -> Task:
    """The design of a cell, before any draw. Raises NotJudged where the theory bounds no variance here."""
    return _DESIGNS[type(cell.statement.relation)](cell, Group(cell.system, cell.ensemble, cell.drawn_at, seed))


def _resolution(cell: Cell) -> float:
    return cell.resolution or RESOLUTION[type(cell.statement.relation)]


def _inputs(cell: Cell, *sides: object) -> tuple[Observable, ...]:
    """The observables that the sides are read from."""
    found = {side for side in sides if isinstance(side, Observable)}
    for side in sides:
        if isinstance(side, Expr):
            found |= {observable for symbol, observable in named().items() if symbol in side.free_symbols}
    return tuple(sorted(found, key=lambda observable: observable.name))


def _needs(cell: Cell, group: Group, draws: int, *more: Observable) -> dict[tuple[Group, Observable], int]:
    statement = cell.statement
    inputs = (*_inputs(cell, statement.left, statement.right), *more)
    return {(group, observable): draws for observable in inputs}


def _numbers(cell: Cell, side: Observable | Expr, group: Group, readings: Readings) -> Vectors:
    """A side as plain numbers, (draws, components)."""
    if isinstance(side, Observable):
        return readings[group, side].plain()
    inputs = _inputs(cell, side)
    function = vectorized(cell.exact(side), tuple(observable.symbol for observable in inputs))
    values: Vectors = function(*(readings[group, observable].plain() for observable in inputs))
    return values


def _sides(cell: Cell, group: Group, readings: Readings) -> tuple[Vectors, Vectors, Vectors]:
    """(left, right, size) in the left side's own scale where both have one, so that nothing over- or underflows."""
    statement = cell.statement
    left = readings[group, statement.left]
    if isinstance(statement.right, Observable):
        right = readings[group, statement.right]
        scale = np.exp(right.log_scale - left.log_scale)[:, None]
        return left.values, right.values * scale, np.maximum(left.size, right.size * scale)
    if not _inputs(cell, statement.right):
        right_values = np.exp(cell.log_of(statement.right) - left.log_scale)[:, None]
        return left.values, right_values, np.maximum(left.size, right_values)
    right_values = _numbers(cell, statement.right, group, readings)
    size = left.size * np.exp(left.log_scale)[:, None]
    return left.plain(), right_values, np.maximum(size, np.abs(right_values))


def _identity(cell: Cell, group: Group) -> Task:
    def judge(readings: Readings) -> Ruling:
        left, right, size = _sides(cell, group, readings)
        shift = 1 + IDENTITY_SHIFT if cell.neighbor else 1
        return _predicted(cell), judge_identity(left, right * shift, size)

    return Task(cell, _needs(cell, group, EACH_DRAW), judge)


def _at_most(cell: Cell, group: Group) -> Task:
    def judge(readings: Readings) -> Ruling:
        left, right, size = _sides(cell, group, readings)
        shift = 1 - BOUND_SHIFT if cell.neighbor else 1
        return _predicted(cell), judge_at_most(left, right * shift, size)

    return Task(cell, _needs(cell, group, EACH_DRAW), judge)


def _predicted(cell: Cell) -> float | None:
    """The right side as a number, where nothing measured enters it."""
    right = cell.statement.right
    return None if isinstance(right, Observable) or _inputs(cell, right) else cell.number_of(right)


def _mean(cell: Cell, group: Group) -> Task:
    statement, relative = cell.statement, cell.statement.relation.scale is None
    made = design_mean(cell.number_of(statement.relation.spread), _resolution(cell), relative=relative)
    shift = TWICE * made.resolution if cell.neighbor else 0.0

    def judge(readings: Readings) -> Ruling:
        predicted = cell.number_of(statement.right)
        if relative:
            ratios = _ratios(cell, group, readings)
            judgment = judge_mean(ratios, 1 + shift, made, scale=1.0)
            return predicted, _times(judgment, predicted)
        scale = cell.number_of(statement.relation.scale)
        values = _numbers(cell, statement.left, group, readings)[:, 0]
        return predicted, judge_mean(values, predicted + shift * scale, made, scale=scale)

    return Task(cell, _needs(cell, group, made.draws), judge)


def _ratios(cell: Cell, group: Group, readings: Readings) -> Norms:
    """left/right, the scale of a long product divided out before anything overflows."""
    statement = cell.statement
    if isinstance(statement.left, Observable):
        reading = readings[group, statement.left]
        ratios: Norms = reading.values[:, 0] * np.exp(reading.log_scale - cell.log_of(statement.right))
        return ratios
    plain: Norms = _numbers(cell, statement.left, group, readings)[:, 0] / cell.number_of(statement.right)
    return plain


def _times(judgment: Judgment, scale: float) -> Judgment:
    """A judgment of ratios in the units of the predicted number."""
    size = abs(scale)
    measured, error = judgment.measured * scale, judgment.error * size
    return Judgment(judgment.outcome, measured, error, judgment.detectable, judgment.resolution, judgment.note)


def _in_law(cell: Cell, group: Group) -> Task:
    known = law(cell.exact(cell.statement.right), cell.statement.relation.argument)
    made = design_law(_resolution(cell), cdf_error=known.error)

    def judge(readings: Readings) -> Ruling:
        values = _numbers(cell, cell.statement.left, group, readings)[:, 0]
        factor = shifted_argument(known.cdf, values, TWICE * made.resolution) if cell.neighbor else 1.0
        return None, judge_law(values * factor, known.cdf, made)

    return Task(cell, _needs(cell, group, made.draws), judge)


def _tail(cell: Cell, group: Group) -> Task:
    statement = cell.statement
    bound = cell.number_of(statement.right) * (1 - BOUND_SHIFT if cell.neighbor else 1)
    made = design_tail(bound, BOUND_SHIFT if cell.neighbor else _resolution(cell))

    def judge(readings: Readings) -> Ruling:
        logs, level = readings[group, statement.left].logs[:, 0], cell.log_of(statement.relation.level)
        noise = ROUNDING * EPS * (1 + abs(level))
        return bound, judge_tail(logs >= level - noise, made)

    return Task(cell, _needs(cell, group, made.draws), judge)


def _limit(cell: Cell, group: Group) -> Task:
    return _by_remainder(cell, group) if cell.statement.relation.remainder else _by_sizes(cell, group.seed)


def _by_remainder(cell: Cell, group: Group) -> Task:
    remainder = cell.statement.relation.remainder

    def judge(readings: Readings) -> Ruling:
        shift = 1 + TWICE * _resolution(cell) if cell.neighbor else 1
        left, right, size = _sides(cell, group, readings)
        edge = readings[group, remainder].plain()
        kept = (left + right > 0)[:, 0]  # 0 tends to 0: nothing to compare
        columns = (left, right * shift, edge, size)
        left, right, edge, size = (column[kept, 0] for column in columns)
        return 1.0, judge_remainder(left, right, edge, _resolution(cell), size=size)

    return Task(cell, _needs(cell, group, EACH_DRAW, remainder), judge)


def _by_sizes(cell: Cell, seed: int) -> Task:
    statement, relation = cell.statement, cell.statement.relation
    name, least = relation.variable.name, dict(cell.point)[relation.variable.name]
    cells = [cell.at(name, least * multiple) for multiple in SIZES]
    groups = [Group(c.system, c.ensemble, c.drawn_at, seed) for c in cells]
    sizes = [int(least) * multiple for multiple in SIZES]
    rates = [c.number_of(relation.rate) for c in cells]
    spreads = [c.number_of(relation.spread) for c in cells]
    made = design_limit(sizes, rates, spreads, _resolution(cell), statistical=0.75)

    def judge(readings: Readings) -> Ruling:
        values = [_numbers(c, statement.left, g, readings)[:, 0] for c, g in zip(cells, groups, strict=True)]
        predicted = cell.number_of(statement.right)
        shift = 1 + TWICE * made.resolution if cell.neighbor else 1
        return predicted, judge_limit(values, predicted * shift, made)

    needs = [_needs(c, g, n) for c, g, n in zip(cells, groups, made.draws, strict=True)]
    return Task(cell, {key: draws for need in needs for key, draws in need.items()}, judge)


_DESIGNS: Mapping[type[Relation], Callable[[Cell, Group], Task]] = {
    Identity: _identity,
    AtMost: _at_most,
    Mean: _mean,
    InLaw: _in_law,
    Limit: _limit,
    Tail: _tail,
}
