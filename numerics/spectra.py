"""Norms and radii of stacks of matrices; a radius never without its sensitivity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from numerics.arguments import positive_integer
from numerics.arrays import Matrices, Norms, Vectors
from numerics.layers import check_finite
from numerics.scaled import EPS, Block, rescale


def singular_values(matrices: Matrices) -> Vectors:
    """Singular values, largest first, by SVD: each exact to rounding of the largest.

    Shapes: (draws, n, m) -> (draws, min(n, m)).
    Raises ValueError where an entry is not finite, naming its index.
    Source: Golub & Van Loan, Matrix Computations, 2.4.

    >>> singular_values(np.array([[[0.0, 2.0], [1.0, 0.0]]]))
    array([[2., 1.]])
    """
    check_finite(matrices, "matrices")
    values: Vectors = np.linalg.svd(matrices, compute_uv=False)
    return values


def operator_norm(matrices: Matrices) -> Norms:
    """Largest singular value of each matrix, ‖W‖ = max over unit v of ‖W v‖, by SVD: exact to rounding.

    Shapes: matrices (draws, n, m) -> (draws,).
    Raises ValueError where an entry is not finite, naming its index.
    Source: Golub & Van Loan, Matrix Computations, 2.3.

    >>> operator_norm(np.array([[[0.0, 2.0], [0.0, 0.0]]]))
    array([2.])
    """
    return singular_values(matrices)[:, 0]


def smallest_singular_value(matrices: Matrices) -> Norms:
    """min over unit v of ‖W v‖: the last singular value, and 0 for fewer rows than columns. Exact to rounding of ‖W‖.

    Shapes: (draws, n, m) -> (draws,).
    Raises ValueError where an entry is not finite, naming its index.

    >>> smallest_singular_value(np.array([[[3.0, 0.0], [0.0, 2.0]]])), smallest_singular_value(np.array([[[3.0, 0.0]]]))
    (array([2.]), array([0.]))
    """
    if matrices.shape[1] < matrices.shape[2]:
        check_finite(matrices, "matrices")
        return np.zeros(len(matrices))
    return singular_values(matrices)[:, -1]


@dataclass(frozen=True, eq=False)
class Radius:
    """Spectral radii, and how far rounding may have moved each: the truth lies within value ± sensitivity; (draws,)."""

    value: Norms
    sensitivity: Norms


def spectral_radius(matrices: Matrices) -> Radius:
    """Largest modulus of an eigenvalue, with its sensitivity to rounding; square matrices.

    The computed eigenvalues are those of W + E with ‖E‖ about eps ‖W‖_F. Those of W lie in discs around them of radius
    n ‖E‖ times the condition number |left||right|/|<left, right>|; sensitivity is how far the discs reach beyond the
    value, but never more than 0 <= radius <= ‖W‖_F leaves open.

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
    return Radius(radius, np.minimum((moduli + reach).max(axis=1) - radius, np.maximum(radius, size - radius)))


def _eigen(matrices: Matrices) -> tuple[Vectors, Matrices]:
    if matrices.shape[1] != matrices.shape[2]:
        raise ValueError(f"a matrix is {matrices.shape[1]} x {matrices.shape[2]}: only a square one has eigenvalues")
    check_finite(matrices, "matrices")
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


def log_power_norms(matrices: Matrices, steps: Sequence[int]) -> Vectors:
    """log ‖W^t‖ at the given steps, by repeated squaring with the scale carried as a power of two: nothing overflows.

    Exact to rounding amplified by non-normality (by the largest ‖W^s‖‖W^{t-s}‖/‖W^t‖). -inf where W^t = 0.
    Shapes: (draws, n, n) -> (draws, len(steps)), in the order of steps.
    Raises ValueError where a step is no positive integer, a matrix not square or an entry not finite.

    >>> log_power_norms(np.array([[[2.0]]]), (1, 10_000)) / log(2)
    array([[1.e+00, 1.e+04]])
    """
    if matrices.shape[1] != matrices.shape[2]:
        raise ValueError(f"a matrix is {matrices.shape[1]} x {matrices.shape[2]}: only a square one has powers")
    check_finite(matrices, "matrices")
    squares = [rescale(matrices, np.zeros(1, np.int64))]  # W^1, W^2, W^4, ...
    reached, power, logs = 0, None, {}
    for step in sorted({positive_integer(step, "steps") for step in steps}):
        power, reached = _advance(power, squares, step - reached), step
        with np.errstate(divide="ignore"):
            logs[step] = np.log(operator_norm(power[0])) + power[1] * log(2)
    return np.stack([logs[step] for step in steps], axis=1)


def _advance(power: Block | None, squares: list[Block], by: int) -> Block:
    """power · W^by from the binary digits of ``by``; the list of squares grows as needed."""
    for digit in range(by.bit_length()):
        if digit == len(squares):
            squares.append(_times(squares[-1], squares[-1]))
        if by >> digit & 1:
            power = squares[digit] if power is None else _times(squares[digit], power)
    assert power is not None
    return power


def _times(left: Block, right: Block) -> Block:
    values, exponents = rescale(left[0] @ right[0], left[1] + right[1])
    return values, exponents
