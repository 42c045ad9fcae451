"""How matrix words are written: letters side by side, long products by their ends, in text and in LaTeX."""

from __future__ import annotations

from sympy import Expr, MatAdd, MatMul, MatrixExpr, Transpose
from sympy.printing.latex import LatexPrinter
from sympy.printing.precedence import PRECEDENCE
from sympy.printing.printer import Printer


def subscript(index: Expr, printer: Printer) -> str:
    """The index of a letter: W_3, W_l, W_(l+1); in LaTeX always in braces."""
    text = printer._print(index)
    if isinstance(printer, LatexPrinter):
        return f"{{{text}}}"
    atomic = index.is_Symbol or (index.is_Integer and index.is_nonnegative)
    return str(text) if atomic else f"({text.replace(' ', '')})"


def word(matrix: MatrixExpr, printer: Printer) -> str:
    """A factor as letters separated by spaces, sums in parentheses, transposes as a raised T."""
    in_latex = isinstance(printer, LatexPrinter)
    if isinstance(matrix, MatMul):
        parts = (part for part in matrix.args if part != 1)
        return " ".join(word(part, printer) if part.is_Matrix else _scalar(part, printer) for part in parts)
    if isinstance(matrix, Transpose) and not isinstance(matrix.arg, MatAdd | MatMul):
        return word(matrix.arg, printer) + (r"^{\top}" if in_latex else "^T")
    text = str(printer._print(matrix))
    if not isinstance(matrix, MatAdd | Transpose):
        return text
    return rf"\left({text}\right)" if in_latex else f"({text})"


def _scalar(value: Expr, printer: Printer) -> str:
    return str(printer.parenthesize(value, PRECEDENCE["Mul"]))


def power(base: MatrixExpr, exponent: Expr, printer: Printer) -> str:
    """A product of equal factors: W**T, (W V)**T; in LaTeX a raised exponent."""
    text = word(base, printer)
    if isinstance(printer, LatexPrinter):
        atomic = not isinstance(base, MatMul | MatAdd | Transpose)
        inside = text if atomic else rf"\left({text}\right)"
        return f"{inside}^{{{printer._print(exponent)}}}"
    atomic = not isinstance(base, MatMul | Transpose)
    return f"{text if atomic else f'({text})'}**{printer.parenthesize(exponent, PRECEDENCE['Pow'])}"


def ends(first: MatrixExpr, last: MatrixExpr, printer: Printer) -> str:
    """A long product by its first and last factor: D_L W_L ... D_1 W_1."""
    dots = r" \cdots " if isinstance(printer, LatexPrinter) else " ... "
    return word(first, printer) + dots + word(last, printer)
