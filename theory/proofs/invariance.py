"""What the invariance of a weight matrix under rotations gives: the direction that it acts on is uniform."""

from __future__ import annotations

from sympy import Expr, Mul, Pow, sqrt
from sympy.core.basic import Basic

from theory.letters import W_tied
from theory.products import Layer
from theory.proofs.bounds import everywhere
from theory.proofs.dependence import constant_and_rest, fresh_weight, independent_scalar
from theory.proofs.facts import Fact
from theory.quantities import E, limit_of, radius, squared_norm
from theory.symbols import n

RADIUS = radius(W_tied) * sqrt(n) / sqrt(squared_norm(W_tied))

SINGLE_RING = Fact(limit_of(RADIUS, n), "=", Mul())


def uniform_direction(expression: Basic) -> Basic:
    """E[f ‖W_l X‖²/‖W_l‖_F²] = E[f ‖X‖²]/n_{l-1} for f and X independent of W_l, which has the law of W_l V.

    Put V uniform: given W_l, f and X, each column of VX is uniform of its length, so that E‖W_l V X‖² is
    tr(W_lᵀW_l)‖X‖²/n_{l-1}.
    """
    return everywhere(expression, E, lambda node: _averaged(Mul.make_args(node.args[0])))


def _averaged(factors: tuple[Expr, ...]) -> Expr | None:
    for size in factors:
        parts = fresh_weight(size.args[0]) if isinstance(size, squared_norm) else None
        if parts is None or not isinstance(parts[0], Layer):
            continue
        weight, rest = parts
        share = Pow(squared_norm(weight), -1)
        others = [factor for factor in factors if factor not in (size, share)]
        if len(others) == len(factors) - 2 and all(independent_scalar(each, weight.index) for each in others):
            constant, averaged = constant_and_rest(Mul(*others, squared_norm(rest)))
            return constant * E(averaged) / weight.shape[1]
    return None
