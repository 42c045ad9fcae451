"""Independent uniform entries, the default of common libraries."""

from math import sqrt

from numpy.random import Generator
from sympy import Rational

from numerics.arrays import Matrices
from numerics.ensembles import Ensemble, entry_deviation
from theory.assumptions import FOURTH_MOMENT, IID
from theory.symbols import n_out


def draw(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float) -> Matrices:
    edge = sqrt(3) * entry_deviation(n_out, n_in, sigma_w)
    weights = rng.random((draws, n_out, n_in))
    weights -= 0.5
    weights *= 2 * edge
    return weights


ENSEMBLE = Ensemble(
    name="uniform",
    title="Independent uniform entries",
    satisfies=frozenset({IID, FOURTH_MOMENT}),
    kurtosis=Rational(9, 5),
    gain_spread=2 / n_out,  # Max(2, kurtosis - 1)/n_out
    draw=draw,
)
