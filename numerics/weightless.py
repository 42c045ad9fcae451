"""Systems without random weights: what is judged on them once, with no ensemble."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from sympy import Integer, oo

from numerics.arrays import Matrices
from numerics.ensembles import Ensemble
from theory.systems import System


def _draw(rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float) -> Matrices:
    return np.empty((draws, 0, 0))


NO_WEIGHTS = Ensemble("", "No weights", frozenset(), kurtosis=oo, gain_spread=Integer(0), draw=_draw)


def suits(ensemble: Ensemble, system: System) -> bool:
    """Whether networks of the system are drawn from the ensemble: from no weights where the system has none.

    >>> from theory.systems import MATRIX, MEMORY
    >>> suits(NO_WEIGHTS, MEMORY), suits(NO_WEIGHTS, MATRIX)
    (True, False)
    """
    return system.has_weights == (ensemble is not NO_WEIGHTS)


def name_of(ensemble: Ensemble) -> str | None:
    """The name under which a verdict tells it; None for no weights."""
    return ensemble.name or None
