"""Prescribed singular values between uniform orthogonal factors: U diag(s) Vᵀ.

The ensemble's own profile has squares at equal steps, s_i² = (2i - 1)/n for i = 1 ... n: from 1/n to 2 - 1/n, mean 1.
``draw_values`` draws with singular values of one's own.
"""

from math import sqrt

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike
from sympy import Min

from numerics.arrays import Matrices
from numerics.ensembles import Ensemble, entry_deviation
from numerics.ensembles.haar import orthonormal
from theory.assumptions import BI_INVARIANT, FOURTH_MOMENT, ISOTROPIC, LIMIT_SPECTRUM
from theory.symbols import n_in, n_out


def draw_values(rng: Generator, draws: int, n_out: int, n_in: int, values: ArrayLike) -> Matrices:
    """W = U diag(values) Vᵀ, U and V uniform with orthonormal columns: exactly these singular values, to rounding.

    An entry has mean 0 and variance Σ values²/(n_out n_in).
    Shapes: values (min(n_out, n_in),) -> (draws, n_out, n_in).
    Raises ValueError unless the values are min(n_out, n_in) finite numbers, none negative, naming the first that is.

    >>> W = draw_values(np.random.default_rng(0), 1, 2, 3, [2.0, 1.0])
    >>> np.linalg.svd(W, compute_uv=False).round(12)
    array([[2., 1.]])
    """
    s, count = np.asarray(values, dtype=np.float64), min(n_out, n_in)
    if s.shape != (count,):
        raise ValueError(f"values: shape {s.shape} for W of {n_out} x {n_in}; pass {count} singular values")
    if (wrong := ~(np.isfinite(s) & (s >= 0))).any():
        i = int(np.flatnonzero(wrong)[0])
        raise ValueError(f"values[{i}]={s[i]}: a singular value is a finite number and not negative; pass one >= 0")
    left = orthonormal(rng, draws, n_out, count) * s
    weights: Matrices = left @ orthonormal(rng, draws, n_in, count).transpose(0, 2, 1)
    return weights


def draw(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float) -> Matrices:
    size, count = sqrt(max(n_out, n_in)) * entry_deviation(n_out, n_in, sigma_w), min(n_out, n_in)
    weights = draw_values(rng, draws, n_out, n_in, np.sqrt((2 * np.arange(count) + 1) / count))
    weights *= size
    return weights


FEWER = Min(n_in, n_out)
# E‖Wv‖⁴/(E‖Wv‖²)² = (2 Σ s⁴/(Σ s²)² + 1) n_in/(n_in + 2) at Σ s² = m, Σ s⁴ = m + (m² - 1)/(3m), m of them
SPREAD = (2 * (1 + (1 - 1 / FEWER**2) / 3) / FEWER + 1) * n_in / (n_in + 2) - 1

ENSEMBLE = Ensemble(
    name="prescribed",
    title="Prescribed singular values",
    satisfies=frozenset({BI_INVARIANT, ISOTROPIC, FOURTH_MOMENT, LIMIT_SPECTRUM}),
    kurtosis=3 * n_out / (n_out + 2) * (1 + SPREAD),  # an entry is ‖Wv‖ times a coordinate of a uniform unit vector
    gain_spread=SPREAD,
    draw=draw,
)
