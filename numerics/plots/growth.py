"""What one of k factors does to a length, against k: through depth and, beside it, through time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp, inf, isfinite
from typing import TYPE_CHECKING

from numerics.crossings import MISS
from numerics.growth.logarithm import Logarithm
from numerics.growth.rows import SQUARED, DepthAgainstTime
from numerics.plots.layers import Axis, Key, Layer, Line, Panel, Picture, Points
from numerics.plots.scales import across, log_axis
from numerics.plots.values import number
from numerics.plots.writing import symbol

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from numerics.plots.style import Palette, Size

NEEDED = 'figures need Matplotlib, which is not installed; run `pip install "gradproof[plot]"`'
PRODUCTS = ("depth", "time")
SHOWN = {"typical": ("typical", 0), "norm": ("‖J‖", 1), "radius": ("radius", 2), "norms": ("norms of factors", 3)}
Place = tuple[float, float, float, float]  # k, and the k-th root with its ends


def figure(tables: Sequence[DepthAgainstTime], size: Size | None = None, palette: Palette | None = None) -> Figure:
    """The figure of some tables. Raises ValueError without any, ImportError without Matplotlib."""
    try:
        import matplotlib.ticker  # noqa: F401 - asked here, so that the error is ours
    except ImportError as error:
        raise ImportError(NEEDED) from error
    from numerics.plots.layout import compose
    from numerics.plots.style import SCREEN, WIDE, settings

    with settings():
        return compose(growth(tables), size or WIDE, palette or SCREEN)


def growth(tables: Sequence[DepthAgainstTime]) -> Picture:
    """The picture of some tables, two panels each. Raises ValueError where there is none."""
    if not tables:
        raise ValueError("no tables: there is nothing to draw; pass those of numerics.depth_against_time()")
    names = ("mean", *SHOWN)
    seen = [
        end
        for table in tables
        for product in PRODUCTS
        for name in names
        for place in _places(table, product, name)
        for end in place[1][1:]
    ]
    axes = across(row.k for table in tables for row in table.rows), log_axis([end for end in seen if 0 < end < inf], 4)
    key = (
        *(Key("line", words, color) for words, color in SHOWN.values()),
        Key("dashed", "mean"),
        Key("point", f"measured, {number(100 * (1 - MISS))} %"),
    )
    panels = tuple(_panel(table, product, *axes) for table in tables for product in PRODUCTS)
    title = f"what one of {symbol('k')} factors does to a length"
    return Picture(title, f"factors {symbol('k')}", key, panels)


def sentence(tables: Sequence[DepthAgainstTime]) -> str:
    """What to see in the picture, in plain words with the numbers at the largest k."""

    def said(table: DepthAgainstTime, product: str) -> str:
        row = table.rows[-1]
        found = (getattr(row, product).per_factor(name, row.k) for name in ("typical", "norm", "radius"))
        return ", ".join("none" if each is None else number(each, 3) for each in found)

    told = "; ".join(
        f"{table.ensemble.replace('_', ' ')} {said(table, 'depth')} (depth) and {said(table, 'time')} (time)"
        for table in tables
    )
    last = tables[0].rows[-1].k
    return (
        "What one of k factors does to a length, against k, two panels an ensemble: fresh factors, and the same one. "
        f"Typical value, norm of the product and spectral radius at k = {last}: {told}."
    )


def _panel(table: DepthAgainstTime, product: str, x: Axis, y: Axis) -> Panel:
    layers: list[Layer] = []
    mean = [place for _, place in _places(table, product, "mean")]
    if len(mean) > 1:
        layers.append(Line("mean", tuple(p[0] for p in mean), tuple(p[1] for p in mean), None, "dashed"))
    for name, (_, color) in SHOWN.items():
        layers += _curve(name, _places(table, product, name), color)
    return Panel(f"{table.ensemble.replace('_', ' ')}, {product}", x, y, tuple(layers))


def _curve(name: str, found: Sequence[tuple[Logarithm, Place]], color: int) -> Iterator[Layer]:
    """A line where all is exact; otherwise a thin one, and a mark with its bar for each measured number."""
    if not found:
        return
    k, value, _, _ = zip(*(place for _, place in found), strict=True)
    drawn = [place for each, place in found if not each.theorem]
    yield Line(name, k, value, color, "thin" if drawn else "solid")
    if drawn:
        at, middle, low, high = zip(*drawn, strict=True)
        yield Points(f"{name}-measured", at, middle, ("consistent",) * len(drawn), color, 0, low, high, small=True)


def _places(table: DepthAgainstTime, product: str, name: str) -> list[tuple[Logarithm, Place]]:
    """Where the numbers of one name stand; none of what is not told, or is 0."""
    power = 2 if name in SQUARED else 1
    told = ((row.k, getattr(getattr(row, product), name)) for row in table.rows)
    return [
        (each, (float(k), *(exp(end / (power * k)) for end in (each.value, each.low, each.high))))
        for k, each in told
        if each is not None and isfinite(each.value)
    ]
