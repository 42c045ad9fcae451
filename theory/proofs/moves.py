"""Expectations over one fresh weight matrix, given all that is independent of it."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Expr, Integral, KroneckerDelta, MatrixExpr, MatrixSymbol, Rational, Sum, exp, oo, re
from sympy import gamma as gamma_function
from sympy.core.basic import Basic

from theory import rectangular as wide
from theory.letters import v
from theory.products import Layer
from theory.proofs.bounds import everywhere
from theory.proofs.dependence import constant_and_rest, fresh_weight, is_constant
from theory.quantities import E, squared_norm
from theory.symbols import i, n, sigma_w, u


def _mean_square(expression: Basic, factor: Callable[[MatrixExpr, MatrixExpr], Expr | None]) -> Basic:
    """c E‖W X‖² with X independent of W, as c factor(W, X) E‖X‖²; no other function of W may stand beside ‖W X‖²."""

    def change(node: Basic) -> Basic | None:
        constant, size = constant_and_rest(node.args[0])
        parts = fresh_weight(size.args[0]) if isinstance(size, squared_norm) else None
        gain = factor(*parts) if parts else None
        return None if gain is None or parts is None else constant * gain * E(squared_norm(parts[1]))

    return everywhere(expression, E, change)


def isotropy(expression: Basic) -> Basic:
    """E‖W_l X‖² = (n_l/n_{l-1}) sigma_w² E‖X‖² for X independent of W_l: tr(XᵀE[WᵀW]X)."""
    return _mean_square(expression, lambda weight, rest: weight.shape[0] / weight.shape[1] * sigma_w**2)


def symmetric_second_moment(expression: Basic) -> Basic:
    """E‖W_l x‖² = Σ_i E(W_i1)² E‖x‖² for GOE: invariance turns x to ‖x‖ e_1, and E W_i1² = (1 + δ_i1) sigma_w²/n."""
    column = Sum((1 + KroneckerDelta(i, 1)) * sigma_w**2 / n, (i, 1, n))
    return _mean_square(expression, lambda weight, rest: column if rest.shape[1] == 1 else None)


def gaussian_gain(expression: Basic) -> Basic:
    """E‖W_l x‖^{2p} = (sigma_w²/n_{l-1})^p E[u^p] E‖x‖^{2p}, u ~ chi²_{n_l}, W_l being n_l x n_{l-1}.

    W_l x given x is N(0, sigma_w²‖x‖²/n_{l-1} I). For constant p with Re p >= 0, so that the moment is finite, and
    x = W_k ... W_1 v, almost surely not 0.
    """

    def change(node: Basic) -> Basic | None:
        base, power = node.args[0].as_base_exp()
        parts = fresh_weight(base.args[0]) if isinstance(base, squared_norm) else None
        if parts is None or not (is_constant(power) and re(power).is_nonnegative and _is_image_of_v(parts[1])):
            return None
        degrees, fan_in = parts[0].shape
        return (sigma_w**2 / fan_in) ** power * chi_square_moment(degrees, power) * E(squared_norm(parts[1]) ** power)

    return everywhere(expression, E, change)


def _is_image_of_v(word: MatrixExpr) -> bool:
    """Whether the word is weights applied to v."""
    applied = word.shape[1] == 1 and word.atoms(MatrixSymbol) in ({v}, {wide.v})
    return applied and {w.name for w in word.atoms(Layer)} <= {"W"}


def chi_square_moment(degrees: Expr, power: Expr) -> Integral:
    """E[u^p] of a chi-square variable, as the integral over its density."""
    half = Rational(1, 2) * degrees
    return Integral(u ** (half - 1 + power) * exp(-u / 2) / (2**half * gamma_function(half)), (u, 0, oo))
