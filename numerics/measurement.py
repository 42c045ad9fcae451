"""From a drawn network to numbers: a reader for each observable, of the same name, in numerics/readers/."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

import numpy as np

from numerics import readers
from numerics.arrays import Norms, Vectors
from numerics.systems import Sample
from theory.observables import Observable


@dataclass(frozen=True, eq=False)
class Reading:
    """What was read: values·e^log_scale, one row a network; size: magnitude of the summed terms, for rounding.

    Shapes: values and size (draws, components), log_scale (draws,).
    """

    values: Vectors
    size: Vectors
    log_scale: Norms

    @property
    def logs(self) -> Vectors:
        """log |value|; -inf for 0."""
        with np.errstate(divide="ignore"):
            logs: Vectors = np.log(np.abs(self.values)) + self.log_scale[:, None]
        return logs

    def plain(self) -> Vectors:
        """The numbers themselves; beyond float64 they are infinite or 0."""
        with np.errstate(over="ignore", under="ignore"):
            plain: Vectors = self.values * np.exp(self.log_scale)[:, None]
        return plain


def read(observable: Observable, sample: Sample) -> Reading:
    """The observable on each network of the sample.

    Shapes: (draws, components). Raises ValueError where no file of numerics/readers has a function of its name.
    """
    return _reader(observable.name)(sample)


@cache
def _reader(name: str) -> Callable[[Sample], Reading]:
    for module in iter_modules(readers.__path__):
        found = vars(import_module(f"{readers.__name__}.{module.name}")).get(name)
        if found is not None:
            reader: Callable[[Sample], Reading] = found
            return reader
    raise ValueError(f"observable {name}: no reader; add a function {name} to a file of numerics/readers")


def column(values: Norms, size: Norms | None = None, log_scale: Norms | None = None) -> Reading:
    """One number a network; size None: the number itself."""
    ground = np.zeros(len(values)) if log_scale is None else log_scale
    magnitude = np.abs(values) if size is None else np.broadcast_to(size, values.shape)
    return Reading(values[:, None], magnitude[:, None], ground)


def flat(values: Vectors, size: Vectors) -> Reading:
    """Plain numbers, several a network."""
    return Reading(values, size, np.zeros(len(values)))
