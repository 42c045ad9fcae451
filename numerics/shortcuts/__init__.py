"""Exact shortcuts: numbers of Gaussian networks drawn from their own laws, without the matrices.

Equal in law to dense draws, which tests judge; each costs what its answer costs, not what a matrix does. Entries of W_l
are normal of variance sigma_w²/n_{l-1}, as in the ensemble ``gaussian``; widths are n_0, ..., n_L.
"""

from numerics.shortcuts.bartlett import bartlett_factor, log_diagonals
from numerics.shortcuts.chi_model import bidiagonal, operator_norms, singular_values, smallest_singular_values
from numerics.shortcuts.gains import TiltedGains, log_gains, log_moment, tilted_log_gains

__all__ = [
    "TiltedGains",
    "bartlett_factor",
    "bidiagonal",
    "log_diagonals",
    "log_gains",
    "log_moment",
    "operator_norms",
    "singular_values",
    "smallest_singular_values",
    "tilted_log_gains",
]
