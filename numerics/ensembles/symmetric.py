"""Symmetric Gaussian matrices (GOE): variance sigma_w²/n off the diagonal, 2 sigma_w²/n on it."""

from math import sqrt

import numpy as np
from numpy.random import Generator
from sympy import Integer

from numerics.arrays import Matrices
from numerics.ensembles import Ensemble, entry_deviation, require_square
from theory.assumptions import GOE
from theory.symbols import n


def draw(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float) -> Matrices:
    deviation = entry_deviation(n_out, n_in, sigma_w)
    require_square("symmetric", n_out, n_in)
    rows, columns = np.triu_indices(n_in)
    entries = rng.standard_normal((draws, rows.size))  # each pair once: n(n + 1)/2 numbers
    entries *= np.where(rows == columns, sqrt(2) * deviation, deviation)
    weights = np.empty((draws, n_out, n_in))
    weights[:, rows, columns] = weights[:, columns, rows] = entries
    return weights


ENSEMBLE = Ensemble(
    name="symmetric",
    title="Symmetric Gaussian matrices (GOE)",
    satisfies=frozenset({GOE}),
    kurtosis=Integer(3),
    gain_spread=2 * (n + 3) / (n + 1) ** 2,  # Wv has the law of a column: one entry of variance 2, n - 1 of variance 1
    draw=draw,
    square=True,
)
