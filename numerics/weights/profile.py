"""The layers of a weight file one by one: how each stretches, and how far they stretch together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from math import inf, log
from typing import Any

import numpy as np

from numerics.scaled import rescale
from numerics.spectra import operator_norm, smallest_singular_value
from numerics.weights import Layer, WeightFile


@dataclass(frozen=True)
class LayerProfile:
    """One layer. largest_log_gain: log ‖W_l ... W_1‖², of the product of the weights up to it, slopes left out; a new
    product begins after a layer that the file lacks, at ``first``. Exact to rounding; -inf where the product is 0."""

    layer: int
    name: str
    shape: tuple[int, ...]
    operator_norm: float
    smallest_singular_value: float
    largest_log_gain: float
    first: int

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {**asdict(self), "shape": list(self.shape)}


def profiles(file: WeightFile) -> tuple[LayerProfile, ...]:
    """A profile of each layer that is usable, input first; layers are counted from 1 over the whole file.

    >>> from numerics.weights import WeightFile
    >>> file = WeightFile(((2 * np.eye(2), None),), ("W_1",), (0,), "", (), ())
    >>> profiles(file)[0].operator_norm
    2.0
    """
    names, positions = iter(file.names), iter(file.positions)
    return tuple(profile for run in file.runs for profile in _run(run, names, positions))


def _run(run: tuple[Layer, ...], names: Iterator[str], positions: Iterator[int]) -> Iterator[LayerProfile]:
    product, power, first = np.eye(run[0][0].shape[1])[None], np.zeros(1, np.int64), 0
    for weight, _ in run:
        place = next(positions) + 1
        first = first or place
        factor, shift = rescale(weight[None], np.zeros(1, np.int64))
        product, power = rescale(factor @ product, power + shift)
        scale = float(np.ldexp(1.0, int(shift[0])))
        largest, smallest = (float(f(factor)[0]) * scale for f in (operator_norm, smallest_singular_value))
        gain = _log_gain(float(operator_norm(product)[0]), int(power[0]))
        yield LayerProfile(place, next(names), weight.shape, largest, smallest, gain, first)


def _log_gain(norm: float, power: int) -> float:
    return 2 * (log(norm) + power * log(2)) if norm else -inf
