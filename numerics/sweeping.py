"""Verdicts along one parameter: the picture of a theorem, by the judges and the seeds of ``verify``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sympy import Rational

from numerics import ensembles
from numerics.cells import Cell, exact_point, missing, systems_of
from numerics.planning import Plan, planned
from numerics.verdict import Verdict
from numerics.verification import check_seed, chosen
from numerics.weightless import NO_WEIGHTS, suits
from theory.relations import InLaw, Limit, Relation
from theory.statement import Statement, Sweep, Theorem

LENGTHS = {"L": ("depth", "residual"), "T": ("time", "jordan", "memory")}  # the kinds of systems that feel a length


def prepare_sweep(slugs: Sequence[str | Theorem] | None = None, seed: int = 0) -> Plan:
    """Design the sweeps of theorems (None: all): each ensemble of the sweep, point, value, statement and system.

    A point is the theorem's own with the swept symbol replaced. A statement whose judge leaves a trace (a law; a limit
    by sizes, unless the sweep names it), of width profiles, or in whose system the symbol plays no part, is not swept.
    Raises ValueError for an unknown name, a seed that is no whole number, or a sweep that leaves its theorem, naming
    what is wrong.
    """
    check_seed(seed)
    return planned([cell for found in chosen(slugs) for cell in sweep_cells(found)], seed)


def sweep(name: str | Theorem, seed: int = 0, workers: int = 1) -> tuple[Verdict, ...]:
    """Judge a theorem along the parameter of its sweep; empty for a theorem without one.

    Each verdict is the one that ``verify`` gives at that point. Raises ValueError as ``prepare_sweep`` does.

    >>> [verdict.point["L"] for verdict in sweep("orthogonal_isometry")][:3]
    ['1', '2', '3']
    """
    return prepare_sweep([name], seed).run(workers)


def traced(relation: Relation) -> bool:
    """Whether a judge of this relation leaves a trace, so that its verdict is a picture by itself."""
    return isinstance(relation, InLaw) or (isinstance(relation, Limit) and relation.remainder is None)


def sweep_cells(found: Theorem) -> list[Cell]:
    """Every cell of a theorem's sweep; none without one."""
    return [*_cells(found, found.sweep)] if found.sweep else []


def _cells(found: Theorem, sweep: Sweep) -> Iterator[Cell]:
    swept, numbers = sweep.symbol.name, range(len(found.statements))
    if not set(sweep.statements) <= set(numbers):
        raise ValueError(f"sweep of {found.name}: statements={sweep.statements}; they are numbered 0 to {numbers[-1]}")
    places = _places(found, sweep)
    alone = [NO_WEIGHTS] if any(not system.has_weights for system in found.systems) else []
    for law in [*map(ensembles.get, sweep.ensembles), *alone]:
        if lacking := missing(found, law):
            raise ValueError(
                f"sweep of {found.name}: ensemble {law.name} lacks {lacking[0]}; take one that satisfies it"
            )
        for place in places:
            for number, statement in enumerate(found.statements):
                if number not in (sweep.statements or (number,)) or _is_pictured(statement, sweep):
                    continue
                for system in systems_of(found, statement):
                    if suits(law, system) and system.kind in LENGTHS.get(swept, (system.kind,)):
                        yield Cell(found, number, system, law, place)


def _is_pictured(statement: Statement, sweep: Sweep) -> bool:
    """Whether the statement has its picture without a sweep, or none: no trace of a limit shows the swept symbol."""
    asked = bool(sweep.statements) and isinstance(statement.relation, Limit)
    return bool(statement.widths) or (traced(statement.relation) and not asked)


def _places(found: Theorem, sweep: Sweep) -> list[tuple[tuple[str, Rational], ...]]:
    """Each point of the theorem with the swept symbol at each value, and no place twice."""
    name = sweep.symbol.name
    if name not in found.points()[0]:
        raise ValueError(f"sweep of {found.name}: {name} is none of its parameters; sweep one of {found.points()[0]}")
    try:
        every = [exact_point(found, {**point, name: value}) for point in found.points() for value in sweep.values]
    except ValueError as reason:
        raise ValueError(f"sweep of {found.name}: {reason}") from None
    return list(dict.fromkeys(every))
