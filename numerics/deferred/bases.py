"""Orthonormal directions that were asked before, with their images."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import DTypeLike

from numerics.arrays import Matrices, Norms, Vectors

ROUNDING = 32  # units of rounding below which what is left of a vector is noise, not a new direction
ENOUGH = 0.5  # one projection leaves this much of a vector: its rounding needs no second one


@dataclass(frozen=True, eq=False)
class Split:
    """x = Σ coefficients · directions + length · unit; unit is 0 where x is spanned already."""

    coefficients: Vectors  # (draws, count)
    unit: Vectors  # (draws, size)
    length: Norms  # (draws,)


class Pairs:
    """Pairs of a direction and its image, one row each: (draws, count, size) and (draws, count, image size).

    Directions are orthonormal, or 0 in a draw that had nothing new to ask.
    """

    def __init__(self, draws: int, size: int, image_size: int, dtype: DTypeLike) -> None:
        self.count = 0
        self.ranks = np.zeros(draws, np.int64)
        self._directions = np.empty((draws, 0, size), dtype)
        self._images = np.empty((draws, 0, image_size), dtype)

    @property
    def directions(self) -> Matrices:
        return self._directions[:, : self.count]

    @property
    def images(self) -> Matrices:
        return self._images[:, : self.count]

    def append(self, units: Vectors, images: Vectors) -> None:
        """One more pair in every draw."""
        if self.count == self._directions.shape[1]:
            self._directions, self._images = _grown(self._directions), _grown(self._images)
        self._directions[:, self.count], self._images[:, self.count] = units, images
        self.ranks += units.any(axis=1)
        self.count += 1


def split(x: Vectors, directions: Matrices, ranks: Norms) -> Split:
    """x along orthonormal rows and beside them, projected twice where once is not enough (Kahan's criterion).

    Exact to rounding of ‖x‖; what is left below ``ROUNDING`` units of it counts as nothing and is never divided by.
    """
    whole = np.linalg.norm(x, axis=1)
    coefficients = np.zeros((len(x), directions.shape[1]), x.dtype)
    rest = x
    for _ in range(2):
        part = apply(directions, rest)
        rest = rest - combine(part, directions)
        coefficients += part
        length = np.linalg.norm(rest, axis=1)
        if (length >= ENOUGH * whole).all():
            break
    new = (length > ROUNDING * np.finfo(x.dtype).eps * whole) & (ranks < x.shape[1])
    length = np.where(new, length, 0)
    unit = rest / np.where(new, length, np.inf)[:, None]
    if (new & (length < ENOUGH * whole)).any():
        unit = _again(unit, directions)
    return Split(coefficients, unit, length)


def apply(rows: Matrices, x: Vectors) -> Vectors:
    """The inner product of each row with x: (draws, count, size), (draws, size) -> (draws, count)."""
    return np.matmul(rows, x[:, :, None])[:, :, 0]


def combine(coefficients: Vectors, rows: Matrices) -> Vectors:
    """Σ coefficients · rows: (draws, count), (draws, count, size) -> (draws, size)."""
    return np.matmul(coefficients[:, None, :], rows)[:, 0]


def _again(unit: Vectors, directions: Matrices) -> Vectors:
    """A short remainder, once it has length 1, may still lean on the directions by its own rounding."""
    unit = unit - combine(apply(directions, unit), directions)
    length = np.linalg.norm(unit, axis=1, keepdims=True)
    return unit / np.where(length > 0, length, 1)


def _grown(rows: Matrices) -> Matrices:
    draws, count, size = rows.shape
    larger = np.empty((draws, max(8, count + count // 2), size), rows.dtype)
    larger[:, :count] = rows
    return larger
