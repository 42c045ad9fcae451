"""Jordan blocks λI + bN, N the shift, with random signs: one eigenvalue ±λ, and powers that grow before they fall.

The one knob is BESIDE = b/|λ| = 2, what stands beside the diagonal; nλ² + (n - 1)b² = n sigma_w² in every draw.
"""

from math import sqrt

import numpy as np
from numpy.random import Generator
from sympy import Rational

from numerics.arrays import Matrices
from numerics.ensembles import Ensemble, entry_deviation, require_square
from theory.assumptions import FOURTH_MOMENT
from theory.symbols import n

BESIDE = 2


def draw(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float) -> Matrices:
    entry_deviation(n_out, n_in, sigma_w)
    require_square("jordan", n_out, n_in)
    eigenvalue = float(sigma_w) * sqrt(n_in / (n_in + BESIDE**2 * (n_in - 1)))
    signs = 2.0 * rng.integers(0, 2, (draws, n_in)) - 1
    rows = np.arange(n_in)
    weights = np.zeros((draws, n_out, n_in))
    weights[:, rows, rows] = eigenvalue * signs[:, :1]
    weights[:, rows[:-1], rows[1:]] = BESIDE * eigenvalue * signs[:, 1:]
    return weights


ENSEMBLE = Ensemble(
    name="jordan",
    title="Jordan blocks",
    satisfies=frozenset({FOURTH_MOMENT}),
    kurtosis=n**2 * (n + BESIDE**4 * (n - 1)) / (n + BESIDE**2 * (n - 1)) ** 2,  # of an entry chosen at random
    # ‖Wv‖² = λ² + b² (1 - v_1²) ± 2λb Σ v_i v_(i+1): with c = b/λ at most 4c² s(1 - s)/(1 + c² s)² at s = 1 - v_1²
    gain_spread=Rational(BESIDE**2, 1 + BESIDE**2),
    draw=draw,
    square=True,
)
