"""What a figure shows, as data: every number that is drawn can be read here, in the units of the axes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Numbers = tuple[float, ...]
FEW = 12  # points of a series in a miniature


@dataclass(frozen=True)
class Axis:
    """One axis: its ends, whether it is logarithmic, where its ticks are and what stands there."""

    low: float
    high: float
    log: bool
    ticks: Numbers
    words: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """A curve: what is predicted (solid), a guide for the eye (thin), a limit or what is asked for (dashed).

    shift: points (1/72 in) to the right, as the points that it joins.
    """

    name: str
    x: Numbers
    y: Numbers
    color: int | None
    style: Literal["solid", "thin", "dashed"] = "solid"
    shift: float = 0.0

    def heights(self) -> Numbers:
        return self.y

    def thinned(self) -> Line:
        """Every so many of many points, and the last."""
        step = -(-len(self.x) // (2 * FEW)) or 1
        return replace(self, x=(*self.x[:-1:step], *self.x[-1:]), y=(*self.y[:-1:step], *self.y[-1:]))


@dataclass(frozen=True)
class Band:
    """The ground between two curves."""

    name: str
    x: Numbers
    low: Numbers
    high: Numbers
    color: int | None

    def heights(self) -> Numbers:
        return (*self.low, *self.high)


@dataclass(frozen=True)
class Points:
    """What was measured: a mark a verdict, its shape by its outcome; ``low``, ``high``: ends of a bar, if there is one.

    shape: which of the marks a consistent one gets. shift: points (1/72 in) to the right, so that series can stand side
    by side. caps: the upper ends of the bars are marked. flat: the bars lie along x. small: marks as in a strip.
    What lies beyond the axis is drawn at its edge.
    """

    name: str
    x: Numbers
    y: Numbers
    outcomes: tuple[str, ...]
    color: int | None
    shape: int = 0
    low: Numbers = ()
    high: Numbers = ()
    shift: float = 0.0
    caps: bool = False
    flat: bool = False
    small: bool = False

    def heights(self) -> Numbers:
        return (*self.y, *self.low, *self.high)

    def thinned(self) -> Points:
        """Every so many of many points; bars kept where they end at what is allowed."""
        step = max(-(-len(self.x) // FEW), 1)
        bars = (self.low[::step], self.high[::step]) if self.caps else ((), ())
        columns = {"x": self.x[::step], "y": self.y[::step], "outcomes": self.outcomes[::step]}
        return replace(self, **columns, low=bars[0], high=bars[1], small=False)


@dataclass(frozen=True)
class Words:
    """A label beside the end of a curve, or at its place in the figure."""

    x: float
    y: float
    text: str
    color: int | None


Layer = Line | Band | Points


def stacked(layers: Iterable[Layer]) -> tuple[Layer, ...]:
    """Bands below lines below points, equal ones once."""
    rank = {Band: 0, Line: 1, Points: 2}
    return tuple(sorted(dict.fromkeys(layers), key=lambda layer: rank[type(layer)]))


@dataclass(frozen=True)
class Panel:
    """One pair of axes: title above it, layers from below to above, labels right of it and, at their places, in it."""

    title: str
    x: Axis
    y: Axis
    layers: tuple[Layer, ...]
    ends: tuple[Words, ...] = ()
    notes: tuple[Words, ...] = ()

    def sketched(self) -> Panel:
        """For a miniature: the first kind of weights alone, few of many points, no bars but those that end at a cap,
        no bands but simple ones."""
        kept = [layer for layer in self.layers if not (isinstance(layer, Points) and layer.shape)]
        kept = [layer for layer in kept if not (isinstance(layer, Band) and len(layer.x) > FEW)]
        return replace(self, layers=tuple(layer if isinstance(layer, Band) else layer.thinned() for layer in kept))


@dataclass(frozen=True)
class Key:
    """An entry of the key: what a mark, a line or a band means."""

    mark: Literal["line", "thin", "dashed", "point", "band", "cap"]
    text: str
    color: int | None = None
    shape: int = 0
    outcome: str = "consistent"


@dataclass(frozen=True)
class Picture:
    """A whole figure: panels side by side (below each other where it is narrow), each with a strip below it or none."""

    title: str
    across: str
    key: tuple[Key, ...]
    panels: tuple[Panel, ...]
    strips: tuple[Panel, ...] = ()
    strip_title: str = ""
    panel: float | None = None  # height of a panel of rows, in inches; None: as the size says

    @property
    def is_rows(self) -> bool:
        return self.panel is not None
