"""Gaussian products of rank 8, or n - 1 where that is less: singular, and of this rank however large n is."""

from math import sqrt

from numpy.random import Generator
from sympy import Max, Min

from numerics.arrays import Matrices
from numerics.ensembles import Ensemble, entry_deviation
from theory.assumptions import BI_INVARIANT, FOURTH_MOMENT, ISOTROPIC
from theory.symbols import n_in, n_out

RANK = 8


def rank(n_out: int, n_in: int) -> int:
    return max(1, min(RANK, n_out - 1, n_in - 1))


def draw(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float) -> Matrices:
    deviation = entry_deviation(n_out, n_in, sigma_w)
    inner = rank(n_out, n_in)
    left = rng.standard_normal((draws, n_out, inner))
    left *= deviation / sqrt(inner)
    weights: Matrices = left @ rng.standard_normal((draws, inner, n_in))
    return weights


R = Max(1, Min(RANK, n_out - 1, n_in - 1))

ENSEMBLE = Ensemble(
    name="low_rank",
    title="Gaussian products of low rank",
    satisfies=frozenset({BI_INVARIANT, ISOTROPIC, FOURTH_MOMENT}),
    kurtosis=3 * (1 + 2 / R),  # given the second factor an entry is normal, its variance chi-squared with R degrees
    gain_spread=(1 + 2 / n_out) * (1 + 2 / R) - 1,
    draw=draw,
)
