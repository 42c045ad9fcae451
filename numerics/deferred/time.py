"""Through time the same deferred matrix returns: z_t = W h_{t-1} + u_t + b, and back by Wᵀ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import DTypeLike

from numerics.arguments import positive_integer, standard_deviation
from numerics.arrays import Norms, Vectors
from numerics.deferred.gradients import Gradients, function_of, lengths, slope_of, unit
from numerics.deferred.matrices import GaussianMatrices, HaarMatrices, normals, real
from numerics.layers import check_finite
from theory.activations import Activation

KINDS = {"gaussian": GaussianMatrices, "haar": HaarMatrices}


@dataclass(frozen=True)
class TiedSteps:
    """Recurrent networks of width n and T steps, one W a draw, that is never stored.

    W is of the ensemble ``gaussian`` or ``haar``; b iid N(0, sigma_b²), u_t iid N(0, input_deviation²), h_0 iid normal
    with that mean square. Everything is exact in law, jointly over the steps, and exact to rounding;
    O(n T) numbers held and O(n T²) operations a draw, where a dense W needs n² and O(n² T).
    Raises ValueError where an argument is unlawful.

    >>> from numpy.random import default_rng
    >>> from theory.activations import LINEAR
    >>> TiedSteps(LINEAR, 40, 10, 2.0, ensemble="haar").push(default_rng(0), 3) / (10 * np.log(4))
    array([1., 1., 1.])
    """

    activation: Activation
    n: int
    T: int
    sigma_w: float
    sigma_b: float = 0.0
    input_deviation: float = 0.0
    mean_square: float = 1.0
    ensemble: str = "gaussian"
    dtype: DTypeLike = np.float64

    def __post_init__(self) -> None:
        positive_integer(self.n, "n"), positive_integer(self.T, "T"), real(self.dtype)
        for name in ("sigma_w", "sigma_b", "input_deviation", "mean_square"):
            standard_deviation(getattr(self, name), name)
        if self.ensemble not in KINDS:
            raise ValueError(
                f"ensemble={self.ensemble!r}: none of its matrices is deferred; pass one of {', '.join(KINDS)}"
            )

    def pull(self, rng: Generator, draws: int) -> Gradients:
        """The gradient carried back from a uniform unit g at h_T. Raises ValueError where a linear pass overflows."""
        matrices, before, squares = self._forward(rng, draws)
        slope, signals = slope_of(self.activation), np.empty((draws, self.T))
        carried, log_gain = self._direction(rng, draws, matrices.dtype), np.zeros(draws)
        for t in range(self.T, 0, -1):
            signal, grown = unit(slope(before[t - 1], carried))
            log_gain = signals[:, t - 1] = log_gain + grown
            carried, grown = unit(matrices.pull(signal))
            log_gain = log_gain + grown
        with np.errstate(divide="ignore"):
            return Gradients(log_gain, signals, np.log(squares))

    def push(self, rng: Generator, draws: int) -> Norms:
        """log ‖Jv‖² of a uniform unit v carried forward: (draws,). Raises ValueError where a linear pass overflows."""
        matrices, before, _ = self._forward(rng, draws)
        slope, log_gain = slope_of(self.activation), np.zeros(draws)
        carried = self._direction(rng, draws, matrices.dtype)
        for z in before:
            carried, grown = unit(slope(z, matrices.push(carried)))
            log_gain = log_gain + grown
        return log_gain

    def _forward(self, rng: Generator, draws: int) -> tuple[Any, list[Vectors], Vectors]:
        """The matrices, all z_t, and all ‖h_{t-1}‖², (draws, T)."""
        matrices = KINDS[self.ensemble](rng, draws, self.n, self.n, self.sigma_w, self.dtype)
        activate, before, squares = function_of(self.activation), [], np.empty((draws, self.T))

        def sized(deviation: float) -> Vectors:
            drawn = normals(rng, (draws, self.n), matrices.dtype)
            drawn *= matrices.dtype.type(deviation)
            return drawn

        h, bias = sized(self.mean_square**0.5), sized(self.sigma_b) if self.sigma_b else 0
        for t in range(self.T):
            squares[:, t] = lengths(h)
            check_finite(squares[:, t], f"‖h_{t}‖²", "the pass overflows; take smaller weights or fewer steps")
            before.append(matrices.push(h) + bias + (sized(self.input_deviation) if self.input_deviation else 0))
            h = activate(before[-1])
        return matrices, before, squares

    def _direction(self, rng: Generator, draws: int, dtype: Any) -> Vectors:
        return unit(normals(rng, (draws, self.n), dtype))[0]
