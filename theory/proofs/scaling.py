"""What a scale on the weights does to norms, and the derivative by it."""

from __future__ import annotations

from sympy import Derivative, Dummy, Expr, MatMul, MatPow, MatrixExpr, Mul, Subs, expand
from sympy.core.basic import Basic

from theory.proofs.bounds import everywhere
from theory.proofs.dependence import is_constant
from theory.quantities import Magnitude, norm


def homogeneity(expression: Basic) -> Basic:
    """‖c M‖ = c ‖M‖ and ‖(c M)^p‖ = c^p ‖M^p‖ for a constant c > 0 and a whole number p >= 0."""

    def change(node: Basic) -> Basic | None:
        parts = _scaled(node.args[0])
        return None if parts is None else parts[0] * norm(parts[1])

    return everywhere(expression, norm, change)


def _scaled(word: MatrixExpr) -> tuple[Expr, MatrixExpr] | None:
    """(c, M) of a word that is c M, or (c^p, M^p) of (c M)^p; None where there is no such c but 1."""
    if isinstance(word, MatPow):
        parts = _scaled(word.base)
        whole = word.exp.is_integer and word.exp.is_nonnegative
        return (parts[0] ** word.exp, parts[1] ** word.exp) if parts and whole else None
    if not isinstance(word, MatMul):
        return None
    constant, letters = Mul(*(part for part in word.args if not part.is_Matrix)), [x for x in word.args if x.is_Matrix]
    if constant == 1 or not (is_constant(constant) and constant.is_positive):
        return None
    return constant, letters[0] if len(letters) == 1 else MatMul(*letters)


def by_a_scale(expression: Basic) -> Basic:
    """d/da c(a) X at a point, X a magnitude that a is not in, as c'(a) X there: SymPy differentiates c."""

    def change(node: Basic) -> Basic | None:
        inside = node.expr
        if not isinstance(inside, Derivative) or len(node.variables) != 1:
            return None
        (scale,), found = node.variables, inside.expr.atoms(Magnitude)
        if any(magnitude.has(scale) for magnitude in found):
            return None
        names = {magnitude: Dummy(nonnegative=True) for magnitude in found}
        slope = inside.expr.xreplace(names).diff(*inside.variables).subs(scale, node.point[0])
        back = {name: magnitude for magnitude, name in names.items()}
        return expand(slope).xreplace(back) if is_constant(inside.expr.xreplace(names)) else None

    return everywhere(expression, Subs, change)
