"""Ordered products of gradients against direct differentiation, finite differences, and SymPy's matrix calculus."""

from itertools import pairwise

import pytest
import sympy
from cyclopts import Token
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp
from sympy import (
    Identity,
    Integer,
    Matrix,
    MatrixSymbol,
    Rational,
    Symbol,
    Trace,
    eye,
    lambdify,
    sin,
    symbols,
    tanh,
    zeros,
)
from sympy.matrices.expressions.matexpr import MatrixElement

from numerics.commands.options import _size
from theory.activations import LINEAR, TANH, Activation, z
from theory.gradient import units
from theory.gradients import error_signal, jacobian, recurrent_gradient, weight_gradient
from theory.printing import latex
from theory.products import Layer, OrderedProduct, canonical
from theory.sizes import MOST_FACTORS
from theory.symbols import L, T, l, n
from theory.words import writing

SINE = Activation("sin", sin(z))
ACTIVATIONS = st.sampled_from([LINEAR, TANH, SINE])
FEWER = settings(max_examples=settings().max_examples // 4)


def symbol(name, rows, cols=1):
    return Matrix(MatrixSymbol(name, rows, cols))


def phi(signal, activation):
    return signal.applyfunc(lambda entry: activation.formula.subs(z, entry))


def outputs(widths, activation):
    """h_L of the network, entry by entry."""
    h = symbol("h_0", widths[0])
    for layer, (cols, rows) in enumerate(pairwise(widths), start=1):
        h = phi(symbol(f"W_{layer}", rows, cols) * h + symbol(f"b_{layer}", rows), activation)
    return h


def loss(widths, activation):
    """A loss whose gradient by h_L is g."""
    return (symbol("g", widths[-1]).T * outputs(widths, activation))[0]


def loss_through_time(width, steps, activation, losses="all"):
    h, total = symbol("h_0", width), Integer(0)
    for step in range(1, steps + 1):
        h = phi(symbol("W", width, width) * h + symbol(f"u_{step}", width) + symbol("b", width), activation)
        if losses == "all" or step == steps:
            total += (symbol(f"g_{step}", width).T * h)[0]
    return total


def differentiated(scalar, by):
    return by.applyfunc(lambda entry: scalar.diff(entry))


def same(left, right):
    """Equal once multiplied out, nothing substituted."""
    return left.shape == right.shape and (left - right).applyfunc(lambda entry: entry.expand()) == zeros(*left.shape)


WIDTHS = st.lists(st.integers(1, 3), min_size=2, max_size=4).filter(lambda sizes: sum(sizes) <= 8)


@FEWER
@given(WIDTHS, ACTIVATIONS)
def test_jacobian_equals_direct_differentiation(widths, activation):
    direct = outputs(widths, activation).jacobian(symbol("h_0", widths[0]))
    assert same(jacobian(len(widths) - 1, activation).explicit(widths), direct)


@FEWER
@given(WIDTHS, ACTIVATIONS, st.data())
def test_weight_gradient_and_error_signal_equal_direct_differentiation(widths, activation, data):
    depth = len(widths) - 1
    layer = data.draw(st.integers(1, depth))
    scalar = loss(widths, activation)
    weights, bias = symbol(f"W_{layer}", widths[layer], widths[layer - 1]), symbol(f"b_{layer}", widths[layer])
    assert same(weight_gradient(layer, depth, activation).explicit(widths), differentiated(scalar, weights))
    # z_l = W_l h_{l-1} + b_l, so the derivative by b_l is the one by z_l
    assert same(error_signal(layer, depth, activation).explicit(widths), differentiated(scalar, bias))


@FEWER
@given(st.sampled_from([(1, 1), (1, 4), (2, 1), (2, 2), (3, 2)]), ACTIVATIONS, st.sampled_from(["all", "last"]))
def test_recurrent_gradient_equals_direct_differentiation(size, activation, losses):
    width, steps = size
    direct = differentiated(loss_through_time(width, steps, activation, losses), symbol("W", width, width))
    assert same(recurrent_gradient(steps, losses, activation).explicit(width), direct)


def numeric(expressions, seed):
    """Values of the expressions, and the entries they are functions of, at one point of high precision."""
    entries = sorted(set().union(*(expression.atoms(MatrixElement) for expression in expressions)), key=str)
    values = [mp.mpf((seed * (place + 3) ** 3) % 997 - 498) / 600 for place in range(len(entries))]
    plain = symbols(f"x:{len(entries)}")
    rule = dict(zip(entries, plain, strict=True))
    return entries, values, [lambdify(plain, expression.xreplace(rule), "mpmath") for expression in expressions]


def assert_finite_differences_agree(scalar, by, gradient):
    flat = list(gradient)
    with mp.workdps(60):
        entries, values, (energy, *slopes) = numeric([scalar, *flat], seed=17)
        step = mp.mpf(10) ** -20
        for entry, slope in zip(by, slopes, strict=True):
            up, down = list(values), list(values)
            up[entries.index(entry)] += step
            down[entries.index(entry)] -= step
            assert abs((energy(*up) - energy(*down)) / (2 * step) - slope(*values)) < mp.mpf(10) ** -30


@pytest.mark.parametrize("activation", [LINEAR, TANH, SINE])
@pytest.mark.parametrize("layer", [1, 2, 3])
def test_finite_differences_through_depth(activation, layer):
    widths = [2, 3, 2, 2]
    weights = symbol(f"W_{layer}", widths[layer], widths[layer - 1])
    gradient = weight_gradient(layer, 3, activation).explicit(widths)
    assert_finite_differences_agree(loss(widths, activation), weights, gradient)


@pytest.mark.parametrize("activation", [LINEAR, TANH, SINE])
@pytest.mark.parametrize("losses", ["all", "last"])
def test_finite_differences_through_time(activation, losses):
    gradient = recurrent_gradient(4, losses, activation).explicit(2)
    assert_finite_differences_agree(loss_through_time(2, 4, activation, losses), symbol("W", 2, 2), gradient)


@pytest.mark.parametrize("activation", [LINEAR, TANH])
def test_symbolic_expressions_become_the_written_out_ones(activation):
    for make in (error_signal, weight_gradient):
        symbolic = make(activation=activation).expression.subs({L: 3, l: 2})
        assert canonical(symbolic) == canonical(make(2, 3, activation).expression)
    assert canonical(jacobian(activation=activation).expression.subs(L, 3)) == jacobian(3, activation).expression
    for losses in ("all", "last"):
        symbolic = recurrent_gradient("T", losses, activation).expression.subs(T, 3)
        assert canonical(symbolic) == recurrent_gradient(3, losses, activation).expression


@pytest.mark.parametrize("activation", [LINEAR, TANH])
def test_recurrences_hold_for_every_depth(activation):
    def slopes(layer):
        rows = units(layer)
        return Identity(rows) if activation == LINEAR else Layer("D", layer, rows, rows, diagonal=True)

    def weight(layer):
        return Layer("W", layer, units(layer), units(layer - 1))

    deeper = slopes(L + 1) * weight(L + 1) * jacobian(activation=activation).expression
    assert canonical(jacobian(L + 1, activation).expression) == canonical(deeper)
    # delta_l = D_l W_{l+1}ᵀ delta_{l+1}
    back = slopes(l) * weight(l + 1).T * error_signal(l + 1, activation=activation).expression
    assert canonical(error_signal(activation=activation).expression) == canonical(back)


def test_time_is_depth_with_one_matrix():
    """dE/dW through time is the sum over t of dE/dW_t, the loss at the end, biases u_t + b, W_t = W."""
    width, steps = 2, 3
    tied = zeros(width, width)
    for layer in range(1, steps + 1):
        tied += weight_gradient(layer, steps).explicit([width] * (steps + 1))
    rule = {}
    for step in range(1, steps + 1):
        rule |= dict(zip(symbol(f"W_{step}", width, width), symbol("W", width, width), strict=True))
        biases = symbol(f"u_{step}", width) + symbol("b", width)
        rule |= dict(zip(symbol(f"b_{step}", width), biases, strict=True))
    rule |= dict(zip(symbol("g", width), symbol(f"g_{steps}", width), strict=True))
    assert same(tied.xreplace(rule), recurrent_gradient(steps, losses="last").explicit(width))


def test_sympy_takes_the_power_of_a_linear_recurrence_entry_by_entry():
    """SymPy 1.14: diff(W**T x, x) is an elementwise power; h_T = W h_{T-1} is the same network as ours."""
    W, x = MatrixSymbol("W", 2, 2), MatrixSymbol("x", 2, 1)
    sympys = (W**T * x).diff(x)  # SymPy's convention is the transposed Jacobian
    ours = OrderedProduct(W, l, 1, T)
    direct = (Matrix(W) ** 3 * Matrix(x)).jacobian(Matrix(x))
    right = ours.explicit({T: 3})
    assert same(right, direct)
    wrong = Matrix(sympys.subs(T, 3).doit().T)
    assert not same(wrong, direct) or same(wrong, right)
    assert same(wrong, Matrix(W).applyfunc(lambda entry: entry**3)) or same(wrong, direct)


def test_sympy_loses_the_gradient_of_traces():
    """SymPy 1.14: d(tr A + tr A²)/dA = 0. Ours: traces are sums over unit vectors of a linear recurrence's losses."""
    A = MatrixSymbol("W", 2, 2)
    gradient = recurrent_gradient(2, activation=LINEAR).explicit(2)
    ours = zeros(2, 2)
    for unit in (Matrix([1, 0]), Matrix([0, 1])):
        rule = {}
        for name in ("h_0", "g_1", "g_2", "u_1", "u_2", "b"):
            values = unit if name[0] in "hg" else zeros(2, 1)
            rule |= dict(zip(symbol(name, 2), values, strict=True))
        ours += gradient.xreplace(rule)
    entries = Matrix(A)
    direct = differentiated(entries.trace() + (entries * entries).trace(), entries)
    assert same(ours, direct) and same(direct, eye(2) + 2 * entries.T)
    sympys = Matrix((Trace(A) + Trace(A**2)).diff(A).doit())
    assert sympys == zeros(2, 2) or same(sympys, direct)


def test_sympy_cannot_differentiate_two_nested_tanh_layers():
    """SymPy 1.14 raises; ours is checked against scalar differentiation."""
    first, second, x = MatrixSymbol("W_1", 2, 2), MatrixSymbol("W_2", 2, 2), MatrixSymbol("h_0", 2, 1)
    rule = {entry: 0 for layer in (1, 2) for entry in symbol(f"b_{layer}", 2)}
    ours = jacobian(2).explicit([2, 2, 2]).xreplace(rule)
    direct = outputs([2, 2, 2], TANH).xreplace(rule).jacobian(Matrix(x))
    assert same(ours, direct)
    try:
        sympys = (second * (first * x).applyfunc(tanh)).applyfunc(tanh).diff(x)
    except ValueError as error:
        assert "index is larger than expression shape" in str(error)
    else:
        assert same(Matrix(sympys.doit()).T, direct)


def test_texts_name_quantity_product_and_activation():
    assert repr(jacobian()) == "dh_L/dh_0 = D_L W_L ... D_1 W_1, activation tanh"
    assert repr(jacobian(3, LINEAR)) == "dh_3/dh_0 = W_3*W_2*W_1, activation linear"
    assert repr(weight_gradient(1, 2)) == "dE/dW_1 = D_1*W_2.T*D_2*g*h_0.T, activation tanh"
    assert jacobian().latex() == r"D_{L} W_{L} \cdots D_{1} W_{1}"
    assert jacobian()._repr_latex_() == r"$D_{L} W_{L} \cdots D_{1} W_{1}$"
    assert recurrent_gradient(losses="last").latex().startswith(r"\sum_{t=1}^{T} D_{t}")
    assert jacobian(2).to_dict()["activation"] == "tanh"


def test_the_results_are_products_of_the_given_letters():
    expression = jacobian().expression
    assert isinstance(expression, OrderedProduct) and expression.high == L and expression.low == 1
    assert expression.shape == (units(L), units(0))
    assert weight_gradient(l, L).expression.shape == (units(l), units(l - 1))
    assert recurrent_gradient().expression.shape == (n, n)


def test_a_symbolic_depth_takes_its_value_from_the_widths():
    assert jacobian().explicit([2, 1, 2]) == jacobian(2).explicit([2, 1, 2])
    assert error_signal(1).explicit([1, 2]) == error_signal(1, 1).explicit([1, 2])


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda: jacobian(0), "depth=0: must be at least 1; pass a positive integer"),
        (lambda: jacobian(-3), "depth=-3: must be at least 1"),
        (lambda: jacobian(2.5), "depth=2.5: not an integer"),
        (lambda: jacobian(Rational(7, 2)), "depth=7/2: not an integer"),
        (lambda: jacobian(True), "depth=True: not an integer"),
        (lambda: jacobian(None), "depth=None: not an integer"),
        (lambda: jacobian("M"), "depth='M': neither a positive integer nor one of L, l, T"),
        (lambda: jacobian("L+1"), "depth='L+1': neither"),
        (lambda: jacobian("__import__('os').getcwd()"), "neither a positive integer"),
        (lambda: jacobian("-3"), "depth='-3': must be at least 1"),
        (lambda: jacobian(Symbol("N")), "depth=N: not an integer symbol; pass \"L\" for any or Symbol('N', integer"),
        (lambda: jacobian(10**6), 'depth=1000000: written out for 1 to 100; pass one of these, or "L" for any'),
        (lambda: jacobian(10**5000), "depth=an integer of thousands of digits: written out for 1 to 100"),
        (lambda: jacobian("9" * 5000), "...: written out for 1 to 100"),
        (lambda: weight_gradient(1, 101), "depth=101: written out for 1 to 100"),
        (lambda: error_signal(101), 'layer=101: written out for 1 to 100; pass one of these, or "l" for any'),
        (lambda: error_signal(L - 101), "layer=L - 101: more than 100 layers below depth=L; pass a higher one"),
        (lambda: recurrent_gradient(21), 'steps=21: written out for 1 to 20; pass one of these, or "T" for any'),
        (lambda: jacobian().explicit([1] * 102), "widths: 102 of them, and at most 100 layers are written out"),
        (lambda: error_signal("L", 3), 'layer=L: L is no layer of depth=3; pass 1 <= layer <= 3, or "l" for any'),
        (lambda: weight_gradient("T"), "layer=T: T is no layer of depth=L; pass 1 <= layer <= L"),
        (lambda: error_signal(0, 2), "layer=0: must be at least 1"),
        (lambda: weight_gradient(3, 2), "layer=3: lies beyond depth=2; pass 1 <= layer <= 2"),
        (lambda: recurrent_gradient(0), "steps=0: must be at least 1"),
        (lambda: recurrent_gradient(3, losses="some"), "losses='some': unknown; pass \"all\""),
        (lambda: jacobian(2).explicit([1, 2]), "widths=[1, 2]: 2 widths where depth=2 needs 3, input first"),
        (lambda: jacobian(2).explicit([1, 0, 2]), "widths[1]=0: not a width; pass a positive integer"),
        (lambda: jacobian(2).explicit([1, 1.5, 2]), "widths[1]=1.5: not a width"),
        (lambda: jacobian(2).explicit(3), "widths=3: not a sequence"),
        (lambda: error_signal().explicit([1, 1]), "delta_l: layer=l is not a number; pass layer=2"),
        (lambda: error_signal(3).explicit([1, 1, 1]), "2 layers, and delta_3 needs 3"),
        (lambda: error_signal(L - 1).explicit([1, 1]), "widths=[1, 1]: delta_(L-1) is at layer 0 then; pass more"),
        (lambda: jacobian(L + 1).explicit([1, 1]), "dh_(L+1)/dh_0: depth=L + 1 is not a number; pass depth=2, say, or"),
        (lambda: jacobian(2, "relu"), 'activation=\'relu\': unknown; pass one of "linear", "tanh", or Activation('),
        (lambda: error_signal(activation=None), "activation=None: unknown"),
        (lambda: weight_gradient(activation=tanh), "activation=tanh: unknown"),
        (lambda: recurrent_gradient(activation=tanh(z)), "activation=tanh(z): unknown"),
        (lambda: recurrent_gradient().explicit(2), "dE/dW: steps=T is not a number; steps must be an int"),
        (lambda: recurrent_gradient(2).explicit([2]), "widths=[2]: not a width"),
    ],
)
def test_bad_input_names_value_place_and_remedy(build, words):
    with pytest.raises(ValueError) as error:
        build()
    assert words in str(error.value) and "\n" not in str(error.value)


