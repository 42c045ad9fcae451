"""Random permutation matrices with random signs: orthogonal, and far from uniform."""

import numpy as np
from numpy.random import Generator
from sympy import Integer

from numerics.arrays import Matrices
from numerics.ensembles import Ensemble, entry_deviation, require_square
from theory.assumptions import CENTERED, ORTHOGONAL
from theory.symbols import n


def draw(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float) -> Matrices:
    entry_deviation(n_out, n_in, sigma_w)
    require_square("signed_permutation", n_out, n_in)
    columns = rng.permuted(np.broadcast_to(np.arange(n_in), (draws, n_in)), axis=1)
    signs = np.array([-float(sigma_w), float(sigma_w)]).take(rng.integers(0, 2, (draws, n_in), dtype=np.uint8))
    weights = np.zeros((draws, n_out, n_in))
    np.put_along_axis(weights, columns[:, :, None], signs[:, :, None], axis=2)
    return weights


ENSEMBLE = Ensemble(
    name="signed_permutation",
    title="Signed permutations",
    satisfies=frozenset({ORTHOGONAL, CENTERED}),
    kurtosis=n,  # an entry is not 0 with probability 1/n
    gain_spread=Integer(0),
    draw=draw,
    square=True,
)
