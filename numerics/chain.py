"""The product J = D_L W_L ... D_1 W_1, its logarithm carried along. Through time: the same with weights (W,) * T.

After each factor the values are divided by a power of two, which is exact, and the power is counted as an integer:
no depth over- or underflows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from math import log

import numpy as np

from numerics.arrays import Exponents, Matrices, Norms, Vectors
from numerics.layers import check_finite, check_layers, check_rows

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
            return np.log(np.linalg.norm(flat, axis=1)) + self.log_scale

    def relative_to(self, log_scale: Norms | float) -> Vectors | Matrices:
        """The values in units of exp(log_scale): two products on one scale. Exact where both scales are a chain's.

        >>> Scaled(np.array([[3.0]]), np.array([900 * log(2)])).relative_to(899 * log(2))
        array([[6.]])
        """
        (power, rest), (unit, other) = _powers(self.log_scale), _powers(np.asarray(log_scale))
        factor = np.ldexp(0.5, power - unit) * np.exp(rest - other)
        return 2 * self.values * _beside(factor, self.values)  # halves: 2**1024 is no float64, its half is

    def unscaled(self) -> Vectors | Matrices:
        """values · exp(log_scale) as plain numbers; they over- or underflow where float64 does."""
        return self.relative_to(0.0)


@dataclass(frozen=True, eq=False)
class Chain:
    """The factors of J = D_L W_L ... D_1 W_1, first layer first.

    Shapes: weights W_l (draws, n_l, n_{l-1}); slopes phi'(z_l) (draws, n_l), None for a linear layer or for all.
    Raises ValueError where two layers do not fit or an entry is not finite, naming it.

    >>> W = np.array([[[2.0]]])
    >>> Chain((W,) * 10_000).push(np.ones((1, 1))).log_norm() / np.log(2)
    array([10000.])
    """

    weights: tuple[Matrices, ...]
    slopes: tuple[Vectors | None, ...] | None = None

    def __post_init__(self) -> None:
        check_layers(self.weights)
        check_rows(self.weights, self.slopes, "slopes")
        _ = self._factors  # reads every entry once: raises where one is not finite

    @cached_property
    def _factors(self) -> tuple[tuple[Matrices, Exponents, Vectors | None], ...]:
        """(weights / 2**exponents, exponents, slopes) a layer; a tied matrix is read once."""
        seen: dict[int, tuple[Matrices, Exponents]] = {}
        for layer, weight in enumerate(self.weights, 1):
            if id(weight) not in seen:
                seen[id(weight)] = _balanced(weight, layer)
        slopes = self.slopes or (None,) * len(self.weights)
        return tuple((*seen[id(weight)], slope) for weight, slope in zip(self.weights, slopes, strict=True))

    def push(self, v: Vectors | Scaled) -> Scaled:
        """J v, the derivative along v (jvp): (draws, n_0) -> (draws, n_L). L products of a matrix and a vector.

        >>> Chain((np.array([[[1.0, 2.0], [3.0, 4.0]]]),)).push(np.array([[1.0, 0.0]])).unscaled()
        array([[1., 3.]])
        """
        return _act(self._push, v, self.weights[0].shape[2], "v", "n_0")

    def pull(self, g: Vectors | Scaled) -> Scaled:
        """Jᵀ g, the gradient carried back (vjp; transposed, not conjugated): (draws, n_L) -> (draws, n_0).

        >>> Chain((np.array([[[1.0, 2.0], [3.0, 4.0]]]),)).pull(np.array([[1.0, 0.0]])).unscaled()
        array([[1., 2.]])
        """
        return _act(self._pull, g, self.weights[-1].shape[1], "g", "n_L")

    def matrix(self) -> Scaled:
        """J itself, (draws, n_L, n_0), multiplied from its shorter side: exact to rounding of the factors' norms.

        >>> Chain((np.array([[[2.0]]]), np.array([[[3.0]]]))).matrix().unscaled()
        array([[[6.]]])
        """
        n_out, n_in = self.weights[-1].shape[1], self.weights[0].shape[2]
        if n_in <= n_out:
            return _scaled(*self._push(np.eye(n_in)[None], np.zeros(1, np.int64)))
        values, exponents = self._pull(np.eye(n_out)[None], np.zeros(1, np.int64))
        return _scaled(values.transpose(0, 2, 1), exponents)

    def states_pull(self, g: Vectors) -> tuple[Scaled, ...]:
        """The error signals dE/dz_l = D_l W_{l+1}ᵀ ... D_L g for l = 1 ... L, first layer first, where g = dE/dh_L.

        >>> chain = Chain((np.array([[[2.0]]]), np.array([[[3.0]]])))
        >>> [float(delta.unscaled()[0, 0]) for delta in chain.states_pull(np.ones((1, 1)))]
        [3.0, 1.0]
        """
        signals: list[Scaled] = []
        block = _start(g, self.weights[-1].shape[1], "g", "n_L")
        for layer in reversed(range(len(self.weights))):
            weight, powers, slope = self._factors[layer]
            block = rescale(_sloped(slope, block[0]), block[1])
            signals.append(_scaled(block[0][..., 0], block[1]))
            if layer:
                block = rescale(weight.transpose(0, 2, 1) @ block[0], block[1] + powers)
        return tuple(reversed(signals))

    def split(self, layer: int) -> tuple[Chain, Chain]:
        """The chain of the first ``layer`` factors and that of the others: J = rest · first.

        Raises ValueError unless 0 < layer < L.
        """
        depth = len(self.weights)
        if not 0 < layer < depth:
            raise ValueError(f"layer={layer}: a chain of {depth} layers splits after one of 1 ... {depth - 1}")
        low = self.slopes and self.slopes[:layer]
        high = self.slopes and self.slopes[layer:]
        return Chain(self.weights[:layer], low), Chain(self.weights[layer:], high)

    def _push(self, block: Matrices, exponents: Exponents) -> Block:
        for weight, powers, slope in self._factors:
            block, exponents = rescale(_sloped(slope, weight @ block), exponents + powers)
        return block, exponents

    def _pull(self, block: Matrices, exponents: Exponents) -> Block:
        for weight, powers, slope in reversed(self._factors):
            block, exponents = rescale(weight.transpose(0, 2, 1) @ _sloped(slope, block), exponents + powers)
        return block, exponents


def rescale(values: Matrices, exponents: Exponents) -> Block:
    """The same numbers, the largest entry of each draw in [1/2, 1): divided by a power of two, which exponents count.

    Exact, but for entries 2^-1000 below the largest, which vanish. Zero stays zero.

    >>> rescale(np.array([[[6.0]]]), np.array([0]))
    (array([[[0.75]]]), array([3]))
    """
    largest = np.abs(values).max(axis=(1, 2))
    shift = np.maximum(np.frexp(largest)[1], -1000)  # 2**1000 is still a number
    return values * _beside(np.ldexp(1.0, -shift), values), exponents + shift


def _powers(log_scale: Norms) -> tuple[Exponents, Norms]:
    """The power of two in exp(log_scale), and the logarithm beside it: 0 where the scale, or a sum of them, is a chain's."""
    power = np.rint(log_scale / log(2))
    rest = log_scale - power * log(2)
    return power.astype(np.int64), np.where(np.abs(rest) <= 4 * EPS * np.abs(log_scale), 0.0, rest)  # its own rounding


