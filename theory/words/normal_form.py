"""The normal form of a matrix expression: multiplied out as a noncommutative polynomial, and written again."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from sympy import (
    Expr,
    Integer,
    MatAdd,
    MatMul,
    MatPow,
    MatrixExpr,
    Product,
    S,
    Transpose,
    ZeroMatrix,
    default_sort_key,
    factor,
)
from sympy.matrices.expressions.special import GenericIdentity, Identity

from theory.products import OrderedProduct
from theory.words.blocks import Block, block
from theory.words.polynomials import ONE, Key, Polynomial, plus, scaled, simplest, summed, times, transpose, under_sum
from theory.words.runs import Run, Token, Word, direction, level, position, replaced
from theory.words.sums import MatrixSum


def normal_form(expression: MatrixExpr) -> MatrixExpr:
    """See `theory.products.canonical`."""
    if not isinstance(expression, MatrixExpr):
        raise TypeError(f"canonical({expression!r}): not a matrix expression; pass a SymPy MatrixExpr")
    return _matrix(((scalar, key) for key, scalar in polynomial(expression).items()), expression.shape)


def polynomial(expression: MatrixExpr) -> Polynomial:
    """The expression multiplied out. What is none of the cases below is a letter."""
    match expression:
        case ZeroMatrix():
            return {}
        case Identity() | GenericIdentity():
            return ONE
        case MatAdd():
            return plus(*map(polynomial, expression.args))
        case MatMul():
            scalar, matrices = expression.as_coeff_matrices()
            return scaled(reduce(times, map(polynomial, matrices), ONE), scalar)
        case Transpose():
            return transpose(polynomial(expression.arg))
        case MatPow() if not expression.exp.is_negative:
            return _power(expression)
        case OrderedProduct():
            return _product(expression)
        case MatrixSum():
            return _sum(expression)
    return {Key((), (expression,)): S.One}


def _power(power: MatPow) -> Polynomial:
    base = polynomial(power.base)
    if power.exp.is_Integer:
        return reduce(times, [base] * int(power.exp), ONE)
    return _repeated(base, power.shape, position(0), S.One, power.exp)


def _product(product: OrderedProduct) -> Polynomial:
    if product.length.is_Integer:
        factors = [polynomial(product.at(product.low + step)) for step in range(int(product.length))]
        return reduce(times, factors if product.ascending else reversed(factors), ONE)
    terms = polynomial(product.factor)
    if not product.ascending:
        return _repeated(terms, product.factor.shape, product.index, product.low, product.high)
    backward = {product.index: -product.index}
    terms = {key.xreplace(backward): scalar.xreplace(backward) for key, scalar in terms.items()}
    return _repeated(terms, product.factor.shape, product.index, -product.high, -product.low)


def _repeated(terms: Polynomial, shape: tuple[Expr, Expr], index: Expr, low: Expr, high: Expr) -> Polynomial:
    """factor(high) ... factor(low): scalars that all factors share in front, words as runs, sums as runs of a block."""
    if not terms:
        return {}
    whole = block((_flat(key, scalar, shape) for key, scalar in terms.items()), shape)
    word, shortest = whole.terms[0][1], whole.terms[-1][0]
    shared, own = factor(shortest).as_independent(index, as_Add=False)
    front = shared ** (high - low + 1)
    if len(whole.terms) > 1 or (own != 1 and any(token.has(index) for token in word)):
        word = (Block(tuple((simplest(scalar / shared), other) for scalar, other in whole.terms), shape),)
    elif own != 1:
        front *= Product(own.xreplace({index: position(1)}), (position(1), low, high))
    run = Run(replaced(word, {index: position(1 + level(word))}), low, high)
    return plus({Key((), (run,) if word else ()): front})


def _flat(key: Key, scalar: Expr, shape: tuple[Expr, Expr]) -> tuple[Expr, Word]:
    """A term for a block, which holds no sums over indices: such a one is a letter."""
    return (S.One, (_term(scalar, key, shape),)) if key.sums else (scalar, key.word)


def _sum(series: MatrixSum) -> Polynomial:
    """Written out, or counted from 1 to a bound without integer part: every sum is a difference of two such sums."""
    if series.length.is_Integer:
        return plus(*(polynomial(series.at(series.low + step)) for step in range(int(series.length))))
    try:
        return plus(
            _sum_to(series, Integer(1), series.high), scaled(_sum_to(series, Integer(1), series.low - 1), -S.One)
        )
    except ValueError:  # terms between 1 and low need not exist
        return _sum_to(series, series.low, series.high)


def _sum_to(series: MatrixSum, low: Expr, high: Expr) -> Polynomial:
    _, symbolic = high.as_coeff_Add()
    start = symbolic if symbolic.free_symbols else low - 1
    excess = int(high - start)
    more = [polynomial(series.at(start + place)) for place in range(1, excess + 1)]
    less = [scaled(polynomial(series.at(start - place)), -S.One) for place in range(-excess)]
    whole = under_sum(polynomial(series.term), series.index, low, start) if symbolic.free_symbols else {}
    return plus(whole, *more, *less)


def _matrix(terms: Iterable[tuple[Expr, Key]], shape: tuple[Expr, Expr]) -> MatrixExpr:
    """The terms added up as a matrix expression, in SymPy's order."""
    written = sorted((_term(scalar, key, shape) for scalar, key in terms), key=default_sort_key)
    if len(written) < 2:
        return written[0] if written else ZeroMatrix(*shape)
    return MatAdd(*written)


def _term(scalar: Expr, key: Key, shape: tuple[Expr, Expr]) -> MatrixExpr:
    letters = tuple(map(_letter, key.word)) or (Identity(shape[0]),)
    term = _joined(letters if scalar == 1 else (scalar, *letters))
    for place in range(len(key.sums), 0, -1):
        term = MatrixSum(term, summed(place), *key.sums[place - 1])
    return term


def _joined(letters: tuple[Expr, ...]) -> MatrixExpr:
    return letters[0] if len(letters) == 1 else MatMul(*letters)


def _letter(token: Token) -> MatrixExpr:
    """A run as the product that it stands for, a block as a sum, or the letter itself."""
    if isinstance(token, Block):
        return _matrix(((scalar, Key((), word)) for scalar, word in token.terms), token.shape)
    if not isinstance(token, Run):
        return token
    body = _joined(tuple(map(_letter, token.pattern)))
    if token.constant:
        return MatPow(body, token.length)
    slope, _ = direction(token) or (S.One, S.Zero)
    if slope > 0:
        return OrderedProduct(body, token.index, token.low, token.high)
    backward = body.xreplace({token.index: -token.index})
    return OrderedProduct(backward, token.index, -token.high, -token.low, ascending=True)
