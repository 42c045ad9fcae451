"""The table and the figure of the three thresholds, from their stored measurement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil, floor, inf, log10
from pathlib import Path

from gradproof_docs.figures import drawn, kept_at
from gradproof_docs.pages.markup import escape, fence, table
from numerics.crossings import MISS, NAMES, Threshold, ThresholdRow, read
from numerics.plots.crossings import by_ensemble, crossings, sentence
from numerics.plots.style import NARROW, WIDE

MEASURED = Path(__file__).with_name("thresholds.json")
SIZES = replace(WIDE, columns=3, panel=1.7), replace(NARROW, columns=2, panel=1.7)  # many small panels
NAME = "thresholds"
PLACES = 5  # of an exact number, and at most
ROUNDING = 1e-9  # of float64, in units of the last place


def fragments(cache: Path | None = None) -> dict[str, str]:
    """What the guide includes, by its path in the site's source: table, figure with caption, and its two drawings."""
    rows = read(MEASURED).rows
    picture, words = crossings(rows), sentence(rows)
    names = {size: f"{NAME}-{size.name}" for size in SIZES}
    drawings = {
        f"figures/{name}.svg": drawn(name, picture, size, words, cache or kept_at()) for size, name in names.items()
    }
    return {
        "generated/thresholds_table.md": thresholds_table(rows) + "\n",
        "generated/thresholds_figure.md": fence("evidence", caption(rows), NAME) + "\n",
        **drawings,
    }


def thresholds_table(rows: Sequence[ThresholdRow]) -> str:
    """A row an ensemble and width.

    >>> from numerics.crossings import thresholds
    >>> print(thresholds_table(thresholds(["gaussian"], [4])))
    | ensemble | n | norm | typical | mean |
    |:--|--:|--:|--:|--:|
    | gaussian | 4 | 0.64708 | 1.14474 | 1 |
    """
    lines = [
        [escape(name.replace("_", " ")), str(row.n), *(cell(getattr(row, each)) for each in NAMES)]
        for name, own in by_ensemble(rows).items()
        for row in own
    ]
    return table(["ensemble", "n", *NAMES], lines, right=range(1, 5))


def cell(threshold: Threshold) -> str:
    """Five places of an exact number; a measured one with how far it may be off, in one digit, rounded up.

    >>> print(cell(Threshold(0.50021, 0.4989, 0.5009, draws=9)), cell(Threshold(1.25, 1.25, 1.25, "norm_law")))
    0.500 ± 0.002 1.25000
    """
    value = threshold.value
    if threshold.uncertainty == inf:
        return "∞"
    if threshold.theorem:
        return "1" if value == 1 else f"{value:.{PLACES}f}"
    places = min(-floor(log10(max(threshold.uncertainty, 10.0**-PLACES))), PLACES)
    said, unit = round(value, places), 10.0**-places
    off = max(threshold.high - said, said - threshold.low, unit)
    return f"{said:.{places}f}\u00a0±\u00a0{ceil(off / unit - ROUNDING) * unit:.{places}f}"


def caption(rows: Sequence[ThresholdRow]) -> str:
    """What the marks mean."""
    measured = sum(not each.theorem for row in rows for each in (row.norm, row.typical))
    return (
        "In the gray field the norm says that gradients explode, and almost every one vanishes. Lines without marks "
        f"are exact; marks are {measured} measured thresholds, each with the interval that holds the true one with a "
        f"probability of {100 * (1 - MISS):g} %; a triangle at the upper edge is a threshold of ∞."
    )
