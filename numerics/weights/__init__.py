"""Real weights: the layers of a trained network, read from a .npz or .safetensors file and never unpickled."""

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np

from numerics.weights.declared import Contents, Values
from numerics.weights.findings import Finding
from numerics.weights.layout import Layout, Stored, decide
from numerics.weights.pairing import Pair, pair
from numerics.weights.sorting import Roles, sort

__all__ = ["Finding", "Layer", "Layout", "WeightFile", "read"]

Layer = tuple[Values, Values | None]


@dataclass(frozen=True, eq=False)
class WeightFile:
    """The usable layers of one file, input first; a tensor at fault is a finding and the others are still here.

    layers: (weight (n_out, n_in), bias (n_out,) or None), float64. names: of the weights, in the same order.
    positions: each layer's place among all layers of the file, from 0; two with a gap between them do not chain.
    ignored: what belongs to no layer (a scalar, a vector without a weight, recurrent weights).
    """

    layers: tuple[Layer, ...]
    names: tuple[str, ...]
    positions: tuple[int, ...]
    layout_note: str
    findings: tuple[Finding, ...]
    ignored: tuple[str, ...]

    @property
    def runs(self) -> tuple[tuple[Layer, ...], ...]:
        """Layers that follow each other without a gap: each run is a network of its own."""
        numbered = enumerate(zip(self.positions, self.layers, strict=True))
        gaps = groupby(numbered, key=lambda entry: entry[1][0] - entry[0])
        return tuple(tuple(layer for _, (_, layer) in run) for _, run in gaps)


def read(path: str | Path, layout: Layout | None = None) -> WeightFile:
    """The layers of a weight file as float64, in natural order (`layer2` before `layer10`); integers beyond 2^53 round.

    A matrix is (n_out, n_in) unless the shapes, or layout="in-out", say otherwise; layout_note tells which, and why.
    A tensor with NaN or infinity, without real numbers, or damaged is a finding, and the rest is still used.
    Raises ValueError where nothing is usable, shapes conflict, or the file is no archive or declares over 4 GiB.

    >>> read("weights.pt")
    Traceback (most recent call last):
    ValueError: weights.pt: .pt is no weight format read here (pickles never are); store .npz or .safetensors
    """
    typed, path = str(path), Path(path)
    roles = sort(_contents(path, typed))
    try:
        pairs = pair((*roles.weights, *roles.gaps), roles.biases)
        chosen, note = decide(tuple(_stored(each, roles) for each in pairs), layout)
    except ValueError as conflict:
        raise ValueError(f"{typed}: {conflict}") from conflict
    usable = [place for place, each in enumerate(pairs) if each.weight in roles.weights.keys() - roles.faulty]
    if not usable:
        first = f" ({roles.findings[0]})" if roles.findings else ""
        raise ValueError(f"{typed}: no usable weight matrix{first}; store layers as layer1.weight, layer1.bias, ...")
    layers = tuple(_layer(pairs[place], roles, chosen) for place in usable)
    orphans = tuple(roles.biases.keys() - {each.bias for each in pairs})
    names = tuple(pairs[place].weight for place in usable)
    return WeightFile(layers, names, tuple(usable), note, roles.findings, (*roles.ignored, *sorted(orphans)))


def _contents(path: Path, typed: str) -> Contents:
    readers = {".npz": _npz, ".safetensors": _safetensors}
    if path.is_dir():
        raise ValueError(f"{typed}: is a folder; pass one file, .npz or .safetensors")
    if path.suffix not in readers:
        raise ValueError(
            f"{typed}: {path.suffix or 'no ending'} is no weight format read here (pickles never are); "
            "store .npz or .safetensors"
        )
    try:
        if path.stat().st_size == 0:
            raise ValueError(f"{typed}: the file is empty; export it again")
        return readers[path.suffix](path, typed)
    except OSError as failure:
        raise ValueError(f"{typed}: {failure.strerror or failure}; pass the path of a readable file") from failure


def _npz(path: Path, typed: str) -> Contents:
    from numerics.weights.npz import read_npz

    return read_npz(path, typed)


def _safetensors(path: Path, typed: str) -> Contents:
    from numerics.weights.safetensors import read_safetensors

    return read_safetensors(path, typed)


def _stored(each: Pair, roles: Roles) -> Stored:
    weight = roles.weights.get(each.weight)
    bias = None if each.bias is None else len(roles.biases[each.bias])
    return Stored(each.weight, None if weight is None else weight.shape, bias)


def _layer(each: Pair, roles: Roles, layout: Layout) -> Layer:
    weight = roles.weights[each.weight]
    bias = None if each.bias is None or each.bias in roles.faulty else roles.biases[each.bias]
    return (weight if layout == "out-in" else np.ascontiguousarray(weight.T), bias)
