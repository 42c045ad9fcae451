"""The product J = D_L W_L ... D_1 W_1, its logarithm carried along. Through time: the same with weights (W,) * T.

After each factor the values are divided by a power of two, which is exact, and the power is counted as an integer:
no depth over- or underflows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from numerics.arrays import Exponents, Matrices, Vectors
from numerics.layers import check_finite, check_layers, check_rows
from numerics.scaled import Block, Scaled, powers_of_two, rescale, scaled

Factor = tuple[Matrices, Exponents, Vectors | None]  # W divided by a power of two, the power, the slopes


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
        _ = self.factors  # reads every entry once: raises where one is not finite

    @cached_property
    def factors(self) -> tuple[Factor, ...]:
        """(weights / 2**exponents, exponents, slopes) a layer, first layer first; a tied matrix is read once."""
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
        if self.weights[0].shape[2] <= self.weights[-1].shape[1]:
            return scaled(*_pushed(self.factors[1:], *_alone(self.factors[0])))
        values, exponents = _alone(self.factors[-1])
        values, exponents = _pulled(self.factors[:-1], values.transpose(0, 2, 1), exponents)
        return scaled(values.transpose(0, 2, 1), exponents)

    def states_pull(self, g: Vectors) -> tuple[Scaled, ...]:
        """The error signals dE/dz_l = D_l W_{l+1}ᵀ ... D_L g for l = 1 ... L, first layer first, where g = dE/dh_L.

        >>> chain = Chain((np.array([[[2.0]]]), np.array([[[3.0]]])))
        >>> [float(delta.unscaled()[0, 0]) for delta in chain.states_pull(np.ones((1, 1)))]
        [3.0, 1.0]
        """
        signals: list[Scaled] = []
        block = _start(g, self.weights[-1].shape[1], "g", "n_L")
        for layer in reversed(range(len(self.weights))):
            weight, powers, slope = self.factors[layer]
            block = rescale(_sloped(slope, block[0]), block[1])
            signals.append(scaled(block[0][..., 0], block[1]))
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
        return _pushed(self.factors, block, exponents)

    def _pull(self, block: Matrices, exponents: Exponents) -> Block:
        return _pulled(self.factors, block, exponents)


def _alone(factor: Factor) -> Block:
    """D W itself, as a block: no product with an identity."""
    weight, powers, slope = factor
    return rescale(_sloped(slope, weight), powers)


def _pushed(factors: Sequence[Factor], block: Matrices, exponents: Exponents) -> Block:
    for weight, powers, slope in factors:
        block, exponents = rescale(_sloped(slope, weight @ block), exponents + powers)
    return block, exponents


def _pulled(factors: Sequence[Factor], block: Matrices, exponents: Exponents) -> Block:
    for weight, powers, slope in reversed(factors):
        block, exponents = rescale(weight.transpose(0, 2, 1) @ _sloped(slope, block), exponents + powers)
    return block, exponents


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
    number = x if isinstance(x, Scaled) else Scaled(x, np.zeros(1))
    power, rest = powers_of_two(number.log_scale)
    block, exponents = _start(number.values, width, name, of)
    block, exponents = act(block, exponents + power)
    result = scaled(block[..., 0], exponents)
    return Scaled(result.values, result.log_scale + rest)


def _start(x: Vectors, width: int, name: str, of: str) -> Block:
    if x.ndim != 2 or x.shape[1] != width:
        raise ValueError(f"{name} has shape {x.shape}: the chain has {of}={width}; pass (draws, {width})")
    check_finite(x, name)
    return rescale(x[:, :, None], np.zeros(1, np.int64))
