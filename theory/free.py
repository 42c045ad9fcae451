"""Quantities of products of wide random matrices: what free probability computes their singular values from.

As n grows the squared singular values of W_L ... W_1 fill the law whose S-transform is the product of those of the
factors. Its moments, its right edge and its density are read off the S-transform: coefficients, a minimum, a curve.
"""

from __future__ import annotations

from sympy import Expr, pi, sin
from sympy.printing.latex import LatexPrinter
from sympy.printing.precedence import PRECEDENCE

from theory.quantities import Magnitude, RealQuantity
from theory.symbols import L, phi


def _raised(text: str, exp: str | None) -> str:
    return rf"\left({text}\right)^{{{exp}}}" if exp else text


class trace_moment(Magnitude):
    """(1/n) tr (MMᵀ)^k, the mean k-th power of the squared singular values of M: trace_moment(M, k)."""

    latex_form = r"\frac{{1}}{{n}}\sum_{{i=1}}^{{n}} \sigma_i\!\left({0}\right)^{{2 {1}}}"
    text_form = "(1/n) Σ_i σ_i({0})^(2*{1})"
    precedence = PRECEDENCE["Mul"]

    def _latex(self, printer: LatexPrinter, exp: str | None = None) -> str:
        return _raised(super()._latex(printer), exp)


class share(Magnitude):
    """The share of the squared singular values of M below a level: share(M, level).

    Between two neighbors, and from 0 to the smallest, it rises in a straight line.
    """

    latex_form = r"\frac{{1}}{{n}}\,\#\{{ i : \sigma_i\left({0}\right)^{{2}} \leq {1} \}}"
    text_form = "share of σ_i({0})² <= {1}"


class inverse_s(Magnitude):
    """1/S(z), S the S-transform of the limiting law of the squared singular values of M: inverse_s(M, z).

    With psi(u) = Σ_k m_k u^k of the moments of that law, and chi its inverse, S(z) = chi(z) (1 + z)/z.
    """

    latex_form, text_form = r"\frac{{1}}{{S_{{{0}}}({1})}}", "1/S[{0}]({1})"

    def _latex(self, printer: LatexPrinter, exp: str | None = None) -> str:
        return _raised(super()._latex(printer), exp)


class coefficient(RealQuantity):
    """The coefficient of z^j in the power series of f at z = 0: coefficient(f, z, j)."""

    latex_form, text_form = r"\left[{1}^{{{2}}}\right] {0}", "[{1}^({2})] {0}"


class minimum(Magnitude):
    """The least value of a positive function over z > 0: minimum(f, z)."""

    latex_form, text_form = r"\min_{{{1} > 0}} {0}", "min over {1}>0 of {0}"


class mass_below(Magnitude):
    """∫ rho d lambda over the curve (lambda(phi), rho(phi)) from its end to phi: mass_below(rho, lambda, phi, end)."""

    latex_form, text_form = r"\int_{{{3}}}^{{{2}}} {0} \,\mathrm{{d}}\left({1}\right)", "∫_({3})^({2}) {0} d({1})"


LOCATION = sin((L + 1) * phi) ** (L + 1) / (sin(phi) * sin(L * phi) ** L)
DENSITY = sin(phi) ** 2 * sin(L * phi) ** (L - 1) / (pi * sin((L + 1) * phi) ** L)
END: Expr = pi / (L + 1)  # of phi: there the location is 0; at phi = 0 it is the right edge
