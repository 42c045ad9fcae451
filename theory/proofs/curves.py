"""The density of a limiting law as a parametric curve: where it comes from, and the mass below a point of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sympy import (
    Add,
    Expr,
    Function,
    cos,
    diff,
    exp,
    expand,
    im,
    limit,
    numer,
    pi,
    powsimp,
    simplify,
    sin,
    together,
)
from sympy.core.basic import Basic

from theory.free import inverse_s, mass_below, share
from theory.proofs.dependence import is_constant, is_product_of_weights, nonnegative
from theory.proofs.facts import Fact
from theory.proofs.normal import normal, same
from theory.quantities import limit_of
from theory.symbols import n, phi, z

if TYPE_CHECKING:
    from theory.proofs.context import Context
    from theory.proofs.proof import Step


def stieltjes(step: Step) -> bool:
    """lim of the share below c λ(phi) is ∫ rho dλ from the end where λ is 0, the curve given by the S-transform.

    Needs 1/S_X = t and, for a complex Z(phi), (1 + Z)/Z t(Z) = c λ with c constant: then 1 + Z is x times the
    resolvent at x = c λ, real at phi = 0 (the right edge), and rho = -Im(1 + Z)/(pi λ).
    """
    if not (isinstance(step.left, limit_of) and isinstance(step.right, mass_below) and step.left.args[1] == n):
        return False
    below, (density, location, angle, end) = step.left.args[0], step.right.args
    if not isinstance(below, share) or angle != phi or not is_product_of_weights(below.args[0]):
        return False
    transforms = [f.right for f in step.given if f.op == "=" and f.left == inverse_s(below.args[0], z)]
    curves = [f.left for f in step.given if f.op == "=" and f.right == below.args[1]]
    scale = simplify(below.args[1] / location)
    lawful = scale.is_positive and not scale.has(phi) and location.subs(phi, end) == 0
    return bool(lawful) and any(_is_branch(c, t, density * location) for c in curves for t in transforms)


def _is_branch(curve: Expr, transform: Expr, product: Expr) -> bool:
    """Whether the curve is (1 + Z)/Z t(Z), Z real at phi = 0, and -Im(1 + Z)/pi the density times the location."""
    for place in curve.atoms(Add):
        value = place - 1
        if curve == ((1 + z) / z * transform).xreplace({z: value}):
            return same(-im(value) / pi, product) and limit(im(value), phi, 0, "+") == 0
    return False


def trigonometric(step: Step) -> bool:
    """Equal in exp(i x), for every real x: sines and cosines written out in it."""
    difference = numer(together(step.left - step.right)).rewrite(exp)
    return step.op == "=" and is_constant(difference) and powsimp(expand(difference)) == 0


def lower_end(step: Step, context: Context) -> bool:
    """∫ rho dλ from the end to phi is F(phi) where F' = rho λ' and F is 0 at the end, for every phi < end.

    F and the integrand are made of sines, cosines, powers: analytic where they have no pole, so F does not jump. All
    that a step divides by is known not to be 0 for every such phi.
    """
    if step.op != "=" or not isinstance(step.left, mass_below):
        return False
    density, location, angle, end = step.left.args
    if Fact(angle, "<", end) not in context.known:
        return False
    value = powsimp(normal(step.right))
    smooth = all(type(node) in (sin, cos) for node in value.atoms(Function) if node.has(angle))
    grows = simplify(powsimp(diff(value, angle) - density * diff(location, angle))) == 0
    return smooth and is_constant(value) and grows and simplify(value.subs(angle, end)) == 0


def positive_sines(expression: Basic, known: Iterable[Fact]) -> frozenset[Basic]:
    """The sines in an expression of c x with 0 < c x < pi, by a known fact x < pi/d with c <= d, x and c positive."""
    found = set()
    for fact in known:
        times = pi / fact.right if fact.op == "<" and fact.left.is_Symbol and fact.left.is_positive else None
        for node in expression.atoms(sin) if times is not None else ():
            factor = simplify(node.args[0] / fact.left)
            if factor.is_positive and not factor.has(fact.left) and nonnegative(simplify(times - factor)):
                found.add(node)
    return frozenset(found)
