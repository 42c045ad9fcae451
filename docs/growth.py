"""Depth against time: the tables and the figure of the guide, from their stored measurement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import exp, isfinite
from pathlib import Path

from gradproof_docs.figures import drawn, kept_at
from gradproof_docs.pages.markup import escape, fence, table
from gradproof_docs.thresholds import cell
from numerics.crossings import MISS, Threshold
from numerics.growth import DTYPES, DepthAgainstTime, Product, Reach, read
from numerics.growth.rows import NAMES, SQUARED
from numerics.plots.growth import PRODUCTS, growth, sentence
from numerics.plots.style import NARROW, WIDE

MEASURED = Path(__file__).with_name("depth_against_time.json")
SIZES = replace(WIDE, panel=1.9), replace(NARROW, columns=2, panel=1.6)  # depth and time side by side
NAME = "growth"
SHOWN = ("mean", "typical", "norm", "radius")  # the norm of one factor is that of the product at k = 1
HEADS = ("ensemble", "through", "k", "mean", "typical", "‖J‖", "ρ(W)")
TOLD = tuple(name for name in DTYPES if name != "bfloat16")  # its exponents are those of float32
EVERY = 2  # rows of a table: the figure has them all


def fragments(cache: Path | None = None) -> dict[str, str]:
    """What the guide includes, by its path in the site's source: two tables, figure with caption, its two drawings."""
    tables = read(MEASURED).tables
    picture, words = growth(tables), sentence(tables)
    names = {size: f"{NAME}-{size.name}" for size in SIZES}
    drawings = {
        f"figures/{name}.svg": drawn(name, picture, size, words, cache or kept_at()) for size, name in names.items()
    }
    return {
        "generated/growth_table.md": growth_table(tables) + "\n",
        "generated/growth_steps.md": steps_table(tables) + "\n",
        "generated/growth_figure.md": fence("evidence", caption(tables), NAME) + "\n",
        **drawings,
    }


def growth_table(tables: Sequence[DepthAgainstTime]) -> str:
    """What one of k factors does to a length: a row an ensemble, product and every other number of factors.

    >>> from numerics import depth_against_time
    >>> print(growth_table([depth_against_time("haar", 4, 0.5, steps=(2,))]).splitlines()[2])
    | haar | depth | 2 | 0.50000 | 0.50000 | 0.50000 | 0.50000 |
    """
    lines = [
        [_named(each), product, str(row.k), *(_cell(getattr(row, product), name, row.k) for name in SHOWN)]
        for each in tables
        for product in PRODUCTS
        for row in each.rows[::EVERY]
    ]
    return table(list(HEADS), lines, right=range(2, len(HEADS)))


def _cell(product: Product, name: str, k: int) -> str:
    held, value = getattr(product, name), product.per_factor(name, k)
    if held is None or value is None:
        return "–"
    power = k * (2 if name in SQUARED else 1)
    low, high = (exp(end / power) for end in (held.low, held.high))
    return cell(Threshold(value, low, high, held.theorem, held.draws))


def steps_table(tables: Sequence[DepthAgainstTime]) -> str:
    r"""After how many steps the median gradient leaves its range and those of dtypes: a row an ensemble and product.

    >>> from numerics import depth_against_time
    >>> made = steps_table([depth_against_time("haar", 4, 0.5, steps=(2,))])
    >>> print(made.splitlines()[2].replace("\u00a0", " "))
    | haar | depth | ↓ 4 | ↓ 15 | ↓ 127 | ↓ 1023 |
    """
    tolerances = " and ".join(dict.fromkeys(f"{each.tolerance:g}" for each in tables))
    heads = ["ensemble", "through", f"horizon ({tolerances})", *TOLD]
    lines = [[_named(each), product, *_steps(each, product)] for each in tables for product in PRODUCTS]
    return table(heads, lines, right=range(2, len(heads)))


def _steps(each: DepthAgainstTime, product: str) -> Iterator[str]:
    yield _said(getattr(each.horizon, product))
    for dtype in TOLD:
        up, down = (getattr(ends[dtype], product) for ends in (each.overflow_step, each.underflow_step))
        yield _said(up if up.before(down) else down)


def _said(reach: Reach) -> str:
    """Up where it explodes, down where it vanishes."""
    arrow = "↑" if reach.side == "above" else "↓"
    if reach.value is None:
        return "never"
    about = "≈ " if reach.how == "extrapolated" else ""
    ends = "" if reach.how == "exact" else f" ({reach.low}\u00a0to\u00a0{'∞' if reach.high is None else reach.high})"
    return f"{arrow} {about}{reach.value}".replace(" ", "\u00a0") + ends


def caption(tables: Sequence[DepthAgainstTime]) -> str:
    """What the marks mean."""
    every = [getattr(getattr(row, p), name) for t in tables for row in t.rows for p in PRODUCTS for name in NAMES]
    measured = sum(1 for each in every if each and not each.theorem and isfinite(each.value))
    one = tables[0]
    return (
        f"Width {one.n}, $\\sigma_w = {one.sigma_w:g}$. Lines without marks are exact; marks are {measured} medians, "
        f"each with the interval that holds the true one with a probability of {100 * (1 - MISS):g} %. Through time no "
        "theorem gives the mean of many steps, and no average shows it."
    )


def _named(each: DepthAgainstTime) -> str:
    return escape(each.ensemble.replace("_", " "))
