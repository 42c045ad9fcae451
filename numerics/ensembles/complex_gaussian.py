"""Independent complex normal entries: real and imaginary parts of variance sigma_w²/(2 n_in) each."""

from math import sqrt

from numpy.random import Generator
from sympy import Integer

from numerics.arrays import Matrices
from numerics.ensembles import Ensemble, entry_deviation
from theory.assumptions import COMPLEX_GAUSSIAN
from theory.symbols import n_out


def draw(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float) -> Matrices:
    deviation = entry_deviation(n_out, n_in, sigma_w) / sqrt(2)
    parts = rng.standard_normal((draws, n_out, n_in, 2))
    parts *= deviation
    return parts.view(complex)[..., 0]


ENSEMBLE = Ensemble(
    name="complex_gaussian",
    title="Independent complex normal entries",
    satisfies=frozenset({COMPLEX_GAUSSIAN}),
    kurtosis=Integer(2),  # of |w|
    gain_spread=1 / n_out,  # n_in‖Wv‖²/sigma_w² is a Gamma variable of shape n_out
    draw=draw,
)
