"""All the variance in one entry: not isotropic, so that what holds on average over directions fails."""

from math import sqrt

import numpy as np
from numpy.random import Generator
from sympy import Integer

from numerics.arrays import Matrices
from numerics.ensembles import Ensemble, entry_deviation
from theory.assumptions import FOURTH_MOMENT
from theory.symbols import n


def draw(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float) -> Matrices:
    deviation = entry_deviation(n_out, n_in, sigma_w)
    weights = np.zeros((draws, n_out, n_in))
    size = sqrt(n_out * n_in) * deviation
    weights[:, 0, 0] = size * (2.0 * rng.integers(0, 2, draws) - 1.0)
    return weights


ENSEMBLE = Ensemble(
    name="spike",
    title="All the variance in one entry",
    satisfies=frozenset({FOURTH_MOMENT}),
    kurtosis=n**2,  # of an entry chosen at random
    gain_spread=Integer(0),  # ‖Wv‖ = sigma_w sqrt(n) |v_1| in every draw
    draw=draw,
)
