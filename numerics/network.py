"""The network whose gradients are studied: z_l = W_l h_{l-1} + b_l + u_l, h_l = phi_l(z_l).

Through depth the matrices are fresh; through time weights = (W,) * T, biases = (b,) * T and u_t is the input of a step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from sympy import Expr

from numerics.arrays import Matrices, Vectors
from numerics.chain import Chain
from numerics.evaluation import vectorized
from numerics.layers import check_finite, check_layers, check_rows, distinct
from theory.activations import Activation, z


@dataclass(frozen=True, eq=False)
class States:
    """What a forward pass leaves: z[l - 1] is z_l for l = 1 ... L, h[l] is h_l for l = 0 ... L; each (draws, n_l)."""

    z: tuple[Vectors, ...]
    h: tuple[Vectors, ...]


@dataclass(frozen=True, eq=False)
class Network:
    """Layers with their activations, first layer first; rectangular layers welcome.

    Shapes: weights (draws, n_l, n_{l-1}); biases b_l and inputs u_l (draws, n_l), or None for a layer or for all.
    Raises ValueError where two layers do not fit or an entry is not finite, naming it.
    """

    weights: tuple[Matrices, ...]
    biases: tuple[Vectors | None, ...] | None
    activations: tuple[Activation, ...]
    inputs: tuple[Vectors | None, ...] | None = None

    def __post_init__(self) -> None:
        check_layers(self.weights)
        for layer, weight in distinct(self.weights):
            check_finite(weight, f"W_{layer}")
        for name, rows in (("biases", self.biases), ("inputs", self.inputs)):
            check_rows(self.weights, rows, name)
        given, layers = len(self.activations), len(self.weights)
        if given != layers:
            raise ValueError(f"activations has {given} entries for {layers} layers: pass one for each layer")

    @property
    def is_linear(self) -> bool:
        """Whether every activation is the identity: the slopes then do not depend on the states."""
        return all(activation.formula == z for activation in self.activations)

    def forward(self, h0: Vectors) -> States:
        """All z_l and h_l from h_0 (draws, n_0), real or complex (a complex step); exact to rounding.

        Raises ValueError where h_0 does not fit, or where a layer overflows or is given what is not finite.

        >>> from theory.activations import LINEAR
        >>> Network((np.array([[[2.0]]]),), None, (LINEAR,)).forward(np.array([[3.0]])).h[1]
        array([[6.]])
        """
        width = self.weights[0].shape[2]
        if h0.ndim != 2 or h0.shape[1] != width:
            raise ValueError(f"h0 has shape {h0.shape}: W_1 takes {width} inputs; pass (draws, {width})")
        before, after = [], [h0]
        for layer, activation in enumerate(self.activations):
            before.append(self._affine(layer, after[-1]))
            after.append(_function(activation.formula)(before[-1]))
        return States(tuple(before), tuple(after))

    def _affine(self, layer: int, h: Vectors) -> Vectors:
        with np.errstate(over="ignore", invalid="ignore"):
            result = (self.weights[layer] @ h[:, :, None])[:, :, 0]
            for rows in (self.biases, self.inputs):
                if rows is not None and (row := rows[layer]) is not None:
                    result = result + row
        check_finite(result, f"z_{layer + 1}", "the pass overflows float64; take smaller weights or fewer layers")
        return result

    def slopes(self, states: States) -> tuple[Vectors | None, ...]:
        """phi'(z_l), (draws, n_l) a layer; None where the layer is linear."""
        return tuple(_slope(activation)(z_l) for activation, z_l in zip(self.activations, states.z, strict=True))

    def chain(self, states: States) -> Chain:
        """dh_L/dh_0 = D_L W_L ... D_1 W_1 at these states.

        >>> from theory.activations import LINEAR
        >>> network = Network((np.array([[[2.0]]]),), None, (LINEAR,))
        >>> network.chain(network.forward(np.array([[3.0]]))).matrix().unscaled()
        array([[[2.]]])
        """
        return Chain(self.weights, self.slopes(states))


def _function(formula: Expr) -> Callable[[Vectors], Vectors]:
    return (lambda values: values) if formula == z else vectorized(formula, (z,))


def _slope(activation: Activation) -> Callable[[Vectors], Vectors | None]:
    return (lambda values: None) if activation.derivative == 1 else vectorized(activation.derivative, (z,))
