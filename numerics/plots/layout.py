"""Where the panels and strips of a picture stand. Lengths in inches from the lower left corner."""

from __future__ import annotations

from io import BytesIO

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from numerics.plots.drawing import draw
from numerics.plots.frames import BETWEEN, SMALLER, Frame, framed, shortened
from numerics.plots.heads import head
from numerics.plots.labels import EDGE, beside, inside, line_height, width, write
from numerics.plots.layers import Panel, Picture
from numerics.plots.scales import fraction
from numerics.plots.style import Palette, Size

APART = 0.07  # at least, between words of ticks


class Picturing(Figure):
    """A Matplotlib figure that a notebook shows without pyplot."""

    def _repr_png_(self) -> bytes:
        file = BytesIO()
        self.savefig(file, format="png", dpi=160)
        return file.getvalue()


def compose(picture: Picture, size: Size, palette: Palette) -> Figure:
    """The picture as a Matplotlib figure."""
    if size.bare:
        return _bare(picture, size, palette)
    picture = shortened(picture, size)
    frame = framed(picture, size)
    figure = Picturing(figsize=(size.width, frame.height), facecolor=palette.panel)
    head(figure, picture, frame.height, size, palette)
    for number in range(len(picture.panels)):
        row, column = divmod(number, frame.columns)
        left = frame.left + column * (frame.span + frame.right + BETWEEN)
        below = frame.foot + (frame.rows - 1 - row) * frame.step
        _column(figure, picture, number, (left, below), size, palette, frame)
    return figure


def _column(
    figure: Figure, picture: Picture, number: int, at: tuple[float, float], size: Size, palette: Palette, frame: Frame
) -> None:
    """A panel, what stands around it, and its strip."""
    (left, below), panel, line = at, picture.panels[number], line_height(size)
    first, last = number % frame.columns == 0, number >= len(picture.panels) - frame.columns
    strip = picture.strips[number] if picture.strips else None
    box = (left, below + frame.strip, frame.span, frame.tall)
    axes = _axes(figure, box, panel, size, palette, first, strip is None)
    beside(axes, panel, size, palette)
    inside(axes, panel, size, palette)
    write(figure, left, box[1] + frame.tall + 0.3 * line, panel.title, size.font, palette.muted, palette)
    if strip:
        low = _axes(figure, (left, below, frame.span, size.strip), strip, size, palette, first, True)
        beside(low, strip, size, palette)
        said = picture.strip_title if first else ""
        write(figure, EDGE, below + size.strip + 0.4 * line, said, size.font, palette.ink, palette)
    if last:
        write(figure, left + frame.span / 2, 0.32 * line, picture.across, size.font, palette.ink, palette, "center")


def _axes(
    figure: Figure,
    box: tuple[float, float, float, float],
    panel: Panel,
    size: Size,
    palette: Palette,
    first: bool,
    last: bool,
) -> Axes:
    """Axes in a box, with thin lines at the ticks, words left of the first of a row and below the last of a column."""
    wide, high = figure.get_size_inches()
    axes = figure.add_axes((box[0] / wide, box[1] / high, box[2] / wide, box[3] / high), facecolor="none")
    draw(axes, panel, size, palette)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set(color=palette.muted, linewidth=0.7)
    axes.grid(color=palette.grid, linewidth=0.6)
    axes.set_axisbelow(True)
    words = _apart(panel, box[2], size) if last else [""] * len(panel.x.ticks)
    axes.set_xticks(panel.x.ticks, [palette.write(word) for word in words])
    axes.set_yticks(panel.y.ticks, [palette.write(word) if first else "" for word in panel.y.words])
    axes.minorticks_off()
    axes.tick_params(color=palette.muted, labelcolor=palette.muted, width=0.7, length=3, labelsize=size.font - SMALLER)
    return axes


def _apart(panel: Panel, span: float, size: Size) -> list[str]:
    """The words of the ticks of x, without those that would touch their left neighbor."""
    axis, end, words = panel.x, float("-inf"), []
    for tick, word in zip(axis.ticks, axis.words, strict=True):
        half = width(word, size.font - SMALLER) / 2
        at = fraction(tick, axis.low, axis.high, axis.log) * span
        words.append(word if at - half > end else "")
        end = at + half + APART if words[-1] else end
    return words


def _bare(picture: Picture, size: Size, palette: Palette) -> Figure:
    """Lines and points of the last panel alone."""
    figure = Picturing(figsize=(size.width, size.panel), facecolor=palette.panel)
    axes = figure.add_axes((0.03, 0.06, 0.94, 0.88), facecolor="none")
    draw(axes, picture.panels[-1].sketched(), size, palette)
    axes.set_axis_off()
    return figure
