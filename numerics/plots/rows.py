"""Verdicts one below the other: how far each lies from its prediction, or below what is allowed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf, isfinite, nan

from numerics.plots.captions import MOST
from numerics.plots.ceilings import ceiling_key, seen
from numerics.plots.choosing import Subject
from numerics.plots.layers import Axis, Band, Key, Layer, Line, Panel, Picture, Points
from numerics.plots.naming import ceiling_title, curve_title, relative
from numerics.plots.scales import upward
from numerics.plots.series import Series, kind_words, kinds, place_words, places
from numerics.plots.strips import asked, compared, reaching, unusual
from numerics.plots.tracks import known, track
from numerics.plots.writing import clean
from numerics.verdict import Verdict
from theory.relations import AtMost, Limit, Mean, Relation, Tail

ROW = 0.2  # inches
Place = tuple[float, float, float]  # what was measured, and the ends of its bar


def rows(subject: Subject) -> Picture:
    """The picture of verdicts that make no curve: a row each, those nearest to a refutation where there are many."""
    subject = replace(subject, verdicts=nearest(subject.verdicts, subject.relation))
    center = _center(subject)
    drawn = {id(v): _place(v, subject, center) for v in subject.verdicts}
    x = _axis([value for place in drawn.values() for value in place if isfinite(value)], subject, center)
    panels = tuple(_panel(title, own, drawn, x, subject, center) for title, own in subject.panels)
    tall = max(len(panel.y.ticks) for panel in panels)
    return Picture(*_title(subject, center), _key(subject, center), panels, panel=ROW * (tall + 0.8))


def nearest(verdicts: Sequence[Verdict], relation: Relation) -> tuple[Verdict, ...]:
    """Those nearest to a refutation, as many as can be read, in the order given."""
    order = sorted(range(len(verdicts)), key=lambda i: -_strain(verdicts[i], relation))
    return tuple(verdicts[i] for i in sorted(order[:MOST]))


def _strain(verdict: Verdict, relation: Relation) -> float:
    """How far from what was said a verdict saw, in units of its error: above a bound, else to either side.

    A refuted one comes before all others, one without numbers after them.
    """
    measured, error = known(verdict.measured), known(verdict.error, 0.0)
    off = measured - (1.0 if isinstance(relation, AtMost) else known(verdict.predicted, 0.0))
    off = off if isinstance(relation, AtMost | Tail) else abs(off)
    return inf if verdict.outcome == "refuted" else off / error if error and isfinite(off) else -inf


def _center(subject: Subject) -> float | None:
    """Around what measurements lie on both sides: a ratio of 1, a difference of 0; None below a ceiling."""
    relation = subject.relation
    around_it = isinstance(relation, Mean) or (isinstance(relation, Limit) and relation.remainder is None)
    return float(relative(subject.statement)) if around_it else None


def _place(verdict: Verdict, subject: Subject, center: float | None) -> Place:
    """What is drawn of a verdict; nan where there is no number."""
    alone = Series((), (), (verdict,), (0.0,))
    if center is not None:
        t = track(alone, subject.statement).deviations(bool(center))
        return (t.measured[0], t.low[0], t.high[0]) if t.x else (nan, nan, nan)
    t = seen(alone, subject)
    if not t.x:
        return nan, nan, nan
    if not isinstance(subject.relation, AtMost | Tail):
        return t.measured[0], t.measured[0], t.error[0]
    per = (t.predicted[0] or nan) if isinstance(subject.relation, Tail) else 1.0
    return t.measured[0] / per, t.low[0] / per, t.high[0] / per


def _axis(drawn: list[float], subject: Subject, center: float | None) -> Axis:
    if center is not None:
        return reaching(center, subject.resolution, drawn, 5)
    if isinstance(subject.relation, AtMost):
        return upward([1.0, 0.0, *drawn], False)
    return upward([1.0 if isinstance(subject.relation, Tail) else subject.resolution, *drawn], True)


def _panel(
    title: str, own: Sequence[Series], drawn: dict[int, Place], x: Axis, subject: Subject, center: float | None
) -> Panel:
    lines = [(each, verdict) for each in own for verdict in each.verdicts]
    heights = [float(len(lines) - 1 - row) for row in range(len(lines))]
    y = Axis(-0.9, len(lines) - 0.1, False, tuple(heights), tuple(_name(each, own, subject) for each, _ in lines))
    marks = [
        (*drawn[id(v)], h, v.outcome) for (_, v), h in zip(lines, heights, strict=True) if isfinite(drawn[id(v)][0])
    ]
    at, low, high, height, outcomes = zip(*marks, strict=True) if marks else ((),) * 5
    caps = center is None and not isinstance(subject.relation, AtMost | Tail)
    points = Points("measured", at, height, outcomes, 0, 0, low, high, caps=caps, flat=True)
    alone = ", ".join(place_words(own[0].place, places(subject.series))) if len(places(own)) == 1 else ""
    return Panel(title or alone, x, y, (*_reference((y.low, y.high), subject, center), points))


def _name(each: Series, own: Sequence[Series], subject: Subject) -> str:
    """What tells a row from the others; all there is to say where it is the only one."""
    found = subject.series
    kind = kind_words(each.kind, kinds(found)) or (clean(", ".join(filter(None, each.kind))) if len(found) == 1 else "")
    place = place_words(each.place, places(found)) if len(places(own)) > 1 else []
    return ", ".join(filter(None, [kind, *place]))


def _reference(ends: tuple[float, float], subject: Subject, center: float | None) -> tuple[Layer, ...]:
    """What the rows are compared with, from below to above."""
    resolution = subject.resolution
    if center is not None:
        across = (center - resolution, center + resolution)
        ground = Band("resolution", across, (ends[0],) * 2, (ends[1],) * 2, None)
        return ground, Line("one", (center, center), ends, None, "thin")
    if isinstance(subject.relation, AtMost | Tail):
        return (Line("bound", (1.0, 1.0), ends, None),)
    return (Line("asked", (resolution, resolution), ends, None, "dashed"),)


def _title(subject: Subject, center: float | None) -> tuple[str, str]:
    """What is drawn, and what its axis says."""
    title = curve_title(subject.theorem, subject.statement, subject.index)
    if center is not None:
        return title, compared(subject.statement)
    return (title, "measured ÷ bound") if isinstance(subject.relation, Tail) else (ceiling_title(subject.statement), "")


def _key(subject: Subject, center: float | None) -> tuple[Key, ...]:
    others = unusual(subject.verdicts)
    if center is not None:
        band = Key("band", f"± {asked(subject.resolution, bool(center))}")
        return (Key("point", "measured ± its error"), *others, band)
    if isinstance(subject.relation, Tail):
        return (Key("point", "measured ± its error"), *others, Key("line", "bound"))
    return ceiling_key(subject)
