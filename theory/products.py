"""The ordered product: noncommutative, of a symbolic or integer number of factors.

SymPy's own matrix calculus and `Product` do not keep the order of matrices, so nothing here is built on them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sympy import Basic, Dummy, Expr, Identity, MatMul, MatrixExpr, MatrixSymbol, Product, Symbol, Transpose, sympify
from sympy.matrices.immutable import ImmutableDenseMatrix
from sympy.printing.precedence import PRECEDENCE
from sympy.printing.printer import Printer

from theory.words import notation
from theory.words.binding import bound, integer, letters_of, span
from theory.words.layer import Layer

__all__ = ["Layer", "OrderedProduct", "canonical"]


class OrderedProduct(MatrixExpr):
    """The product factor(high) ... factor(low) in this order; `ascending` turns it to factor(low) ... factor(high).

    The index is bound: it is stored as a reserved symbol, so that equal products are equal whatever letter was used,
    and substitution cannot capture it. A product with high = low - 1 is the identity.
    Raises ValueError where the bounds are not integers, high < low - 1, or neighboring factors do not fit.

    >>> l, L = Symbol("l", integer=True), Symbol("L", integer=True, positive=True)
    >>> J = OrderedProduct(Layer("W", l, 2, 2), l, 1, L)
    >>> J, J.T
    (W_L ... W_1, W_1^T ... W_L^T)
    >>> J.subs(L, 2).doit()
    W_2*W_1
    """

    binds: ClassVar[bool] = True

    def __new__(
        cls, factor: MatrixExpr, index: Symbol, low: Expr | int, high: Expr | int, ascending: bool | Basic = False
    ) -> OrderedProduct:
        factor, index = bound(factor, index)
        low, high = span(low, high, least=0)
        step = 1 if ascending else -1
        product = Basic.__new__(cls, factor, index, low, high, sympify(bool(ascending)))
        inner, outer = factor.cols, product.at(index + step).rows
        if (inner - outer).is_zero is False:
            order = "factor(low) ... factor(high)" if ascending else "factor(high) ... factor(low)"
            raise ValueError(f"factor {factor}: {inner} columns meet {outer} rows in {order}; pass factors that fit")
        return product  # type: ignore[no-any-return]

    @property
    def precedence(self) -> int:
        return int(PRECEDENCE["Mul" if self.factor.has(self.index) else "Pow"])

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
        """The equal product of two: factor(high) ... factor(k+1) times factor(k) ... factor(low).

        Raises ValueError where k is not an integer or lies outside low - 1 ... high.
        """
        k = integer(k, "k")
        return MatMul(*self._ordered(self.between(k + 1, self.high), self.between(self.low, k)))

    def peel_last(self) -> MatMul:
        """The equal product with factor(high), the one of highest index, written apart."""
        return MatMul(*self._ordered(self.at(self.high), self.between(self.low, self.high - 1)))

    def peel_first(self) -> MatMul:
        """The equal product with factor(low), the one of lowest index, written apart."""
        return MatMul(*self._ordered(self.between(self.low + 1, self.high), self.at(self.low)))

    def norm_bound(self) -> Expr:
        """The product of ‖factor‖, at least ‖factor(high) ... factor(low)‖: exact, by submultiplicativity.

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
    from theory.words.normal_form import normal_form  # words are made of the classes above

    return normal_form(expression)
