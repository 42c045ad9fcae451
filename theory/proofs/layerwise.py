"""Moves over the layers of a width profile: products that become sums of logarithms, and all widths made equal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Add, Derivative, Expr, Mul, Product, Subs, Sum, exp, expand_log, expand_power_base, log
from sympy.core.basic import Basic
from sympy.core.relational import LessThan

from theory.meijer import is_mellin_form, meijer_law
from theory.proofs.bounds import everywhere
from theory.proofs.dependence import is_constant
from theory.proofs.inference import characteristic
from theory.proofs.normal import normal, same
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


def layers_apart(expression: Basic) -> Basic:
    """Sums and products over layers, taken apart: of terms, and of factors; what no layer changes counts once for each.

    A product of positive factors is the exponential of the sum of their logarithms. Left as they are where they could
    be of fewer than no layers, as conventions differ there.

    >>> from theory.symbols import L, l
    >>> layers_apart(Sum(units(l) + 2, (l, 1, L)))
    2*L + Sum(n_l, (l, 1, L))
    """
    return normal(expression).replace(lambda node: isinstance(node, Sum | Product), _apart)


def _apart(series: Sum | Product) -> Expr:
    (index, low, high), *more = series.limits
    count = high - low + 1
    if more or not count.is_nonnegative:
        return series
    if isinstance(series, Sum):
        terms = Add.make_args(expand_log(series.function).expand())
        split = (term.as_independent(index, as_Add=False) for term in terms)
        return Add(*(constant * (count if rest == 1 else Sum(rest, *series.limits)) for constant, rest in split))
    if series.function.is_positive:
        return exp(_apart(Sum(log(series.function), *series.limits)))
    factors = Mul.make_args(expand_power_base(series.function))
    return Mul(*(Product(each, *series.limits) if each.has(index) else each**count for each in factors))


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
