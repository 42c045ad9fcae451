"""The flow: theorem, ensemble, draws, measurement, verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from math import isfinite
from typing import Any

from numerics import ensembles
from numerics.cells import Cell, exact_point, missing, systems_of
from numerics.drawing import Group, collect, first
from numerics.ensembles import Ensemble
from numerics.judging import Readings, Task, design
from numerics.measurement import Reading
from numerics.verdict import NotJudged
from theory.catalog import theorem, theorems
from theory.observables import Observable
from theory.relations import AtMost, Identity
from theory.statement import Theorem

Progress = Callable[[int, int], None]
Groups = Mapping[Group, dict[Observable, int]]


@dataclass(frozen=True)
class Verdict:
    """What a judgment found. ``error`` and ``measured`` in the statement's units; ``detectable`` and ``resolution``
    relative to its scale; ``lacks``: the assumption that a control dropped."""

    theorem: str
    statement: int
    system: str
    ensemble: str | None
    point: Mapping[str, str]
    outcome: str
    predicted: float | None
    measured: float | None
    error: float | None
    detectable: float | None
    resolution: float
    draws: int
    seed: int
    control: bool = False
    lacks: str | None = None
    note: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON: a number that is not finite becomes None, and the note says so."""
        data = asdict(self)
        lost = [key for key, value in data.items() if isinstance(value, float) and not isfinite(value)]
        said = [f"{key} is {data[key]}" for key in lost]
        note = "; ".join(filter(None, [self.note, *said]))
        return {**data, **dict.fromkeys(lost), "point": dict(self.point), "note": note}


@dataclass(frozen=True)
class Unjudged:
    """A cell that no bound lets us judge, and why."""

    theorem: str
    statement: int
    system: str
    ensemble: str
    reason: str


@dataclass(frozen=True)
class Plan:
    """Everything that will be drawn and judged, known before the first draw."""

    tasks: tuple[Task, ...]
    not_judged: tuple[Unjudged, ...]
    seed: int = field(default=0)

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
        groups = dict(sorted(self._groups().items(), key=lambda item: -_cost(*item)))  # the longest first
        readings: dict[tuple[Group, Observable], Any] = {}
        for done, (group, found) in enumerate(_collected(groups, workers), 1):
            readings |= {(group, observable): reading for observable, reading in found.items()}
            if progress:
                progress(done, len(groups))
        return tuple(_verdict(task, readings, self.seed) for task in self.tasks)


def _cost(group: Group, needs: Mapping[Observable, int]) -> int:
    """Bytes to be drawn: a guess at the time."""
    return group.network_bytes * max(needs.values())


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


def _verdict(task: Task, readings: Readings, seed: int) -> Verdict:
    cell = task.cell
    exact = {key: first(readings[key], draws) for key, draws in task.needs.items()}
    predicted, judgment = task.judge(exact)
    return Verdict(
        cell.theorem.name,
        cell.number,
        repr(cell.system),
        cell.ensemble.name,
        {name: str(value) for name, value in cell.point},
        judgment.outcome,
        predicted,
        judgment.measured,
        judgment.error,
        judgment.detectable,
        judgment.resolution,
        task.draws,
        seed,
        cell.lacks is not None,
        cell.lacks,
        judgment.note,
    )


def prepare(
    slugs: Sequence[str | Theorem] | None = None,
    ensemble: str | Ensemble | None = None,
    point: Mapping[str, object] | None = None,
    resolution: float | None = None,
    seed: int = 0,
    control: bool = False,
) -> Plan:
    """Design every cell: theorems (None: all) on the ensembles they apply to, at their points or at the given one.

    Raises ValueError for an unknown name, a point outside its domain, or an ensemble that a theorem does not cover,
    naming the assumption that is missing.
    """
    chosen = [theorem(t) if isinstance(t, str) else t for t in slugs or theorems()]
    given = ensembles.get(ensemble) if isinstance(ensemble, str) else ensemble
    cells = [cell for t in chosen for cell in _cells(t, given, point, resolution, explicit=bool(slugs))]
    cells += [cell for t in chosen for cell in _controls(t)] if control else []
    tasks, not_judged = [], []
    for cell in cells:
        try:
            tasks.append(design(cell, seed))
        except NotJudged as reason:
            why = str(reason).split(": ", 1)[-1]
            not_judged.append(Unjudged(cell.theorem.name, cell.number, repr(cell.system), cell.ensemble.name, why))
    return Plan(tuple(tasks), tuple(not_judged), seed)


def _cells(
    t: Theorem, given: Ensemble | None, point: Mapping[str, object] | None, resolution: float | None, explicit: bool
) -> Iterable[Cell]:
    lacking = missing(t, given) if given else ()
    if lacking and explicit:
        needed = ", ".join(f"{a.name} ({a.meaning})" for a in lacking)
        raise ValueError(f"ensemble={given.name}: {t.name} assumes {needed}; pass an ensemble that satisfies it")
    covered = [given] if given else [ensembles.get(name) for name in ensembles.names()]
    points = [exact_point(t, point)] if point else [exact_point(t, p) for p in t.points()]
    for law in covered:
        if not missing(t, law):
            for place in points:
                yield from _statements(t, law, place, resolution)


def _statements(t: Theorem, law: Ensemble, place: tuple[Any, ...], resolution: float | None) -> Iterable[Cell]:
    for number, statement in enumerate(t.statements):
        fixed = isinstance(statement.relation, Identity | AtMost)
        for system in systems_of(t, statement):
            yield Cell(t, number, system, law, place, None if fixed else resolution)


def _controls(t: Theorem) -> Iterable[Cell]:
    for control in t.controls:
        if control.needed and control.ensemble:
            law, place = ensembles.get(control.ensemble), exact_point(t, t.points()[control.point])
            system = control.system or systems_of(t, t.statements[control.statement])[0]
            yield Cell(t, control.statement, system, law, place, control.resolution, lacks=control.assumption.name)


def verify(
    name: str | Theorem | None = None,
    ensemble: str | Ensemble | None = None,
    point: Mapping[str, object] | None = None,
    resolution: float | None = None,
    seed: int = 0,
) -> tuple[Verdict, ...]:
    """Judge a theorem (None: all) on random networks: one verdict a statement, system, ensemble and point.

    ensemble, point None: all that the theorem applies to, its own points. resolution replaces that of Mean, Limit,
    InLaw and Tail. Raises ValueError as ``prepare`` does.

    >>> {verdict.outcome for verdict in verify("orthogonal_isometry", ensemble="haar")}
    {'consistent'}
    """
    return prepare(None if name is None else [name], ensemble, point, resolution, seed).run()
