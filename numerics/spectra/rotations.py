"""Singular values of columns whose sizes span any range: Jacobi rotations with the sizes carried as powers of two.

Two columns 2^e x and 2^f y are rotated until they are orthogonal. With t = 2^(f-e) the rotation reads
x' = cos·(x + a t² y), y' = cos·(y - a x), tan = a t: where t underflows it is a step of Gram and Schmidt, and nothing
overflows. What rounding does to a column is small beside that column, not beside the largest one.

Source: Demmel & Veselić, Jacobi's method is more accurate than QR, SIAM J. Matrix Anal. Appl. 13 (1992).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.arrays import Matrices, Vectors
from numerics.scaled import EPS

SWEEPS = 30  # about six are needed; the angles fall quadratically in the end
LOW = -(2**40)  # the power of two of a zero
Powers = NDArray[np.int64]


def shift(values: Matrices, powers: Powers) -> Matrices:
    """values · 2**powers, exact unless it underflows; complex values too.

    >>> shift(np.array([3.0]), np.array([2]))
    array([12.])
    """
    clipped = np.clip(powers, -2200, 2200).astype(np.int32)  # beyond them every float64 is 0 or too large
    if np.iscomplexobj(values):
        return np.ldexp(values.real, clipped) + 1j * np.ldexp(values.imag, clipped)
    return np.ldexp(values, clipped)


def orthogonalize(columns: Matrices, powers: Powers) -> tuple[Vectors, Matrices]:
    """Singular values and left vectors of the matrix with columns 2**powers[j] · columns[j]: (log σ, unit vectors).

    Largest first; log σ = -inf and a zero vector for σ = 0. Exact to rounding times the condition of the unit columns.
    Shapes: columns (draws, k, n), one column a row; powers (draws, k); -> (draws, k) and (draws, k, n).
    Raises ArithmeticError where the columns are not orthogonal after SWEEPS sweeps.

    >>> orthogonalize(np.array([[[3.0, 0.0], [0.0, 1.0]]]), np.array([[0, 5000]]))[0] / np.log([[2, 3]])
    array([[5.e+03, 1.e+00]])
    """
    draws, count, length = columns.shape
    odd = count % 2  # a round rotates pairs: an odd one rests with a column of zeros
    x = np.concatenate([columns, np.zeros((draws, odd, length))], axis=1)
    e = np.concatenate([powers, np.full((draws, odd), LOW)], axis=1)
    for _ in range(SWEEPS):
        if max((_rotate(x, e, i, j) for i, j in _rounds(count + odd)), default=0.0) <= length * EPS:
            break
    else:
        raise ArithmeticError(f"columns are not orthogonal after {SWEEPS} sweeps of rotations: report these matrices")
    lengths = np.linalg.norm(x, axis=2)
    with np.errstate(divide="ignore"):
        logs = e * np.log(2) + np.log(lengths)
    order = np.argsort(-logs, axis=1, kind="stable")[:, :count]
    units = x / np.where(lengths > 0, lengths, 1.0)[:, :, None]
    return np.take_along_axis(logs, order, 1), np.take_along_axis(units, order[:, :, None], 1)


def _rounds(count: int) -> Iterator[tuple[NDArray[Any], NDArray[Any]]]:
    """Each pair i < j of an even number once, in count - 1 rounds of disjoint pairs."""
    ring = np.arange(count)
    for _ in range(count - 1):
        i, j = np.sort([ring[: count // 2], ring[count // 2 :][::-1]], axis=0)
        yield i, j
        ring = np.concatenate([ring[:1], ring[-1:], ring[1:-1]])


def _rotate(columns: Matrices, powers: Powers, i: NDArray[Any], j: NDArray[Any]) -> float:
    """Makes columns i and j orthogonal in place, the longer one first; the largest cosine there was."""
    x, y, e, f = columns[:, i], columns[:, j], powers[:, i], powers[:, j]
    xx, yy = _product(x, x).real, _product(y, y).real
    turned = np.ldexp(yy, np.clip(2 * (f - e), -2200, 1000).astype(np.int32)) > xx
    x, y = np.where(turned[..., None], y, x), np.where(turned[..., None], x, y)
    xx, yy, e, f = np.where(turned, yy, xx), np.where(turned, xx, yy), np.where(turned, f, e), np.where(turned, e, f)
    xy = _product(x, y)
    ratio = np.ldexp(1.0, np.clip(2 * (f - e), -2200, 1000).astype(np.int32))
    gap = xx - yy * ratio
    below = gap + np.sqrt(gap**2 + 4 * np.abs(xy) ** 2 * ratio)
    a = np.divide(2 * xy, below, out=np.zeros_like(xy), where=below > 0)
    cosine = 1 / np.sqrt(1 + np.abs(a) ** 2 * ratio)
    columns[:, i] = cosine[..., None] * (x + (a.conj() * ratio)[..., None] * y)
    columns[:, j] = cosine[..., None] * (y - a[..., None] * x)
    powers[:, i], powers[:, j] = e, f
    lengths = np.sqrt(xx) * np.sqrt(yy)
    return float(np.divide(np.abs(xy), lengths, out=np.zeros_like(lengths), where=lengths > 0).max())


def _product(x: Matrices, y: Matrices) -> Vectors:
    products: Vectors = np.einsum("...k,...k->...", x.conj(), y)
    return products
