"""Bartlett's factors: the R of the QR factorization of a Gaussian matrix, drawn without the matrix.

R_ii² = (sigma_w²/n_in) chi²_{n_out-i+1}, what stands right of the diagonal is normal, all independent. Q is uniform and
independent of R, so W_l Q_{l-1} is Gaussian again: R_L ... R_1 has the singular values of W_L ... W_1 in law.

Source: Bartlett 1933; Muirhead, Aspects of Multivariate Statistical Theory, theorem 3.2.14; Newman 1986.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt

import numpy as np
from numpy.random import Generator

from numerics.arguments import positive_integer, standard_deviation
from numerics.arrays import Matrices, Vectors
from numerics.shortcuts.profile import log_scales, width_profile


def bartlett_factor(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float = 1.0) -> Matrices:
    """R of W = QR with a diagonal >= 0, upper triangular or, for n_out < n_in, trapezoidal: half the random numbers.

    Exact in law. Shapes: -> (draws, min(n_out, n_in), n_in).
    Raises ValueError where draws, a width or sigma_w is none.

    >>> bartlett_factor(np.random.default_rng(0), 2, 5, 3)[0].shape
    (3, 3)
    """
    n_out, n_in, draws = (
        positive_integer(n_out, "n_out"),
        positive_integer(n_in, "n_in"),
        positive_integer(draws, "draws"),
    )
    deviation, rank = standard_deviation(sigma_w, "sigma_w") / sqrt(n_in), min(n_out, n_in)
    factor = np.zeros((draws, rank, n_in))
    rows, columns = np.triu_indices(rank, 1, n_in)
    factor[:, rows, columns] = rng.standard_normal((draws, len(rows)))
    factor[:, range(rank), range(rank)] = np.sqrt(rng.chisquare(n_out - np.arange(rank), (draws, rank)))
    return factor * deviation


def log_diagonals(rng: Generator, draws: int, widths: Sequence[int], sigma_w: float = 1.0) -> Vectors:
    """log R_ii at each layer: ½ log of (sigma_w²/n_{l-1}) chi²_{n_l-i+1}, independent. Their mean over the layers is
    the Lyapunov exponent λ_i of the draw, i = 1 ... r, r the narrowest width.

    Exact in law. Shapes: -> (draws, L, r).
    Raises ValueError where draws, a width or sigma_w is none.

    >>> log_diagonals(np.random.default_rng(0), 2, (5, 5, 5, 5)).shape
    (2, 3, 5)
    """
    profile = width_profile(widths)
    degrees = np.array([n_out for _, n_out in pairwise(profile)])[:, None] - np.arange(min(profile))
    squares = rng.chisquare(degrees, (positive_integer(draws, "draws"), *degrees.shape))
    with np.errstate(divide="ignore"):
        return np.asarray((np.log(squares) + log_scales(profile, sigma_w)[:, None]) / 2)
