"""Strictly upper triangular normal entries: ‖W‖_F² is n sigma_w² on average, and W^n = 0."""

from math import sqrt

import numpy as np
from numpy.random import Generator
from sympy import Integer

from numerics.arrays import Matrices
from numerics.ensembles import Ensemble, entry_deviation, require_square
from theory.assumptions import FOURTH_MOMENT
from theory.symbols import n


def draw(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float) -> Matrices:
    entry_deviation(n_out, n_in, sigma_w)
    require_square("nilpotent", n_out, n_in)
    rows, columns = np.triu_indices(n_in, 1)  # none where n = 1: the nilpotent number is 0
    weights = np.zeros((draws, n_out, n_in))
    weights[:, rows, columns] = sigma_w * sqrt(2 / max(1, n_in - 1)) * rng.standard_normal((draws, rows.size))
    return weights


ENSEMBLE = Ensemble(
    name="nilpotent",
    title="Strictly triangular normal entries",
    satisfies=frozenset({FOURTH_MOMENT}),
    kurtosis=6 * n / (n - 1),  # of an entry chosen at random: half of them, (n - 1)/n of that, are normal
    gain_spread=Integer(2),  # ‖Wv‖² is a sum of independent squares of normal numbers: 2 Σ t_i²/(Σ t_i)² <= 2
    draw=draw,
    square=True,
)
