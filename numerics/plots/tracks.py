"""The numbers of a series: what was predicted and measured at each x, with its error and outcome."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import isfinite, nan

from sympy import Expr, Rational

from numerics.plots.series import Series
from numerics.verdict import Verdict
from theory.relations import Mean, Relation
from theory.statement import Statement

Numbers = tuple[float, ...]


@dataclass(frozen=True)
class Track:
    """Columns of one length; nan where nothing was predicted, an error of 0 where none is known."""

    x: Numbers
    predicted: Numbers
    measured: Numbers
    error: Numbers
    outcomes: tuple[str, ...]
    scale: Numbers  # what deviations are relative to

    @property
    def low(self) -> Numbers:
        return tuple(m - e for m, e in zip(self.measured, self.error, strict=True))

    @property
    def high(self) -> Numbers:
        return tuple(m + e for m, e in zip(self.measured, self.error, strict=True))

    def deviations(self, relative: bool) -> Track:
        """Measured over predicted, or what lies between them in scales; errors likewise; none where one is unknown."""
        rows = [i for i in range(len(self.x)) if isfinite(self.predicted[i]) and self.scale[i] > 0]
        seen = [self.measured[i] / self.predicted[i] if relative else self._off(i) for i in rows]
        error = tuple(self.error[i] / self.scale[i] for i in rows)
        center = (float(relative),) * len(rows)
        x, outcomes = tuple(self.x[i] for i in rows), tuple(self.outcomes[i] for i in rows)
        return Track(x, center, tuple(seen), error, outcomes, (1.0,) * len(rows))

    def _off(self, i: int) -> float:
        return (self.measured[i] - self.predicted[i]) / self.scale[i]

    def distances(self) -> Track:
        """How far from 1 what was measured lies."""
        return replace(self, measured=tuple(abs(m - 1) for m in self.measured))


def track(series: Series, statement: Statement) -> Track:
    """The numbers of a series, where both its x and what was measured are numbers."""
    kept = [(x, v) for x, v in zip(series.x, series.verdicts, strict=True) if isfinite(x) and finite(v.measured)]
    return Track(
        tuple(x for x, _ in kept),
        tuple(known(v.predicted) for _, v in kept),
        tuple(known(v.measured) for _, v in kept),
        tuple(abs(known(v.error, 0.0)) for _, v in kept),
        tuple(v.outcome for _, v in kept),
        tuple(scale(v, statement.relation) for _, v in kept),
    )


def traced(verdict: Verdict) -> Track:
    """The trace of a verdict, where all its numbers are finite; each point bears the verdict's outcome."""
    points = [p for p in verdict.trace if all(map(isfinite, (p.x, p.predicted, p.measured, p.error)))]
    columns = (tuple(getattr(p, name) for p in points) for name in ("x", "predicted", "measured", "error"))
    return Track(*columns, (verdict.outcome,) * len(points), (1.0,) * len(points))


def finite(value: float | None) -> bool:
    """Whether it is a number that can be drawn."""
    return value is not None and isfinite(value)


def known(value: float | None, otherwise: float = nan) -> float:
    """The number, or what stands for none."""
    return float(value) if value is not None and isfinite(value) else otherwise


def scale(verdict: Verdict, relation: Relation) -> float:
    """What the errors of a statement are relative to at this point: the predicted number, or its own scale."""
    if not isinstance(relation, Mean) or relation.scale is None:
        return abs(known(verdict.predicted, 0.0))
    if not isinstance(relation.scale, Expr):
        return float(relation.scale)
    point, symbols = verdict.point, relation.scale.free_symbols
    there = relation.scale.subs({s: Rational(point[s.name]) for s in symbols if s.name in point})
    return known(float(there), 0.0) if there.is_number and there.is_real else 0.0


def numbers(tracks: Iterable[Track], *names: str) -> list[float]:
    """All finite numbers of these columns."""
    return [value for each in tracks for name in names for value in getattr(each, name) if isfinite(value)]


def grouped(tracks: Sequence[Track]) -> list[int]:
    """The color of each: the same where the same is predicted."""
    colors: dict[str, int] = {}
    return [colors.setdefault(repr((each.x, each.predicted)), len(colors)) for each in tracks]
