"""The scalars that a statement can speak of: expectations, probabilities, norms, radii, limits.

Each is an inert SymPy node: nothing is evaluated at construction, so what a proof prints is what is checked.
"""

from __future__ import annotations

from typing import ClassVar

from sympy import Basic, Expr, MatrixExpr, Mul, Pow, sympify
from sympy.core.relational import Relational
from sympy.printing.latex import LatexPrinter
from sympy.printing.precedence import PRECEDENCE
from sympy.printing.str import StrPrinter


class Quantity(Expr):
    """A commuting scalar that SymPy carries along and never rewrites."""

    is_commutative = True
    latex_form: ClassVar[str]
    text_form: ClassVar[str]

    def __new__(cls, *args: Expr | MatrixExpr | Relational) -> Quantity:
        return Expr.__new__(cls, *map(sympify, args))  # type: ignore[no-any-return]

    def _latex(self, printer: LatexPrinter, exp: str | None = None) -> str:
        text = self.latex_form.format(*map(printer._print, self.args))
        return rf"{text}^{{{exp}}}" if exp else text

    def _sympystr(self, printer: StrPrinter) -> str:
        return self.text_form.format(*map(printer._print, self.args))


def times(*factors: Expr) -> Expr:
    """The product as typed: SymPy would multiply out at once, and a proof step would show both sides equal.

    >>> from theory.symbols import L, sigma_w
    >>> times(sigma_w**2, sigma_w ** (2 * L))
    sigma_w**2*sigma_w**(2*L)
    """
    return Mul(*factors, evaluate=False)


def root(base: Expr, degree: Expr) -> Expr:
    """base^(1/degree) as typed: SymPy would cancel the root of a power at once.

    >>> from theory.symbols import T, s
    >>> root(s**T, T)
    (s**T)**(1/T)
    """
    return Pow(base, 1 / degree, evaluate=False)


def over(above: Expr, below: Expr) -> Expr:
    """above/below as typed: SymPy would merge both, and what stands below could no longer be read.

    >>> from theory.symbols import n, sigma_w
    >>> over(sigma_w, 2 * n).args
    (sigma_w, 1/(2*n))
    """
    return Mul(above, Pow(below, -1, evaluate=False), evaluate=False)


class RealQuantity(Quantity):
    """A quantity that is a real number."""

    is_extended_real = True


class Magnitude(RealQuantity):
    """A quantity that cannot be negative."""

    is_extended_nonnegative = True


class norm(Magnitude):
    """Operator norm ‖M‖, the largest singular value."""

    latex_form, text_form = r"\lVert {0} \rVert", "‖{0}‖"


class squared_norm(Magnitude):
    """Sum of the squared moduli of the entries: ‖v‖² of a vector, ‖M‖_F² of a matrix."""

    precedence = PRECEDENCE["Pow"]  # it ends in an exponent: another one needs parentheses

    @property
    def _lower(self) -> str:
        return "" if self.args[0].shape[1] == 1 else "_F"

    def raised(self, printer: LatexPrinter, power: Expr | int) -> str:
        """The norm, unsquared, to a power."""
        text = rf"\lVert {printer._print(self.args[0])} \rVert{self._lower}"
        return text if power == 1 else rf"{text}^{{{printer._print(power)}}}"

    def _latex(self, printer: LatexPrinter, exp: str | None = None) -> str:
        text = self.raised(printer, 2)
        return rf"\left({text}\right)^{{{exp}}}" if exp else text

    def _sympystr(self, printer: StrPrinter) -> str:
        return f"‖{printer._print(self.args[0])}‖{self._lower}²"


class squared_trace(Magnitude):
    """|tr M|², of a matrix that may be complex."""

    latex_form, text_form = r"\left|\operatorname{{tr}}{0}\right|^{{2}}", "|tr {0}|²"
    precedence = PRECEDENCE["Pow"]

    def _latex(self, printer: LatexPrinter, exp: str | None = None) -> str:
        text = super()._latex(printer)
        return rf"\left({text}\right)^{{{exp}}}" if exp else text


