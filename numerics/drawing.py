"""Networks drawn once and read by every statement that needs them.

Networks come in blocks, each from its own child seed; a statement reads the first N. The size of a block follows from
the point alone, so neither the workers nor another theorem change what anyone reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from numerics import systems
from numerics.cells import Value
from numerics.ensembles import Ensemble
from numerics.measurement import Reading, read
from numerics.systems import Sample
from theory.observables import Observable
from theory.systems import System
from theory.widths import Profile

BLOCK_BYTES = 16 * 2**20
BLOCK_DRAWS = 8192
BUDGET = 256 * 2**20  # bytes that one group may hold at once


@dataclass(frozen=True)
class Group:
    """The networks that cells share: one system, ensemble and point, and the seed."""

    system: System
    ensemble: Ensemble
    point: tuple[tuple[str, Value], ...]
    seed: int

    def blocks(self, draws: int) -> Iterator[Sample]:
        """Samples that hold at least the first ``draws`` networks. Raises ValueError where one exceeds the budget."""
        module, point, each = systems.get(self.system.kind), self._numbers(), self.network_bytes
        if each > BUDGET:
            raise ValueError(f"{self}: one network takes {each:,} bytes, the budget is {BUDGET:,}; take smaller widths")
        size = max(1, min(BLOCK_DRAWS, BLOCK_BYTES // each))
        entropy = (self.seed, *map(self._key, (self.system, self.ensemble.name, self.point)))
        for number in range(-(-draws // size)):
            rng = np.random.default_rng(np.random.SeedSequence(entropy, spawn_key=(number,)))
            yield module.draw(self.ensemble, self.system.activation, point, size, rng)

    @property
    def network_bytes(self) -> int:
        """Estimated bytes of one network while it is measured."""
        bytes_: int = systems.get(self.system.kind).network_bytes(self._numbers())
        return bytes_

    def _numbers(self) -> dict[str, float | int | Profile]:
        return {name: _plain(value) for name, value in self.point}

    @staticmethod
    def _key(part: object) -> int:
        return crc32(repr(part).encode())

    def __str__(self) -> str:
        point = ", ".join(f"{name}={value}" for name, value in self.point)
        return f"{self.system}, {self.ensemble.name}, {point}"


def _plain(value: Value) -> float | int | Profile:
    if isinstance(value, Profile):
        return value
    return int(value) if value.is_integer else float(value)


def collect(group: Group, needs: dict[Observable, int]) -> dict[Observable, Reading]:
    """Each observable on its first N networks, read from the same draws; shapes (N, components)."""
    parts: dict[Observable, list[Reading]] = {observable: [] for observable in needs}
    start = 0
    for sample in group.blocks(max(needs.values())):
        heads = {draws: sample.first(draws - start) for draws in set(needs.values()) if start < draws}
        for observable, draws in needs.items():
            if start < draws:
                parts[observable].append(read(observable, heads[draws]))
        start += sample.draws
    return {observable: _joined(readings) for observable, readings in parts.items()}


def first(reading: Reading, draws: int) -> Reading:
    """What was read from the first networks only."""
    return Reading(reading.values[:draws], reading.size[:draws], reading.log_scale[:draws])


def _joined(readings: list[Reading]) -> Reading:
    return Reading(
        np.concatenate([r.values for r in readings]),
        np.concatenate([r.size for r in readings]),
        np.concatenate([r.log_scale for r in readings]),
    )
