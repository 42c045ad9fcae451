"""Medians at several sizes over their limit, the fit through them, and at infinity what the judge compared."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

import numpy as np
from sympy import Expr, Rational

from numerics.plots.choosing import Subject
from numerics.plots.layers import Axis, Band, Key, Layer, Line, Panel, Picture, Points, Words, stacked
from numerics.plots.naming import spoken
from numerics.plots.scales import upward
from numerics.plots.series import Series, told_apart
from numerics.plots.strips import shifts, unusual
from numerics.plots.tracks import known, traced
from numerics.plots.values import number, percent
from numerics.plots.writing import symbol
from numerics.verdict import Verdict
from theory.relations import Limit

SMOOTH = 40  # points of a fitted curve
TERMS = 3  # of the longer fit, which the judge believes
SIDE = 3.6  # points between neighbors at infinity


def sizes(subject: Subject) -> Picture:
    """The picture of a limit by sizes. The axis runs by the rate, in which the fits are polynomials, to infinity."""
    relation = subject.relation
    assert isinstance(relation, Limit)
    panels = [_panel(title, own, subject, relation) for title, own in subject.panels]
    y = upward([value for panel in panels for layer in panel.layers for value in layer.heights()], False)
    panels = [Panel(panel.title, panel.x, y, panel.layers, panel.ends) for panel in panels]
    said = [", ".join(words) for words in told_apart(subject.panels[0][1])]
    marks = [Key("point", words, color) for color, words in enumerate(said) if words] or [Key("point", "measured")]
    key = (*marks, *unusual(subject.verdicts), Key("line", "fit"), Key("dashed", "extrapolated"))
    title = f"median {spoken(subject.statement.left)} ÷ its limit"
    return Picture(title, f"size {symbol(relation.name)}", key, tuple(panels))


def _panel(title: str, own: Sequence[Series], subject: Subject, relation: Limit) -> Panel:
    at = {size: -_rate(relation, size) for size in sorted({p.x for s in own for v in s.verdicts for p in v.trace})}
    span = -min(at.values())
    x = Axis(-1.05 * span, 0.1 * span, False, (*at.values(), 0.0), (*map(number, at), "∞"))
    resolution = subject.resolution
    low, high = (1 - resolution,) * 2, (1 + resolution,) * 2
    layers: list[Layer] = [Line("limit", (x.low, x.high), (1.0, 1.0), None, "thin")]
    layers.append(Band("resolution", (-x.high, x.high), low, high, None))
    for color, (each, shift) in enumerate(zip(own, shifts(len(own), SIDE), strict=True)):
        layers += _layers(each.verdicts[0], at, color, shift)
    return Panel(title, x, x, stacked(layers), (Words(x.high, 1.0, f"the limit\n± {percent(resolution)}", None),))


def _rate(relation: Limit, size: float) -> float:
    """How far from the limit a size is, up to a factor."""
    rate: Expr = relation.rate
    return float(rate.subs(relation.variable, Rational(size)))


def _layers(verdict: Verdict, at: dict[float, float], color: int, shift: float) -> list[Layer]:
    """The medians of one verdict with their intervals, the fit through them, and where it ends."""
    t, per = traced(verdict), known(verdict.predicted, 0.0) or 1.0
    x, last = tuple(at[size] for size in t.x), max(at[size] for size in t.x)
    y, low, high, fitted = (tuple(v / per for v in column) for column in (t.measured, t.low, t.high, t.predicted))
    inside, beyond = np.linspace(min(x), last, SMOOTH), np.linspace(last, 0.0, SMOOTH // 4)
    end, error = known(verdict.measured) / per, abs(known(verdict.error, 0.0) / per)
    ends = [
        Points(f"limit-{color}", (0.0,), (end,), (verdict.outcome,), color, 0, (end - error,), (end + error,), shift)
    ]
    return [
        Line(f"fit-{color}", tuple(inside.tolist()), curve(x, fitted, inside.tolist()), color),
        Line(f"beyond-{color}", tuple(beyond.tolist()), curve(x, fitted, beyond.tolist()), color, "dashed"),
        Points(f"measured-{color}", x, y, ("consistent",) * len(y), color, 0, low, high),
        *(ends if isfinite(end) else []),
    ]


def curve(x: Sequence[float], fitted: Sequence[float], at: Sequence[float]) -> tuple[float, ...]:
    """The polynomial of TERMS terms through fitted values, elsewhere.

    >>> [round(y, 12) for y in curve([-1.0, -0.5], [0.0, 0.5], [0.0])]
    [1.0]
    """
    found = np.polynomial.Polynomial.fit(x, fitted, min(TERMS, len(x)) - 1)
    return tuple(map(float, found(np.array(at))))
