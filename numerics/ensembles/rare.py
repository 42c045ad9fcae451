"""Independent entries, two nonzero in a row on average: the kurtosis n_in/2 has no bound as n_in grows."""

from math import sqrt

from numpy.random import Generator
from sympy import Max

from numerics.arrays import Matrices
from numerics.ensembles import Ensemble, entry_deviation
from theory.assumptions import IID
from theory.symbols import n_in, n_out


def draw(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float) -> Matrices:
    deviation = entry_deviation(n_out, n_in, sigma_w)
    density = min(1.0, 2 / n_in)
    size = deviation / sqrt(density)
    uniform = rng.random((draws, n_out, n_in))
    return size * ((uniform < density / 2).astype(float) - (uniform >= 1 - density / 2))


ENSEMBLE = Ensemble(
    name="rare",
    title="Independent entries, two nonzero in a row",
    satisfies=frozenset({IID}),
    kurtosis=Max(1, n_in / 2),
    gain_spread=Max(2, n_in / 2 - 1) / n_out,  # Max(2, kurtosis - 1)/n_out
    draw=draw,
)