def _balanced(weight: Matrices, layer: int) -> Block:
    """Only an extreme matrix is copied: between 2^-400 and 2^400 no single product with it over- or underflows."""
    check_finite(weight, f"W_{layer}")
    powers = np.frexp(np.abs(weight).max(axis=(1, 2)))[1]
    if np.abs(powers).max() < 400:
        return weight, np.zeros(1, np.int64)
    return rescale(weight, np.zeros(1, np.int64))


def _sloped(slope: Vectors | None, block: Matrices) -> Matrices:
    return block if slope is None else slope[:, :, None] * block


def _act(act: Callable[[Matrices, Exponents], Block], x: Vectors | Scaled, width: int, name: str, of: str) -> Scaled:
    values, exponents = act(*_start(x.values if isinstance(x, Scaled) else x, width, name, of))
    scaled = _scaled(values[..., 0], exponents)
    return Scaled(scaled.values, scaled.log_scale + x.log_scale) if isinstance(x, Scaled) else scaled


def _start(x: Vectors, width: int, name: str, of: str) -> Block:
    if x.ndim != 2 or x.shape[1] != width:
        raise ValueError(f"{name} has shape {x.shape}: the chain has {of}={width}; pass (draws, {width})")
    check_finite(x, name)
    return rescale(x[:, :, None], np.zeros(1, np.int64))


def _scaled(values: Vectors | Matrices, exponents: Exponents) -> Scaled:
    return Scaled(values, np.broadcast_to(exponents, len(values)) * log(2))


def _beside(factor: Norms, values: Vectors | Matrices) -> Vectors | Matrices:
    return factor.reshape(-1, *(1,) * (values.ndim - 1))
