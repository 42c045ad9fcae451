"""Columns of a Gaussian matrix across the columns before them, and what follows for the mean of a multiple."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Identity, MatMul, MatrixExpr, re
from sympy.core.basic import Basic

from theory.letters import W
from theory.products import Layer, OrderedProduct
from theory.proofs.bounds import everywhere
from theory.proofs.dependence import constant_and_rest, fresh_weight, is_constant, nonnegative
from theory.proofs.moves import chi_square_moment
from theory.proofs.normal import same
from theory.quantities import E, squared_pivot
from theory.symbols import sigma_w

if TYPE_CHECKING:
    from theory.proofs.proof import Step


def gaussian_pivot(expression: Basic) -> Basic:
    """E r_k(W_l X)^{2p} = (sigma_w²/n)^p E[u^p] E r_k(X)^{2p}, u ~ chi²_{n-k+1}, X = W_j ... W_1 with j < l.

    X = QR is almost surely invertible. Given X, W_l Q has the law of W_l, and r_k(W_l X) = r_k(W_l Q) R_kk; r_k of a
    Gaussian matrix is the length of its column k across the k - 1 before it, which are independent of it.
    For constant p with Re p >= 0 and 1 <= k <= n, so that the moment is finite.
    """

    def change(node: Basic) -> Basic | None:
        base, power = node.args[0].as_base_exp()
        parts = fresh_weight(base.args[0]) if isinstance(base, squared_pivot) else None
        if parts is None or not (is_constant(power) and re(power).is_nonnegative and _is_product(parts[1])):
            return None
        (weight, rest), index = parts, base.args[1]
        if not nonnegative(index - 1) or (weight.shape[0] - index).is_negative:  # no such column
            return None
        degrees, fan_in = weight.shape[0] - index + 1, weight.shape[1]
        scale = (sigma_w**2 / fan_in) ** power
        return scale * chi_square_moment(degrees, power) * E(squared_pivot(rest, index) ** power)

    return everywhere(expression, E, change)


def _is_product(word: MatrixExpr) -> bool:
    """Whether the word is the identity or a product of weights, of layers that differ where the first is fresh."""
    match word:
        case Identity():
            return True
        case Layer():
            return bool(word == W(word.index))
        case OrderedProduct():
            return isinstance(word.factor, Layer) and word.factor.has(word.index) and _is_product(word.factor)
        case MatMul():
            return all(map(_is_product, word.args))
    return False


def is_multiple(step: Step) -> bool:
    """E[X] = c E[Y] where X is c Y by algebra and c is a constant."""
    constant, mean = constant_and_rest(step.right)
    both = isinstance(step.left, E) and isinstance(mean, E)
    return both and is_constant(constant) and same(step.left.args[0], constant * mean.args[0])
