"""How figures look: their sizes, their colors, and Matplotlib's settings while one is made."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import matplotlib

from numerics.plots.writing import mathtext


@dataclass(frozen=True)
class Size:
    """Lengths in inches, ``font`` in points; ``bare``: lines and points alone, without words and axes."""

    name: str
    width: float
    panel: float
    strip: float
    font: float
    columns: int = 2
    bare: bool = False


WIDE = Size("wide", 7.2, 2.75, 0.85, 8.6)
NARROW = Size("narrow", 3.9, 2.55, 0.85, 9.2, columns=1)
MINIATURE = Size("mini", 2.6, 1.2, 0.0, 8.0, bare=True)


@dataclass(frozen=True)
class Palette:
    """Colors by what they are for; ``series`` and ``words`` go together. ``write``: how a label's marks are set."""

    ink: str
    muted: str
    grid: str
    panel: str
    refuted: str
    series: tuple[str, ...]
    words: tuple[str, ...]
    write: Callable[[str], str] = mathtext

    def color(self, number: int | None) -> str:
        """The color of a series, around again after the last; ink for None."""
        return self.ink if number is None else self.series[number % len(self.series)]

    def word(self, number: int | None) -> str:
        """The color of words about a series: darker, to be read."""
        return self.ink if number is None else self.words[number % len(self.words)]


SCREEN = Palette(
    ink="#1f2430",
    muted="#5b6577",
    grid="#e3e6ec",
    panel="#ffffff",
    refuted="#b02a2a",
    series=("#2f6fde", "#d9662b", "#1b9a76", "#9a4fc4", "#a67c00", "#c8377f"),
    words=("#255cc0", "#a8481a", "#0f6b4e", "#7d3aa6", "#7d5200", "#a42766"),
)

# Not looks, but where and how Matplotlib runs: these stay as they are.
KEPT = ("backend", "interactive", "toolbar", "webagg", "tk.", "savefig.directory", "figure.max_open", "figure.raise")


def settings(**more: object) -> AbstractContextManager[None]:
    """Matplotlib's own defaults for a while, whatever the user's style says, with these changed."""
    plain: dict[str, Any] = {
        key: value for key, value in matplotlib.rcParamsDefault.items() if not key.startswith(KEPT)
    }
    return matplotlib.rc_context({**plain, "mathtext.fontset": "dejavusans", **more})
