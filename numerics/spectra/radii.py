"""Spectral radii, never without their sensitivity, and what it comes from: the condition of the eigenvectors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from numerics.arrays import Matrices, Norms, Vectors
from numerics.layers import check_stack
from numerics.scaled import EPS


@dataclass(frozen=True, eq=False)
class Radius:
    """Spectral radii, and how far rounding may have moved each: the truth lies within value ± sensitivity; (draws,)."""

    value: Norms
    sensitivity: Norms


def spectral_radius(matrices: Matrices) -> Radius:
    """Largest modulus of an eigenvalue, with its sensitivity to rounding; square matrices.

    The computed eigenvalues are those of W + E with ‖E‖ about eps ‖W‖_F. Those of W lie in discs around them of radius
    n ‖E‖ times the condition number |left||right|/|<left, right>|; sensitivity is how far the discs reach beyond the
    value, but never more than 0 <= radius <= ‖W‖_F leaves open. Of a triangular matrix the radius is read from the
    diagonal, exactly, however defective it is.

    Shapes: (draws, n, n) -> two (draws,).
    Raises ValueError where a matrix is not square or an entry is not finite.
    Source: Bauer and Fike 1960; Demmel, Applied Numerical Linear Algebra, theorem 4.4.

    >>> bool(spectral_radius(np.array([[[0.5, 0.0], [0.0, -0.25]]])).sensitivity[0] < 1e-14)
    True
    """
    values, vectors = _eigen(matrices)
    size = np.linalg.norm(matrices, axis=(1, 2))
    n = matrices.shape[1]
    moduli = np.abs(values)
    radius = moduli.max(axis=1)
    reach = n * EPS * size[:, None] * _condition_numbers(vectors)
    sensitivity = np.minimum((moduli + reach).max(axis=1) - radius, np.maximum(radius, size - radius))
    triangular, largest = _triangular(matrices)
    return Radius(np.where(triangular, largest, radius), np.where(triangular, 0.0, sensitivity))


def _triangular(matrices: Matrices) -> tuple[NDArray[np.bool_], Norms]:
    """Which matrices are triangular, and the largest modulus on each diagonal: then the radius, without rounding."""
    below = np.tril(matrices, -1).any(axis=(1, 2))
    above = np.triu(matrices, 1).any(axis=(1, 2))
    return ~(below & above), np.abs(np.diagonal(matrices, axis1=1, axis2=2)).max(axis=1)


def _eigen(matrices: Matrices) -> tuple[Vectors, Matrices]:
    check_stack(matrices, square="eigenvalues")
    return tuple(np.linalg.eig(matrices))  # type: ignore[return-value]


def _condition_numbers(vectors: Matrices) -> Vectors:
    """Of each eigenvalue; the rows of V⁻¹, V of unit right eigenvectors, are the left ones with <left, right> = 1."""
    try:
        left: Matrices = np.linalg.inv(vectors)
    except np.linalg.LinAlgError:  # a defective matrix; its eigenvectors are known only to rounding anyway
        outer, stretch, inner = np.linalg.svd(vectors)
        stretch = np.maximum(stretch, EPS * stretch[:, :1])[:, None, :]
        left = (inner.conj().transpose(0, 2, 1) / stretch) @ outer.conj().transpose(0, 2, 1)
    with np.errstate(over="ignore", invalid="ignore"):
        size: Vectors = np.linalg.norm(left, axis=2)
    return np.nan_to_num(size, nan=np.inf, posinf=np.inf)


def eigenvector_condition(matrices: Matrices) -> Norms:
    """cond(V) = ‖V‖‖V⁻¹‖ of the unit eigenvectors of each matrix: 1 where it is normal, about 1/eps where defective.

    Shapes: (draws, n, n) -> (draws,).
    Raises ValueError where a matrix is not square or an entry is not finite.

    >>> eigenvector_condition(np.array([[[2.0, 0.0], [0.0, 1.0]]]))
    array([1.])
    """
    condition: Norms = np.linalg.cond(_eigen(matrices)[1])
    return condition
