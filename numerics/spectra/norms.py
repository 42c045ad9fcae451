"""Norms and singular values of stacks of matrices."""

from __future__ import annotations

import numpy as np

from numerics.arrays import Matrices, Norms, Vectors
from numerics.layers import check_stack
from numerics.scaled import rescale


def singular_values(matrices: Matrices) -> Vectors:
    """Singular values, largest first, by SVD: each exact to rounding of the largest.

    Shapes: (draws, n, m) -> (draws, min(n, m)).
    Raises ValueError for another shape, or where an entry is not finite, naming its index.
    Source: Golub & Van Loan, Matrix Computations, 2.4.

    >>> singular_values(np.array([[[0.0, 2.0], [1.0, 0.0]]]))
    array([[2., 1.]])
    """
    check_stack(matrices)
    values: Vectors = np.linalg.svd(matrices, compute_uv=False)
    return values


def operator_norm(matrices: Matrices) -> Norms:
    """Largest singular value of each matrix, ‖W‖ = max over unit v of ‖W v‖: exact to rounding.

    The root of the largest eigenvalue of W Wᵀ, or of WᵀW where that is smaller: half the operations of an SVD. The
    squares that are lost beside the largest are not asked for; a power of two beside W keeps all of them in range.

    Shapes: matrices (draws, n, m) -> (draws,).
    Raises ValueError for another shape, or where an entry is not finite, naming its index.
    Source: Golub & Van Loan, Matrix Computations, 2.3 and 8.6.

    >>> operator_norm(np.array([[[0.0, 2.0], [0.0, 0.0]]]))
    array([2.])
    """
    check_stack(matrices)
    near_one, powers = rescale(matrices, np.zeros(1, np.int64))
    turned = near_one.conj().transpose(0, 2, 1)
    gram = near_one @ turned if matrices.shape[1] <= matrices.shape[2] else turned @ near_one
    largest = np.linalg.eigvalsh(gram)[:, -1]
    return np.ldexp(np.sqrt(np.maximum(largest, 0.0)), powers)


def smallest_singular_value(matrices: Matrices) -> Norms:
    """min over unit v of ‖W v‖: the last singular value, and 0 for fewer rows than columns. Exact to rounding of ‖W‖.

    Shapes: (draws, n, m) -> (draws,).
    Raises ValueError for another shape, or where an entry is not finite, naming its index.

    >>> smallest_singular_value(np.array([[[3.0, 0.0], [0.0, 2.0]]])), smallest_singular_value(np.array([[[3.0, 0.0]]]))
    (array([2.]), array([0.]))
    """
    check_stack(matrices)
    if matrices.shape[1] < matrices.shape[2]:
        return np.zeros(len(matrices))
    return singular_values(matrices)[:, -1]
