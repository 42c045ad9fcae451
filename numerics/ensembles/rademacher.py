"""Independent signs: every entry is +sigma_w/sqrt(n_in) or -sigma_w/sqrt(n_in)."""

import numpy as np
from numpy.random import Generator
from sympy import Integer

from numerics.arrays import Matrices
from numerics.ensembles import Ensemble, entry_deviation
from theory.assumptions import FOURTH_MOMENT, IID
from theory.symbols import n_out


def draw(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float) -> Matrices:
    deviation = entry_deviation(n_out, n_in, sigma_w)
    count = draws * n_out * n_in
    bits = np.unpackbits(np.frombuffer(rng.bytes(-(-count // 8)), np.uint8), count=count)  # one bit an entry
    return np.array([-deviation, deviation]).take(bits).reshape(draws, n_out, n_in)


ENSEMBLE = Ensemble(
    name="rademacher",
    title="Independent random signs",
    satisfies=frozenset({IID, FOURTH_MOMENT}),
    kurtosis=Integer(1),
    gain_spread=2 / n_out,  # Max(2, kurtosis - 1)/n_out
    draw=draw,
)
