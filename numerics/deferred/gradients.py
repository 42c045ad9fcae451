"""What a backward pass through a deferred network leaves: logarithms, since gradients leave float64."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from numerics.arrays import Norms, Vectors
from numerics.evaluation import vectorized
from theory.activations import Activation, z


@dataclass(frozen=True, eq=False)
class Gradients:
    """Squared lengths, as natural logarithms, of E with unit gradient g = dE/dh at the last layer or step.

    log_gain (draws,): ‖dE/dh_0‖² = ‖Jᵀg‖²; log_signals (draws, L): ‖dE/dz_l‖²; log_lengths (draws, L): ‖h_{l-1}‖².
    """

    log_gain: Norms
    log_signals: Vectors
    log_lengths: Vectors

    @property
    def log_weight_gradients(self) -> Vectors:
        """log ‖delta_l h_{l-1}ᵀ‖_F², (draws, L): of dE/dW_l through depth, of the share of step l through time."""
        result: Vectors = self.log_signals + self.log_lengths
        return result


def lengths(x: Vectors) -> Norms:
    """Squared length of each row, summed in float64."""
    squares: Norms = np.einsum("ij,ij->i", x, x, dtype=np.float64)
    return squares


def unit(x: Vectors) -> tuple[Vectors, Norms]:
    """The rows at length 1 and the log of the squares of their lengths; a row of 0 stays, with -inf."""
    squares = lengths(x)
    with np.errstate(divide="ignore"):
        logs = np.log(squares)
    return x * (1 / np.sqrt(np.where(squares > 0, squares, 1)))[:, None].astype(x.dtype), logs


def function_of(activation: Activation) -> Callable[[Vectors], Vectors]:
    """phi, vectorized; the identity copies nothing."""
    return (lambda values: values) if activation.formula == z else vectorized(activation.formula, (z,))


def slope_of(activation: Activation) -> Callable[[Vectors, Vectors], Vectors]:
    """(z, u) -> phi'(z) u; of the identity u itself."""
    if activation.derivative == 1:
        return lambda values, carried: carried
    slope = vectorized(activation.derivative, (z,))
    return lambda values, carried: slope(values) * carried
