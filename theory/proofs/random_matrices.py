"""Laws of one Gaussian matrix: the density of its eigenvalues, its integral as a Pfaffian, and the entries of that."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sympy import Expr, Integral, Product, Symbol, cbrt, diff, exp, gammasimp, lowergamma, simplify
from sympy import gamma as gamma_function
from sympy.core.basic import Basic
from sympy.core.relational import LessThan

from theory.distributions import (
    eigenvalue_constant,
    gamma_product,
    norm_cdf,
    ordered_integral,
    painleve_law,
    sign_pfaffian,
    tracy_widom,
)
from theory.letters import W_tied
from theory.proofs.bounds import everywhere
from theory.proofs.dependence import is_constant
from theory.proofs.normal import same
from theory.quantities import P, limit_of, norm, radius
from theory.rectangular import W_matrix
from theory.symbols import k, n, sigma_w, u

if TYPE_CHECKING:
    from theory.proofs.proof import Step


def _level(step: Step, kind: type[Basic], matrix: Basic) -> Expr | None:
    """The constant c > 0 of P(kind(matrix) <= c) on the left."""
    event = step.left.args[0] if isinstance(step.left, P) else None
    if not isinstance(event, LessThan) or event.lhs != kind(matrix):
        return None
    return event.rhs if is_constant(event.rhs) and event.rhs.is_positive else None


def is_eigenvalue_density(step: Step) -> bool:
    """P(‖W‖ <= s) = c ∫ over 0 < y_1 < ... < y_m < x, the density of the eigenvalues of n_in WWᵀ/(2 sigma_w²)."""
    for matrix in (W_tied, W_matrix):
        level = _level(step, norm, matrix)
        if level is not None:
            n_out, n_in = matrix.shape
            integral = ordered_integral(n_out, n_in, n_in * level**2 / (2 * sigma_w**2))
            return same(step.right, eigenvalue_constant(n_out, n_in) * integral)
    return False


def is_de_bruijn(step: Step) -> bool:
    """∫ over y_1 < ... < y_m of det[f_i(y_j)] as the Pfaffian of ∫∫ sgn(z-y) f_i(y) f_j(z)."""
    moved = everywhere(step.left, ordered_integral, lambda node: sign_pfaffian(*node.args))
    return moved != step.left and same(moved, step.right)


def is_incomplete_gammas(step: Step) -> bool:
    """The Pfaffian with the entries that the law of the norm is computed from; their recursion is checked by SymPy."""
    found = step.right
    if not isinstance(found, norm_cdf):
        return False
    n_out, n_in, sigma, s = found.args
    pfaffian = sign_pfaffian(n_out, n_in, n_in * s**2 / (2 * sigma**2))
    return recursion_holds() and same(step.left, eigenvalue_constant(n_out, n_in) * pfaffian)


@cache
def recursion_holds() -> bool:
    """For Gamma variables of any shapes b, c: density p_b, distribution function P_b, all zero at x = 0, and

        ∫∫ sgn(z-y) p_b(y) p_c(z) = P_b P_c - 2 ∫ P_c p_b,    ∫ P_b p_b = P_b²/2,
        ∫ P_{c+1} p_b = ∫ P_c p_b - 2^{-b-c} γ(b+c, 2x)/(Γ(b) Γ(c+1)):

    both sides of each have the same derivative in x.
    """
    x, b, c = (Symbol(name, positive=True) for name in "xbc")
    below = {shape: lowergamma(shape, x) / gamma_function(shape) for shape in (b, c, c + 1)}
    density = {shape: x ** (shape - 1) * exp(-x) / gamma_function(shape) for shape in below}
    twice = 2 ** (-b - c) * lowergamma(b + c, 2 * x) / (gamma_function(b) * gamma_function(c + 1))
    lower = below[c] - x**c * exp(-x) / gamma_function(c + 1)  # P_{c+1}
    claims = (
        diff(below[b], x) - density[b],
        density[c] * below[b] - density[b] * below[c] - (diff(below[b] * below[c], x) - 2 * below[c] * density[b]),
        diff(below[b] ** 2 / 2, x) - below[b] * density[b],
        diff(lower, x) - density[c + 1],
        (lower - below[c]) * density[b] + diff(twice, x),
    )
    return all(simplify(gammasimp(claim.expand())) == 0 for claim in claims)


def is_edge_law(step: Step) -> bool:
    """lim P((n‖W‖²/sigma_w² - 4n + 2)/(2 (2n - 1)^{1/3}) <= x) = F_1(x): Ma's center and scale, both widths n."""
    probability = step.left.args[0] if isinstance(step.left, limit_of) and step.left.args[1] == n else None
    event = probability.args[0] if isinstance(probability, P) else None
    if not isinstance(event, LessThan) or not (is_constant(event.rhs) and event.rhs.is_real) or event.rhs.has(n):
        return False
    scaled = (n * norm(W_tied) ** 2 / sigma_w**2 - (4 * n - 2)) / (2 * cbrt(2 * n - 1))
    return same(event.lhs, scaled) and bool(step.right == painleve_law(event.rhs))


def is_fredholm_form(step: Step) -> bool:
    """F_1 by Painlevé's transcendent is the Fredholm determinant."""
    return isinstance(step.left, painleve_law) and bool(step.right == tracy_widom(*step.left.args))


def is_kostlan(step: Step) -> bool:
    """P(ρ(W) <= s) as the product over k <= n of P(Gamma(k) <= n s²/sigma_w²), each the integral of its density."""
    level = _level(step, radius, W_tied)
    if level is None:
        return False
    density = u ** (k - 1) * exp(-u) / gamma_function(k)
    return same(step.right, Product(Integral(density, (u, 0, n * level**2 / sigma_w**2)), (k, 1, n)))


def is_gamma_product(step: Step) -> bool:
    """P(k, x) = γ(k, x)/Γ(k), for each factor."""
    return isinstance(step.right, gamma_product) and same(step.left, step.right.written_out())
