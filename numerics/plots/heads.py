"""Above the panels: what is drawn, and what each mark means. Lengths in inches from the lower left corner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from numerics.plots.drawing import BAND, WIDTHS, mark_style
from numerics.plots.labels import EDGE, POINT, line_height, width, write
from numerics.plots.layers import Key, Picture
from numerics.plots.style import Palette, Size

SWATCH = 15  # points: length of a line in the key
ENTRY = 34  # points of an entry of the key beside its words


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
