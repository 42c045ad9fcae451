"""The three thresholds against the width, a panel an ensemble."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import inf, isfinite

from numerics.crossings import MISS, Threshold, ThresholdRow
from numerics.plots.layers import Axis, Band, Key, Layer, Line, Numbers, Panel, Picture, Points
from numerics.plots.scales import across, log_axis
from numerics.plots.values import number
from numerics.plots.writing import symbol

Rows = tuple[ThresholdRow, ...]
NORM, TYPICAL = 0, 1  # colors
NEAR = 1.09  # a triangle stands so little below the upper end of its axis


def crossings(rows: Sequence[ThresholdRow]) -> Picture:
    """The picture of a table of thresholds. Raises ValueError where it has no row."""
    if not rows:
        raise ValueError("no rows: there is nothing to draw; pass those of numerics.thresholds()")
    seen = [end for row in rows for end in (row.norm.low, row.norm.high, row.typical.high, row.mean.value)]
    axes = across(row.n for row in rows), log_axis([end for end in seen if 0 < end < inf], 4)
    key = (
        Key("line", "‖W‖ = 1", NORM),
        Key("line", "typical", TYPICAL),
        Key("dashed", "mean"),
        Key("point", f"measured, {number(100 * (1 - MISS))} %"),
        Key("band", "folk rule wrong"),
    )
    panels = tuple(_panel(*each, *axes) for each in by_ensemble(rows).items())
    title = f"where a gradient neither grows nor shrinks: {symbol('sigma_w')}"
    return Picture(title, f"width {symbol('n')}", key, panels)


def by_ensemble(rows: Iterable[ThresholdRow]) -> dict[str, Rows]:
    """The rows of each ensemble, by width."""
    found: dict[str, Rows] = {}
    for row in sorted(rows, key=lambda row: row.n):
        found[row.ensemble] = (*found.get(row.ensemble, ()), row)
    return dict(sorted(found.items()))


def sentence(rows: Sequence[ThresholdRow]) -> str:
    """What to see in the picture, in plain words with the numbers of the widest row of each ensemble."""
    widths = sorted({row.n for row in rows})
    widest = [row for row in rows if row.n == widths[-1]]
    told = (
        f"{row.ensemble.replace('_', ' ')} {number(row.norm.value, 3)}, {number(row.typical.value, 4)}, "
        f"{number(row.mean.value, 4)}"
        for row in widest
    )
    return (
        f"sigma_w against the width n, {widths[0]} to {widths[-1]}, a panel an ensemble: where the norm is 1, where "
        "the typical gradient neither grows nor shrinks, where the mean does. Between the first two the folk rule is "
        f"wrong. In this order at n = {widths[-1]}: {'; '.join(told)}."
    )


def _panel(name: str, rows: Rows, x: Axis, y: Axis) -> Panel:
    at = tuple(float(row.n) for row in rows)
    norm, typical = ([getattr(row, which) for row in rows] for which in ("norm", "typical"))
    ends = (tuple(each.value for each in found) for found in (norm, typical))
    layers = (
        Band("wrong", at, *ends, None),
        *_curve("norm", at, norm, NORM, y),
        *_curve("typical", at, typical, TYPICAL, y),
        Line("mean", at, tuple(row.mean.value for row in rows), None, "dashed"),
    )
    return Panel(name.replace("_", " "), x, y, layers)


def _curve(name: str, at: Numbers, found: Sequence[Threshold], color: int, y: Axis) -> Iterator[Layer]:
    """A line, thin where it joins measured ones; a mark with its bar for each of these, a triangle for what is inf."""
    pairs = list(zip(at, found, strict=True))
    finite = [(x, each) for x, each in pairs if isfinite(each.value)]
    drawn = [(x, each) for x, each in finite if not each.theorem]
    if drawn:
        yield Line(f"{name}-guide", *_values(finite), color, "thin")
        low, high = (tuple(getattr(each, end) for _, each in drawn) for end in ("low", "high"))
        yield Points(f"{name}-measured", *_values(drawn), ("consistent",) * len(drawn), color, 0, low, high, small=True)
    if exact := [(x, each) for x, each in finite if each.theorem]:
        yield Line(name, *_values(exact), color)
    if beyond := tuple(x for x, each in pairs if not isfinite(each.value)):
        top = (y.high / NEAR,) * len(beyond)
        yield Points(f"{name}-beyond", beyond, top, ("above",) * len(beyond), color)


def _values(pairs: Sequence[tuple[float, Threshold]]) -> tuple[Numbers, Numbers]:
    return tuple(x for x, _ in pairs), tuple(each.value for _, each in pairs)
