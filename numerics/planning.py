"""Everything that will be drawn and judged, known before the first draw."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import inf, nan

import numpy as np

from numerics.arrays import NotFinite
from numerics.cells import Cell
from numerics.drawing import Group, collect, first
from numerics.judging import Ruling, Task, design, resolution_of
from numerics.measurement import Reading
from numerics.sides import Readings
from numerics.verdict import Judgment, NotJudged, Verdict
from numerics.weightless import name_of
from theory.observables import Observable

Progress = Callable[[int, int], None]
Groups = Mapping[Group, dict[Observable, int]]


@dataclass(frozen=True)
class Unjudged:
    """A cell that no bound lets us judge, and why."""

    theorem: str
    statement: int
    system: str
    ensemble: str | None
    point: Mapping[str, str]
    reason: str


@dataclass(frozen=True)
class Plan:
    """The designs of all cells, and those that cannot be judged."""

    tasks: tuple[Task, ...]
    not_judged: tuple[Unjudged, ...]
    seed: int = 0

    @property
    def draws(self) -> int:
        """Networks to be drawn, shared ones counted once."""
        return sum(max(needs.values()) for needs in self._groups().values())

    def _groups(self) -> Groups:
        groups: dict[Group, dict[Observable, int]] = defaultdict(dict)
        for task in self.tasks:
            for (group, observable), draws in task.needs.items():
                groups[group][observable] = max(draws, groups[group].get(observable, 0))
        return groups

    def run(self, workers: int = 1, progress: Progress | None = None) -> tuple[Verdict, ...]:
        """Draw each group once and judge every cell; the verdicts depend on the seed alone, not on the workers."""
        return told_apart(self.judged(workers, progress))[0]

    def judged(self, workers: int = 1, progress: Progress | None = None) -> tuple[Verdict | Unjudged, ...]:
        """As ``run``, with the cells that the draws showed to have nothing to judge."""
        if workers < 1:
            raise ValueError(f"workers={workers}: nobody would draw; pass 1 or more")
        groups = dict(sorted(self._groups().items(), key=lambda item: -_cost(*item)))  # the longest first
        settled = (number for number, task in enumerate(self.tasks) if not task.needs)  # before any draw
        found = {number: _judged(self.tasks[number], {}, self.seed) for number in settled}
        readings: dict[tuple[Group, Observable], Reading] = {}
        for done, (group, read) in enumerate(_collected(groups, workers), 1):
            readings |= {(group, observable): reading for observable, reading in read.items()}
            for number, task in enumerate(self.tasks):
                if number not in found and task.needs.keys() <= readings.keys():
                    found[number] = _judged(task, readings, self.seed)
            wanted = {key for number, task in enumerate(self.tasks) if number not in found for key in task.needs}
            readings = {key: reading for key, reading in readings.items() if key in wanted}  # the others are let go
            if progress:
                progress(done, len(groups))
        return tuple(found[number] for number in range(len(self.tasks)))


def planned(cells: Iterable[Cell], seed: int) -> Plan:
    """The design of every cell; those that cannot be judged, apart."""
    tasks, not_judged = [], []
    for cell in cells:
        try:
            tasks.append(design(cell, seed))
        except NotJudged as reason:
            not_judged.append(unjudged(cell, reason))
    return Plan(tuple(tasks), tuple(not_judged), seed)


def _cost(group: Group, needs: Mapping[Observable, int]) -> int:
    """Bytes to be drawn: a guess at the time."""
    return group.network_bytes * max(needs.values())


def told_apart(found: Iterable[Verdict | Unjudged]) -> tuple[tuple[Verdict, ...], tuple[Unjudged, ...]]:
    """Verdicts, and the cells that are not judged."""
    both = tuple(found)
    verdicts = tuple(each for each in both if isinstance(each, Verdict))
    return verdicts, tuple(each for each in both if isinstance(each, Unjudged))


def _collected(groups: Groups, workers: int) -> Iterator[tuple[Group, dict[Observable, Reading]]]:
    """Each group with its readings; an interruption does not wait for what has not begun."""
    if workers == 1:
        yield from ((group, collect(group, needs)) for group, needs in groups.items())
        return
    pool = ThreadPoolExecutor(workers)
    try:
        yield from pool.map(lambda item: (item[0], collect(*item)), groups.items())
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def unjudged(cell: Cell, reason: NotJudged) -> Unjudged:
    """A cell listed with the reason why nothing is said of it."""
    why = str(reason).split(": ", 1)[-1]
    point = {name: str(value) for name, value in cell.point}
    return Unjudged(cell.theorem.name, cell.number, repr(cell.system), name_of(cell.ensemble), point, why)


def _judged(task: Task, readings: Readings, seed: int) -> Verdict | Unjudged:
    exact = {key: first(readings[key], draws) for key, draws in task.needs.items()}
    return ruled(task.cell, lambda: task.judge(exact), task.draws, seed)


def ruled(cell: Cell, ruling: Callable[[], Ruling], draws: int, seed: int) -> Verdict | Unjudged:
    """The verdict on a cell; numbers that leave float64 are underpowered, and end nothing else."""
    try:
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            predicted, judgment = ruling()
    except NotJudged as reason:
        return unjudged(cell, reason)
    except NotFinite as reason:
        predicted = None
        judgment = Judgment("underpowered", nan, nan, inf, resolution_of(cell), f"beyond float64: {reason}")
    return Verdict(
        cell.theorem.name,
        cell.number,
        repr(cell.system),
        name_of(cell.ensemble),
        {name: str(value) for name, value in cell.point},
        judgment.outcome,
        predicted,
        judgment.measured,
        judgment.error,
        judgment.detectable,
        judgment.resolution,
        draws,
        seed,
        cell.lacks is not None,
        cell.lacks,
        judgment.note,
        judgment.trace,
    )
