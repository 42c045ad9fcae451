"""A distribution function as a curve, the empirical one as points, their difference in a strip below."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import nan

import numpy as np

from numerics.plots.choosing import Subject
from numerics.plots.layers import Axis, Band, Key, Layer, Line, Panel, Picture, Points, Words, stacked
from numerics.plots.naming import curve_title, side_words
from numerics.plots.scales import across, fraction, upward
from numerics.plots.series import told_apart
from numerics.plots.strips import strip, unusual
from numerics.plots.tracks import Track, numbers, traced
from numerics.plots.writing import symbol

LABELED = 0.2  # of a distribution function: its label stands right of it there
SPACE = 0.2  # of the axis, for a label between two curves


def laws(subject: Subject) -> Picture:
    """The picture of a law: what its judge saw at some arguments."""
    tracks = [traced(each.verdicts[0]) for each in subject.series]
    differences = [t.deviations(False) for t in tracks]
    x, y = across(numbers(tracks, "x")), upward((0.0, 1.0), False)
    notes, ends = _words(subject, tracks, x)
    layers = [layer for color, t in enumerate(tracks) for layer in _law(t, color)]
    panel = Panel("", x, y, stacked(layers), tuple(ends), tuple(notes))
    below = [layer for color, t in enumerate(differences) for layer in _difference(t, color)]
    seen = numbers(differences, "low", "high")
    key = (Key("line", "predicted"), Key("point", "measured"), *unusual(subject.verdicts), Key("band", "± its error"))
    argument = f"{side_words(subject.statement.left)} {symbol(subject.relation.argument.name)}".strip()
    title = curve_title(subject.theorem, subject.statement, subject.index)
    strips = (strip(x, 0.0, subject.resolution, stacked(below), seen),)
    return Picture(title, argument, key, (panel,), strips, "measured − predicted")


def _law(t: Track, color: int) -> list[Layer]:
    return [
        Band(f"band-{color}", t.x, t.low, t.high, color),
        Line(f"predicted-{color}", t.x, t.predicted, color),
        Points(f"measured-{color}", t.x, t.measured, t.outcomes, color, small=True),
    ]


def _difference(t: Track, color: int) -> list[Layer]:
    return [Band(f"error-{color}", t.x, t.low, t.high, color), Line(f"ratio-{color}", t.x, t.measured, color)]


def _words(subject: Subject, tracks: Sequence[Track], x: Axis) -> tuple[list[Words], list[Words]]:
    """Labels right of the curves where there is room between them; else beside the figure, in their order."""
    said = ["\n".join(words) for words in told_apart(subject.series)]
    middles = [float(np.interp(LABELED, t.predicted, t.x)) if t.x else nan for t in tracks]
    order = sorted((i for i in range(len(said)) if said[i] and tracks[i].x), key=lambda i: middles[i])
    stands = [fraction(middles[i], x.low, x.high, x.log) for i in order]
    if all(b - a > SPACE for a, b in pairwise([*stands, 1.0])):
        return [Words(middles[i], LABELED, said[i], i) for i in order], []
    step = 0.7 / max(len(order) - 1, 1)
    return [], [Words(x.high, 0.85 - step * rank, said[i], i) for rank, i in enumerate(order)]
