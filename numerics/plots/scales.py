"""Axes for given values: ends, ticks, and whether the scale is logarithmic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import ceil, floor, isfinite, log, log10

import numpy as np
from matplotlib.ticker import MaxNLocator

from numerics.plots.layers import Axis
from numerics.plots.values import number, power_of_ten

EXTREME = 307  # decades: beyond, a logarithmic axis of float64 has no room for its margin
LARGEST = 1e300  # on a linear axis: ticks beyond overflow
MARGIN = 0.05  # of an axis, beyond its outermost value
WIDE_SPAN = 30.0  # of values of one sign: from there on small ones cannot be told apart on a linear axis
EVERY = 8  # values at most that each get a tick


def across(values: Iterable[float]) -> Axis:
    """The axis of a parameter: a tick a value where there are few; logarithmic where the values grow by factors."""
    found = sorted(set(values))
    is_log = grows_by_factors(found)
    plain = log_axis(found, 6) if is_log else linear_axis(found, 6, all(value.is_integer() for value in found))
    if len(found) > EVERY:
        return plain
    return Axis(plain.low, plain.high, is_log, tuple(found), tuple(number(value) for value in found))


def grows_by_factors(found: Sequence[float]) -> bool:
    """Whether sorted values are spaced more evenly by their ratios than by their differences.

    >>> grows_by_factors([1, 2, 4, 8]), grows_by_factors([1, 2, 3, 4, 6, 8, 10])
    (True, False)
    """
    if len(found) < 3 or found[0] <= 0 or found[-1] < 2 * found[0]:
        return False
    return _unevenness([log(b) - log(a) for a, b in pairwise(found)]) < _unevenness([b - a for a, b in pairwise(found)])


def _unevenness(steps: Sequence[float]) -> float:
    scaled = np.array(steps) / max(steps)
    return float(np.std(scaled) / np.mean(scaled))


def spans_decades(values: Iterable[float]) -> bool:
    """Whether these positive values lie too far apart for a linear axis."""
    found = list(values)
    return bool(found) and min(found) > 0 and log(max(found)) - log(min(found)) > log(WIDE_SPAN)


def upward(values: Iterable[float], is_log: bool, count: int = 5) -> Axis:
    """The axis of what is measured. A logarithmic one holds the positive values alone."""
    found = [value for value in values if isfinite(value) and (value > 0 or not is_log)]
    return log_axis(found, count) if is_log else linear_axis(found, count)


def around(center: float, reach: float, count: int = 3, signed: bool = False) -> Axis:
    """A linear axis from center - reach to center + reach, with the center among its ticks."""
    step = _round_down(reach / 1.25)
    ticks = (center - step, center, center + step)
    said = tuple(number(tick, 6) for tick in ticks)
    words = (said[0], said[1], f"+{said[2]}") if signed else said
    return Axis(center - reach, center + reach, False, ticks, words)


def _round_down(value: float) -> float:
    """The largest of 1, 2, 2.5 and 5 times a power of ten up to the value."""
    unit = 10.0 ** floor(log10(value))
    return max(step for step in (unit, 2 * unit, 2.5 * unit, 5 * unit) if step <= value * (1 + 1e-12))


def linear_axis(found: Sequence[float], count: int, whole: bool = False) -> Axis:
    """Round ticks, whole ones where asked; a margin on both sides; room where all values are the same."""
    low, high = (max(min(found), -LARGEST), min(max(found), LARGEST)) if found else (0.0, 1.0)
    room = MARGIN * (high / 2 - low / 2) * 2 or 0.1 * abs(low) or 1.0
    low, high = low - room, high + room
    places = MaxNLocator(count, steps=[1, 2, 2.5, 5, 10], integer=whole).tick_values(low, high)
    ticks = tuple(float(place) for place in places if low <= place <= high)
    return Axis(low, high, False, ticks, tuple(number(tick, 6) for tick in ticks))


def log_axis(found: Sequence[float], count: int) -> Axis:
    """Ticks at whole decades, at 1, 2 and 5 where there are few of them."""
    ends = (log10(min(found)), log10(max(found))) if found else (-1.0, 0.0)
    room = max(MARGIN * (ends[1] - ends[0]), 0.04) if ends[0] < ends[1] else 0.5
    low, high = max(ends[0] - room, -EXTREME), min(ends[1] + room, EXTREME)
    ticks, words = _decades(low, high, count) if high - low > 1.6 else _parts(low, high)
    return Axis(10.0**low, 10.0**high, True, ticks, words)


def _decades(low: float, high: float, count: int) -> tuple[tuple[float, ...], tuple[str, ...]]:
    first, last = ceil(low), floor(high)
    step = next(s for s in (1, 2, 3, 4, 5, 10, 20, 50, 100, 200) if (last - first) / s <= count)
    powers = [power for power in range(first, last + 1) if power % step == 0]
    plain = all(-3 <= power <= 3 for power in powers)
    words = [number(10.0**power) if plain or not power else power_of_ten(power) for power in powers]
    return tuple(10.0**power for power in powers), tuple(words)


def _parts(low: float, high: float) -> tuple[tuple[float, ...], tuple[str, ...]]:
    """1, 2 and 5 of each decade, or round steps where less than a third of one is shown."""
    parts = [(part, power) for power in range(floor(low), ceil(high) + 1) for part in (1, 2, 5)]
    ticks = tuple(part * 10.0**power for part, power in parts if low <= log10(part) + power <= high)
    if len(ticks) < 3:
        inside = MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]).tick_values(10.0**low, 10.0**high)
        ticks = tuple(float(place) for place in inside if 10.0**low <= place <= 10.0**high)
    return ticks, tuple(number(tick) for tick in ticks)


def fraction(value: float, low: float, high: float, is_log: bool) -> float:
    """Where on an axis a value stands, 0 at its low and 1 at its high end.

    >>> fraction(1.0, 0.0, 4.0, False), fraction(0.0, 1.0, 10.0, True)
    (0.25, 0.0)
    """
    if is_log:
        return (log(value) - log(low)) / (log(high) - log(low)) if value > 0 else 0.0
    return (value - low) / (high - low)
