"""Through depth each Gaussian matrix is met by two vectors only, one on each side: O(n) random numbers a layer.

Given h, the image x = W h is normal of variance (sigma_w²/n_in)‖h‖². Given x as well, with ĥ = h/‖h‖,
Wᵀu = ĥ (x·u)/‖h‖ + (I - ĥĥᵀ) (sigma_w/sqrt(n_in)) ‖u‖ ξ, and W v = x (ĥ·v)/‖h‖ + ‖v - ĥ(ĥ·v)‖ (sigma_w/sqrt(n_in)) ξ
with fresh normal ξ. Of z = x + b only κ z and a normal remainder matter: x·u given z has mean κ z·u and
variance κ sigma_b²‖u‖², where κ is the share of x in the variance of z.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import DTypeLike

from numerics.arguments import positive_integer, standard_deviation
from numerics.arrays import Norms, Vectors
from numerics.deferred.gradients import Gradients, function_of, lengths, slope_of, unit
from numerics.deferred.matrices import normals, real
from numerics.layers import check_finite
from numerics.shortcuts.profile import width_profile
from theory.activations import Activation

HELD = 2**28  # bytes of pre-activations kept for the way back; beyond it they are drawn a second time


@dataclass(frozen=True)
class FreshLayers:
    """Networks of widths n_0, ..., n_L with fresh Gaussian weights and biases, no matrix ever drawn.

    W_l entries of variance sigma_w²/n_{l-1}, b_l iid N(0, sigma_b²), h_0 iid normal with that mean square.
    Exact in law, jointly over the layers, and exact to rounding; O(n) operations a layer, 2 n L normal numbers a draw.
    ``hold``: where the pre-activations of ``pull`` need more bytes they are not kept but drawn a second time on the way
    back: 3 n L normal numbers, O(n) memory, and the same result to the last bit.
    Raises ValueError where an argument is unlawful.

    >>> from numpy.random import default_rng
    >>> from theory.activations import LINEAR
    >>> FreshLayers(LINEAR, (4, 8, 2), 1.0).push(default_rng(0), 3).shape
    (3,)
    """

    activation: Activation
    widths: Sequence[int]
    sigma_w: float
    sigma_b: float = 0.0
    mean_square: float = 1.0
    dtype: DTypeLike = np.float64
    hold: int = HELD

    def __post_init__(self) -> None:
        width_profile(self.widths), real(self.dtype)
        for name in ("sigma_w", "sigma_b", "mean_square"):
            standard_deviation(getattr(self, name), name)

    def pull(self, rng: Generator, draws: int) -> Gradients:
        """The gradient carried back from a uniform unit g at h_L. Raises ValueError where a linear pass overflows."""
        layers = _Layers(self, rng, positive_integer(draws, "draws"))
        kept = layers.forward(keep=8 * draws * sum(self.widths) <= self.hold)
        depth = len(self.widths) - 1
        below, carried = layers.preactivation(depth, kept), layers.direction(depth)
        log_gain, signals = np.zeros(draws), np.empty((draws, depth))
        for layer in range(depth, 0, -1):
            signal, grown = unit(layers.slope(below, carried))
            log_gain = signals[:, layer - 1] = log_gain + grown
            above, below = below, layers.preactivation(layer - 1, kept)
            carried, grown = unit(layers.pull(layer, signal, above, layers.activated(layer - 1, below)))
            log_gain = log_gain + grown
        with np.errstate(divide="ignore"):
            return Gradients(log_gain, signals, np.log(layers.squares.T))

    def push(self, rng: Generator, draws: int) -> Norms:
        """log ‖Jv‖² of a uniform unit v carried forward, (draws,): O(n) memory at every depth.

        Raises ValueError where a linear pass overflows (``shortcuts.log_gains`` never does).
        """
        layers = _Layers(self, rng, positive_integer(draws, "draws"))
        below, carried, log_gain = layers.enter(0), layers.direction(0), np.zeros(draws)
        for layer in range(1, len(self.widths)):
            h = layers.activated(layer - 1, below)
            below = layers.enter(layer, h)
            carried, grown = unit(layers.slope(below, layers.push(layer, carried, below, h)))
            log_gain = log_gain + grown
        return log_gain


class _Layers:
    """Draws of one network's layers, each from a generator of its own, so that any of them can be drawn again."""

    def __init__(self, network: FreshLayers, rng: Generator, draws: int) -> None:
        self.draws, self.widths, self._dtype = draws, network.widths, real(network.dtype)
        self.slope, self._activate = slope_of(network.activation), function_of(network.activation)
        self._deviation, self._bias = network.sigma_w, network.sigma_b**2
        self._start = sqrt(network.mean_square)
        self._forward, self._back = (default_rng(seed) for seed in rng.integers(2**63, size=2))
        self._states: list[Any] = []  # of the generator before each layer, to draw it again
        self.squares = np.empty((len(self.widths) - 1, draws))  # ‖h_{l-1}‖²

    def forward(self, keep: bool) -> list[Vectors] | None:
        """The lengths of all h_l; and h_0, z_1, ..., z_L themselves where they are to be kept."""
        kept = [below := self.enter(0)]
        for layer in range(1, len(self.widths)):
            below = self.enter(layer, self.activated(layer - 1, below))
            if keep:
                kept.append(below)
        return kept if keep else None

    def enter(self, layer: int, h: Vectors | None = None) -> Vectors:
        """z of the layer, given h before it; h_0 where there is none."""
        if h is not None:
            self.squares[layer - 1] = lengths(h)
            check_finite(
                self._variances(layer)[1], f"variance of z_{layer}", "the pass overflows; take smaller weights"
            )
        self._states.append(self._forward.bit_generator.state)
        return self._drawn(layer)

    def preactivation(self, layer: int, kept: list[Vectors] | None) -> Vectors:
        """z of a layer that was entered before: kept, or drawn again."""
        if kept is not None:
            return kept[layer]
        self._forward.bit_generator.state = self._states[layer]
        return self._drawn(layer)

    def _drawn(self, layer: int) -> Vectors:
        size = np.sqrt(self._variances(layer)[1]) if layer else np.full(self.draws, self._start)
        drawn = normals(self._forward, (self.draws, self.widths[layer]), self._dtype)
        drawn *= _column(size, drawn)
        return drawn

    def direction(self, layer: int) -> Vectors:
        """A uniform unit vector at a layer."""
        return unit(normals(self._back, (self.draws, self.widths[layer]), self._dtype))[0]

    def activated(self, layer: int, below: Vectors) -> Vectors:
        return self._activate(below) if layer else below

    def pull(self, layer: int, u: Vectors, above: Vectors, h: Vectors) -> Vectors:
        """Wᵀ u of a unit u, given z and h on its two sides."""
        part, whole = self._variances(layer)
        share, along = _ratio(part, whole), self._back.standard_normal(self.draws)
        image = share * np.einsum("ij,ij->i", above, u) + np.sqrt(share * self._bias) * along  # x·u
        fresh = normals(self._back, (self.draws, self.widths[layer - 1]), self._dtype)
        fresh *= self._dtype.type(self._deviation / sqrt(self.widths[layer - 1]))
        lean = _ratio(image - np.einsum("ij,ij->i", h, fresh), self.squares[layer - 1])
        fresh += h * _column(lean, h)
        return fresh

    def push(self, layer: int, v: Vectors, above: Vectors, h: Vectors) -> Vectors:
        """W v of a unit v, given z and h on its two sides."""
        part, whole = self._variances(layer)
        share, along = _ratio(part, whole), _ratio(np.einsum("ij,ij->i", h, v), self.squares[layer - 1])  # ĥ·v/‖h‖
        beside = np.maximum(0, 1 - along**2 * self.squares[layer - 1]) * self._deviation**2 / self.widths[layer - 1]
        fresh = normals(self._back, (self.draws, self.widths[layer]), self._dtype)
        fresh *= _column(np.sqrt(along**2 * share * self._bias + beside), fresh)
        fresh += above * _column(along * share, above)
        return fresh

    def _variances(self, layer: int) -> tuple[Norms, Norms]:
        """Variance of an entry of x = W h, and of z = x + b."""
        with np.errstate(over="ignore"):
            part = self._deviation**2 / self.widths[layer - 1] * self.squares[layer - 1]
        return part, part + self._bias


def _ratio(above: Norms, below: Norms) -> Norms:
    """above/below, and 0 where nothing is below: a layer of zeros."""
    return above / np.where(below > 0, below, np.inf)


def _column(numbers: Norms, like: Vectors) -> Vectors:
    return numbers[:, None].astype(like.dtype)
