"""From a cell to its verdict: what must be drawn, and the judge of its relation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from math import inf
from typing import TypeVar

from numerics.cells import Cell, Value, missing
from numerics.drawing import Group
from numerics.ensembles import GIVEN
from numerics.judges.at_most import judge_at_most
from numerics.judges.identity import judge_identity
from numerics.judges.law import design_law, judge_law
from numerics.judges.limit import LimitDesign, design_limit, judge_limit
from numerics.judges.mean import design_mean, hopeless, judge_mean
from numerics.judges.remainder import judge_remainder
from numerics.judges.tail import design_tail, judge_tail
from numerics.laws import law
from numerics.neighbors import BOUND_SHIFT, IDENTITY_SHIFT, TWICE, shifted_argument
from numerics.sides import Readings, column_of, finite_draws, needs, numbers, predicted, ratios, sides
from numerics.verdict import DRAW_LIMIT, EPS, ROUNDING, Design, Judgment, NotJudged
from theory.observables import Observable
from theory.relations import AtMost, Identity, InLaw, Limit, Mean, Relation, Tail
from theory.widths import Profile

Plannable = TypeVar("Plannable", Design, LimitDesign)

DRAWN_BYTES = 2**38  # what one judgment may have drawn for it in all
FEW_DRAWS = 10_000  # networks for a judgment that cannot see its resolution
EACH_DRAW = 64  # networks for a statement that one draw can refute
SIZES = (1, 2, 4, 32)  # multiples of the variable at which a limit is measured
ROOM = 0.012  # of a limit's resolution: left to what the fits differ by and to intervals longer than planned
RESOLUTION: Mapping[type[Relation], float] = {
    Identity: 1e-9,
    AtMost: 0.02,
    Mean: 0.05,
    InLaw: 0.02,
    Limit: 0.03,
    Tail: 0.05,
}

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
    if cell.profile is not None and not cell.profile.square and cell.ensemble.square:
        raise NotJudged(f"{cell.ensemble.name}: its matrices are square")
    return design_on(cell, Group(cell.system, cell.ensemble, cell.drawn_at, seed))


def design_on(cell: Cell, group: Group) -> Task:
    """The design of a cell on given networks: a group, or anything with its seed and blocks.

    Raises NotJudged where the ensemble lacks what this statement needs beside the theorem's assumptions.
    """
    lacking = () if cell.lacks else missing(cell.theorem, cell.ensemble, cell.statement)
    if further := cell.statement.assumes.intersection(lacking):
        raise NotJudged(f"{cell.ensemble.name} lacks {', '.join(sorted(map(repr, further)))}")
    return _DESIGNS[type(cell.statement.relation)](cell, group)


def resolution_of(cell: Cell) -> float:
    """What was asked for, or the statement's own, or that of its relation."""
    own = getattr(cell.statement.relation, "resolution", None)
    return cell.resolution or (float(own) if own else RESOLUTION[type(cell.statement.relation)])