class squared_pivot(Magnitude):
    """r_kk² of M = QR with positive diagonal, squared_pivot(M, k): squared distance of column k from those before."""

    precedence = PRECEDENCE["Pow"]

    def _latex(self, printer: LatexPrinter, exp: str | None = None) -> str:
        matrix, index = map(printer._print, self.args)
        text = rf"r_{{{index}}}\!\left({matrix}\right)^{{2}}"
        return rf"\left({text}\right)^{{{exp}}}" if exp else text

    def _sympystr(self, printer: StrPrinter) -> str:
        matrix, index = map(printer._print, self.args)
        return f"r_{index}({matrix})²"


class smallest(Magnitude):
    """Smallest singular value, min over unit u of ‖M u‖."""

    latex_form, text_form = r"\sigma_{{\min}}\!\left({0}\right)", "σ_min({0})"


class singular(Magnitude):
    """Any one of the singular values of a matrix."""

    latex_form, text_form = r"\sigma_k\!\left({0}\right)", "σ_k({0})"


class radius(Magnitude):
    """Spectral radius, the largest modulus of an eigenvalue."""

    latex_form, text_form = r"\rho\!\left({0}\right)", "ρ({0})"


class largest(Magnitude):
    """Largest value of a nonnegative expression over an index from 1: largest(expression, index, high)."""

    latex_form, text_form = r"\max_{{1\leq {1}\leq {2}}} {0}", "max over {1}<={2} of {0}"


class inner(RealQuantity):
    """Inner product aᵀb of two vectors, or trace of AᵀB of two matrices."""

    latex_form, text_form = r"\left\langle {0},\, {1}\right\rangle", "<{0}, {1}>"


class E(Quantity):
    """Expectation over the weights and all else that is random."""

    latex_form, text_form = r"\operatorname{{\mathbb{{E}}}}\left[{0}\right]", "E[{0}]"

    def _eval_is_extended_real(self) -> bool | None:
        return self.args[0].is_extended_real  # type: ignore[no-any-return]

    def _eval_is_extended_nonnegative(self) -> bool | None:
        return self.args[0].is_extended_nonnegative  # type: ignore[no-any-return]


class P(Magnitude):
    """Probability of an event, given as an inequality."""

    latex_form, text_form = r"\operatorname{{\mathbb{{P}}}}\left({0}\right)", "P({0})"


class limit_of(RealQuantity):
    """Limit of a quantity as a variable grows without bound: limit_of(quantity, variable)."""

    latex_form, text_form = r"\lim_{{{1}\to\infty}} {0}", "lim {0} as {1} -> oo"


class sup_over(RealQuantity):
    """Least upper bound over the positive values of a variable, which is bound: sup_over(expression, variable)."""

    latex_form = r"\sup_{{{1}>0}}\left[{0}\right]"
    text_form = "sup over {1} > 0 of [{0}]"

    @property
    def free_symbols(self) -> set[Basic]:
        return set(self.args[0].free_symbols) - {self.args[1]}

    def _eval_subs(self, old: Basic, new: Basic) -> Basic | None:
        return self if old == self.args[1] else None


class departure(Magnitude):
    """Henrici's departure from normality, (‖W‖_F² - Σ|lambda_i|²)^(1/2): 0 exactly for normal W."""

    latex_form, text_form = r"\Delta\!\left({0}\right)", "Δ({0})"


class Special(Magnitude):
    """A number that theory/balls encloses as a whole."""


class Distribution(Special):
    """A probability."""


class law_of_log(Distribution):
    """P(X <= x) from the characteristic function F(xi) of log X: law_of_log(F, xi, x) (Gil-Pelaez inversion)."""

    latex_form = (
        r"\frac{{1}}{{2}}-\frac{{1}}{{\pi}}\int_0^\infty \operatorname{{Im}}\left[{2}^{{-\mathrm{{i}}{1}}}\, {0}\right]"
        r"\frac{{\mathrm{{d}}{1}}}{{{1}}}"
    )
    text_form = "1/2 - 1/pi ∫_0^oo Im[{2}^(-i {1}) {0}] d{1}/{1}"
