"""The ordered product and its normal form, against integer matrices multiplied one by one."""

from fractions import Fraction
from functools import reduce
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import (
    Dummy,
    Identity,
    Integer,
    MatAdd,
    MatMul,
    MatPow,
    MatrixSymbol,
    Product,
    Symbol,
    Transpose,
    ZeroMatrix,
    latex,
    symbols,
)

from theory.products import Layer, OrderedProduct, canonical
from theory.symbols import L, T, l, n

k = Symbol("k", integer=True, positive=True)
a = Symbol("a")
# 1 <= k < L - 1: every product below then has an integer length
POINTS = [{L: 5, T: 3, k: 2, a: -3, n: 2}, {L: 6, T: 2, k: 3, a: 2, n: 2}, {L: 8, T: 4, k: 4, a: 5, n: 2}]
FEWER = settings(max_examples=settings().max_examples // 2)
FEWEST = settings(max_examples=settings().max_examples // 5)
ONE = np.array([[1, 0], [0, 1]], dtype=object)
A, B, g = MatrixSymbol("A", n, n), MatrixSymbol("B", n, n), MatrixSymbol("g", n, 1)


def W(index):
    return Layer("W", index, n, n)


def D(index):
    return Layer("D", index, n, n, diagonal=True)


def weights(low=1, high=L):
    return OrderedProduct(W(l), l, low, high)


def factors(low=1, high=L):
    return OrderedProduct(MatMul(D(l), W(l)), l, low, high)


def residual(low=1, high=L):
    return OrderedProduct(MatAdd(Identity(n), MatMul(a, W(l))), l, low, high)


def value(expression, point=POINTS[0]):
    """The matrix of integers at a point, by a road of its own: no doit, no canonical."""
    return _value(expression.subs(point))


def _value(part):
    match part:
        case MatAdd():
            return sum(map(_value, part.args))
        case MatMul():
            return reduce(np.dot, [_value(arg) if arg.is_Matrix else Fraction(arg.p, arg.q) for arg in part.args])
        case Transpose():
            return _value(part.arg).T
        case MatPow():
            return reduce(np.dot, [_value(part.base)] * int(part.exp), ONE)
        case OrderedProduct():
            indices = range(int(part.low), int(part.high) + 1)
            matrices = [_value(part.factor.xreplace({part.index: Integer(index)})) for index in indices]
            ordered = matrices if part.ascending else matrices[::-1]
            return reduce(np.dot, ordered, ONE)
        case Identity():
            return ONE
        case ZeroMatrix():
            return np.zeros((2, 2), dtype=object)
    entries = np.random.default_rng(crc32(str(part).encode())).integers(-3, 4, size=(2, 2)).astype(object)
    return np.diag(np.diag(entries)) if getattr(part, "diagonal", False) else entries


def equal(left, right):
    agree = canonical(left) == canonical(right)
    assert agree == isinstance(canonical(MatAdd(left, MatMul(-1, right))), ZeroMatrix)
    return agree


BOUNDS = st.sampled_from([(1, L), (2, L), (k + 1, L), (1, k), (1, L + 1), (k, L - 1), (1, 3), (l, l + 1), (1, 0)])
LETTERS = st.sampled_from([A, B, W(1), W(k), W(k + 1), W(L + 1), D(L), D(k), D(k + 1), Identity(n)])
PRODUCTS = st.builds(
    lambda kind, ends: kind(*ends),
    st.sampled_from(
        [
            weights,
            factors,
            residual,
            lambda low, high: OrderedProduct(MatMul(2, A), l, low, high),
            lambda *ends: factors(*ends).T,
        ]
    ),
    BOUNDS.filter(lambda ends: ends[0] != l),
)
EXPRESSIONS = st.recursive(
    LETTERS | PRODUCTS,
    lambda parts: st.one_of(
        st.lists(parts, min_size=2, max_size=3).map(lambda chosen: MatMul(*chosen)),
        st.lists(parts, min_size=2, max_size=2).map(lambda chosen: MatAdd(*chosen)),
        parts.map(Transpose),
        st.tuples(st.sampled_from([a, 2, a + 1]), parts).map(lambda pair: MatMul(*pair)),
    ),
    max_leaves=5,
)


@FEWER
@given(EXPRESSIONS)
def test_canonical_form_keeps_the_matrix(expression):
    assert (value(canonical(expression)) == value(expression)).all()


@FEWER
@given(EXPRESSIONS)
def test_canonical_form_is_its_own(expression):
    once = canonical(expression)
    assert canonical(once) == once


@FEWEST
@given(EXPRESSIONS, EXPRESSIONS, EXPRESSIONS)
def test_ring_laws_hold_in_canonical_form(x, y, z):
    assert equal(MatMul(x, MatAdd(y, z)), MatAdd(MatMul(x, y), MatMul(x, z)))
    assert equal(MatMul(MatMul(x, y), z), MatMul(x, MatMul(y, z)))
    assert equal(Transpose(MatMul(x, y)), MatMul(Transpose(y), Transpose(x)))


@FEWER
@given(EXPRESSIONS, EXPRESSIONS)
def test_equal_canonical_forms_mean_equal_matrices_and_conversely(x, y):
    assert equal(x, y) == all((value(x, point) == value(y, point)).all() for point in POINTS)


@st.composite
def pieces(draw, product, low, high, steps=3):
    """The product from low to high cut up at random, in equal expressions."""
    if steps == 0 or (high - low).is_negative:
        return product(low, high)
    again = pieces(product, low, high, steps - 1)
    match draw(st.sampled_from(["whole", "last", "first", "split", "transposed", "doubled"])):
        case "last":
            return MatMul(product(high, high), draw(pieces(product, low, high - 1, steps - 1)))
        case "first":
            return MatMul(draw(pieces(product, low + 1, high, steps - 1)), product(low, low))
        case "split":
            cut = Dummy("c", integer=True, positive=True) + draw(st.integers(-1, 1))
            return MatMul(draw(pieces(product, cut + 1, high, steps - 1)), draw(pieces(product, low, cut, steps - 1)))
        case "transposed":
            return Transpose(draw(again).T.doit())
        case "doubled":
            return MatAdd(MatMul(2, draw(again)), MatMul(-1, product(low, high)))
    return product(low, high)


@FEWER
@given(st.data(), st.sampled_from([weights, factors, residual]))
def test_every_cutting_of_a_product_is_the_product(data, kind):
    cut = data.draw(pieces(kind, Integer(1), L))
    assert equal(cut, kind(1, L))
    assert equal(MatMul(A, cut, B), MatMul(A, kind(1, L), B))


@pytest.mark.parametrize("kind", [weights, factors, residual])
@pytest.mark.parametrize("ascending", [False, True])
def test_split_and_peel_are_equal_products(kind, ascending):
    product = kind(1, L).T if ascending else kind(1, L)
    for parts in (product.split(k), product.peel_last(), product.peel_first()):
        assert isinstance(parts, MatMul) and parts != product
        assert equal(parts, product)
        assert (value(parts) == value(product)).all()


def test_induction_step_in_depth_and_time():
    assert equal(D(L + 1) * W(L + 1) * factors(1, L), factors(1, L + 1))
    assert equal(factors(l + 1, L) * factors(1, l), factors(1, L))
    assert equal(factors(2, L) * D(1) * W(1), factors(1, L))
    assert equal(factors(1, L).T * (D(L + 1) * W(L + 1)).T, factors(1, L + 1).T)
    assert equal(OrderedProduct(A, l, 1, T) * A, OrderedProduct(A, l, 1, T + 1))
    assert equal(A * A**T, A ** (T + 1))
    assert equal((Identity(n) + a * W(L + 1)) * residual(1, L), residual(1, L + 1))


def test_rotated_patterns_are_one_product():
    turned = OrderedProduct(MatMul(W(l + 1), D(l)), l, 1, L - 1)
    assert equal(MatMul(D(L), turned, W(1)), factors(1, L))
    assert equal((A * B) ** T * A, A * (B * A) ** T)
    assert equal(OrderedProduct(MatMul(W(2 * l), W(2 * l - 1)), l, 1, k), weights(1, 2 * k))
    assert equal(OrderedProduct(A * A, l, 1, T), A ** (2 * T))
    assert equal(A**T * (A * B) ** k, A ** (T + 1) * B * (A * B) ** (k - 1))
    assert equal(OrderedProduct(W(L + 1 - l), l, 1, L, ascending=True), weights(1, L))
    assert equal(OrderedProduct(W(l - 3), l, 4, L + 3), weights(1, L))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (weights(1, L), weights(1, L).T),
        (weights(1, L), weights(2, L)),
        (weights(1, L) * W(L + 1), weights(1, L + 1)),
        (factors(1, L), OrderedProduct(MatMul(W(l), D(l)), l, 1, L)),
        (factors(1, L), weights(1, L)),
        (weights(1, k) * weights(k + 1, L), weights(1, L)),
        (weights(k + 2, L) * weights(1, k), weights(1, L)),
        (A**T * B, B * A**T),
        (residual(1, L), MatAdd(Identity(n), MatMul(a**L, weights(1, L)))),
        (OrderedProduct(MatMul(2, A), l, 1, T), 2 * A**T),
    ],
)
def test_different_products_stay_different(left, right):
    assert not equal(left, right)


