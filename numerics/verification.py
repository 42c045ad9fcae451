"""The flow: theorem, ensemble, draws, measurement, verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from numerics import ensembles
from numerics.cells import Cell, exact_point, missing, systems_of
from numerics.ensembles import Ensemble
from numerics.judging import design
from numerics.planning import Plan, Unjudged
from numerics.verdict import NotJudged, Verdict
from theory.catalog import theorem, theorems
from theory.relations import AtMost, Identity
from theory.statement import Theorem


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
