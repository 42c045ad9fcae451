"""A product of any length as Q · 2^powers · rows: Q of orthonormal columns, the sizes carried as powers of two.

Each factor W meets the Q before it: W Q = Q' R, and R 2^powers rows = 2^powers' (2^-powers' R 2^powers) rows. Where the
sizes fall, what stands in brackets is bounded, and nothing over- or underflows. Columns are put in the order of their
sizes before the first factor, and later where it is wrong by more than 2^GATE: a triangle keeps its grading best if it
stays one.

Source: Stewart, On graded QR decompositions of products of matrices, Electron. Trans. Numer. Anal. 3 (1995).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from numerics.arrays import Matrices, Vectors
from numerics.scaled import Block, rescale
from numerics.spectra.rotations import LOW, Powers, shift

GATE = 10


@dataclass(frozen=True, eq=False)
class Step:
    """W Q[order] = Q' triangle; columns: the size that rounding has in each column; order None: as it was.

    Shapes: triangle (draws, k', k), columns (draws, k), order (draws, k).
    """

    triangle: Matrices
    columns: Vectors
    order: Powers | None


@dataclass(frozen=True, eq=False)
class Graded:
    """A product without its Q: singular values are those of 2**powers · rows, largest power about first.

    Shapes: powers (draws, k), LOW for a row of zeros; rows (draws, k, n_0), the largest entry of a row in [1/2, 1).
    """

    powers: Powers
    rows: Matrices
    steps: tuple[Step, ...]


def grade(factors: Sequence[Block], draws: int) -> Graded:
    """The graded form of W_L ... W_1; factors: W_l / 2**exponents and the exponents, first layer first.

    >>> grade([(np.array([[[0.5]]]), np.array([1]))] * 3, 1).powers
    array([[1]])
    """
    n = factors[0][0].shape[2]
    frame = np.broadcast_to(np.eye(n), (draws, n, n))
    rows, powers, steps = frame, np.zeros((draws, n), np.int64), []
    for layer, (factor, exponents) in enumerate(factors):
        turned = factor @ frame
        order = _order(turned, powers, GATE if layer else 0)
        if order is not None:
            turned = np.take_along_axis(turned, order[:, None, :], 2)
            powers, rows = np.take_along_axis(powers, order, 1), np.take_along_axis(rows, order[:, :, None], 1)
        columns = _rounding(factor, frame, turned, order)
        frame, triangle = np.linalg.qr(turned)
        powers, rows = _carry(triangle, powers, rows)
        powers = np.where(powers > LOW, powers + exponents[:, None], LOW)
        steps.append(Step(triangle, columns, order))
    return Graded(powers, rows, tuple(steps))


def _order(turned: Matrices, powers: Powers, gate: int) -> Powers | None:
    """The columns by falling size, where a column exceeds one before it by more than 2**gate; None: nowhere."""
    sizes = np.frexp(np.abs(turned).max(axis=1))[1] + powers
    largest_after = np.maximum.accumulate(sizes[:, ::-1], axis=1)[:, ::-1]
    wrong = (largest_after - sizes).max(axis=1) > gate
    if not wrong.any():
        return None
    falling = np.argsort(-sizes, axis=1, kind="stable")
    return np.where(wrong[:, None], falling, np.arange(sizes.shape[1]))


def _rounding(factor: Matrices, frame: Matrices, turned: Matrices, order: Powers | None) -> Vectors:
    """Beside eps, the size of what rounding adds to each column: of the products summed in it, and of itself."""
    summed = squares(factor).sum(axis=1)[:, None, :] @ squares(frame)
    sizes = np.broadcast_to(summed[:, 0, :], (len(turned), turned.shape[2]))
    if order is not None:
        sizes = np.take_along_axis(sizes, order, 1)
    columns: Vectors = np.sqrt(sizes + squares(turned).sum(axis=1))
    return columns


def squares(values: Matrices) -> Matrices:
    """|values|², complex ones too."""
    return np.asarray((values * values.conj()).real)


def _carry(triangle: Matrices, powers: Powers, rows: Matrices) -> tuple[Powers, Matrices]:
    """triangle · 2^powers · rows with the sizes of its rows taken out again; exact but for the product itself."""
    ceiling = np.frexp(np.abs(triangle).max(axis=1))[1] + powers  # of a column; of row i: the most from column i on
    sizes = np.maximum.accumulate(ceiling[:, ::-1], axis=1)[:, ::-1][:, : triangle.shape[1]]
    carried, own = _weighed(triangle, powers, rows, sizes)
    if (own == LOW).any():  # a row of zeros, or one far below its ceiling: each row by its largest entry
        sizes = _sized(triangle, powers[:, None, :]).max(axis=2)
        carried, own = _weighed(triangle, powers, rows, sizes)
    return np.where(own > LOW, sizes + own, LOW), carried


def _weighed(triangle: Matrices, powers: Powers, rows: Matrices, sizes: Powers) -> tuple[Matrices, Powers]:
    """2^-sizes · triangle · 2^powers · rows as rows whose largest entry lies in [1/2, 1), and their powers of two."""
    carried = shift(triangle, powers[:, None, :] - sizes[:, :, None]) @ rows
    largest = np.abs(carried).max(axis=2)
    own = np.frexp(largest)[1].astype(np.int64)
    return carried * np.ldexp(1.0, np.minimum(-own, 1000))[:, :, None], np.where(largest > 0, own, LOW)


def _sized(values: Matrices, powers: Powers) -> Powers:
    """The power of two above each of values · 2**powers; LOW for 0."""
    held = (values != 0) & (powers > LOW)
    return np.where(held, np.frexp(np.abs(values))[1] + powers, LOW)


def sized_columns(values: Matrices, powers: Powers) -> tuple[Matrices, Powers]:
    """The columns of 2**powers · values, one a row, each with its size taken out as a power of two.

    >>> sized_columns(np.array([[[0.5, 0.0], [0.0, 0.5]]]), np.array([[5000, 3]]))[1]
    array([[5000,    3]])
    """
    sizes = _sized(values, powers[:, :, None]).max(axis=1)
    return shift(values, powers[:, :, None] - sizes[:, None, :]).transpose(0, 2, 1), sizes


def scaled_factor(weight: Matrices, exponents: Powers, slope: Vectors | None) -> Block:
    """D W / 2**powers and the powers: a slope of any size beside a weight of any size."""
    if slope is None:
        return weight, exponents
    values, powers = rescale(slope[:, :, None], exponents)
    return values * weight, powers