def test_scalars_commute_out():
    assert canonical(OrderedProduct(MatMul(a, W(l)), l, 1, L)) == MatMul(a**L, weights(1, L))
    assert equal(A * (a * B), a * A * B)
    assert equal(
        OrderedProduct(MatMul(l, W(l)), l, 1, L + 1), (L + 1) * W(L + 1) * OrderedProduct(MatMul(l, W(l)), l, 1, L)
    )
    assert canonical(OrderedProduct(MatMul(l, A), l, 1, T)).args[0].func is Product


def test_integer_lengths_are_written_out_and_empty_products_are_the_identity():
    assert canonical(factors(1, 2)) == MatMul(D(2), W(2), D(1), W(1))
    assert factors(1, 2).doit() == MatMul(D(2), W(2), D(1), W(1))
    assert canonical(factors(3, 2)) == Identity(n) == factors(3, 2).doit()
    assert canonical(factors(L + 1, L)) == Identity(n)
    assert canonical(factors(k + 1, 3) * factors(1, k)) == canonical(factors(1, 3))


def test_cancelled_terms_leave_zero():
    assert canonical(MatAdd(factors(), MatMul(-1, factors()))) == ZeroMatrix(n, n)


@pytest.mark.parametrize("node", [W(l + 1), D(3), factors(), factors(k, L + 1).T, residual()])
def test_nodes_are_immutable_hashable_and_rebuilt_from_their_arguments(node):
    assert node.func(*node.args) == node and hash(node.func(*node.args)) == hash(node)
    with pytest.raises(AttributeError):
        node.shape = (1, 1)


