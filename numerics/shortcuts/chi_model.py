"""Singular values of one Gaussian matrix from a bidiagonal one of independent chi numbers.

With m = max(n_out, n_in) and n the lesser one, W has the singular values of (sigma_w/sqrt(n_in)) B in law, B lower
bidiagonal: B_ii = chi_{m-i+1}, B_{i+1,i} = chi_{n-i}. Householder reflections from both sides, one row and one column
after the other, leave what they have not met Gaussian.

Source: Silverstein, The smallest eigenvalue of a large dimensional Wishart matrix, Ann. Probab. 13 (1985); Dumitriu &
Edelman, Matrix models for beta ensembles, J. Math. Phys. 43 (2002).
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, sqrt

import numpy as np
from numpy.random import Generator
from scipy.linalg.lapack import dstebz, dsterf

from numerics.arguments import positive_integer, standard_deviation
from numerics.arrays import Norms, Vectors

BLOCK = 2**22  # rows held at a time, of all draws
LONGEST = 2**27  # rows of one draw: 2 GiB
EDGE = 20  # lengths of Airy's scale that the leading block spans: see operator_norms


def bidiagonal(rng: Generator, draws: int, n_out: int, n_in: int, block: int | None = None) -> tuple[Vectors, Vectors]:
    """Diagonal and subdiagonal of B, or of its leading block of that size: independent chi numbers.

    Shapes: -> (draws, k) and (draws, k-1), k = min(n_out, n_in, block).
    Raises ValueError where draws, a width or block is none.

    >>> [part.shape for part in bidiagonal(np.random.default_rng(0), 2, 5, 3)]
    [(2, 3), (2, 2)]
    """
    draws, n_out, n_in = (
        positive_integer(value, place) for value, place in ((draws, "draws"), (n_out, "n_out"), (n_in, "n_in"))
    )
    longer, shorter = max(n_out, n_in), min(n_out, n_in)
    size = shorter if block is None else min(shorter, positive_integer(block, "block"))
    diagonal = rng.chisquare(longer - np.arange(size, dtype=np.float64), (draws, size))
    below = rng.chisquare(shorter - np.arange(1.0, size), (draws, size - 1))
    return np.sqrt(diagonal), np.sqrt(below)


def leading_block(n_out: int, n_in: int) -> int:
    """Rows of B that hold the largest singular value: EDGE lengths (n_out n_in)^{1/3}/(sqrt(n_out)+sqrt(n_in))^{2/3}.

    >>> leading_block(10**6, 10**6), leading_block(5, 8)
    (1260, 5)
    """
    n_out, n_in = positive_integer(n_out, "n_out"), positive_integer(n_in, "n_in")
    length = (n_out * n_in / (sqrt(n_out) + sqrt(n_in)) ** 2) ** (1 / 3)
    return min(n_out, n_in, ceil(EDGE * length))


def operator_norms(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float = 1.0) -> Norms:
    """‖W‖ of n_out x n_in Gaussian matrices: O(n^{1/3}) random numbers and operations a draw, no matrix.

    The largest singular value of the leading block of B. In units of i = x·length the rows of B Bᵀ below its edge are
    Airy's operator with noise: the vector falls as exp(-⅔ x^{3/2}), and that noise holds it beyond x has a probability
    of about that. The block spans x = 20: what is left out lowers ‖W‖ by less than rounding (the largest seen in
    thousands of draws is 1e-15 of it at x = 14 and 1e-12 at x = 12), and nothing is left out where n <= 44.

    Exact in law to that. Shapes: -> (draws,).
    Raises ValueError where draws, a width or sigma_w is none.
    Source: Ramírez, Rider & Virág, Beta ensembles, stochastic Airy spectrum, and a diffusion, J. AMS 24 (2011).

    >>> bool(abs(operator_norms(np.random.default_rng(0), 1, 10**6, 10**6)[0] - 2) < 1e-2)
    True
    """
    return _scale(n_in, sigma_w) * _of_each(rng, draws, n_out, n_in, leading_block(n_out, n_in), _largest)


def smallest_singular_values(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float = 1.0) -> Norms:
    """min over unit v of ‖Wv‖: the last singular value of B by bisection; 0 for fewer rows than columns. O(n) a draw.

    Exact in law, and to rounding of each value beside itself. Shapes: -> (draws,).
    Raises ValueError where draws, a width or sigma_w is none.
    Source: Demmel & Kahan, Accurate singular values of bidiagonal matrices, SIAM J. Sci. Stat. Comput. 11 (1990).

    >>> smallest_singular_values(np.random.default_rng(0), 1, 3, 5)
    array([0.])
    """
    scale = _scale(n_in, sigma_w)
    if positive_integer(n_out, "n_out") < n_in:
        return np.zeros(positive_integer(draws, "draws"))
    return scale * _of_each(rng, draws, n_out, n_in, n_in, _smallest)


def singular_values(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float = 1.0) -> Vectors:
    """All singular values of n_out x n_in Gaussian matrices, largest first: O(n) random numbers, O(n²) steps a draw.

    Exact in law, and to rounding of the largest. Shapes: -> (draws, min(n_out, n_in)).
    Raises ValueError where draws, a width or sigma_w is none.

    >>> singular_values(np.random.default_rng(0), 2, 5, 3).shape
    (2, 3)
    """
    scale = _scale(n_in, sigma_w)
    diagonal, below = bidiagonal(rng, draws, n_out, n_in)
    return scale * np.array([_all(*parts) for parts in zip(diagonal, below, strict=True)])


def _of_each(
    rng: Generator, draws: int, n_out: int, n_in: int, rows: int, read: Callable[[Vectors, Vectors], float]
) -> Norms:
    """One number of each draw of the leading rows of B, drawn in blocks that BLOCK bounds. Raises ValueError where one
    draw alone would not fit."""
    if rows > LONGEST:
        raise ValueError(f"n={min(n_out, n_in)}: a draw holds {rows} rows; pass widths that need at most {LONGEST}")
    held, wanted = max(1, BLOCK // rows), positive_integer(draws, "draws")
    found: list[float] = []
    while len(found) < wanted:
        parts = bidiagonal(rng, min(held, wanted - len(found)), n_out, n_in, rows)
        found.extend(read(*each) for each in zip(*parts, strict=True))
    return np.array(found)


def _scale(n_in: int, sigma_w: float) -> float:
    return standard_deviation(sigma_w, "sigma_w") / sqrt(positive_integer(n_in, "n_in"))


def _largest(diagonal: Vectors, below: Vectors) -> float:
    """sqrt of the largest eigenvalue of B Bᵀ, tridiagonal, by bisection."""
    squares = diagonal**2
    squares[1:] += below**2
    if len(squares) == 1:
        return float(diagonal[0])
    return sqrt(_bisected(squares, diagonal[:-1] * below, len(squares), 0.0))


def _smallest(diagonal: Vectors, below: Vectors) -> float:
    """The least eigenvalue above 0 of the tridiagonal matrix of zero diagonal: bisection keeps its relative digits."""
    beside = _interleaved(diagonal, below)
    return _bisected(np.zeros(len(beside) + 1), beside, len(diagonal) + 1, float(np.finfo(np.float64).tiny))


def _all(diagonal: Vectors, below: Vectors) -> Vectors:
    beside = _interleaved(diagonal, below)
    values, info = dsterf(np.zeros(len(beside) + 1), beside)
    _check(info, "dsterf")
    return np.asarray(values[: len(diagonal) - 1 : -1])


def _interleaved(diagonal: Vectors, below: Vectors) -> Vectors:
    """Off-diagonal of the tridiagonal matrix whose eigenvalues are the singular values of B and their negatives."""
    beside = np.empty(2 * len(diagonal) - 1)
    beside[::2], beside[1::2] = diagonal, below
    return beside


def _bisected(diagonal: Vectors, beside: Vectors, index: int, width: float) -> float:
    """The eigenvalue of that index, from 1, to the absolute width; 0: to rounding of the largest."""
    _, values, _, _, info = dstebz(diagonal, beside, 2, 0.0, 0.0, index, index, width, "E")
    _check(info, "dstebz")
    return float(values[0])


def _check(info: int, routine: str) -> None:
    if info:
        raise ArithmeticError(f"LAPACK's {routine} did not converge (info={info}): report this draw")
