"""Independent entries, three of four zero, the others of one size and random sign."""

import numpy as np
from numpy.random import Generator
from sympy import Integer

from numerics.arrays import Matrices
from numerics.ensembles import Ensemble, entry_deviation
from theory.assumptions import FOURTH_MOMENT, IID
from theory.symbols import n_out


def draw(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float) -> Matrices:
    size = 2 * entry_deviation(n_out, n_in, sigma_w)
    table = np.zeros(256)  # a random byte an entry: 1/8 of the bytes each sign
    table[:32], table[32:64] = size, -size
    drawn = np.frombuffer(rng.bytes(draws * n_out * n_in), np.uint8)
    return table.take(drawn).reshape(draws, n_out, n_in)


ENSEMBLE = Ensemble(
    name="sparse",
    title="Independent entries of density 1/4",
    satisfies=frozenset({IID, FOURTH_MOMENT}),
    kurtosis=Integer(4),
    gain_spread=3 / n_out,  # Max(2, kurtosis - 1)/n_out
    draw=draw,
)