def test_substitution_reaches_indices_and_bounds_but_not_the_bound_index():
    assert W(l + 1).subs(l, 4) == W(5)
    assert factors(1, L).subs(L, 2).doit() == MatMul(D(2), W(2), D(1), W(1))
    assert factors(1, L).subs(l, 7) == factors(1, L)
    assert OrderedProduct(W(l), l, 1, k).subs(k, l + 1) == weights(1, l + 1)
    assert OrderedProduct(MatMul(W(l), Layer("V", k, n, n)), l, 1, L).subs(k, l).factor.args[1] == Layer("V", l, n, n)
    assert factors(1, L).free_symbols == {L, n}


def test_bound_index_has_no_name():
    assert weights(1, L) == OrderedProduct(W(k), k, 1, L)


def test_products_live_inside_sympys_sums_products_and_transposes():
    expression = Transpose(2 * factors() * A + B)
    assert equal(expression, 2 * A.T * factors().T + B.T)
    assert D(l) == D(l).T and W(l) == W(l).T.T
    assert factors().shape == (n, n) and (factors() * g).shape == (n, 1)


def test_rectangular_layers():
    sizes = [2, 3, 4, 1]
    product = MatMul(*(Layer("W", layer, sizes[layer], sizes[layer - 1]) for layer in (3, 2, 1)))
    assert canonical(product.T).shape == (2, 1)
    i, j = symbols("i j", integer=True)
    with pytest.raises(ValueError, match=r"2 columns meet 3 rows"):
        OrderedProduct(Layer("W", i, 3, 2), i, 1, j)


