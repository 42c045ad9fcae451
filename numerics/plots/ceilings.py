"""What may not be exceeded: a bound, or the little that rounding or a remainder may put between two sides."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from numerics.plots.choosing import Subject
from numerics.plots.layers import Axis, Key, Layer, Line, Panel, Picture, Points, Words, stacked
from numerics.plots.naming import ceiling_title, parameter_words
from numerics.plots.scales import across, upward
from numerics.plots.series import Series, told_apart
from numerics.plots.strips import shifts, unusual
from numerics.plots.tracks import Track, numbers, track
from numerics.plots.values import number, percent
from theory.relations import AtMost, InLaw, Limit

SIDE = 4.0  # points between the marks of neighbors
LINEAR_FROM = 0.1  # of a bound: where all is above, a linear axis shows it


def ceilings(subject: Subject) -> Picture:
    """The picture of a bound or of an identity along a parameter: a panel a point where kinds must be told apart."""
    tracks = [seen(each, subject) for each in subject.series]
    x = across(x for each in subject.series for x in each.x if isfinite(x))
    y = _axis(tracks, subject)
    panels = tuple(_panel(title, own, x, y, subject) for title, own in subject.panels)
    return Picture(
        ceiling_title(subject.statement),
        parameter_words(subject.swept or "", subject.systems),
        ceiling_key(subject),
        panels,
    )


def seen(series: Series, subject: Subject) -> Track:
    """What was seen of it; of a ratio that tends to 1, its distance from there."""
    found = track(series, subject.statement)
    return found.distances() if isinstance(subject.relation, Limit) else found


def _axis(tracks: Sequence[Track], subject: Subject) -> Axis:
    measured = numbers(tracks, "measured")
    if isinstance(subject.relation, AtMost):
        return upward([1.0, *measured], 0 < min(measured, default=1.0) < LINEAR_FROM)
    return upward([*measured, *numbers(tracks, "error"), subject.resolution], True)


def _panel(title: str, own: Sequence[Series], x: Axis, y: Axis, subject: Subject) -> Panel:
    edge, tracks = _edge(x, subject), [seen(each, subject) for each in own]
    ends = []
    for color, (t, said) in enumerate(zip(tracks, told_apart(own), strict=True)):
        if said and t.x:
            ends.append(Words(t.x[-1], t.measured[-1], "\n".join(said), color))
    ends.append(Words(x.high, edge.y[0], "the bound" if edge.name == "bound" else percent(edge.y[0]), None))
    return Panel(title, x, y, stacked([edge, *_marks(tracks, subject)]), tuple(ends))


def _edge(x: Axis, subject: Subject) -> Line:
    """What may not be exceeded, or what was asked for."""
    if isinstance(subject.relation, AtMost):
        return Line("bound", (x.low, x.high), (1.0, 1.0), None)
    return Line("asked", (x.low, x.high), (subject.resolution,) * 2, None, "dashed")


def _marks(tracks: Sequence[Track], subject: Subject) -> list[Layer]:
    """What was seen, joined for the eye; a bar up to what is allowed there."""
    bound = isinstance(subject.relation, AtMost)
    layers: list[Layer] = []
    for color, (t, shift) in enumerate(zip(tracks, shifts(len(tracks), 0.0 if bound else SIDE), strict=True)):
        bars = ((), ()) if bound else (t.measured, t.error)
        layers.append(Line(f"guide-{color}", t.x, t.measured, color, "thin", shift))
        layers.append(Points(f"measured-{color}", t.x, t.measured, t.outcomes, color, 0, *bars, shift, caps=not bound))
    return layers


def ceiling_key(subject: Subject) -> tuple[Key, ...]:
    """What the marks of a ceiling mean."""
    draws = {verdict.draws for verdict in subject.verdicts}
    most = "nearest" if isinstance(subject.relation, AtMost) else "worst"
    worst = Key("point", f"{most} of {number(min(draws))} networks" if len(draws) == 1 else f"{most} network")
    others = unusual(subject.verdicts)
    if isinstance(subject.relation, AtMost):
        return (worst, *others, Key("line", "bound"))
    allowed = {Limit: "proved remainder", InLaw: "judgment's error"}
    cap = Key("cap", allowed.get(type(subject.relation), "rounding allows"))
    zero = any(0 in seen(each, subject).measured for each in subject.series)
    none = [Key("point", "no difference at all", outcome="below")] if zero else []
    return (worst, *none, *others, cap, Key("dashed", "asked"))