def test_activations_go_by_name_too():
    for build in (jacobian, error_signal, weight_gradient, recurrent_gradient):
        assert build(activation="linear") == build(activation=LINEAR) and build(activation="tanh") == build()


def test_layers_counted_from_a_symbolic_depth_take_their_number_from_the_widths():
    assert error_signal("L").explicit([1, 2, 2]) == error_signal(2, 2).explicit([1, 2, 2])
    assert weight_gradient(L - 1).explicit([1, 2, 2]) == weight_gradient(1, 2).explicit([1, 2, 2])


def test_the_command_line_and_the_functions_have_the_same_bounds():
    assert jacobian(100).factors == 100 and recurrent_gradient(20).factors == 20
    for option, most in MOST_FACTORS.items():
        with pytest.raises(ValueError, match=f"written out for 1 to {most};"):
            _size(str, [Token(keyword=f"--{option}", value=str(most + 1))])


@pytest.mark.parametrize("scalar", [1, -2, Rational(1, 3)])
@pytest.mark.parametrize("activation", [LINEAR, TANH])
def test_long_products_are_written_as_sympy_writes_them(activation, scalar):
    made = [jacobian(6, activation), weight_gradient(1, 4, activation), recurrent_gradient(3, activation=activation)]
    for gradient in [*made, jacobian(activation=activation), recurrent_gradient(activation=activation)]:
        expression = scalar * gradient.expression
        assert writing.text(expression) == str(expression) and writing.latex(expression) == latex(expression)


def test_sympys_printers_write_gradients():
    for gradient in (jacobian(2), error_signal(), recurrent_gradient(2)):
        assert sympy.latex(gradient) == gradient.latex() and sympy.sstr(gradient) == repr(gradient)
        assert sympy.pretty(gradient) == sympy.pretty(gradient.expression)
    assert sympy.latex(jacobian(2), mode="inline") == "$D_{2} W_{2} D_{1} W_{1}$"


def test_decimal_text_is_a_depth():
    assert jacobian("3") == jacobian(3)
