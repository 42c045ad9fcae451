"""The page of the three thresholds: its table and figure are those of the stored rows."""

from math import isfinite

import pytest

from numerics.crossings import NAMES, Threshold, read
from numerics.plots.crossings import crossings, sentence
from numerics.plots.layers import Line, Points

pytest.importorskip("sphinx", reason="could not import 'sphinx'")

from gradproof_docs.thresholds import MEASURED, caption, cell, fragments, thresholds_table

ROWS = read(MEASURED).rows


def test_every_number_of_the_table_is_drawn() -> None:
    drawn = {
        (panel.title, layer.name.partition("-")[0], x, y)
        for panel in crossings(ROWS).panels
        for layer in panel.layers
        if isinstance(layer, Line | Points)
        for x, y in zip(layer.x, layer.y, strict=True)
    }
    told = {
        (row.ensemble.replace("_", " "), name, row.n, getattr(row, name).value)
        for row in ROWS
        for name in NAMES
        if isfinite(getattr(row, name).value)
    }
    assert told <= drawn and len(crossings(ROWS).panels) == len({row.ensemble for row in ROWS})


def test_a_triangle_for_each_that_has_no_end() -> None:
    layers = [layer for panel in crossings(ROWS).panels for layer in panel.layers if layer.name.endswith("beyond")]
    assert sum(len(layer.x) for layer in layers) == sum(not isfinite(row.typical.value) for row in ROWS) > 0


def test_the_table_has_each_row_and_each_interval_lies_within_what_is_said() -> None:
    lines = thresholds_table(ROWS).splitlines()
    assert len(lines) == 2 + len(ROWS)
    for row in ROWS:
        for each in (row.norm, row.typical):
            value, sign, off = cell(each).replace("\u00a0", " ").partition(" ± ")
            if sign:
                assert float(value) - float(off) <= each.low + 1e-9 and each.high - 1e-9 <= float(value) + float(off)


@pytest.mark.parametrize(("low", "high"), [(0.5, 0.5), (0.49999, 0.50001), (0.1, 0.9), (0.4996, 0.5004)])
def test_a_cell_never_says_less_than_was_not_known(low: float, high: float) -> None:
    value, _, off = cell(Threshold(0.5, low, high, draws=9)).replace("\u00a0", " ").partition(" ± ")
    assert float(off) >= max(high - float(value), float(value) - low) - 1e-9 and float(off) > 0


def test_fragments_say_the_figure_in_words(drawn) -> None:
    made = fragments(drawn)
    label = sentence(ROWS)
    for size in ("wide", "narrow"):
        assert f'aria-label="{label}"' in made[f"figures/thresholds-{size}.svg"]
    assert "gaussian 0.509, 1.004, 1;" in label and "measured thresholds" in caption(ROWS)
    assert fragments(drawn) == made


def test_nothing_to_draw_is_an_error() -> None:
    with pytest.raises(ValueError, match="no rows"):
        crossings(())
