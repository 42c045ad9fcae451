"""The ordered product: noncommutative, of a symbolic or integer number of factors.

SymPy's own matrix calculus and `Product` do not keep the order of matrices, so nothing here is built on them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sympy import Basic, Dummy, Expr, Identity, MatMul, MatrixExpr, MatrixSymbol, Product, S, Symbol, Transpose, sympify
from sympy.core.symbol import Str
from sympy.matrices.immutable import ImmutableDenseMatrix
from sympy.printing.precedence import PRECEDENCE
from sympy.printing.printer import Printer

from theory import notation
from theory.binding import bound, integer, letters_of, span


class Layer(MatrixExpr):  # type: ignore[misc]
    """One letter of an indexed family: the weight matrix W_l, the slopes D_l (diagonal), the activations h_l.

    The index is any integer expression; a diagonal letter is its own transpose.
    Raises ValueError where the index is not an integer or the shape is not positive.

    >>> from sympy.abc import n
    >>> l = Symbol("l", integer=True)
    >>> Layer("W", l + 1, n, n), Layer("D", l, n, n, diagonal=True).T
    (W_(l+1), D_l)
    """

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


class OrderedProduct(MatrixExpr):  # type: ignore[misc]
    """The product factor(high) ... factor(low) in this order; `ascending` turns it to factor(low) ... factor(high).

    The index is bound: it is stored as a reserved symbol, so that equal products are equal whatever letter was used, and
    substitution cannot capture it. A product with high = low - 1 is the identity.
    Raises ValueError where the bounds are not integers, high < low - 1, or neighboring factors do not fit.

    >>> l, L = Symbol("l", integer=True), Symbol("L", integer=True, positive=True)
    >>> J = OrderedProduct(Layer("W", l, 2, 2), l, 1, L)
    >>> J, J.T
    (W_L ... W_1, W_1^T ... W_L^T)
    >>> J.subs(L, 2).doit()
    W_2*W_1
    """

    binds: ClassVar[bool] = True
    precedence: ClassVar[int] = PRECEDENCE["Mul"]

    def __new__(
        cls, factor: MatrixExpr, index: Symbol, low: Expr | int, high: Expr | int, ascending: bool | Basic = False
    ) -> OrderedProduct:
        factor, index = bound(factor, index)
        low, high = span(low, high, least=0)
        step = 1 if ascending else -1
        product = Basic.__new__(cls, factor, index, low, high, sympify(bool(ascending)))
        inner, outer = factor.cols, product.at(index + step).rows
        if (inner - outer).is_zero is False:
            raise ValueError(
                f"factor {factor}: {inner} columns meet {outer} rows of its neighbor; pass factors that fit, in the order "
                + ("factor(low) ... factor(high)" if ascending else "factor(high) ... factor(low)")
            )
        return product  # type: ignore[no-any-return]

    @property
    def factor(self) -> MatrixExpr:
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
    def ascending(self) -> bool:
        return bool(self.args[4])

    @property
    def length(self) -> Expr:
        return (self.high - self.low + 1).expand()

    @property
    def free_symbols(self) -> set[Basic]:
        return self.factor.free_symbols - {self.index} | self.low.free_symbols | self.high.free_symbols  # type: ignore[no-any-return]

    @property
    def shape(self) -> tuple[Expr, Expr]:
        first, last = self._ordered(self.at(self.high), self.at(self.low))
        return first.rows, last.cols

    def at(self, position: Expr | int) -> MatrixExpr:
        """One factor of the product."""
        return self.factor.xreplace({self.index: sympify(position)})

    def between(self, low: Expr | int, high: Expr | int) -> OrderedProduct:
        """The product of the same factors between other bounds."""
        return OrderedProduct(self.factor, self.index, low, high, self.ascending)

    def split(self, k: Expr | int) -> MatMul:
        """The equal product of two: factor(high) ... factor(k+1) times factor(k) ... factor(low)."""
        return MatMul(*self._ordered(self.between(k + 1, self.high), self.between(self.low, k)))

    def peel_last(self) -> MatMul:
        """The equal product with factor(high), the one of highest index, written apart."""
        return MatMul(*self._ordered(self.at(self.high), self.between(self.low, self.high - 1)))

    def peel_first(self) -> MatMul:
        """The equal product with factor(low), the one of lowest index, written apart."""
        return MatMul(*self._ordered(self.between(self.low + 1, self.high), self.at(self.low)))

    def norm_bound(self) -> Expr:
        """The bound ‖factor(high) ... factor(low)‖ <= product of ‖factor‖, exact as an inequality (submultiplicativity).

        Source: Horn & Johnson, Matrix Analysis, 5.6.
        """
        from theory.quantities import norm

        return Product(norm(self.factor), (self.index, self.low, self.high))

    def explicit(self, values: Mapping[Expr, Expr | int] | None = None) -> ImmutableDenseMatrix:
        """The matrix of entries, once `values` (such as {L: 3, n: 2}) has made the length and the shapes integers.

        Raises ValueError where one of them stays symbolic.
        """
        product = self.subs(values or {}, simultaneous=True)
        open_sizes = [size for size in (product.length, *product.shape) if not size.is_Integer]
        if open_sizes:
            raise ValueError(f"{product}: {open_sizes[0]} is not an integer; pass values={{symbol: integer}} for it")
        return product.doit().as_explicit()

    def doit(self, **hints: object) -> MatrixExpr:
        """The product written out where its length is an integer, itself otherwise."""
        if not self.length.is_Integer:
            return self
        if self.length == 0:
            return Identity(self.rows)
        factors = [self.at(self.low + step) for step in range(int(self.length))]
        words = [letters_of(factor) for factor in (factors if self.ascending else reversed(factors))]
        letters = [letter for word in words for letter in word]
        return letters[0] if len(letters) == 1 else MatMul(*letters)

    def _ordered(self, high: MatrixExpr, low: MatrixExpr) -> tuple[MatrixExpr, MatrixExpr]:
        return (low, high) if self.ascending else (high, low)

    def _eval_transpose(self) -> OrderedProduct:
        return OrderedProduct(Transpose(self.factor).doit(), self.index, self.low, self.high, not self.ascending)

    def _entry(self, i: Expr, j: Expr, **kwargs: object) -> Expr:
        return self.doit()[i, j] if self.length.is_Integer else MatrixSymbol(str(self), *self.shape)[i, j]

    def _written(self, printer: Printer) -> str:
        if not self.factor.has(self.index):
            return notation.power(self.factor, self.length, printer)
        if self.length.is_Integer and self.length <= 2:
            return notation.word(self.doit(), printer)
        return notation.ends(*self._ordered(self.at(self.high), self.at(self.low)), printer)

    _sympystr = _latex = _written


def canonical(expression: MatrixExpr) -> MatrixExpr:
    """The normal form of a matrix expression: two are equal as noncommutative polynomials iff theirs agree.

    Sums are expanded, transposes are pushed to the letters, scalars commute out, products of integer length are written
    out, and adjacent pieces of one product are merged. Exact: letters obey no law but that diagonal ones are symmetric.
    Raises TypeError where the expression is no matrix.

    >>> l, L = Symbol("l", integer=True), Symbol("L", integer=True, positive=True)
    >>> J = OrderedProduct(Layer("W", l, 2, 2), l, 1, L)
    >>> canonical(Layer("W", L + 1, 2, 2) * J)
    W_(L+1) ... W_1
    """
    from theory.words import normal_form  # words are made of the classes above

    return normal_form(expression)
