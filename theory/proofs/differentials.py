"""The chain rule between layers, and the derivative of one layer."""

from __future__ import annotations

from sympy import Expr, Identity, ZeroMatrix
from sympy.core.basic import Basic

from theory.letters import D, W, W_tied, h
from theory.products import Layer
from theory.proofs.bounds import everywhere
from theory.proofs.dependence import nonnegative
from theory.proofs.derivatives import partial, rate


def chain_of_derivatives(expression: Basic) -> Basic:
    """dh_{l+1}/dx = dh_{l+1}/dh_l dh_l/dx; the rate of h_L by W_l is dh_L/dh_l times the rate of h_l, l <= L."""
    by_weight = everywhere(expression, rate, _through_layer)
    return everywhere(expression, partial, _through_layer_before) if by_weight == expression else by_weight


def _through_layer_before(node: Basic) -> Basic | None:
    """dh_k/dh_m through h_{k-1}, for m < k - 1."""
    output, source = node.args
    if not (_is_activation(output) and _is_activation(source)):
        return None
    before = h(output.index - 1)
    between = nonnegative(before.index - source.index) and before != source
    return partial(output, before) * partial(before, source) if between else None


def _through_layer(node: Basic) -> Basic | None:
    """The rate of h_k by W_l through h_l, for l <= k."""
    output, weight, direction = node.args
    if not (_is_activation(output) and isinstance(weight, Layer) and weight == W(weight.index)):
        return None
    layer = h(weight.index)
    after = nonnegative(output.index - weight.index) and output != layer
    return partial(output, layer) * rate(layer, weight, direction) if after else None


def layer_derivative(expression: Basic) -> Basic:
    """dh_l/dh_{l-1} = D_l W_l, dh/dh = I, and the rate of h_l by its own W_l; 0 for the input."""
    return everywhere(everywhere(expression, partial, _layer_by_input), rate, _layer_by_weight)


def _layer_by_input(node: Basic) -> Basic | None:
    output, source = node.args
    if output == source:
        return Identity(output.shape[0])
    if not (_is_activation(output) and nonnegative(output.index - 1)):
        return None
    return D(output.index) * W(output.index) if source == h(output.index - 1) else None


def _layer_by_weight(node: Basic) -> Basic | None:
    output, weight, direction = node.args
    if not _is_activation(output):
        return None
    if output.index == 0:
        return ZeroMatrix(*output.shape)
    before = h(output.index - 1)
    if not nonnegative(before.index):
        return None
    return D(output.index) * direction * before if weight == W(output.index) else None


def tied_layer(expression: Basic) -> Basic:
    """The rate of h_t by the W of every step: W acts at step t itself, and through h_{t-1}."""
    return everywhere(expression, rate, _tied)


def _tied(node: Basic) -> Basic | None:
    output, weight, direction = node.args
    if weight != W_tied or not (_is_activation(output) and nonnegative(output.index - 1)):
        return None
    before = h(output.index - 1)
    return D(output.index) * (W_tied * rate(before, W_tied, direction) + direction * before)


def _is_activation(vector: Expr) -> bool:
    return isinstance(vector, Layer) and vector == h(vector.index)
