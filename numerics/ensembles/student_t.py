"""Independent Student t entries with 3 degrees of freedom: a variance, and no fourth moment."""

from math import sqrt

from numpy.random import Generator
from sympy import oo

from numerics.arrays import Matrices
from numerics.ensembles import Ensemble, entry_deviation
from theory.assumptions import IID

DEGREES = 3  # of freedom: the variance is 3, P(|t| > x) falls as x^-3


def draw(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float) -> Matrices:
    size = entry_deviation(n_out, n_in, sigma_w) / sqrt(DEGREES / (DEGREES - 2))
    weights: Matrices = rng.standard_t(DEGREES, (draws, n_out, n_in))
    weights *= size
    return weights


ENSEMBLE = Ensemble(
    name="student_t",
    title="Independent Student t entries, 3 degrees of freedom",
    satisfies=frozenset({IID}),
    kurtosis=oo,
    gain_spread=oo,
    draw=draw,
)
