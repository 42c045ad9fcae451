"""Formulas as people write them, in text and in LaTeX: positive terms first, a transpose as a raised T."""

from __future__ import annotations

from sympy import Add, Expr, MatMul
from sympy.core.basic import Basic
from sympy.matrices.immutable import ImmutableDenseMatrix
from sympy.printing.latex import LatexPrinter
from sympy.printing.precedence import PRECEDENCE
from sympy.printing.str import StrPrinter

from theory.products import OrderedProduct
from theory.quantities import squared_norm
from theory.shapes import one_root, positive_first, product, shared_bar
from theory.symbols import l

TALL = (r"\frac", r"\log", r"\sup", r"\psi", r"\Gamma", r"\sum")  # unreadable as an exponent of e


class HumanPrinter(LatexPrinter):
    """SymPy's LaTeX printer, but a sum never starts with a minus sign where a positive term could, fractions in an
    exponent lie on their side, and a product of no factors is written as one: read as I = I, "the empty product is the
    identity" says nothing."""

    def _print(self, expr: Basic, **kwargs: object) -> str:
        if isinstance(expr, OrderedProduct) and expr.length == 0:
            return self._no_factors(expr)
        return super()._print(expr, **kwargs)  # type: ignore[no-any-return]

    def _no_factors(self, product: OrderedProduct) -> str:
        low, high, factor = (self._print(part) for part in (product.low, product.high, product.at(l)))
        return rf"\prod_{{l={low}}}^{{{high}}} {factor}"

    def _print_Add(self, expr: Expr, order: str | None = None) -> str:
        shown = shared_bar(expr)
        if shown is not expr:
            return self._print(shown)
        terms = positive_first(self._as_ordered_terms(expr, order=None))
        return super()._print_Add(Add(*terms, evaluate=False), order="none")  # type: ignore[no-any-return]

    def _print_Mul(self, expr: Expr) -> str:
        shown = product(expr)
        return super()._print_Mul(expr) if shown is expr else self._print(shown)

    def _print_Pow(self, expr: Expr) -> str:
        base, power = expr.args
        if isinstance(base, squared_norm) and not power.is_negative:
            return base.raised(self, 2 * power)
        return super()._print_Pow(expr)  # type: ignore[no-any-return]

    def _print_ExpBase(self, expr: Expr, exp: str | None = None) -> str:
        inner = self._print(expr.args[0])
        flat = self._lying(expr.args[0]) or inner
        if exp is None and not any(sign in flat for sign in TALL):
            return rf"e^{{{flat}}}"
        if exp is None:
            return rf"\exp\left({inner}\right)"
        return super()._print_ExpBase(expr, exp)  # type: ignore[no-any-return]

    def _helper_print_standard_power(self, expr: Expr, template: str) -> str:
        flat = self._lying(expr.exp)
        if flat:
            template = rf"%s^{{{flat}}}%.0s"
        return super()._helper_print_standard_power(expr, template)  # type: ignore[no-any-return]

    def _lying(self, exponent: Expr) -> str:
        """The exponent as a/b where it is a fraction of two products; nothing where it is none."""
        above, below = exponent.as_numer_denom()
        if below == 1 or not exponent.is_commutative or any(part.is_Add or part.is_Pow for part in (above, below)):
            return ""
        lower = self._print(below)
        return f"{self._print(above)}/" + (f"({lower})" if below.is_Mul else lower)

    def _print_log(self, expr: Expr, exp: str | None = None) -> str:
        if exp is None and expr.args[0].is_Integer:
            return rf"\log {self._print(expr.args[0])}"
        return super()._print_log(expr, exp)  # type: ignore[no-any-return]

    def _print_MatMul(self, expr: MatMul) -> str:
        shown = [factor for factor in expr.args if factor != 1]
        return super()._print_MatMul(expr) if len(shown) != 1 else self._print(shown[0])

    def _print_gamma(self, expr: Expr, exp: str | None = None) -> str:
        return self._raised(rf"\Gamma\!\left({self._print(expr.args[0])}\right)", exp)

    def _print_polygamma(self, expr: Expr, exp: str | None = None) -> str:
        order, argument = expr.args
        name = r"\psi" if order == 0 else rf"\psi_{{{self._print(order)}}}"
        return self._raised(rf"{name}\!\left({self._print(argument)}\right)", exp)

    def _print_ImmutableDenseMatrix(self, expr: ImmutableDenseMatrix) -> str:
        """By rows, as in text: what sets a figure knows no matrix environment."""
        rows = (r",\, ".join(map(self._print, row)) for row in expr.tolist())
        inside = r",\, ".join(rf"\left[{row}\right]" for row in rows)
        return rf"\left[{inside}\right]"

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

    def _print_Add(self, expr: Expr, order: str | None = None) -> str:
        shown = shared_bar(expr)
        if shown is not expr:
            return self._print(shown)
        if not expr.is_commutative:
            return super()._print_Add(expr, order)  # type: ignore[no-any-return]
        terms = positive_first(self._as_ordered_terms(expr, order=None))
        return super()._print_Add(Add(*terms, evaluate=False), order="none")  # type: ignore[no-any-return]

    def _print_Mul(self, expr: Expr) -> str:
        shown = one_root(expr)
        return _once(super()._print_Mul(expr)) if shown is expr else self._print(shown)

    def _print_Exp1(self, expr: Expr) -> str:
        return "e"  # E is an expectation

    def _print_ImmutableDenseMatrix(self, expr: ImmutableDenseMatrix) -> str:
        rows = (", ".join(map(self._print, row)) for row in expr.tolist())
        return f"[{', '.join(f'[{row}]' for row in rows)}]"

    def _print_polygamma(self, expr: Expr) -> str:
        name = {0: "digamma", 1: "trigamma"}.get(expr.args[0])
        return f"{name}({self._print(expr.args[1])})" if name else self._print_Function(expr)

    def _print_Transpose(self, expr: Expr) -> str:
        return f"{self.parenthesize(expr.arg, PRECEDENCE['Pow'])}ᵀ"


def _once(text: str) -> str:
    """The text without parentheses that enclose nothing but parentheses.

    >>> _once("s/((sqrt(n)*p))"), _once("((a)*(b))")
    ('s/(sqrt(n)*p)', '((a)*(b))')
    """
    opened: list[int] = []
    partner: dict[int, int] = {}
    for place, sign in enumerate(text):
        if sign == "(":
            opened.append(place)
        elif sign == ")" and opened:
            partner[opened.pop()] = place
    bare = "(*/+- "
    twice = [
        (place, end)
        for place, end in partner.items()
        if partner.get(place + 1) == end - 1 and (place == 0 or text[place - 1] in bare)
    ]
    dropped = {edge for pair in twice for edge in pair}
    return "".join(sign for place, sign in enumerate(text) if place not in dropped)


def text(expression: Basic) -> str:
    """The expression on one line.

    >>> from sympy import Rational
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
