"""Sums of matrix terms of symbolic length, and their normal form."""

from sympy import MatAdd, MatMul, MatrixSymbol, Symbol, ZeroMatrix, latex

from theory.products import Layer, OrderedProduct, canonical
from theory.symbols import T, n
from theory.words.sums import MatrixSum

k, s, t, r = (Symbol(name, integer=True, positive=True) for name in "kstr")
W = MatrixSymbol("W", n, n)


def D(step):
    return Layer("D", step, n, n, diagonal=True)


def vector(name, step):
    return Layer(name, step, n, 1)


def term(step):
    return vector("delta", step) * vector("h", step - 1).T


def series(low, high):
    return MatrixSum(term(t), t, low, high)


def error(step, last):
    """delta_t by lags."""
    lag = OrderedProduct(MatMul(D(r), W), r, step + 1, s).T
    return MatrixSum(MatMul(D(step), lag, vector("g", s)), s, step, last)


def tied(last):
    return MatrixSum(error(t, last) * vector("h", t - 1).T, t, 1, last)


def equal(left, right):
    agree = canonical(left) == canonical(right)
    assert agree == isinstance(canonical(MatAdd(left, MatMul(-1, right))), ZeroMatrix)
    return agree


def test_sums_give_up_terms_and_join():
    assert equal(series(1, T + 1), series(1, T) + term(T + 1))
    assert equal(series(1, T), term(1) + series(2, T))
    assert equal(series(1, k) + series(k + 1, T), series(1, T))
    assert not equal(series(1, T), series(2, T))
    assert not equal(series(1, T), series(1, T).T)


def test_sums_are_linear_and_let_factors_in():
    assert equal(W * series(1, T) * W.T, MatrixSum(W * term(t) * W.T, t, 1, T))
    assert equal(MatrixSum(term(t) + W, t, 1, T), series(1, T) + T * W)
    assert equal(series(1, T).T, MatrixSum(term(s).T, s, 1, T))
    assert equal(series(1, T) * series(1, k), MatrixSum(MatrixSum(term(t) * term(s), s, 1, k), t, 1, T))


def test_terms_that_exist_only_from_low_on():
    late = MatrixSum(OrderedProduct(MatMul(D(r), W), r, 3, t), t, 2, T)
    grown = MatrixSum(OrderedProduct(MatMul(D(r), W), r, 3, t), t, 2, T + 1)
    assert equal(grown, late + OrderedProduct(MatMul(D(r), W), r, 3, T + 1))


def test_backward_recurrence_and_induction_in_time():
    assert equal(error(t, T), D(t) * (vector("g", t) + W.T * error(t + 1, T)))
    lag = OrderedProduct(MatMul(D(r), W), r, t + 1, T + 1).T
    new = MatrixSum(D(t) * lag * vector("g", T + 1) * vector("h", t - 1).T, t, 1, T + 1)
    assert equal(tied(T + 1), tied(T) + new)
    assert equal(tied(T).subs(T, 3), tied(3))


def test_integer_sums_are_written_out():
    assert canonical(series(1, 2)) == MatAdd(term(1), term(2))
    assert series(1, 2).doit() == MatAdd(term(1), term(2)).doit()
    assert canonical(series(3, 2)) == ZeroMatrix(n, n) == series(3, 2).doit()


def test_texts_and_rebuilding():
    assert str(series(1, T)) == "Sum(delta_t*h_(t-1).T, (t, 1, T))"
    assert latex(MatrixSum(vector("g", t), t, 1, T)) == r"\sum_{t=1}^{T} g_{t}"
    node = tied(T)
    assert node.func(*node.args) == node
    assert T in node.free_symbols and node.index not in node.free_symbols
