"""Layers of a figure onto Matplotlib axes. Each artist bears the name of its layer, so that its numbers can be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.transforms import ScaledTranslation, Transform

from numerics.plots.layers import Axis, Band, Line, Panel, Points
from numerics.plots.style import Palette, Size

SHAPES = (("o", 4.4), ("s", 7.0), ("^", 8.6), ("p", 10.4), ("h", 12.2))  # one inside another, each still seen
OUTCOMES = {"refuted": ("X", 6.4), "underpowered": ("D", 5.4), "unseen": ("v", 5.4)}
WIDTHS = {"solid": 1.8, "thin": 0.9, "dashed": 1.0}
BAND = 0.18  # opacity


def draw(axes: Axes, panel: Panel, size: Size, palette: Palette) -> None:
    """All layers of a panel, within its axes."""
    _scale(axes, panel)
    for depth, layer in enumerate(panel.layers):
        match layer:
            case Band():
                _band(axes, layer, depth, palette, panel.y)
            case Line():
                _line(axes, layer, depth, palette, panel.y, 0.9 if size.bare else 1.0)
            case Points():
                _points(axes, layer, 10 + depth, palette, panel.x if layer.flat else panel.y)


def _scale(axes: Axes, panel: Panel) -> None:
    axes.set_xscale("log" if panel.x.log else "linear")
    axes.set_yscale("log" if panel.y.log else "linear")
    axes.set_xlim(panel.x.low, panel.x.high)
    axes.set_ylim(panel.y.low, panel.y.high)


def _band(axes: Axes, band: Band, depth: int, palette: Palette, y: Axis) -> None:
    color, low, high = palette.color(band.color), inside(band.low, y), inside(band.high, y)
    opacity = BAND if band.color is not None else BAND / 2
    axes.fill_between(band.x, low, high, color=color, alpha=opacity, linewidth=0, zorder=1 + depth / 100, gid=band.name)


def inside(values: tuple[float, ...], axis: Axis) -> np.ndarray[Any, Any]:
    """The values where the axis has room for them, else a little beyond its end."""
    if axis.log:
        more = (axis.high / axis.low) ** 0.02
        return np.clip(values, axis.low / more, axis.high * more)
    more = 0.02 * (axis.high - axis.low)
    return np.clip(values, axis.low - more, axis.high + more)


def _line(axes: Axes, line: Line, depth: int, palette: Palette, y: Axis, scale: float) -> None:
    style: dict[str, Any] = {"linewidth": WIDTHS[line.style] * scale, "solid_capstyle": "round", "gid": line.name}
    if line.shift:
        style |= {"transform": _moved(axes, line.shift)}
    if line.style == "dashed":
        style |= {"dashes": (4, 2.5)}
    if line.style == "thin":
        style |= {"alpha": 0.55}
    axes.plot(line.x, inside(line.y, y), color=palette.color(line.color), zorder=2 + depth / 100, **style)


def _points(axes: Axes, points: Points, order: float, palette: Palette, axis: Axis) -> None:
    moved: dict[str, Any] = {"transform": _moved(axes, points.shift)}
    color = palette.color(points.color)
    if points.low:
        _bars(axes, points, order - 1, color, axis, moved)
    for name, x, y, mark in _marks(points, axis):
        style = mark_style(mark, points.shape, color, palette)
        if points.small:
            style["markersize"] = min(style["markersize"], 5.6) - 1.0
        axes.plot(x, y, linestyle="none", zorder=order, gid=name, clip_on=False, **style, **moved)


def _moved(axes: Axes, shift: float) -> Transform:
    """Where data stand, so many points to the right."""
    return axes.transData + ScaledTranslation(shift / 72, 0, axes.figure.dpi_scale_trans)


def _bars(axes: Axes, points: Points, order: float, color: str, axis: Axis, moved: dict[str, Any]) -> None:
    """A bar a point; where it ends at what is allowed, a cap."""
    ends = inside(points.low, axis), inside(points.high, axis)
    thin: dict[str, Any] = {"linewidth": 0.8, "alpha": 0.6} if points.caps else {"linewidth": 1.1}
    lines, at = (axes.hlines, points.y) if points.flat else (axes.vlines, points.x)
    lines(at, *ends, color=color, zorder=order, gid=f"{points.name}-bars", **thin, **moved)
    if points.caps:
        x, y, marker = (points.high, points.y, "|") if points.flat else (points.x, points.high, "_")
        cap: dict[str, Any] = {"marker": marker, "markersize": 6, "markeredgewidth": 1.3, "linestyle": "none"}
        axes.plot(x, y, color=color, zorder=order, gid=f"{points.name}-caps", **cap, **moved)


def mark_style(outcome: str, shape: int, color: str, palette: Palette) -> dict[str, Any]:
    """How a measured point looks: by its outcome, else by its kind; where it is beyond the axis, a filled triangle."""
    if outcome == "refuted":
        marker, size = OUTCOMES[outcome]
        return {"marker": marker, "markersize": size, "color": palette.refuted, "markeredgecolor": palette.panel}
    if outcome.startswith(("below", "above")):
        seen = palette.refuted if outcome.endswith("refuted") else color
        return {"marker": "v" if outcome.startswith("below") else "^", "markersize": 4.6, "color": seen}
    marker, size = OUTCOMES.get(outcome, SHAPES[shape % len(SHAPES)])
    face = palette.panel if shape == 0 or outcome in OUTCOMES else "none"
    edge = 1.15 if shape == 0 else 1.0
    return {"marker": marker, "markersize": size, "markeredgewidth": edge, "color": color, "markerfacecolor": face}


def _marks(points: Points, axis: Axis) -> Iterator[tuple[str, tuple[float, ...], tuple[float, ...], str]]:
    """The points by what their mark is: those beyond the axis stand at its edge."""
    along, beside = (points.x, points.y) if points.flat else (points.y, points.x)
    placed = [(*_edge(value, axis, of), at) for value, of, at in zip(along, points.outcomes, beside, strict=True)]
    for mark in dict.fromkeys(mark for _, mark, _ in placed):
        values, places = zip(*((value, at) for value, of, at in placed if of == mark), strict=True)
        name = points.name if mark == "consistent" else f"{points.name}-{mark}"
        yield name, *((values, places) if points.flat else (places, values)), mark


def _edge(value: float, axis: Axis, outcome: str) -> tuple[float, str]:
    if axis.low <= value <= axis.high:
        return value, outcome
    refuted = "-refuted" if outcome == "refuted" else ""
    return (axis.low, f"below{refuted}") if value < axis.low else (axis.high, f"above{refuted}")
