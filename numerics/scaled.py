"""Numbers with a logarithm beside them, so that nothing over- or underflows.

Long products divide by powers of two, which is exact, and count the powers as integers.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np

from numerics.arrays import Exponents, Matrices, Norms, Vectors

EPS = float(np.finfo(np.float64).eps)
Block = tuple[Matrices, Exponents]  # (draws, n, columns) and the power of two beside it


@dataclass(frozen=True, eq=False)
class Scaled:
    """values · exp(log_scale), one scale a draw: (draws, ...) and (draws,). A chain's log_scale is a multiple of log 2.

    >>> Scaled(np.array([[3.0, 4.0]]), np.array([1e6])).log_norm()
    array([1000001.60943791])
    """

    values: Vectors | Matrices
    log_scale: Norms

    def log_norm(self) -> Norms:
        """log ‖x‖ of each draw, Euclidean or Frobenius; -inf for zero. Exact to rounding of values and of the sum."""
        flat = self.values.reshape(len(self.values), -1)
        with np.errstate(divide="ignore"):
            logs: Norms = np.log(np.linalg.norm(flat, axis=1)) + self.log_scale
            return logs

    def relative_to(self, log_scale: Norms | float) -> Vectors | Matrices:
        """The values in units of exp(log_scale): two products on one scale. Exact where both scales are a chain's.

        >>> Scaled(np.array([[3.0]]), np.array([900 * log(2)])).relative_to(899 * log(2))
        array([[6.]])
        """
        (power, rest), (unit, other) = powers_of_two(self.log_scale), powers_of_two(np.asarray(log_scale))
        factor = np.ldexp(0.5, power - unit) * np.exp(rest - other)
        return 2 * self.values * _beside(factor, self.values)  # halves: 2**1024 is no float64, its half is

    def unscaled(self) -> Vectors | Matrices:
        """values · exp(log_scale) as plain numbers; they over- or underflow where float64 does."""
        return self.relative_to(0.0)


def rescale(values: Matrices, exponents: Exponents) -> Block:
    """The same numbers, the largest entry of each draw in [1/2, 1): divided by a power of two, which exponents count.

    Exact, but for entries 2^-1000 below the largest, which vanish. Zero stays zero.

    >>> rescale(np.array([[[6.0]]]), np.array([0]))
    (array([[[0.75]]]), array([3]))
    """
    largest = np.abs(values).max(axis=(1, 2))
    shift = np.maximum(np.frexp(largest)[1], -1000)  # 2**1000 is still a number
    return values * _beside(np.ldexp(1.0, -shift), values), exponents + shift


def scaled(values: Vectors | Matrices, exponents: Exponents) -> Scaled:
    """values · 2**exponents; one exponent serves all draws where there is one."""
    return Scaled(values, np.broadcast_to(exponents, len(values)) * log(2))


def powers_of_two(log_scale: Norms) -> tuple[Exponents, Norms]:
    """The power of two in exp(log_scale) and the logarithm beside it: 0 where the scale is a chain's."""
    power = np.rint(log_scale / log(2))
    rest = log_scale - power * log(2)
    return power.astype(np.int64), np.where(np.abs(rest) <= 4 * EPS * np.abs(log_scale), 0.0, rest)  # its own rounding


def _beside(factor: Norms, values: Vectors | Matrices) -> Vectors | Matrices:
    return factor.reshape(-1, *(1,) * (values.ndim - 1))
