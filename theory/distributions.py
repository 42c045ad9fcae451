"""Distribution functions that a statement can end in, and the integrals that a proof passes on the way to them.

As every quantity, each is an inert node. theory/balls encloses the distributions, each in a file of its own.
"""

from __future__ import annotations

from sympy import Product, lowergamma
from sympy import gamma as gamma_function

from theory.quantities import Distribution, Magnitude
from theory.symbols import k


class norm_cdf(Distribution):
    """P(‖W‖ <= s) of an n_out x n_in matrix of entries N(0, sigma_w²/n_in): norm_cdf(n_out, n_in, sigma_w, s)."""

    latex_form = (
        r"K_{{{0},{1}}}\,\operatorname{{Pf}}A_{{{0},{1}}}\!\left(\frac{{{1}\,{3}^{{2}}}}{{2\,{2}^{{2}}}}\right)"
    )
    text_form = "K_({0},{1}) Pf A_({0},{1})({1} {3}²/(2 {2}²))"


class tracy_widom(Distribution):
    """F_1(x), the Tracy-Widom law of real matrices, as the Fredholm determinant of Ai(x + y + z) on y, z > 0."""

    latex_form = r"\det\left(1-\operatorname{{Ai}}({0}+y+z)\right)_{{L^2(y,z>0)}}"
    text_form = "det(1 - Ai({0}+y+z)) on L²(y, z > 0)"


class painleve_law(Distribution):
    """F_1(x) as Tracy and Widom found it: q'' = y q + 2 q³, q(y) ~ Ai(y) as y grows."""

    latex_form = (
        r"\exp\left(-\frac{{1}}{{2}}\int_{{{0}}}^{{\infty}}\left[q(y)+(y-{0})\,q(y)^{{2}}\right]\mathrm{{d}}y\right)"
    )
    text_form = "exp(-1/2 ∫_{0}^oo [q(y) + (y-{0}) q(y)²] dy), q'' = y q + 2 q³, q ~ Ai"


class eigenvalue_constant(Magnitude):
    """K = π^{m/2} ∏_{i<=m} Γ(a+i-1)/(Γ((N-i+1)/2) Γ((m-i+1)/2)), m and N the smaller and the larger size,
    a = (N-m+1)/2: normalizes the density of the m eigenvalues. eigenvalue_constant(n_out, n_in)."""

    latex_form, text_form = r"K_{{{0},{1}}}", "K_({0},{1})"


class ordered_integral(Magnitude):
    """∫ over 0 < y_1 < ... < y_m < x of ∏_{i<j} (y_j - y_i) ∏ y_i^(a-1) e^(-y_i)/Γ(a+i-1).

    Its arguments: ordered_integral(n_out, n_in, x), of which m is the smaller and a = (|n_out - n_in| + 1)/2.
    """

    latex_form = (
        r"\int_{{0<y_1<\cdots<y_m<{2}}}\ \prod_{{i<j}}(y_j-y_i)\prod_{{i}}"
        r"\frac{{y_i^{{a-1}}\mathrm{{e}}^{{-y_i}}}}{{\Gamma(a+i-1)}}\,\mathrm{{d}}y"
    )
    text_form = "∫_(0<y_1<...<y_m<{2}) ∏_(i<j) (y_j - y_i) ∏_i y_i^(a-1) e^(-y_i)/gamma(a+i-1) dy"


class sign_pfaffian(Magnitude):
    """Pf of the m² integrals ∫∫ sgn(z-y) p_i(y) p_j(z) over [0, x]², p_i the Gamma density of shape a+i-1.

    For odd m with one more row and column, of ∫_0^x p_i. Its arguments: sign_pfaffian(n_out, n_in, x).
    """

    latex_form = (
        r"\operatorname{{Pf}}\left[\iint_{{[0,\,{2}]^2}}\operatorname{{sgn}}(z-y)\,p_i(y)\,p_j(z)\,\mathrm{{d}}y\,"
        r"\mathrm{{d}}z\right]_{{i,j\leq m}}"
    )
    text_form = "Pf [∫∫_[0,{2}]² sgn(z-y) p_i(y) p_j(z) dy dz]_(i,j<=m)"


class gamma_product(Distribution):
    """∏_{k<=n} P(k, x), P(k, x) = γ(k, x)/Γ(k): that n independent Gamma variables, of shapes 1 to n, are at most x."""

    latex_form = r"\prod_{{k=1}}^{{{0}}}P\!\left(k,\,{1}\right)"
    text_form = "∏_(k=1..{0}) P(k, {1})"

    def written_out(self) -> Product:
        """With the incomplete gamma functions.

        >>> from sympy import Integer
        >>> gamma_product(Integer(1), Integer(2)).written_out().doit().simplify()
        1 - exp(-2)
        """
        count, x = self.args
        return Product(lowergamma(k, x) / gamma_function(k), (k, 1, count))
