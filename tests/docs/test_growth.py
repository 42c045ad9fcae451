"""Depth against time on the site: its tables and figure are those of the stored measurement."""

from math import exp

import pytest

from numerics.growth import read
from numerics.growth.rows import SQUARED
from numerics.plots.growth import SHOWN as LINES
from numerics.plots.growth import growth, sentence
from numerics.plots.layers import Line, Points

pytest.importorskip("sphinx", reason="could not import 'sphinx'")

from gradproof_docs.growth import EVERY, MEASURED, PRODUCTS, SHOWN, TOLD, caption, fragments, growth_table, steps_table

TABLES = read(MEASURED).tables


def test_every_number_of_the_figure_is_one_of_the_table() -> None:
    panels = iter(growth(TABLES).panels)
    for table in TABLES:
        for product in PRODUCTS:
            drawn = {
                (layer.name.partition("-")[0], x, round(y, 12))
                for layer in next(panels).layers
                if isinstance(layer, Line | Points)
                for x, y in zip(layer.x, layer.y, strict=True)
            }
            told = {
                (name, row.k, round(getattr(row, product).per_factor(name, row.k), 12))
                for row in table.rows
                for name in LINES
                if getattr(getattr(row, product), name)
            }
            assert told <= drawn


def test_each_interval_lies_within_what_the_table_says() -> None:
    lines = [line.replace("\u00a0", " ").strip("| ").split(" | ") for line in growth_table(TABLES).splitlines()[2:]]
    rows = [(table, product, row) for table in TABLES for product in PRODUCTS for row in table.rows[::EVERY]]
    for line, (table, product, row) in zip(lines, rows, strict=True):
        assert line[:3] == [table.ensemble.replace("_", " "), product, str(row.k)]
        for name, cell in zip(SHOWN, line[3:], strict=True):
            held = getattr(getattr(row, product), name)
            if held is None:
                assert cell == "–"
                continue
            value, sign, off = cell.partition(" ± ")
            root = row.k * (2 if name in SQUARED else 1)
            reach = float(off) if sign else 6e-6
            assert float(value) - reach <= exp(held.low / root) + 1e-9
            assert exp(held.high / root) - 1e-9 <= float(value) + reach


def test_steps_say_which_way_and_how_far() -> None:
    lines = steps_table(TABLES).replace("\u00a0", " ").splitlines()[2:]
    assert len(lines) == 2 * len(TABLES)
    for line, (table, product) in zip(lines, [(t, p) for t in TABLES for p in PRODUCTS], strict=True):
        cells = line.strip("| ").split(" | ")[2:]
        for dtype, cell in zip(TOLD, cells[1:], strict=True):
            ends = (getattr(side[dtype], product) for side in (table.overflow_step, table.underflow_step))
            found = min(ends, key=lambda reach: reach.value or 10**12)
            assert cell.startswith("↑" if found.side == "above" else "↓") and str(found.value) in cell
            assert ("≈" in cell) == (found.how == "extrapolated") and ("to" in cell) == (found.how != "exact")


def test_fragments_say_the_figure_in_words(drawn) -> None:
    made = fragments(drawn)
    for size in ("wide", "narrow"):
        assert f'aria-label="{sentence(TABLES)}"' in made[f"figures/growth-{size}.svg"]
    assert "haar 0.9, 0.9, 0.9 (depth) and 0.9, 0.9, 0.9 (time)" in sentence(TABLES)
    assert "medians" in caption(TABLES) and fragments(drawn) == made


def test_nothing_to_draw_is_an_error() -> None:
    with pytest.raises(ValueError, match="no tables"):
        growth(())


def test_a_table_draws_itself() -> None:
    pytest.importorskip("matplotlib")
    figure = TABLES[1].plot()
    assert len(figure.axes) >= 2
