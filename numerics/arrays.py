"""Axis order of every array, said once: draws first, then rows (outputs), then columns (inputs).

A leading axis of length 1 stands for one network shared by all draws. Entries are float64, complex in a complex step.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from numpy.typing import NDArray

Matrices: TypeAlias = NDArray[Any]  # (draws, n_out, n_in)
Vectors: TypeAlias = NDArray[Any]  # (draws, n)
Norms: TypeAlias = NDArray[Any]  # (draws,): one number a network, float64
Exponents: TypeAlias = NDArray[Any]  # (draws,): powers, of two or of a matrix, int64


class NotFinite(ValueError):
    """A number left float64, or was none to begin with; the message says where, and what to do."""
