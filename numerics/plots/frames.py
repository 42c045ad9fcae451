"""The lengths of a figure, in inches: what its words take, and what is left for the panels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

from numerics.plots.heads import head_height
from numerics.plots.labels import LINE, POINT, cut, line_height, width
from numerics.plots.layers import Panel, Picture
from numerics.plots.style import Size

WORDS = 0.33  # of the width of a figure: more is not given to words on one side
ROWS = 0.5  # of it, to the names of rows
BETWEEN = 0.16  # panels of a row
HINTED = 1.03  # of the width of words: letters set on the whole pixels of a coarse screen take more
SMALLER = 0.6  # points: words of ticks than labels


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
        most = ROWS * size.width if picture.is_rows else room
        y = replace(panel.y, words=tuple(cut(word, font - SMALLER, most) for word in panel.y.words))
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
    right = HINTED * ends + 9 * POINT if ends else 0.1
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
        ticks=small * LINE * POINT + 5 * POINT + 0.1,
        foot=small * LINE * POINT + 5 * POINT + line * (1.2 if picture.across else 0.2),
    )
