"""Long products written fast, letter for letter as SymPy writes them.

SymPy's printers ask at every letter of a product whether the whole of it starts with a minus sign, and multiply the
product out for the answer: quadratic, and seconds for a hundred layers.
"""

from __future__ import annotations

from sympy import MatMul, MatrixExpr
from sympy.printing.precedence import PRECEDENCE
from sympy.printing.printer import Printer
from sympy.printing.str import StrPrinter

from theory.printing import HumanPrinter


class _Text(StrPrinter):
    def _print_MatMul(self, expr: MatMul) -> str:
        return "*".join(_letters(expr, self)) if _plain(expr) else super()._print_MatMul(expr)


class _Latex(HumanPrinter):
    def _print_MatMul(self, expr: MatMul) -> str:
        return " ".join(_letters(expr, self)) if _plain(expr) else super()._print_MatMul(expr)


def _plain(product: MatMul) -> bool:
    """Whether nothing but matrices is multiplied: no coefficient, no sign."""
    return all(letter.is_Matrix for letter in product.args)


def _letters(product: MatMul, printer: Printer) -> list[str]:
    return [printer.parenthesize(letter, PRECEDENCE["Mul"], False) for letter in product.args]


def text(expression: MatrixExpr) -> str:
    """The expression as `str` gives it.

    >>> from sympy import MatrixSymbol
    >>> text(MatrixSymbol("A", 2, 2) * MatrixSymbol("B", 2, 2).T)
    'A*B.T'
    """
    return str(_Text().doprint(expression))


def latex(expression: MatrixExpr) -> str:
    """The expression as `theory.printing.latex` gives it.

    >>> from sympy import MatrixSymbol
    >>> latex(MatrixSymbol("A", 2, 2) * MatrixSymbol("B", 2, 2))
    'A B'
    """
    return str(_Latex().doprint(expression))
