"""Words beside and inside panels, and the room they take. Lengths in inches from the lower left corner."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.textpath import TextPath

from numerics.plots.layers import Panel
from numerics.plots.scales import fraction
from numerics.plots.style import Palette, Size
from numerics.plots.writing import END, MARKED, SUB, SUPER, SYMBOL

OPEN = re.compile(f"[{SYMBOL}{SUB}{SUPER}][^{END}]*$")  # a mark without its end
POINT = 1 / 72
LINE = 1.32  # height of a line of words, in font sizes
EDGE = 0.02  # between the figure's left edge and its title
OVER = 0.05  # words beside a curve may stand above and below the panel by so much


@lru_cache(maxsize=4096)
def width(text: str, font: float) -> float:
    """Width of the widest line of a text, as Matplotlib's own font sets it: the site's font is narrower."""
    lines = [line for line in MARKED.sub(r"\2", text).replace("$", "S").split("\n") if line.strip()]
    return max((TextPath((0, 0), line, size=font).get_extents().width for line in lines), default=0.0) * POINT


def cut(text: str, font: float, room: float) -> str:
    """The text, each line ended by … where it is wider than the room.

    >>> cut("a long name", 8.0, 0.3)
    'a lo…'
    """
    return "\n".join(line if width(line, font) <= room else _cut(line, font, room) for line in text.split("\n"))


def _cut(line: str, font: float, room: float) -> str:
    """As much of it as has room, no mark left open."""
    parts = [line[:end].rstrip() for end in range(len(line)) if not OPEN.search(line[:end])]
    fits = bisect_right(parts, room, key=lambda part: width(f"{part}…", font))
    return f"{parts[max(fits - 1, 0)]}…"


def line_height(size: Size) -> float:
    return size.font * LINE * POINT


def write(
    figure: Figure, x: float, y: float, text: str, font: float, color: str, palette: Palette, align: str = "left"
) -> None:
    """A line of words on its base line."""
    if text:
        place = {"transform": figure.dpi_scale_trans, "horizontalalignment": align, "verticalalignment": "baseline"}
        figure.text(x, y, palette.write(text), fontsize=font, color=color, **place)


def lines(text: str, palette: Palette) -> str:
    """Words of several lines as Matplotlib writes them."""
    return "\n".join(map(palette.write, text.split("\n")))


def beside(axes: Axes, panel: Panel, size: Size, palette: Palette) -> None:
    """Words right of the curves, pushed apart where they would overlap; a hairline leads to those far from theirs."""
    figure, box = axes.figure, axes.get_position()
    wide, high = figure.get_size_inches()
    x, foot, height = box.x1 * wide, box.y0 * high, box.height * high
    wanted = [min(max(fraction(w.y, panel.y.low, panel.y.high, panel.y.log), 0.0), 1.0) * height for w in panel.ends]
    tall = [line_height(size) * (1 + word.text.count("\n")) for word in panel.ends]
    for word, want, at in zip(panel.ends, wanted, settle(wanted, tall, height), strict=True):
        if abs(at - want) > 0.6 * line_height(size):
            _lead(figure, (x + POINT, x + 5.5 * POINT), (foot + want, foot + at), palette)
        color = palette.muted if word.color is None else palette.word(word.color)
        style: dict[str, Any] = {"transform": figure.dpi_scale_trans, "verticalalignment": "center", "linespacing": 1.2}
        figure.text(x + 7 * POINT, foot + at, lines(word.text, palette), color=color, fontsize=size.font, **style)


def _lead(figure: Figure, x: Sequence[float], y: Sequence[float], palette: Palette) -> None:
    figure.add_artist(Line2D(x, y, transform=figure.dpi_scale_trans, color=palette.muted, linewidth=0.5))


def inside(axes: Axes, panel: Panel, size: Size, palette: Palette) -> None:
    """Words at their places in the panel, to the right and below."""
    for note in panel.notes:
        style: dict[str, Any] = {"xytext": (9, 2), "textcoords": "offset points", "verticalalignment": "top"}
        color = palette.word(note.color)
        axes.annotate(lines(note.text, palette), (note.x, note.y), color=color, fontsize=size.font, **style)


def settle(wanted: Sequence[float], tall: Sequence[float], height: float) -> list[float]:
    """Centers as near to the wanted ones as can be, in their order, so that boxes of these heights do not overlap.

    >>> [round(place, 9) for place in settle([1.0, 1.0], [0.5, 0.5], 4.0)]
    [0.75, 1.25]
    """
    order = sorted(range(len(wanted)), key=lambda i: (round(wanted[i], 2), i))  # equal ones in their own order
    blocks: list[tuple[float, int, float]] = []  # boxes that touch: sum of the feet they want, their number, height
    for i in order:
        blocks.append((wanted[i] - tall[i] / 2, 1, tall[i]))
        while len(blocks) > 1 and _foot(blocks[-2]) + blocks[-2][2] > _foot(blocks[-1]):
            feet, count, room = blocks.pop()
            before = blocks.pop()
            blocks.append((before[0] + feet - count * before[2], before[1] + count, before[2] + room))
    places, at = [0.0] * len(wanted), iter(order)
    for block in blocks:
        foot = max(min(_foot(block), height + OVER - block[2]), -OVER)
        for i in (next(at) for _ in range(block[1])):
            places[i] = foot + tall[i] / 2
            foot += tall[i]
    return places


def _foot(block: tuple[float, int, float]) -> float:
    return block[0] / block[1]
