"""One letter of an indexed family of matrices or vectors."""

from __future__ import annotations

from sympy import Basic, Expr, MatrixExpr, MatrixSymbol, S, Symbol, Transpose, sympify
from sympy.core.cache import cacheit
from sympy.core.symbol import Str
from sympy.printing.printer import Printer

from theory.words import notation
from theory.words.binding import integer


class Layer(MatrixExpr):
    """One letter of an indexed family: the weight matrix W_l, the slopes D_l (diagonal), the activations h_l.

    The index is any integer expression; a diagonal letter is its own transpose.
    Raises ValueError where the index is not an integer or the shape is not positive.

    >>> from sympy.abc import n
    >>> l = Symbol("l", integer=True)
    >>> Layer("W", l + 1, n, n), Layer("D", l, n, n, diagonal=True).T
    (W_(l+1), D_l)
    """

    @cacheit  # type: ignore[untyped-decorator]
    def __new__(
        cls, name: str | Str, index: Expr | int, rows: Expr | int, cols: Expr | int, diagonal: bool | Basic = False
    ) -> Layer:
        position = integer(index, f"index of {name}")
        shape = [integer(size, f"shape of {name}_{position}", least=1) for size in (rows, cols)]
        return Basic.__new__(cls, Str(str(name)), position, *shape, sympify(bool(diagonal)))  # type: ignore[no-any-return]

    @property
    def name(self) -> str:
        return str(self.args[0])

    @property
    def index(self) -> Expr:
        return self.args[1]

    @property
    def shape(self) -> tuple[Expr, Expr]:
        return self.args[2], self.args[3]

    @property
    def diagonal(self) -> bool:
        return bool(self.args[4])

    def _eval_transpose(self) -> MatrixExpr:
        return self if self.diagonal else Transpose(self)

    def _entry(self, i: Expr, j: Expr, **kwargs: object) -> Expr:
        if self.diagonal and (i - j).is_zero is False:
            return S.Zero
        return MatrixSymbol(f"{self.name}_{self.index}", *self.shape)[i, j]

    def _sympystr(self, printer: Printer) -> str:
        return f"{self.name}_{notation.subscript(self.index, printer)}"

    def _latex(self, printer: Printer) -> str:
        return f"{printer._print(Symbol(self.name))}_{notation.subscript(self.index, printer)}"
