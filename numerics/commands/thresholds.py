"""`gradproof thresholds`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from numerics.commands.options import Folder, Seed, Widths
from numerics.commands.terminal import progress, say, show, write_json

if TYPE_CHECKING:
    from numerics.crossings import Threshold, ThresholdRow


def thresholds(
    *ensembles: str,
    widths: Widths | None = None,
    seed: Seed = 0,
    store: Folder | None = None,
    json: bool = False,
) -> int:
    """Where ‖W‖ is 1, where the typical gradient neither grows nor shrinks, and where the mean does: sigma_w each.

    Of linear networks through depth, per ensemble and width; the norm is that of one factor, its median. Exact where a
    theorem gives it, else measured, ± an interval that holds the truth with a probability of 99.9 %.

    Parameters
    ----------
    ensembles
        Laws of the weights; none for all of which a theorem gives the mean.
    widths
        Such as 2,8,32; unless told, 2 to 128 by doubling.
    seed
        Seed of all draws.
    store
        Also write the table into this file.
    json
        Print one JSON object and nothing else.
    """
    from numerics.crossings import MISS, WIDTHS, Stored, write
    from numerics.crossings import thresholds as found
    from numerics.stored import versions, writable

    if store:
        writable(Path(store).parent)
    with progress("measuring") as told:
        sizes = tuple(map(int, widths.split(","))) if widths else WIDTHS
        rows = found(ensembles or None, sizes, seed, told)
    if store:
        write(store, Stored(seed, versions(), rows))
    if json:
        write_json({"thresholds": [row.to_dict() for row in rows], "coverage": 1 - MISS, "seed": seed})
    else:
        _print(rows)
    return 0


def _print(rows: tuple[ThresholdRow, ...]) -> None:
    from numerics.commands.tables import table
    from numerics.crossings import NAMES

    made = table(("ensemble", "n", "‖W‖ = 1", "typical", "mean"))
    for row in rows:
        made.add_row(row.ensemble, str(row.n), *(_said(getattr(row, name)) for name in NAMES))
    show(made)
    for note in dict.fromkeys(each.note for row in rows for each in (row.norm, row.typical) if each.note):
        say(f"inf: {note}")


def _said(threshold: Threshold) -> str:
    """The value; behind a measured one how far it may be off."""
    if threshold.theorem or threshold.note:
        return f"{threshold.value:.5f}"
    return f"{threshold.value:.5f} ± {threshold.uncertainty:.1g}"
