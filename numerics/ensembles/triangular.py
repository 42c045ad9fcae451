"""Triangular matrices of tunable departure from normality: the eigenvalues stand on the diagonal, uniform and real.

Every matrix is orthogonally similar to such a one (Schur), so that nothing is lost by leaving it in this form, and its
radius is read exactly. The one knob is DEPARTURE = 3/4, the share of E‖W‖_F² = n sigma_w² that lies above the diagonal,
in independent normal entries: Henrici's departure from normality is its square root times the Frobenius norm. At 0 the
matrices are normal, at 1 nilpotent.
"""

from math import sqrt

import numpy as np
from numpy.random import Generator
from sympy import Integer, Rational

from numerics.arrays import Matrices
from numerics.ensembles import Ensemble, entry_deviation, require_square
from theory.assumptions import FOURTH_MOMENT
from theory.symbols import n

DEPARTURE = Rational(3, 4)


def draw(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float) -> Matrices:
    return draw_departing(rng, draws, n_out, n_in, sigma_w, float(DEPARTURE))


def draw_departing(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float, departure: float) -> Matrices:
    """The same with a share of one's own above the diagonal, 0 <= departure <= 1.

    Shapes: (draws, n, n). Raises ValueError for another share, or where W is not square.

    >>> bool(draw_departing(np.random.default_rng(0), 1, 2, 2, 1.0, 0.0)[0, 0, 1] == 0)
    True
    """
    entry_deviation(n_out, n_in, sigma_w)
    require_square("triangular", n_out, n_in)
    if not 0 <= departure <= 1:
        raise ValueError(f"departure={departure}: a share of the squared norm; pass a number from 0 to 1")
    rows, columns = np.triu_indices(n_in, 1)
    above, diagonal = sigma_w * sqrt(2 * departure / max(1, n_in - 1)), sigma_w * sqrt(3 * (1 - departure))
    weights = np.zeros((draws, n_out, n_in))
    weights[:, rows, columns] = above * rng.standard_normal((draws, rows.size))
    weights[:, range(n_in), range(n_in)] = diagonal * (2 * rng.random((draws, n_in)) - 1)
    return weights


NORMAL = 1 - DEPARTURE
ENSEMBLE = Ensemble(
    name="triangular",
    title="Triangular matrices far from normal",
    satisfies=frozenset({FOURTH_MOMENT}),
    # of an entry chosen at random: n uniform ones on the diagonal, n(n - 1)/2 normal ones above it
    kurtosis=n * (Rational(9, 5) * NORMAL**2 + 6 * DEPARTURE**2 / (n - 1)),
    gain_spread=Integer(2),  # the entries of Wv are independent, of kurtosis 3 at most: 2 Σ m_i²/(Σ m_i)² <= 2
    draw=draw,
    square=True,
)