def test_texts():
    assert str(factors()) == "D_L W_L ... D_1 W_1"
    assert str(factors().T) == "W_1^T D_1 ... W_L^T D_L"
    assert str(factors(l + 1, L) * g) == "(D_L W_L ... D_(l+1) W_(l+1))*g"
    assert str(residual()) == "(a*W_L + I) ... (a*W_1 + I)"
    assert str(OrderedProduct(A, l, 1, T) * g) == "A**T*g"
    assert str(factors(1, 2)) == "D_2 W_2 D_1 W_1"
    assert latex(factors()) == r"D_{L} W_{L} \cdots D_{1} W_{1}"
    assert latex(factors().T) == r"W_{1}^{\top} D_{1} \cdots W_{L}^{\top} D_{L}"
    assert latex(Layer("delta", l - 1, n, 1)) == r"\delta_{l - 1}"
    assert latex(OrderedProduct(A, l, 1, T)) == "A^{T}"


def test_norm_bound_is_the_product_of_the_norms():
    from theory.quantities import norm

    bound = factors().norm_bound()
    assert isinstance(bound, Product)
    assert bound.subs(L, 2).doit() == norm(MatMul(D(1), W(1))) * norm(MatMul(D(2), W(2)))


def test_explicit_entries():
    two = {L: 2, n: 2}
    entries = weights().explicit(two)
    first, second = MatrixSymbol("W_1", 2, 2), MatrixSymbol("W_2", 2, 2)
    assert entries == second.as_explicit() * first.as_explicit()
    assert D(1).subs(n, 2).as_explicit() == MatrixSymbol("D_1", 2, 2).as_explicit().multiply_elementwise(
        Identity(2).as_explicit()
    )
    with pytest.raises(ValueError, match=r"D_L W_L \.\.\. D_1 W_1: L is not an integer; pass values"):
        factors().explicit({n: 2})


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda: Layer("W", "l", n, n), "index of W='l': not an integer expression"),
        (lambda: Layer("W", 1.5, n, n), "index of W=1.5: not an integer expression"),
        (lambda: Layer("W", Integer(1) / 2, n, n), "index of W=1/2: not an integer"),
        (lambda: Layer("W", 1, 0, n), "shape of W_1=0: must be at least 1"),
        (lambda: weights(1, -1), "low=1, high=-1: -1 factors; pass high >= low - 1"),
        (lambda: weights(1, 3).split(5), "low=6, high=3: -2 factors"),
        (lambda: weights(1, 3).split("2"), "k='2': not an integer expression"),
        (lambda: OrderedProduct(W(l), 3, 1, L), "index=3: not a symbol"),
    ],
)
def test_bad_input_names_value_place_and_remedy(build, words):
    with pytest.raises(ValueError) as error:
        build()
    assert words in str(error.value)


def test_canonical_refuses_scalars():
    with pytest.raises(TypeError, match="not a matrix expression"):
        canonical(L)
