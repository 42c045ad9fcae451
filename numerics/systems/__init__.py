"""The systems that networks are drawn in, one file each.

Each has ``draw(ensemble, activation, point, draws, rng) -> Sample`` and ``network_bytes(point)``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

import numpy as np
from numpy.random import Generator, default_rng

from numerics.arguments import positive_integer, standard_deviation
from numerics.arrays import Matrices, Vectors
from numerics.chain import Chain
from numerics.layers import distinct
from numerics.network import Network, States

Point = Mapping[str, Any]  # parameters by the names of their symbols

MATRIX_COPIES = 4  # the weights, the directions, a product and its temporary
VECTOR_COPIES = 8  # z, h, slopes, bias, input, error signal, two temporaries


@dataclass(frozen=True, eq=False)
class Sample:
    """Drawn networks and what acts on them, independent of the weights; the rest follows when it is asked for.

    h0, v (draws, n_0) and g (draws, n_L): the input, a unit direction forward, a unit gradient backward.
    """

    kind: str
    network: Network
    point: Point
    h0: Vectors
    v: Vectors
    g: Vectors
    seed: int  # of the directions and the inputs
    input_deviation: float = 0.0  # of the inputs u_t through time

    @property
    def draws(self) -> int:
        return len(self.v)

    def first(self, draws: int) -> Sample:
        """The first networks alone; whatever is drawn later is the same for them as in company."""
        if draws >= self.draws:
            return self
        own = self.network
        cut = {id(array): array[:draws] for array in (*own.weights, *(own.biases or ()), *(own.inputs or ()))}
        weights = tuple(cut[id(weight)] for weight in self.network.weights)
        biases = self.network.biases and tuple(cut[id(bias)] for bias in self.network.biases)
        inputs = own.inputs and tuple(cut[id(rows)] for rows in own.inputs)
        network = replace(own, weights=weights, biases=biases, inputs=inputs)
        return replace(self, network=network, h0=self.h0[:draws], v=self.v[:draws], g=self.g[:draws])

    @cached_property
    def driven(self) -> Network:
        """The network with its inputs u_t, drawn when they are first asked for: a linear chain never needs them."""
        if not self.input_deviation:
            return self.network
        draws, width = self.h0.shape
        inputs = default_rng((self.seed, 0)).standard_normal((draws, len(self.network.weights), width))
        inputs *= self.input_deviation
        return replace(self.network, inputs=tuple(inputs.transpose(1, 0, 2)))

    @cached_property
    def losses(self) -> tuple[Vectors, ...]:
        """g_t = dE_t/dh_t of a loss at every step, one a layer: uniform unit vectors."""
        sizes = [weight.shape[1] for weight in self.network.weights]
        rng = default_rng((self.seed, 0, 1))
        return tuple(unit_normals(rng, (self.draws, size)) for size in sizes)

    @cached_property
    def states(self) -> States:
        return self.driven.forward(self.h0)

    @cached_property
    def chain(self) -> Chain:
        """dh_L/dh_0; where all layers are linear the states, which may overflow, are not needed."""
        return Chain(self.network.weights) if self.network.is_linear else self.network.chain(self.states)

    @cached_property
    def direction(self) -> tuple[Matrices, ...]:
        """V_l, one a layer, uniform of unit Frobenius norm, shaped as W_l; tied weights share one V."""
        drawn: dict[int, Matrices] = {}
        for layer, weight in enumerate(self.network.weights, 1):
            if id(weight) not in drawn:
                drawn[id(weight)] = unit_normals(default_rng((self.seed, layer)), weight.shape)
        return tuple(drawn[id(weight)] for weight in self.network.weights)


def accompany(
    kind: str, network: Network, h0: Vectors, point: Point, rng: Generator, input_deviation: float = 0.0
) -> Sample:
    """The sample of given networks and inputs: v, g and the directions are drawn here."""
    draws = max(len(h0), *(len(weight) for _, weight in distinct(network.weights)))
    v = unit_normals(rng, (draws, network.weights[0].shape[2]))
    g = unit_normals(rng, (draws, network.weights[-1].shape[1]))
    return Sample(kind, network, point, h0, v, g, int(rng.integers(2**63)), input_deviation)


def unit_normals(rng: Generator, shape: tuple[int, ...]) -> Matrices | Vectors:
    """Uniform on the unit sphere of each draw: Euclidean for vectors, Frobenius for matrices.

    >>> abs(unit_normals(default_rng(0), (1, 1)))
    array([[1.]])
    """
    values = rng.standard_normal(shape)
    values /= np.sqrt(np.square(values).sum(axis=tuple(range(1, len(shape))), keepdims=True))
    return values


def names() -> tuple[str, ...]:
    """The kinds of systems: the files of this folder.

    >>> names()
    ('depth', 'jordan', 'matrix', 'memory', 'residual', 'time')
    """
    return tuple(sorted(module.name for module in iter_modules(__path__)))


def get(kind: str) -> ModuleType:
    """The module of a kind. Raises ValueError for an unknown one, with the nearest names."""
    if kind not in names():
        near = get_close_matches(str(kind), names()) or names()
        raise ValueError(f"system={kind!r}: no such file in numerics/systems; did you mean {', '.join(near)}?")
    return import_module(f"{__name__}.{kind}")


def read_count(point: Point, name: str) -> int:
    """A width, depth or number of steps. Raises ValueError where it is missing or no positive integer."""
    return positive_integer(_read(point, name), name)


def read_deviation(point: Point, name: str, default: float | None = None) -> float:
    """sigma_w or sigma_b. Raises ValueError where it is missing and has no default, negative or not finite."""
    return standard_deviation(point.get(name, default) if default is not None else _read(point, name), name)


def read_widths(point: Point, layers: int | None = None) -> tuple[int, ...]:
    """(n_0, ..., n_L), input first, from ``widths`` or from n and L; ``layers`` fixes L.

    >>> read_widths({"n": 4, "L": 2}), read_widths({"widths": (4, 3)})
    ((4, 4, 4), (4, 3))
    """
    if "widths" not in point:
        return (read_count(point, "n"),) * (1 + (layers or read_count(point, "L")))
    widths = tuple(positive_integer(width, f"widths[{i}]") for i, width in enumerate(point["widths"]))
    if len(widths) != (layers or max(1, len(widths) - 1)) + 1:
        raise ValueError(f"widths={widths}: pass the input first, then one for each of {layers or 'the'} layers")
    return widths


def bytes_of(entries: int, units: int) -> int:
    """Bytes a network of so many distinct weights and units over all layers needs while it is measured."""
    return 8 * (MATRIX_COPIES * entries + VECTOR_COPIES * units)


def _read(point: Point, name: str) -> Any:
    if name not in point:
        raise ValueError(f"{name} is missing in the point {dict(point)}: pass {name}")
    return point[name]