def _affordable(cell: Cell, made: Callable[[int], Plannable]) -> Plannable:
    """The design within what may be drawn; where that cannot see the resolution, few draws: underpowered beforehand."""
    each = Group(cell.system, cell.ensemble, cell.drawn_at, 0).network_bytes
    design = made(max(FEW_DRAWS, min(DRAW_LIMIT, DRAWN_BYTES // each)))
    return design if design.detectable <= design.resolution else made(FEW_DRAWS)


def _identity(cell: Cell, group: Group) -> Task:
    def judge(readings: Readings) -> Ruling:
        left, right, size = sides(cell, group, readings)
        shift = 1 + IDENTITY_SHIFT if cell.neighbor else 1
        return predicted(cell), judge_identity(left, right * shift, size)

    return Task(cell, needs(cell, group, EACH_DRAW if cell.ensemble.name != GIVEN else 1), judge)


def _at_most(cell: Cell, group: Group) -> Task:
    def judge(readings: Readings) -> Ruling:
        (left, right, size), dropped = finite_draws(*sides(cell, group, readings))
        shift = 1 - BOUND_SHIFT if cell.neighbor else 1
        judgment = judge_at_most(left, right * shift, size)
        note = "; ".join(filter(None, (judgment.note, dropped)))
        return predicted(cell), replace(judgment, note=note)

    return Task(cell, needs(cell, group, EACH_DRAW), judge)


def _mean(cell: Cell, group: Group) -> Task:
    statement, relative = cell.statement, cell.statement.relation.scale is None
    spread = cell.number_of(statement.relation.spread)
    made = _affordable(cell, lambda most: design_mean(spread, resolution_of(cell), relative=relative, limit=most))
    if made.detectable == inf:
        return Task(cell, {}, lambda readings: (cell.number_of(statement.right), hopeless(made)))
    shift = TWICE * made.resolution if cell.neighbor else 0.0

    def judge(readings: Readings) -> Ruling:
        value = cell.number_of(statement.right)
        if relative:
            found, size = ratios(cell, group, readings)
            judgment = judge_mean(found, 1 + shift, made, scale=1.0, size=size)
            return value, _times(judgment, value)
        scale = cell.number_of(statement.relation.scale)
        values = numbers(cell, statement.left, group, readings)[:, 0]
        return value, judge_mean(values, value + shift * scale, made, scale=scale)

    return Task(cell, needs(cell, group, made.draws), judge)


def _times(judgment: Judgment, scale: float) -> Judgment:
    """A judgment of ratios in the units of the predicted number."""
    return replace(judgment, measured=judgment.measured * scale, error=judgment.error * abs(scale))


def _in_law(cell: Cell, group: Group) -> Task:
    known = law(cell.exact(cell.statement.right))
    made = _affordable(cell, lambda most: design_law(resolution_of(cell), cdf_error=known.error, limit=most))
    allowed = cell.number_of(cell.statement.relation.distance or 0)

    def judge(readings: Readings) -> Ruling:
        values = numbers(cell, cell.statement.left, group, readings)[:, 0]
        shift = TWICE * (made.resolution + allowed)
        factor = shifted_argument(known.cdf, values, shift) if cell.neighbor else 1.0
        return None, judge_law(values * factor, known.cdf, made, allowed=allowed)

    return Task(cell, needs(cell, group, made.draws), judge)


def _tail(cell: Cell, group: Group) -> Task:
    statement = cell.statement
    bound = cell.number_of(statement.right) * (1 - BOUND_SHIFT if cell.neighbor else 1)
    resolution = BOUND_SHIFT if cell.neighbor else resolution_of(cell)
    made = _affordable(cell, lambda most: design_tail(bound, resolution, limit=most))

    def judge(readings: Readings) -> Ruling:
        left = column_of(cell, statement.left, readings[group, statement.left])
        logs, level = left.logs[:, 0], cell.log_of(statement.relation.level)
        noise = ROUNDING * EPS * (1 + abs(level))
        return bound, judge_tail(logs >= level - noise, made)

    return Task(cell, needs(cell, group, made.draws), judge)


def _limit(cell: Cell, group: Group) -> Task:
    return _by_remainder(cell, group) if cell.statement.relation.remainder else _by_sizes(cell, group.seed)


def _by_remainder(cell: Cell, group: Group) -> Task:
    remainder = cell.statement.relation.remainder

    def judge(readings: Readings) -> Ruling:
        shift = 1 + TWICE * resolution_of(cell) if cell.neighbor else 1
        left, right, size = sides(cell, group, readings)
        edge = readings[group, remainder].plain()
        kept = right[:, 0] > 0  # the ratio is taken where the right side, a magnitude, is not 0
        if not kept.any():
            raise NotJudged("the right side is 0 in every draw")
        columns = (left, right * shift, edge, size)
        left, right, edge, size = (column[kept, 0] for column in columns)
        return 1.0, judge_remainder(left, right, edge, resolution_of(cell), size=size)

    return Task(cell, needs(cell, group, EACH_DRAW, remainder), judge)


def _by_sizes(cell: Cell, seed: int) -> Task:
    statement, relation = cell.statement, cell.statement.relation
    cells = [_times_as_wide(cell, relation.name, multiple) for multiple in SIZES]
    sizes = [_size(dict(each.point)[relation.name]) for each in cells]
    groups = [Group(c.system, c.ensemble, c.drawn_at, seed) for c in cells]
    rates, spreads = ([c.number_of(side) for c in cells] for side in (relation.rate, relation.spread))
    resolution = resolution_of(cell)
    plan = partial(design_limit, sizes, rates, spreads, resolution, statistical=max(0.5, 1 - ROOM / resolution))
    made = _affordable(cells[-1], lambda most: plan(limit=most))

    def judge(readings: Readings) -> Ruling:
        values = [numbers(c, statement.left, g, readings)[:, 0] for c, g in zip(cells, groups, strict=True)]
        value, shift = cell.number_of(statement.right), TWICE * made.resolution if cell.neighbor else 0.0
        return value, judge_limit(values, value * (1 + shift), made)

    asked = [needs(c, g, n) for c, g, n in zip(cells, groups, made.draws, strict=True)]
    return Task(cell, {key: draws for need in asked for key, draws in need.items()}, judge)


def _times_as_wide(cell: Cell, name: str, multiple: int) -> Cell:
    value = dict(cell.point)[name]
    return cell.at(name, value.times(multiple) if isinstance(value, Profile) else value * multiple)


def _size(value: Value) -> int:
    return value[0] if isinstance(value, Profile) else int(value)


_DESIGNS: Mapping[type[Relation], Callable[[Cell, Group], Task]] = {
    Identity: _identity,
    AtMost: _at_most,
    Mean: _mean,
    InLaw: _in_law,
    Limit: _limit,
    Tail: _tail,
}
