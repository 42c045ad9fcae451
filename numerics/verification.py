"""The flow: theorem, ensemble, draws, measurement, verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from numbers import Integral, Real
from typing import Any, TypeVar

from numerics import ensembles
from numerics.cells import Cell, Value, exact_point, missing, systems_of
from numerics.ensembles import Ensemble
from numerics.planning import Plan, planned, told_apart
from numerics.verdict import NotJudged, Verdict
from numerics.weightless import NO_WEIGHTS, suits
from theory.catalog import theorem, theorems
from theory.domains import fitting
from theory.relations import AtMost, Identity
from theory.statement import Theorem

Kind = TypeVar("Kind", Theorem, Ensemble)


def prepare(
    slugs: Sequence[str | Theorem] | None = None,
    ensemble: str | Ensemble | None = None,
    point: Mapping[str, object] | None = None,
    resolution: float | None = None,
    seed: int = 0,
    control: bool = False,
) -> Plan:
    """Design every cell: theorems (None: all) on the ensembles they apply to, at their points or at the given one.

    With ``control`` also where one assumption is missing; an ensemble that is a theorem's control gives that alone.
    Raises ValueError for an unknown name, a point outside its domain, a resolution outside (0, 1], a seed that is no
    whole number, or an ensemble that a theorem does not cover, naming the assumption that is missing.
    """
    check_resolution(resolution)
    check_seed(seed)
    named = chosen(slugs)
    given = None if ensemble is None else _as(Ensemble, ensemble, ensembles.get, "ensemble")
    controls = [cell for t in named for cell in _controls(t)] if control else []
    cells: list[Cell] = []
    for t in named:
        if any(given is cell.ensemble and t is cell.theorem and missing(t, given) for cell in controls):
            controls = [cell for cell in controls if cell.theorem is not t or cell.ensemble is given]
        else:
            cells += _cells(t, given, point, resolution, explicit=bool(slugs))
    return planned([*cells, *controls], seed)


def chosen(slugs: Sequence[str | Theorem] | None) -> list[Theorem]:
    """The theorems themselves; none named: all. Raises ValueError for what is neither a slug nor a theorem."""
    return [_as(Theorem, t, theorem, "theorem") for t in slugs or theorems()]


def _as(kind: type[Kind], value: object, named: Callable[[str], Kind], place: str) -> Kind:
    """The value itself, or what bears that name. Raises ValueError where it is neither."""
    if isinstance(value, str):
        return named(value)
    if not isinstance(value, kind):
        raise ValueError(f"{place}={value!r}: neither a name nor a {kind.__name__}; pass one of these")
    return value


def check_resolution(resolution: object) -> None:
    """Raises ValueError unless the resolution is None or a number in (0, 1]."""
    number = isinstance(resolution, Real) and not isinstance(resolution, bool)
    if resolution is not None and not (number and 0 < resolution <= 1):
        raise ValueError(f"resolution={resolution!r}: pass a number above 0 and at most 1, such as 0.02")


def check_seed(seed: object) -> None:
    """Raises ValueError unless the seed is a whole number, 0 or above."""
    if not isinstance(seed, Integral) or isinstance(seed, bool) or seed < 0:
        raise ValueError(f"seed={seed!r}: pass a whole number, 0 or above")


def _cells(
    t: Theorem, given: Ensemble | None, point: Mapping[str, object] | None, resolution: float | None, explicit: bool
) -> Iterable[Cell]:
    if given and explicit and not any(system.has_weights for system in t.systems):
        raise ValueError(f"ensemble={given.name}: {t.name} is of no random weights; leave the ensemble out")
    lacking = missing(t, given) if given else ()
    if lacking and explicit:
        needed = ", ".join(f"{a.name} ({a.meaning})" for a in lacking)
        raise ValueError(f"ensemble={given.name}: {t.name} assumes {needed}; pass an ensemble that satisfies it")
    covered = [given] if given and not lacking else [] if given else _covered(t)
    given_place = exact_point(t, point) if point else None
    for law in covered:
        for number, place in _places(t, given_place):
            statement = t.statements[number]
            fixed = isinstance(statement.relation, Identity | AtMost)
            for system in (each for each in systems_of(t, statement) if suits(law, each)):
                yield Cell(t, number, system, law, place, None if fixed else resolution)


def _places(t: Theorem, given: tuple[tuple[str, Value], ...] | None) -> Iterable[tuple[int, tuple[Any, ...]]]:
    """Each statement at each of its points, or at the one given where it speaks of it; by points, then statements."""
    if given is not None:
        profile = dict(given).get("widths")
        spoken = fitting(t, profile) if profile else [each for each in t.statements if not each.widths]
        yield from ((number, given) for number, each in enumerate(t.statements) if each in spoken)
        return
    for index in range(len(t.points())):
        for number, statement in enumerate(t.statements):
            yield number, exact_point(t, t.points_of(statement)[index])


def all_cells(t: Theorem) -> list[Cell]:
    """Every cell of a theorem: the ensembles that it applies to at its own points, and its controls."""
    return [*_cells(t, None, None, None, explicit=False), *_controls(t)]


def _controls(t: Theorem) -> Iterable[Cell]:
    for control in t.controls:
        if control.needed:
            law = ensembles.get(control.ensemble) if control.ensemble else _covered(t)[0]
            system = control.system or systems_of(t, t.statements[control.statement])[0]
            place = exact_point(t, t.points_of(t.statements[control.statement])[control.point])
            yield Cell(t, control.statement, system, law, place, control.resolution, lacks=repr(control.assumption))


def _covered(t: Theorem) -> list[Ensemble]:
    """The ensembles that satisfy what a theorem assumes, and none, each where a system of the theorem is drawn so."""
    every = [*(ensembles.get(name) for name in (*ensembles.names(), ensembles.GIVEN)), NO_WEIGHTS]
    return [law for law in every if not missing(t, law) and any(suits(law, system) for system in t.systems)]


def verify(
    name: str | Theorem | None = None,
    ensemble: str | Ensemble | None = None,
    point: Mapping[str, object] | None = None,
    resolution: float | None = None,
    seed: int = 0,
) -> tuple[Verdict, ...]:
    """Judge a theorem (None: all) on random networks: one verdict a statement, system, ensemble and point.

    ensemble, point None: all that the theorem applies to, its own points. resolution replaces that of Mean, Limit,
    InLaw and Tail. Raises ValueError as ``prepare`` does, NotJudged where nothing could be judged.

    >>> {verdict.outcome for verdict in verify("orthogonal_isometry", ensemble="haar")}
    {'consistent'}
    """
    plan = prepare(None if name is None else [name], ensemble, point, resolution, seed)
    verdicts, empty = told_apart(plan.judged())
    if not verdicts:
        reasons = sorted({cell.reason for cell in (*plan.not_judged, *empty)})
        raise NotJudged(f"{name or 'no theorem'}: nothing was judged: {'; '.join(reasons) or 'no cell applies'}")
    return verdicts
