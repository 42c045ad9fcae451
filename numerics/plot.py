"""Figures of verdicts: what was predicted and what was measured, at the judgments' own errors.

``figure`` needs Matplotlib, the extra ``plot``; ``sentence`` says the same in words and needs none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from numerics.plots.captions import sentence
from numerics.plots.choosing import Form, chosen
from numerics.verdict import Verdict
from theory.statement import Theorem

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from numerics.plots.layers import Picture
    from numerics.plots.style import Palette, Size

__all__ = ["figure", "pictured", "sentence"]

NEEDED = 'figures need Matplotlib, which is not installed; run `pip install "gradproof[plot]"`'


def figure(
    verdicts: Sequence[Verdict],
    theorem: Theorem | None = None,
    *,
    size: Size | None = None,
    palette: Palette | None = None,
) -> Figure:
    """The figure of the verdicts of one statement.

    Along a swept parameter: a prediction with what was measured and their ratio; a bound or what rounding allows with
    what was seen below it. Of a law or a limit by sizes: what its judge saw. Otherwise a row a verdict. Bands and bars
    are the judgments' own errors; a refuted verdict bears a cross, an underpowered one a diamond.

    theorem: None for the one that the catalog has under the verdicts' name. size: WIDE unless given. palette: SCREEN.
    Raises ValueError without verdicts, or where they are of several statements or of a theorem that is not known;
    ImportError without Matplotlib.
    """
    pictured_as = pictured(verdicts, theorem)
    from numerics.plots.layout import compose
    from numerics.plots.style import SCREEN, WIDE, settings

    with settings():
        return compose(pictured_as, size or WIDE, palette or SCREEN)


def pictured(verdicts: Sequence[Verdict], theorem: Theorem | None = None) -> Picture:
    """The figure as data, each number in the units of its axis. Raises as ``figure`` does."""
    subject = chosen(verdicts, theorem)
    try:
        import matplotlib.ticker  # noqa: F401 - asked here, so that the error is ours
    except ImportError as error:
        raise ImportError(NEEDED) from error
    from numerics.plots import ceilings, curves, laws, rows, sizes

    drawn = {
        Form.CURVES: curves.curves,
        Form.CEILINGS: ceilings.ceilings,
        Form.LAW: laws.laws,
        Form.SIZES: sizes.sizes,
        Form.ROWS: rows.rows,
    }
    return drawn[subject.form](subject)
