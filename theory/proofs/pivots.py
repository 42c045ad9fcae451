"""Columns of a Gaussian matrix across the columns before them, and what follows for the mean of a multiple."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Identity, MatMul, MatrixExpr, re
from sympy.core.basic import Basic

from theory import rectangular as wide
from theory.letters import W
from theory.products import Layer, OrderedProduct
from theory.proofs.bounds import everywhere
from theory.proofs.dependence import constant_and_rest, fresh_weight, is_constant, nonnegative
from theory.proofs.moves import chi_square_moment
from theory.proofs.normal import same
from theory.quantities import E, squared_pivot
from theory.symbols import n, sigma_w
from theory.widths import units

if TYPE_CHECKING:
    from theory.proofs.context import Context
    from theory.proofs.proof import Step


def is_gaussian_pivot(step: Step, context: Context) -> bool:
    """Whether the rule below is all that lies between the sides; at widths, of an index that none is less than."""
    moved = gaussian_pivot(step.left)
    at_widths = {pivot.args[1] for pivot in step.left.atoms(squared_pivot) if pivot.has(units)}
    bounded = {symbol for symbol, high, _ in context.within if high == n}
    return step.op == "=" and moved != step.left and same(moved, step.right) and at_widths <= bounded


def gaussian_pivot(expression: Basic) -> Basic:
    """E r_k(W_l X)^{2p} = (sigma_w²/n_in)^p E[u^p] E r_k(X)^{2p}, u ~ chi²_{n_out-k+1}, X = W_j ... W_1 with j < l.

    The first k columns of X = QR are almost surely independent, no width being less than k. Given X, W_l Q_k has the
    law of k columns of W_l, and r_k(W_l X) = r_k(W_l Q_k) R_kk; r_k of a Gaussian matrix is the length of its column k
    across the k - 1 before it, which are independent of it.
    For constant p with Re p >= 0 and 1 <= k, k at most every width, so that the moment is finite.
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
            return word in (W(word.index), wide.W(word.index))
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
