"""Verdicts as tables: one row an ensemble and statement, or one row a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf, isnan
from typing import TYPE_CHECKING

from gradproof_docs.pages.digits import number, small, thousands
from gradproof_docs.pages.markup import badge, escape, table
from gradproof_docs.pages.prose import place, prose
from numerics.plots import tracks
from theory.relations import AtMost, Identity, InLaw, Limit, Mean, Relation, Tail

if TYPE_CHECKING:
    from numerics.verdict import Verdict
    from theory.statement import Theorem

WORST = ("refuted", "underpowered", "consistent")  # the outcome of a row is its worst
OFF, REACHED = "deviation ± error", "of the bound"  # what the farthest verdict of a row says
COMPACT = ("ensemble", "verdicts", "outcome", OFF, "detectable", "draws")
ROWS = ("system", "ensemble", "point", "predicted", "measured", "detectable / resolution", "draws", "outcome")
NO_WEIGHTS = "none"


def deviation(verdict: Verdict, relation: Relation) -> float:
    """How far the measured number is from what is stated, in units of the resolution; 0 where a bound holds.

    Infinite where nothing could be measured.
    """
    if verdict.measured is None or isnan(verdict.measured):
        return inf
    return _off(verdict, verdict.measured, relation) / scale(verdict, relation) / verdict.resolution


def _off(verdict: Verdict, measured: float, relation: Relation) -> float:
    """How far in the units of what is measured: bounds are exceeded or not, laws and identities are off by it."""
    if isinstance(relation, AtMost):
        return max(measured - 1, 0.0)
    if isinstance(relation, Identity | InLaw):
        return measured
    off = measured - (verdict.predicted if verdict.predicted is not None else measured)
    return max(off, 0.0) if isinstance(relation, Tail) else abs(off)


def scale(verdict: Verdict, relation: Relation) -> float:
    """What the resolution is relative to, in the units of what is measured."""
    relative = isinstance(relation, Mean | Limit | Tail)
    return (tracks.scale(verdict, relation) or 1.0) if relative else 1.0


def compact(relation: Relation, verdicts: Iterable[Verdict]) -> str:
    """The verdicts on one statement, a row an ensemble: the worst of its verdicts; deviation, error and detectable in
    units of the resolution, or the part of a bound that was reached."""
    headings = [REACHED if each == OFF and bounds(relation) else each for each in COMPACT]
    found: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        found.setdefault(verdict.ensemble or NO_WEIGHTS, []).append(verdict)
    rows = [_compact_row(relation, ensemble, cells) for ensemble, cells in found.items()]
    return table(headings, rows, right=[1, *range(3, len(headings))])


def bounds(relation: Relation) -> bool:
    """Whether a statement is a bound, of which a part is reached."""
    return isinstance(relation, AtMost | Tail)


def _compact_row(relation: Relation, ensemble: str, cells: Sequence[Verdict]) -> list[str]:
    worst = max(cells, key=lambda cell: (deviation(cell, relation), reached(cell, relation)))
    blind = max(inf if cell.detectable is None else cell.detectable / cell.resolution for cell in cells)
    return [
        ensemble_name(ensemble),
        str(len(cells)),
        badge(next((outcome for outcome in WORST if any(c.outcome == outcome for c in cells)), "underpowered")),
        farthest(worst, relation),
        small(blind),
        thousands(max(cell.draws for cell in cells)),
    ]


def farthest(worst: Verdict, relation: Relation) -> str:
    """The deviation of the worst cell with its error; where a bound holds, how much of it was reached."""
    off, error = deviation(worst, relation), _error(worst, relation)
    if bounds(relation) and worst.measured is not None and off <= error:
        return f"{number(100 * reached(worst, relation), 3)}\u00a0%"
    return small(off) + f" ± {small(error)}".replace(" ", "\u00a0") * (error >= 1e-3)


def reached(verdict: Verdict, relation: Relation) -> float:
    """The part of its bound that was reached, 1 for all of it; 0 of what is no bound."""
    if verdict.measured is None or not bounds(relation):
        return 0.0
    return verdict.measured / (verdict.predicted or 1.0) if isinstance(relation, Tail) else verdict.measured


def _error(verdict: Verdict, relation: Relation) -> float:
    """The error in units of the resolution; 0 where there is none."""
    return (verdict.error or 0.0) / scale(verdict, relation) / verdict.resolution


def every(theorem: Theorem, verdicts: Sequence[Verdict]) -> str:
    """A row a verdict, as it was judged."""
    several = len(theorem.statements) > 1
    headings = (*(["no."] if several else []), *ROWS)
    rows = [[*([str(v.statement + 1)] if several else []), *_row(theorem, v)] for v in verdicts]
    return table(headings, rows, right=[several + 3, several + 4, several + 5, several + 6])


def _row(theorem: Theorem, verdict: Verdict) -> list[str]:
    relation = theorem.statements[verdict.statement].relation
    return [
        escape(verdict.system),
        ensemble_name(verdict.ensemble or NO_WEIGHTS),
        point(verdict, relation),
        predicted(verdict, relation),
        measured(verdict, relation),
        f"{number(verdict.detectable, 2)}\u00a0/\u00a0{number(verdict.resolution, 2)}",
        thousands(verdict.draws),
        outcome(verdict),
    ]


def outcome(verdict: Verdict) -> str:
    """The badge, what a control lacks, and the judge's note."""
    lacks = f" without {prose(verdict.lacks)}" if verdict.lacks else ""
    note = f" ({escape(verdict.note)})" if verdict.note else ""
    return f"{badge(verdict.outcome)}{lacks}{note}"


def predicted(verdict: Verdict, relation: Relation) -> str:
    """The number predicted, a bound as one; a dash where nothing but the draws says it."""
    bound = "≤ " if isinstance(relation, Tail) and verdict.predicted is not None else ""
    return bound + number(verdict.predicted)


def measured(verdict: Verdict, relation: Relation) -> str:
    """What was measured with its error, and what that number is where it is not the left side."""
    said = {Identity: "off by ", AtMost: "ratio ", InLaw: "distance "}.get(type(relation), "")
    if isinstance(relation, Limit) and relation.remainder:
        said = "ratio "
    error = f" ± {number(verdict.error, 2)}" if verdict.error else ""
    return f"{said}{number(verdict.measured)}{error}".replace(" ", "\u00a0")


def point(verdict: Verdict, relation: Relation) -> str:
    """Where the verdict was made; of a limit measured at several sizes all of them."""
    values = dict(verdict.point)
    if isinstance(relation, Limit) and verdict.trace and relation.name in values:
        values[relation.name] = _sizes(values[relation.name], [each.x for each in verdict.trace])
    return place(values) or "–"


def _sizes(least: str, sizes: Sequence[float]) -> str:
    """The sizes of a limit; of width profiles the first, and how many times as wide the others are."""
    if "," not in least:
        return ", ".join(number(size, 6) for size in sizes)
    return f"{least} times {', '.join(number(size / sizes[0], 6) for size in sizes)}"


def ensemble_name(name: str) -> str:
    """An ensemble as its name is typed."""
    return escape(name)
