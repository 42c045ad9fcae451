"""Independent normal entries."""

from numpy.random import Generator
from sympy import Integer

from numerics.arrays import Matrices
from numerics.ensembles import Ensemble, entry_deviation
from theory.assumptions import GAUSSIAN
from theory.symbols import n_out


def draw(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float) -> Matrices:
    deviation = entry_deviation(n_out, n_in, sigma_w)
    weights = rng.standard_normal((draws, n_out, n_in))
    weights *= deviation
    return weights


ENSEMBLE = Ensemble(
    name="gaussian",
    title="Independent normal entries",
    satisfies=frozenset({GAUSSIAN}),
    kurtosis=Integer(3),
    gain_spread=2 / n_out,  # n_in‖Wv‖²/sigma_w² is chi-squared with n_out degrees of freedom
    draw=draw,
)
