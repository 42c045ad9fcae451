"""A prediction as a curve, with what was measured beside it and their ratio (or difference) in a strip below."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from numerics.plots.choosing import Subject
from numerics.plots.layers import Band, Key, Layer, Line, Panel, Picture, Points, Words, stacked
from numerics.plots.naming import curve_title, parameter_words, relative
from numerics.plots.scales import across, spans_decades, upward
from numerics.plots.series import Series, kind_words, kinds, place_words, places
from numerics.plots.strips import compared, shifts, strip, unusual
from numerics.plots.tracks import Track, grouped, numbers, track
from theory.relations import Tail

UNSEEN = "unseen"  # the mark of a tail that no network reached: it stands at what cannot be excluded


def curves(subject: Subject) -> Picture:
    """The picture of a mean, a tail or a limit along a parameter.

    A color for each prediction; where several kinds of weights share it, a mark for each kind.
    """
    found, statement = subject.series, subject.statement
    tracks = [track(each, statement) for each in found]
    styles = list(zip(grouped(tracks), (kinds(found).index(each.kind) for each in found), strict=True))
    tail = isinstance(subject.relation, Tail)
    seen = numbers(tracks, "predicted", "measured")
    is_log = tail or (relative(statement) and spans_decades(seen))
    y = upward([*seen, *numbers(tracks, "low", "high"), *_floor(tracks, is_log)], is_log)
    x = across(x for each in found for x in each.x if isfinite(x))
    drawn = [_tail if tail else _mean] * len(tracks)
    layers = [layer for t, style, draw in zip(tracks, styles, drawn, strict=True) for layer in draw(t, *style)]
    panel = Panel("", x, y, stacked(layers), tuple(_ends(found, tracks, [color for color, _ in styles])))
    below = () if tail else (_strip(subject, tracks, styles, panel),)
    title = curve_title(subject.theorem, statement, subject.index)
    return Picture(
        title,
        parameter_words(subject.swept or "", subject.systems),
        _key(subject),
        (panel,),
        below,
        compared(statement),
    )


def _floor(tracks: Sequence[Track], is_log: bool) -> list[float]:
    """0, where every prediction is the same: else its error alone would fill the panel. The strip shows that."""
    predicted = numbers(tracks, "predicted")
    level = bool(predicted) and min(predicted) > 0 and max(predicted) <= 1.1 * min(predicted)
    return [0.0] if level and not is_log else []


def _mean(t: Track, color: int, shape: int) -> list[Layer]:
    """The prediction, the ground within the errors, the marks; a bar where a single point has no ground."""
    bars = (t.low, t.high) if len(t.x) == 1 else ((), ())
    ground = [Band(f"band-{color}-{shape}", t.x, t.low, t.high, color)] if len(t.x) > 1 else []
    return [
        *_predicted(t, color),
        *ground,
        Points(f"measured-{color}-{shape}", t.x, t.measured, t.outcomes, color, shape, *bars),
    ]


def _tail(t: Track, color: int, shape: int) -> list[Layer]:
    """The bound, and what was seen with its interval; its upper end alone where nothing was seen."""
    y, low = (
        tuple(c if m else up for m, c, up in zip(t.measured, column, t.high, strict=True))
        for column in (t.measured, t.low)
    )
    outcomes = tuple(of if m else UNSEEN for m, of in zip(t.measured, t.outcomes, strict=True))
    return [*_predicted(t, color), Points(f"measured-{color}-{shape}", t.x, y, outcomes, color, shape, low, t.high)]


def _predicted(t: Track, color: int) -> list[Layer]:
    return [Line(f"predicted-{color}", t.x, t.predicted, color)] if any(map(isfinite, t.predicted)) else []


def _strip(subject: Subject, tracks: Sequence[Track], styles: Sequence[tuple[int, int]], above: Panel) -> Panel:
    center = float(relative(subject.statement))
    near = [t.deviations(bool(center)) for t in tracks]
    moved = zip(near, styles, shifts(len(near)), strict=True)
    layers = [
        Points(f"ratio-{c}-{s}", t.x, t.measured, t.outcomes, c, s, t.low, t.high, shift, small=True)
        for t, (c, s), shift in moved
    ]
    return strip(above.x, center, subject.resolution, layers, numbers(near, "low", "high"))


def _ends(found: Sequence[Series], tracks: Sequence[Track], colors: Sequence[int]) -> list[Words]:
    """Beside the end of each prediction: what tells it from the others."""
    ends = []
    every, sorts = places(found), kinds(found)
    for color in range(max(colors) + 1):
        t, own = next((t, s) for t, s, c in zip(tracks, found, colors, strict=True) if c == color)
        if t.x:
            apart = kind_words(own.kind, sorts) if max(colors) >= len(every) else ""
            last = t.predicted[-1] if isfinite(t.predicted[-1]) else t.measured[-1]
            ends.append(Words(t.x[-1], last, "\n".join(filter(None, [*place_words(own.place, every), apart])), color))
    return [words for words in ends if words.text]


def _key(subject: Subject) -> tuple[Key, ...]:
    """What line, marks and band mean; each kind of weights that shares a prediction has its mark."""
    tail, sorts = isinstance(subject.relation, Tail), kinds(subject.series)
    marks = [Key("point", kind_words(each, sorts) or "measured", None, n) for n, each in enumerate(sorts)]
    unseen = (
        [Key("point", "none seen: below this", outcome=UNSEEN)]
        if any(v.measured == 0 for v in subject.verdicts)
        else []
    )
    last = unseen if tail else [Key("band", "± its error")]
    return (Key("line", "bound" if tail else "predicted"), *marks, *unusual(subject.verdicts), *last)
