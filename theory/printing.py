"""Formulas as people write them, in text and in LaTeX: positive terms first, a transpose as a raised T."""

from __future__ import annotations

from sympy import Add, Expr, MatMul, Mul, Pow, Rational
from sympy.core.basic import Basic
from sympy.printing.latex import LatexPrinter
from sympy.printing.precedence import PRECEDENCE
from sympy.printing.str import StrPrinter

from theory.products import OrderedProduct
from theory.symbols import l


class HumanPrinter(LatexPrinter):
    """SymPy's LaTeX printer, but a sum never starts with a minus sign where a positive term could, a root is x^{1/T},
    and a product of no factors is written as one: read as I = I, "the empty product is the identity" says nothing."""

    def _print(self, expr: Basic, **kwargs: object) -> str:
        if isinstance(expr, OrderedProduct) and expr.length == 0:
            return self._no_factors(expr)
        return super()._print(expr, **kwargs)  # type: ignore[no-any-return]

    def _no_factors(self, product: OrderedProduct) -> str:
        low, high, factor = (self._print(part) for part in (product.low, product.high, product.at(l)))
        return rf"\prod_{{l={low}}}^{{{high}}} {factor}"

    def _print_Add(self, expr: Expr, order: str | None = None) -> str:
        terms = self._as_ordered_terms(expr, order=None)
        if terms[0].could_extract_minus_sign():
            terms.sort(key=lambda term: term.could_extract_minus_sign())
        return super()._print_Add(Add(*terms, evaluate=False), order="none")  # type: ignore[no-any-return]

    def _print_Mul(self, expr: Expr) -> str:
        shown = _one_root(expr)
        return super()._print_Mul(expr) if shown is expr else self._print(shown)

    def _helper_print_standard_power(self, expr: Expr, template: str) -> str:
        power = expr.exp
        if power.is_Pow and power.exp == -1 and power.base.is_Symbol:
            template = rf"%s^{{1/{self._print(power.base)}}}%.0s"
        return super()._helper_print_standard_power(expr, template)  # type: ignore[no-any-return]

    def _print_MatMul(self, expr: MatMul) -> str:
        shown = [factor for factor in expr.args if factor != 1]
        return super()._print_MatMul(expr) if len(shown) != 1 else self._print(shown[0])

    def _print_gamma(self, expr: Expr, exp: str | None = None) -> str:
        return self._raised(rf"\Gamma\!\left({self._print(expr.args[0])}\right)", exp)

    def _print_polygamma(self, expr: Expr, exp: str | None = None) -> str:
        order, argument = expr.args
        name = r"\psi" if order == 0 else rf"\psi_{{{self._print(order)}}}"
        return self._raised(rf"{name}\!\left({self._print(argument)}\right)", exp)

    def _print_Transpose(self, expr: Expr) -> str:
        return rf"{self.parenthesize(expr.arg, PRECEDENCE['Pow'])}^{{\top}}"

    def _print_Symbol(self, expr: Expr, style: str = "plain") -> str:
        return r"\varepsilon" if expr.name == "eps" else super()._print_Symbol(expr, style)

    @staticmethod
    def _raised(text: str, exp: str | None) -> str:
        return rf"{text}^{{{exp}}}" if exp else text


class TextPrinter(StrPrinter):
    """SymPy's text, but the transpose of W is Wᵀ: W**T is its T-th power."""

    def _print(self, expr: Basic, **kwargs: object) -> str:
        text: str = super()._print(expr, **kwargs)
        return text.replace("^T", "ᵀ") if isinstance(expr, OrderedProduct) else text

    def _print_Mul(self, expr: Expr) -> str:
        shown = _one_root(expr)
        return super()._print_Mul(expr) if shown is expr else self._print(shown)

    def _print_Transpose(self, expr: Expr) -> str:
        return f"{self.parenthesize(expr.arg, PRECEDENCE['Pow'])}ᵀ"


def _one_root(expr: Expr) -> Expr:
    """sqrt(2) sqrt(n)/2 as sqrt(n/2), in a denominator too: SymPy takes roots apart; any other product as it is."""
    if not expr.is_Mul:
        return expr
    below = {factor: _one_root(factor.base) for factor in expr.args if factor.is_Pow and factor.exp == -1}
    if any(base is not factor.base for factor, base in below.items()):
        args = (Pow(below[arg], -1, evaluate=False) if arg in below else arg for arg in expr.args)
        return Mul(*args, evaluate=False)
    roots = [factor for factor in expr.args if factor.is_Pow and factor.exp == Rational(1, 2)]
    numbers = [factor for factor in expr.args if factor.is_Rational]
    if len(roots) < 2 or not any(root.base.is_Rational for root in roots) or not all(c.is_positive for c in numbers):
        return expr
    inside = Mul(*(root.base for root in roots), *(number**2 for number in numbers))
    if inside.is_number:
        return expr
    rest = [factor for factor in expr.args if factor not in roots and factor not in numbers]
    root = Pow(inside, Rational(1, 2), evaluate=False)
    return Mul(root, *rest, evaluate=False) if rest else root


def text(expression: Basic) -> str:
    """The expression on one line.

    >>> from theory.letters import W, h
    >>> from theory.symbols import n
    >>> text(W(2).T * h(1)), text(Rational(1, 2) ** Rational(1, 2) * n ** Rational(1, 2))
    ('W_2ᵀ*h_1', 'sqrt(n/2)')
    """
    return str(TextPrinter().doprint(expression))


def latex(expression: Basic) -> str:
    """The expression in LaTeX, one plain relation a line at most, so that it can break.

    >>> from sympy import Symbol
    >>> latex(2 - Symbol("eta"))
    '2 - \\\\eta'
    """
    return HumanPrinter().doprint(expression)  # type: ignore[no-any-return]
