"""Means over a scalar memory: the newest input is independent of all that came before it."""

from __future__ import annotations

from sympy import Add, Dummy, Expr, expand, fraction, powsimp, together
from sympy.core.basic import Basic

from theory.memory import noise, sensitivity, state
from theory.proofs.bounds import everywhere, mean
from theory.proofs.dependence import is_constant, nonnegative
from theory.proofs.rule import axiom, computed
from theory.quantities import E, Quantity


def fresh_noise(expression: Basic) -> Basic:
    """E[a + b x_t + c x_t²] = E[a] + E[c], term by term, for a, b and c made of what there was before step t."""

    def change(node: Basic) -> Basic | None:
        inside = expand(node.args[0])
        newest = next((found for found in inside.atoms(noise) if _is_newest(found, inside)), None)
        if newest is None or not inside.is_polynomial(newest):
            return None
        powers = {degree: inside.coeff(newest, degree) for degree in range(3)}
        if expand(inside - sum(part * newest**degree for degree, part in powers.items())) != 0:
            return None  # of higher degree
        return Add(*(_mean(term) for degree in (0, 2) for term in Add.make_args(powers[degree])))

    return everywhere(expression, E, change)


def _mean(term: Expr) -> Expr:
    return term if is_constant(term) else mean(term)


def _is_newest(found: noise, inside: Expr) -> bool:
    """Whether all else in an expression was there before the step of this input."""
    others = inside.atoms(Quantity) - {found}
    kinds = (state, noise, sensitivity)
    return all(isinstance(other, kinds) and nonnegative(found.args[0] - other.args[0] - 1) for other in others)


white_noise = axiom(
    "white_noise",
    "x_t is independent of the steps before, E x_t = 0 and E x_t² = 1; linearity of expectation",
    "=",
    fresh_noise,
)


def of_a_sum(expression: Basic) -> Basic:
    """E of a polynomial in states and sensitivities, term by term: all their moments are finite."""

    def change(node: Basic) -> Basic | None:
        inside = expand(node.args[0])
        polynomial = all(isinstance(other, state | sensitivity) for other in inside.atoms(Quantity))
        lawful = polynomial and inside.is_Add and inside.is_polynomial(*inside.atoms(Quantity))
        return Add(*map(_mean, inside.args)) if lawful else None

    return everywhere(expression, E, change)


moments_apart = axiom("moments_apart", "linearity of expectation", "=", of_a_sum)


def over_one(left: Basic, right: Basic) -> bool:
    """Whether the numerator of the difference, over a common denominator, is 0 as a polynomial in its quantities."""
    names = {quantity: Dummy() for quantity in (left - right).atoms(Quantity)}
    numerator, _ = fraction(together((left - right).xreplace(names)))
    return bool(expand(powsimp(expand(numerator, power_base=True))) == 0)


common_denominator = computed(
    "common_denominator",
    "polynomials over a common denominator",
    lambda s, c: s.op == "=" and over_one(s.left, s.right),
)
