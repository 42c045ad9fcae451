"""Moves over the layers of a width profile: products that become sums of logarithms, and all widths made equal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Derivative, Product, Subs, Sum, log
from sympy.core.basic import Basic
from sympy.core.relational import LessThan

from theory.meijer import is_mellin_form, meijer_law
from theory.proofs.bounds import everywhere
from theory.proofs.dependence import is_constant
from theory.proofs.inference import characteristic
from theory.proofs.normal import same
from theory.quantities import P, law_of_log
from theory.symbols import xi
from theory.widths import equal_widths, units

if TYPE_CHECKING:
    from theory.proofs.proof import Step


def log_of_product(expression: Basic) -> Basic:
    """d^k/dxi^k c log ∏_l f_l at a point as Σ_l d^k/dxi^k c log f_l there, k >= 1: (log ∏ f)' = Σ f'/f."""

    def change(node: Basic) -> Basic | None:
        inner = node.expr
        if not isinstance(inner, Derivative):
            return None
        constant, logarithm = inner.expr.as_independent(*inner.variables, as_Add=False)
        series = logarithm.args[0] if isinstance(logarithm, log) else None
        if not isinstance(series, Product) or series.free_symbols & {limit[0] for limit in series.limits}:
            return None
        each = Derivative(constant * log(series.function), *inner.variable_count)
        return Sum(Subs(each, node.variables, node.point), *series.limits)

    return everywhere(expression, Subs, change)


def is_at_equal_widths(step: Step) -> bool:
    """Whether the step is one of its given facts with every n_l put to n: what holds for all widths holds for equal."""
    return any(
        fact.op == step.op
        and (fact.left.has(units) or fact.right.has(units))
        and same(equal_widths(fact.left), step.left)
        and same(equal_widths(fact.right), step.right)
        for fact in step.given
    )


def is_mellin_inversion(step: Step) -> bool:
    """P(X <= x) at a constant x > 0 as the Meijer G-function of a given transform E X^(i xi), Gamma factors alone."""
    event = step.left.args[0] if isinstance(step.left, P) else None
    if not isinstance(event, LessThan) or not (is_constant(event.rhs) and event.rhs.is_positive) or event.rhs.has(xi):
        return False
    return any(
        event.lhs == variable and is_mellin_form(step.right, transform, xi, event.rhs)
        for variable, transform in characteristic(step)
    )


def is_shifted_line(step: Step) -> bool:
    """The Meijer G-function and Gil-Pelaez' integral of one transform: one integrand, on Re s = c and on Re s = 0."""
    left, right = step.left, step.right
    return (
        isinstance(left, meijer_law)
        and isinstance(right, law_of_log)
        and left.args == right.args
        and is_mellin_form(left, *right.args)
    )
