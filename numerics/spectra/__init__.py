"""Spectra of stacks of matrices: norms, radii with their sensitivity, powers; of long products, every logarithm."""

from numerics.spectra.kreiss import Kreiss, LargestPower, kreiss_constant, largest_power
from numerics.spectra.lyapunov import LyapunovSpectrum, lyapunov_spectrum
from numerics.spectra.norms import operator_norm, singular_values, smallest_singular_value
from numerics.spectra.powers import log_power_norms
from numerics.spectra.products import LogSingularValues, log_singular_values
from numerics.spectra.radii import Radius, eigenvector_condition, spectral_radius

__all__ = [
    "Kreiss",
    "LargestPower",
    "LogSingularValues",
    "LyapunovSpectrum",
    "Radius",
    "eigenvector_condition",
    "kreiss_constant",
    "largest_power",
    "log_power_norms",
    "log_singular_values",
    "lyapunov_spectrum",
    "operator_norm",
    "singular_values",
    "smallest_singular_value",
    "spectral_radius",
]
