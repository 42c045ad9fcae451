"""The sum of matrix terms over an index, of a symbolic or integer number of terms: the tied gradient through time."""

from __future__ import annotations

from typing import ClassVar

from sympy import Basic, Dummy, Expr, MatAdd, MatrixExpr, Symbol, Transpose, ZeroMatrix, sympify
from sympy.printing.latex import LatexPrinter
from sympy.printing.precedence import PRECEDENCE
from sympy.printing.printer import Printer

from theory.words.binding import bound, span


class MatrixSum(MatrixExpr):
    """The sum term(low) + ... + term(high) of matrices; empty, and then zero, where high = low - 1.

    The index is bound, as in `OrderedProduct`; the text shows it by its first letter t, s, r from the outside in.
    Raises ValueError where the bounds are not integers or high < low - 1.

    >>> from sympy import MatrixSymbol
    >>> t, T = Symbol("t", integer=True), Symbol("T", integer=True, positive=True)
    >>> A = MatrixSymbol("A", 2, 2)
    >>> MatrixSum(t * A, t, 1, T), MatrixSum(t * A, t, 1, 2).doit()
    (Sum(t*A, (t, 1, T)), 3*A)
    """

    binds: ClassVar[bool] = True
    precedence: ClassVar[int] = PRECEDENCE["Mul"]

    def __new__(cls, term: MatrixExpr, index: Symbol, low: Expr | int, high: Expr | int) -> MatrixSum:
        term, index = bound(term, index)
        return Basic.__new__(cls, term, index, *span(low, high, least=0))  # type: ignore[no-any-return]

    @property
    def term(self) -> MatrixExpr:
        return self.args[0]

    @property
    def index(self) -> Dummy:
        return self.args[1]

    @property
    def low(self) -> Expr:
        return self.args[2]

    @property
    def high(self) -> Expr:
        return self.args[3]

    @property
    def length(self) -> Expr:
        return (self.high - self.low + 1).expand()

    @property
    def free_symbols(self) -> set[Basic]:
        return self.term.free_symbols - {self.index} | self.low.free_symbols | self.high.free_symbols  # type: ignore[no-any-return]

    @property
    def shape(self) -> tuple[Expr, Expr]:
        return self.term.shape  # type: ignore[no-any-return]

    def at(self, position: Expr | int) -> MatrixExpr:
        """One term of the sum."""
        return self.term.xreplace({self.index: sympify(position)})

    def doit(self, **hints: object) -> MatrixExpr:
        """The sum written out where its length is an integer, itself otherwise."""
        if not self.length.is_Integer:
            return self
        terms = [self.at(self.low + step).doit(**hints) for step in range(int(self.length))]
        return MatAdd(*terms).doit() if terms else ZeroMatrix(*self.shape)

    def _eval_transpose(self) -> MatrixSum:
        return MatrixSum(Transpose(self.term).doit(), self.index, self.low, self.high)

    def _entry(self, i: Expr, j: Expr, **kwargs: object) -> Expr:
        from sympy import Sum

        return Sum(self.term[i, j], (self.index, self.low, self.high)).doit()

    def _named(self) -> tuple[MatrixExpr, Symbol]:
        """The term with its index shown by a letter that is free in it."""
        taken = set(map(str, self.free_symbols))
        letter = next(Symbol(name, integer=True) for name in ("t", "s", "r", "k", str(self.index)) if name not in taken)
        return self.at(letter), letter

    def _sympystr(self, printer: Printer) -> str:
        term, letter = self._named()
        bounds = ", ".join(map(printer._print, (letter, self.low, self.high)))
        return f"Sum({printer._print(term)}, ({bounds}))"

    def _latex(self, printer: LatexPrinter) -> str:
        term, letter = self._named()
        low, high = printer._print(self.low), printer._print(self.high)
        body = printer.parenthesize(term, PRECEDENCE["Mul"], strict=True)
        return rf"\sum_{{{letter}={low}}}^{{{high}}} {body}"
