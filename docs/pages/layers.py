"""Where the boxes of the dependency graph stand.

Graphviz would do it, but who installs with pip has none; a layered layout of a few boxes is short.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

Uses = Mapping[str, Sequence[str]]  # of each node, the nodes that it builds on


@dataclass(frozen=True)
class Frame:
    """The room of a layout: its width, a box, and what lies between boxes along the arrows and across them."""

    width: float
    box: tuple[float, float]
    along: float
    across: float
    down: bool  # whether arrows point down; otherwise to the right


@dataclass(frozen=True)
class Placed:
    """The upper left corner of each box, and the lower end of all."""

    corners: Mapping[str, tuple[float, float]]
    bottom: float


def layered(uses: Uses) -> dict[str, int]:
    """The layer of each node: one more than the highest of those that it builds on.

    Raises ValueError where nodes build on each other in a circle.

    >>> layered({"a": [], "b": ["a"], "c": ["a", "b"]})
    {'a': 0, 'b': 1, 'c': 2}
    """
    found: dict[str, int] = {}
    while len(found) < len(uses):
        ready = [node for node in uses if node not in found and all(other in found for other in uses[node])]
        if not ready:
            raise ValueError(f"{', '.join(node for node in uses if node not in found)}: they build on each other")
        found |= {node: max((found[other] + 1 for other in uses[node]), default=0) for node in ready}
    return {node: found[node] for node in uses}


def components(uses: Uses) -> list[tuple[str, ...]]:
    """The nodes that hang together, each group in the order given.

    >>> components({"a": [], "b": [], "c": ["a"]})
    [('a', 'c'), ('b',)]
    """
    group = {node: node for node in uses}
    for node, others in uses.items():
        for other in others:
            old, new = group[node], group[other]
            group = {each: new if of == old else of for each, of in group.items()}
    return [tuple(node for node in uses if group[node] == of) for of in dict.fromkeys(group.values())]


def ordered(nodes: Collection[str], uses: Uses) -> list[list[str]]:
    """The layers of a component; in each, nodes stand by the mean place of those that they build on."""
    layer = layered({node: [other for other in uses[node] if other in nodes] for node in nodes})
    rows: list[list[str]] = [[] for _ in range(max(layer.values()) + 1)]
    place: dict[str, float] = {}
    for node in sorted(nodes, key=lambda each: layer[each]):
        rows[layer[node]].append(node)
    for row in rows:
        row.sort(key=lambda node: _mean([place[other] for other in uses[node] if other in place]))
        place |= {node: (number + 0.5) / len(row) for number, node in enumerate(row)}
    return rows


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.5


def place(groups: Iterable[Collection[str]], uses: Uses, frame: Frame, top: float) -> Placed:
    """Every group below or, while there is room, beside the one before."""
    corners: dict[str, tuple[float, float]] = {}
    left, shelf, bottom = 0.0, top, top
    beside, below = (frame.across, frame.along) if frame.down else (frame.along, frame.across)
    for nodes in groups:
        found, width, height = _block(ordered(nodes, uses), frame)
        if left and left + width > frame.width + 1e-6:
            left, shelf = 0.0, bottom + below
        corners |= {node: (left + x, shelf + y) for node, (x, y) in found.items()}
        bottom, left = max(bottom, shelf + height), left + width + beside
    return Placed(corners, bottom)


def _block(rows: Sequence[Sequence[str]], frame: Frame) -> tuple[dict[str, tuple[float, float]], float, float]:
    """A component in a block of its own: its corners, width and height. Layers centered across the arrows."""
    box = frame.box[::-1] if frame.down else frame.box  # along the arrows, across them
    most = (
        max(1, int((frame.width + frame.across) // (box[1] + frame.across))) if frame.down else len(max(rows, key=len))
    )
    lines = [list(row[start : start + most]) for row in rows for start in range(0, len(row), most)]
    wide = max(len(line) for line in lines) * (box[1] + frame.across) - frame.across
    found = {}
    for number, line in enumerate(lines):
        free = wide - len(line) * (box[1] + frame.across) + frame.across
        for place_in_line, node in enumerate(line):
            spot = (number * (box[0] + frame.along), free / 2 + place_in_line * (box[1] + frame.across))
            found[node] = spot[::-1] if frame.down else spot
    long = len(lines) * (box[0] + frame.along) - frame.along
    return (found, wide, long) if frame.down else (found, long, wide)
