"""The law of the largest singular value of a real Gaussian matrix, exact at finite size and enclosed.

W is n_out x n_in with entries N(0, sigma_w²/n_in), m the smaller and N the larger of its sizes, and x stands for
n_in s²/(2 sigma_w²). The eigenvalues y_1, ..., y_m of n_in WWᵀ/(2 sigma_w²), or of WᵀW where that is smaller, have a
density proportional to ∏ y_i^{a-1} e^{-y_i} ∏ |y_i - y_j|, a = (N-m+1)/2, and de Bruijn's formula makes a Pfaffian of
its integral over [0, x]^m:

    P(‖W‖ <= s) = π^{m/2} ∏_{i<=m} Γ(a+i-1)/(Γ((N-i+1)/2) Γ((m-i+1)/2)) · Pf A(x),     Pf A = (det A)^{1/2},
    A_ij = ∫∫_{[0,x]²} sgn(z - y) p_i(y) p_j(z) dy dz = P_i P_j - 2 ∫_0^x P_j(y) p_i(y) dy,

p_i the density and P_i the distribution function of a Gamma variable of shape a+i-1; for odd m one more row and column
holds the P_i(x). As P_{j+1} = P_j - y^{a+j-1} e^{-y}/Γ(a+j), each integral follows from the one before.

Source: Chiani, Distribution of the largest eigenvalue for real Wishart and Gaussian random matrices, J. Multivariate
Anal. 129 (2014), arXiv 1209.3394. Digits cancel in the determinant, the more the larger the matrix: the precision is
raised until the ball is narrow, and what it encloses is computed once more at twice that precision.
"""

from __future__ import annotations

from collections.abc import Callable

from flint import arb, arb_mat, ctx, fmpq
from sympy import Expr

from theory.balls.precision import working_precision
from theory.distributions import norm_cdf

Enclose = Callable[[Expr], arb]

LARGEST = 64  # the smaller of the two sizes
LONGEST = 1000  # the larger of them
MOST_BITS = 1 << 16


def norm_probability(law: norm_cdf, n_out: int, n_in: int, enclose: Enclose) -> arb:
    """A ball around P(‖W‖ <= s), its relative radius about 2^-precision; ``enclose`` gives sigma_w and s.

    Raises ValueError where a size is beyond the formula's reach here, s or sigma_w is not positive, or s is so far out
    in a tail that the precision does not suffice.
    """
    m, larger = sorted((n_out, n_in))
    _check_sizes(m, larger)
    bits = ctx.prec
    working = bits + 4 * m + 64
    while working <= MOST_BITS:
        with working_precision(working):
            found = _probability(m, larger, _argument(law, n_in, enclose))
        if found.rel_accuracy_bits() >= bits:
            return _confirmed(found, working, m, larger, lambda: _argument(law, n_in, enclose))
        working *= 2
    _, _, sigma_w, s = law.args
    place = f"s={enclose(s).str(3, radius=False)}, sigma_w={enclose(sigma_w).str(3, radius=False)}"
    raise ValueError(f"{place}: so far out in the tail, {MOST_BITS} bits do not tell; pass s nearer 2 sigma_w")


def _check_sizes(smaller: int, larger: int) -> None:
    if smaller < 1:
        raise ValueError(f"a matrix of {smaller} rows or columns has no norm; pass sizes >= 1")
    if smaller > LARGEST:
        told = f"the exact law of the norm is computed up to {LARGEST} rows or columns, and this matrix has {smaller}"
        raise ValueError(f"n={smaller}: {told}; the limit law is another theorem, norm_fluctuation: ask that one")
    if larger > LONGEST:
        raise ValueError(f"n={larger}: the exact law of the norm is computed up to {LONGEST}; pass a shorter matrix")


def _argument(law: norm_cdf, n_in: int, enclose: Enclose) -> arb:
    _, _, sigma_w, s = law.args
    for name, part in (("sigma_w", sigma_w), ("s", s)):
        if not enclose(part) > 0:
            raise ValueError(f"{name}={enclose(part).str(3, radius=False)}: the law of a norm needs {name} > 0")
    return n_in * enclose(s) ** 2 / (2 * enclose(sigma_w) ** 2)


def _confirmed(found: arb, working: int, m: int, larger: int, argument: Callable[[], arb]) -> arb:
    """The ball at twice the precision. Raises ArithmeticError where the two do not meet: one of them is then wrong."""
    with working_precision(2 * working):
        finer = _probability(m, larger, argument())
    if not finer.overlaps(found):
        raise ArithmeticError(f"two precisions disagree on the law of a norm: {found} and {finer}; please report this")
    return finer


def _probability(m: int, larger: int, x: arb) -> arb:
    squared = arb_mat(_antisymmetric(m, arb(fmpq(larger - m + 1, 2)), x)).det()
    return _constant(m, larger) * squared.sqrt()


def _constant(m: int, larger: int) -> arb:
    """π^{m/2} ∏ Γ(a+i-1)/(Γ((N-i+1)/2) Γ((m-i+1)/2)), a = (N-m+1)/2."""
    total = arb.pi() ** (arb(m) / 2)
    for i in range(1, m + 1):
        halves = arb(fmpq(larger - i + 1, 2)), arb(fmpq(m - i + 1, 2))
        total *= arb(fmpq(larger - m - 1 + 2 * i, 2)).gamma() * halves[0].rgamma() * halves[1].rgamma()
    return total


def _antisymmetric(m: int, a: arb, x: arb) -> list[list[arb]]:
    """The matrix A(x), of even order."""
    shapes = [a + i for i in range(m)]
    below = [x.gamma_lower(shape, 1) for shape in shapes]
    weights = [shape.rgamma() for shape in shapes]
    twice = [_square_weight(2 * a + k, x) for k in range(2 * m)]
    rows = [[arb(0)] * (m + m % 2) for _ in range(m + m % 2)]
    for i in range(m):
        integral = below[i] ** 2 / 2  # ∫ P_i p_i
        for j in range(i + 1, m):
            integral -= twice[i + j - 1] * weights[i] * weights[j]
            rows[i][j] = below[i] * below[j] - 2 * integral
            rows[j][i] = -rows[i][j]
        if m % 2:
            rows[i][m], rows[m][i] = below[i], -below[i]
    return rows


def _square_weight(shape: arb, x: arb) -> arb:
    """∫_0^x y^{shape-1} e^{-2y} dy."""
    return (2 * x).gamma_lower(shape) / arb(2) ** shape
