"""Interpolation that never falls."""

from __future__ import annotations

import numpy as np
from scipy.interpolate import CubicHermiteSpline

from numerics.laws.law import Values


def monotone(nodes: Values, values: Values, slopes: Values) -> CubicHermiteSpline:
    """The cubic through values and slopes, which never falls: no slope beyond three times that of a gap beside it.

    Source: Fritsch & Carlson, Monotone piecewise cubic interpolation, SIAM J. Numer. Anal. 17 (1980).

    >>> line = monotone(np.array([0.0, 1.0]), np.array([0.0, 1.0]), np.array([1.0, 1.0]))
    >>> float(line(0.25))
    0.25
    """
    values = np.maximum.accumulate(np.clip(values, 0, 1))
    rises = np.diff(values) / np.diff(nodes)
    steepest = 3 * np.minimum(np.append(rises, rises[-1]), np.insert(rises, 0, rises[0]))
    return CubicHermiteSpline(nodes, values, np.clip(slopes, 0, steepest))
