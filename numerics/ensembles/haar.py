"""Uniform on the orthogonal group; rectangular: orthonormal columns or rows, entries of variance sigma_w²/n_in."""

from math import sqrt

import numpy as np
from numpy.random import Generator
from sympy import Max

from numerics.arrays import Matrices
from numerics.ensembles import Ensemble, entry_deviation
from theory.assumptions import HAAR
from theory.symbols import n_in, n_out


def orthonormal(rng: Generator, draws: int, rows: int, columns: int, size: float = 1.0) -> Matrices:
    """Uniform matrices of orthogonal columns of length ``size``, rows >= columns: (draws, rows, columns)."""
    factor, upper = np.linalg.qr(rng.standard_normal((draws, rows, columns)))
    diagonal = np.diagonal(upper, axis1=1, axis2=2)
    factor *= np.copysign(size, diagonal)[:, None, :]  # Haar's law, not LAPACK's (Mezzadri 2007)
    uniform: Matrices = factor
    return uniform


def draw(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float) -> Matrices:
    longer, shorter = max(n_out, n_in), min(n_out, n_in)
    factor = orthonormal(rng, draws, longer, shorter, sqrt(longer) * entry_deviation(n_out, n_in, sigma_w))
    return factor if n_out >= n_in else factor.transpose(0, 2, 1)


ENSEMBLE = Ensemble(
    name="haar",
    title="Uniform orthogonal matrices",
    satisfies=frozenset({HAAR}),
    kurtosis=3 * Max(n_in, n_out) / (Max(n_in, n_out) + 2),  # of an entry of a uniform unit vector
    gain_spread=Max(0, (1 + 2 / n_out) / (1 + 2 / n_in) - 1),  # n_out < n_in: ‖Wv‖²/sigma_w² is Beta(n_out/2, ...)
    draw=draw,
)
