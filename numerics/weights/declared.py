"""What a weight file declares of its tensors, checked against a bound before anything of that size is allocated."""

import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from numerics.weights.findings import Finding

LIMIT = 4 * 2**30
"""The most bytes that all tensors of one file may take as float64."""

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Declared:
    """A numeric tensor whose header was read and whose values were not; load() reads them as float64."""

    name: str
    shape: tuple[int, ...]
    load: Callable[[], Values]


@dataclass(frozen=True)
class Contents:
    """All tensors of one file by name, the findings about those left out, and what is no tensor at all."""

    tensors: dict[str, Values]
    findings: tuple[Finding, ...]
    ignored: tuple[str, ...] = ()


class DamagedTensor(ValueError):
    """The stored bytes of one tensor are not what its header declares."""


def printable(name: str) -> str:
    """The name on one line: what is not printable is escaped.

    >>> printable("layer\\n1")
    'layer\\\\n1'
    """
    return name if name.isprintable() else name.encode("unicode_escape").decode("ascii")


def refusal(name: str, shape: tuple[int, ...], kind: str, remedy: str) -> Finding:
    """The finding about a tensor that is left out unread."""
    return Finding(name, math.prod(shape), None, kind, remedy)


def collect(place: str, entries: Iterable[Declared | Finding], ignored: tuple[str, ...] = ()) -> Contents:
    """Reads every declared tensor, after all of them together are known to fit the limit.

    Raises ValueError where they do not. A tensor that turns out damaged, empty or not finite is a finding.
    """
    seen = tuple(entries)
    declared = [entry for entry in seen if isinstance(entry, Declared)]
    _distinct(place, [entry.name for entry in declared])
    _bound(place, declared)
    findings = [entry for entry in seen if isinstance(entry, Finding)]
    tensors: dict[str, Values] = {}
    for entry in declared:
        found = _read(entry)
        if isinstance(found, Finding):
            findings.append(found)
        else:
            tensors[entry.name] = found
    return Contents(tensors, tuple(findings), ignored)


def _distinct(place: str, names: list[str]) -> None:
    if repeated := [name for name, count in Counter(names).items() if count > 1]:
        raise ValueError(f"{place}: {repeated[0]} is stored more than once; keep one of them")


def _bound(place: str, declared: list[Declared]) -> None:
    size = 8 * sum(math.prod(entry.shape) for entry in declared)
    if size > LIMIT:
        largest = max(declared, key=lambda entry: math.prod(entry.shape))
        raise ValueError(
            f"{place}: declares {size} bytes as float64, most of them in {largest.name} with shape {largest.shape}; "
            f"the limit is {LIMIT} bytes, store fewer layers in one file"
        )


def _read(entry: Declared) -> Values | Finding:
    if 0 in entry.shape:
        return refusal(
            entry.name, entry.shape, f"empty, shape {entry.shape}", "store a tensor without a zero in its shape"
        )
    try:
        return entry.load()
    except DamagedTensor as damage:
        return refusal(entry.name, entry.shape, f"damaged, {damage}", "export the file again")
