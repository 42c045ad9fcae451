"""Random permutation matrices: orthogonal, and their entries have a mean that is not 0."""

import numpy as np
from numpy.random import Generator
from sympy import Integer

from numerics.arrays import Matrices
from numerics.ensembles import Ensemble, entry_deviation, require_square
from theory.assumptions import ORTHOGONAL
from theory.symbols import n


def draw(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float) -> Matrices:
    entry_deviation(n_out, n_in, sigma_w)
    require_square("permutation", n_out, n_in)
    columns = rng.permuted(np.broadcast_to(np.arange(n_in), (draws, n_in)), axis=1)
    weights = np.zeros((draws, n_out, n_in))
    np.put_along_axis(weights, columns[:, :, None], float(sigma_w), axis=2)
    return weights


ENSEMBLE = Ensemble(
    name="permutation",
    title="Permutation matrices",
    satisfies=frozenset({ORTHOGONAL}),
    kurtosis=n,  # an entry is not 0 with probability 1/n
    gain_spread=Integer(0),
    draw=draw,
    square=True,
)
