"""Where the panels and strips of a picture stand. Lengths in inches from the lower left corner."""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from math import ceil

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from numerics.plots.drawing import draw
from numerics.plots.labels import EDGE, POINT, beside, cut, head, head_height, inside, line_height, width, write
from numerics.plots.layers import Panel, Picture
from numerics.plots.scales import fraction
from numerics.plots.style import Palette, Size

WORDS = 0.33  # of the width of a figure: more is not given to words on one side
BETWEEN = 0.16  # panels of a row
APART = 0.07  # at least, between words of ticks
SMALLER = 0.6  # points: words of ticks than labels


class Picturing(Figure):
    """A Matplotlib figure that a notebook shows without pyplot."""

    def _repr_png_(self) -> bytes:
        file = BytesIO()
        self.savefig(file, format="png", dpi=160)
        return file.getvalue()


@dataclass(frozen=True)
class Frame:
    """The lengths of a picture: ``left``, ``right`` of each panel for words, ``span`` its width, ``tall`` its height.

    ``strip``: what the strip below it takes; ``title``: above it; ``ticks``: words below it.
    """

    columns: int
    rows: int
    left: float
    right: float
    span: float
    head: float
    title: float
    tall: float
    strip: float
    ticks: float
    foot: float

    @property
    def step(self) -> float:
        """From the foot of a row to that of the next."""
        return self.strip + self.tall + self.title + self.ticks

    @property
    def height(self) -> float:
        return self.head + self.rows * self.step - self.ticks + self.foot


def shortened(picture: Picture, size: Size) -> Picture:
    """The picture with no word longer than the figure has room for beside its panels."""
    font, room = size.font, WORDS * size.width
    above = 0.8 * size.width / min(size.columns, len(picture.panels))

    def short(panel: Panel) -> Panel:
        y = replace(panel.y, words=tuple(cut(word, font - SMALLER, room) for word in panel.y.words))
        ends = tuple(replace(word, text=cut(word.text, font, room)) for word in panel.ends)
        return replace(panel, title=cut(panel.title, font, above), y=y, ends=ends)

    panels, strips = (tuple(map(short, each)) for each in (picture.panels, picture.strips))
    key = tuple(replace(key, text=cut(key.text, font, 2 * room)) for key in picture.key)
    return replace(picture, across=cut(picture.across, font, 2 * room), panels=panels, strips=strips, key=key)


def framed(picture: Picture, size: Size) -> Frame:
    """The lengths that the words of a picture leave."""
    line, count, small = line_height(size), len(picture.panels), size.font - SMALLER
    alike = len({panel.y.words for panel in picture.panels}) == 1
    columns = min(size.columns, count) if alike else 1
    every = (*picture.panels, *picture.strips)
    left = max(width(word, small) for panel in every for word in ("0", *panel.y.words)) + 10 * POINT
    ends = max((width(word.text, size.font) for panel in every for word in panel.ends), default=0.0)
    right = ends + 9 * POINT if ends else 0.1
    return Frame(
        columns=columns,
        rows=ceil(count / columns),
        left=left,
        right=right,
        span=(size.width - left - (columns - 1) * BETWEEN) / columns - right,
        head=head_height(picture, size),
        title=line * 1.15 if any(panel.title for panel in picture.panels) else 0.0,
        tall=picture.panel or size.panel * (0.85 if count > columns else 1),
        strip=size.strip + line * 1.35 + 6 * POINT if picture.strips else 0.0,
        ticks=small * 1.32 * POINT + 5 * POINT + 0.1,
        foot=small * 1.32 * POINT + 5 * POINT + line * (1.2 if picture.across else 0.2),
    )


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
