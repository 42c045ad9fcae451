"""The strip below a picture: measured over predicted, or what lies between them, in the band of the resolution."""

from __future__ import annotations

from collections.abc import Sequence

from numerics.plots.layers import Axis, Band, Key, Layer, Line, Panel, Words
from numerics.plots.naming import relative
from numerics.plots.scales import around
from numerics.plots.values import number, percent
from numerics.verdict import Verdict
from theory.statement import Statement

SIDE = 5.4  # points between the marks of neighbors
REACH = 12.0  # points between the first and the last of many
ROOM = 1.6  # resolutions: no strip is narrower
FAR = 20.0  # resolutions: no strip is wider, what lies beyond stands at its edge


def ground(x: Axis, center: float, resolution: float) -> tuple[Layer, Layer]:
    """The band of the resolution, and its middle."""
    low, high = center - resolution, center + resolution
    return (
        Band("resolution", (x.low, x.high), (low, low), (high, high), None),
        Line("one", (x.low, x.high), (center, center), None, "thin"),
    )


def strip(x: Axis, center: float, resolution: float, layers: Sequence[Layer], seen: Sequence[float]) -> Panel:
    """The panel of these layers, wide enough for all that is seen in them."""
    words = Words(x.high, center + resolution, f"± {asked(resolution, bool(center))}", None)
    return Panel("", x, reaching(center, resolution, seen), (*ground(x, center, resolution), *layers), (words,))


def reaching(center: float, resolution: float, seen: Sequence[float], count: int = 3) -> Axis:
    """The axis around the center that holds what is seen, within its limits."""
    reach = max([ROOM * resolution, *(1.08 * abs(value - center) for value in seen)])
    return around(center, min(reach, FAR * resolution), count, signed=not center)


def asked(resolution: float, parts: bool) -> str:
    """A resolution in words: in parts of what is predicted, or in the statement's own scale."""
    return percent(resolution) if parts else number(resolution)


def shifts(count: int, side: float = SIDE) -> list[float]:
    """By how much each of some series is moved, so that none hides another.

    >>> shifts(2, 4.0)
    [-2.0, 2.0]
    """
    step = min(side, REACH / max(count - 1, 1))
    return [(place - (count - 1) / 2) * step for place in range(count)]


def compared(statement: Statement) -> str:
    """What a strip shows."""
    if relative(statement):
        return "measured ÷ predicted"
    scale = getattr(statement.relation, "scale", 1)
    return "measured − predicted" if scale in (None, 1) else "(measured − predicted) ÷ scale"


def unusual(verdicts: Sequence[Verdict]) -> tuple[Key, ...]:
    """The marks of outcomes other than consistent, where there are such."""
    outcomes = {verdict.outcome for verdict in verdicts} - {"consistent"}
    return tuple(Key("point", outcome, outcome=outcome) for outcome in sorted(outcomes))
