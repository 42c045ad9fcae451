"""Words around the panels: title, key, labels beside and inside. Lengths in inches from the lower left corner."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.textpath import TextPath

from numerics.plots.drawing import BAND, WIDTHS, mark_style
from numerics.plots.layers import Key, Panel, Picture
from numerics.plots.scales import fraction
from numerics.plots.style import Palette, Size
from numerics.plots.writing import END, MARKED, SUB, SUPER, SYMBOL

OPEN = re.compile(f"[{SYMBOL}{SUB}{SUPER}][^{END}]*$")  # a mark without its end
POINT = 1 / 72
LINE = 1.32  # height of a line of words, in font sizes
EDGE = 0.02  # between the figure's left edge and its title
OVER = 0.05  # words beside a curve may stand above and below the panel by so much
SWATCH = 15  # points: length of a line in the key
ENTRY = 34  # points of an entry of the key beside its words


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


def head_height(picture: Picture, size: Size) -> float:
    """What title and key take above the panels."""
    lines = len(_title(picture, size)) + 1.1 * len(_rows(picture, size))
    return line_height(size) * (lines + 0.35) + 0.06


def head(figure: Figure, picture: Picture, top: float, size: Size, palette: Palette) -> None:
    """The title at the left; the key right of it where there is room, else in lines below."""
    line = line_height(size)
    for words in _title(picture, size):
        top -= line
        write(figure, EDGE, top, words, size.font + 0.4, palette.ink, palette)
    if _fits(picture, size):
        x = size.width + 0.12 - sum(_entry(key, size) for key in picture.key)
        _row(figure, picture.key, x, top, size, palette)
    for number, row in enumerate(_rows(picture, size)):
        _row(figure, row, EDGE, top - line * (1.2 + 1.1 * number), size, palette)


def _title(picture: Picture, size: Size) -> list[str]:
    """The title in lines that the figure is wide enough for."""
    lines: list[str] = [""]
    for word in picture.title.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width(longer, size.font + 0.4) + EDGE > size.width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _fits(picture: Picture, size: Size) -> bool:
    """Whether the key stands beside the title."""
    taken = width(picture.title, size.font + 0.4) + sum(_entry(key, size) for key in picture.key)
    return taken + 0.1 < size.width


def _entry(key: Key, size: Size) -> float:
    return width(key.text, size.font - 0.6) + ENTRY * POINT


def _rows(picture: Picture, size: Size) -> list[list[Key]]:
    """The key in lines below the title; none where it stands beside it."""
    if _fits(picture, size):
        return []
    rows: list[list[Key]] = []
    room = 0.0
    for key in picture.key:
        if not rows or room < _entry(key, size) - 0.12:
            rows.append([])
            room = size.width - EDGE
        rows[-1].append(key)
        room -= _entry(key, size)
    return rows


def _row(figure: Figure, row: Sequence[Key], x: float, y: float, size: Size, palette: Palette) -> None:
    for key in row:
        _swatch(figure, key, x, y + 0.33 * size.font * POINT, palette)
        write(figure, x + 20 * POINT, y, key.text, size.font - 0.6, palette.muted, palette)
        x += _entry(key, size)


def _swatch(figure: Figure, key: Key, x: float, y: float, palette: Palette) -> None:
    """The mark of an entry, from x on, its middle at y."""
    color = palette.muted if key.color is None else palette.color(key.color)
    style: dict[str, Any] = {"transform": figure.dpi_scale_trans, "color": color}
    middle = x + SWATCH / 2 * POINT
    match key.mark:
        case "band":
            corner, opacity = (x, y - 3.2 * POINT), 1.6 * BAND
            figure.add_artist(Rectangle(corner, SWATCH * POINT, 6.4 * POINT, alpha=opacity, linewidth=0, **style))
        case "cap":
            top = y + 3.4 * POINT
            figure.add_artist(Line2D([middle, middle], [y - 4 * POINT, top], linewidth=0.9, **style))
            figure.add_artist(Line2D([middle - 3 * POINT, middle + 3 * POINT], [top, top], linewidth=1.3, **style))
        case "point":
            shown = mark_style(key.outcome, key.shape, color, palette)
            shown["markersize"] = min(shown["markersize"], 6.4)
            figure.add_artist(Line2D([middle], [y], linestyle="none", transform=figure.dpi_scale_trans, **shown))
        case _:
            dash: Any = (0, (4, 2.5)) if key.mark == "dashed" else "solid"
            thick = WIDTHS["solid" if key.mark == "line" else key.mark]
            figure.add_artist(Line2D([x, x + SWATCH * POINT], [y, y], linewidth=thick, linestyle=dash, **style))
