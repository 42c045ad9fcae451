"""Second moments of the spectrum: pairings against entries written out; wrong coefficients, dependent words refused."""

from itertools import pairwise

import pytest
from sympy import Integer, Matrix, Poly, Rational, Transpose, expand, factorial2, solve, symbols

from theory import rules, theorem
from theory.assumptions import BI_INVARIANT, GAUSSIAN, IID
from theory.depth.second_spectral_moment import FOURTH_OF_SQUARE, FOURTH_OF_TRACE
from theory.evaluating import evaluate
from theory.letters import J, V, W, W_tied, v, weights
from theory.proofs.pairings import averaged, contractions, pairings
from theory.quantities import E, norm, squared_norm
from theory.statement import Step
from theory.symbols import L, n, sigma_w
from theory.systems import TIME
from theory.widths import Profile, at_profile

CHAIN = weights()
FOURTH = [(4,), (3, 1), (2, 2), (2, 1, 1), (1, 1, 1, 1)]  # products of traces of order 4


def mean_over(expression, variance):
    """E of a polynomial in independent normal entries of that variance: E w^{2k} = (2k - 1)!! variance^k."""
    entries = sorted(expression.free_symbols, key=str)
    total = Integer(0)
    for powers, coefficient in Poly(expression, *entries).terms():
        if all(power % 2 == 0 for power in powers):
            moment = coefficient
            for power in powers:
                moment *= (factorial2(power - 1) if power else 1) * variance ** (power // 2)
            total += moment
    return total


def entries(rows, columns):
    return Matrix(rows, columns, symbols(f"w0:{rows * columns}", real=True))


def written_out(widths, gain):
    """E tr(M²) and E(tr M)² of M = JJᵀ, layer after layer, each averaged over its entries."""
    traces = {(2,): Integer(widths[0]), (1, 1): Integer(widths[0]) ** 2}
    for n_in, n_out in pairwise(widths):
        a, b = symbols("a b")
        layer = entries(n_out, n_in)
        table = {}
        for diagonal in ((1,) * n_in, (1,) + (0,) * (n_in - 1)):  # the identity and one direction: two equations
            M = layer * Matrix.diag(*diagonal) * layer.T
            known = {(2,): Integer(sum(diagonal)), (1, 1): Integer(sum(diagonal)) ** 2}
            for key, value in (((2,), (M * M).trace()), ((1, 1), M.trace() ** 2)):
                table.setdefault(key, []).append((known, mean_over(expand(value), gain**2 / n_in)))
        new = {}
        for key, equations in table.items():
            if n_in == 1:  # both traces agree: one number is enough
                new[key] = equations[0][1] * traces[(2,)]
                continue
            found = solve([a * k[(2,)] + b * k[(1, 1)] - value for k, value in equations], (a, b))
            new[key] = found[a] * traces[(2,)] + found[b] * traces[(1, 1)]
        traces = new
    return traces


def told(statement, widths, gain):
    right = theorem("second_spectral_moment").statements[statement].right
    return at_profile(right, Profile(widths)).subs(sigma_w, gain)


@pytest.mark.parametrize("widths", [(1, 1), (2, 2), (3, 3), (2, 2, 2), (1, 2), (2, 1), (2, 3), (3, 2, 2), (2, 3, 1, 2)])
@pytest.mark.parametrize("gain", [Integer(1), Rational(6, 5)])
def test_every_width_by_entries(widths, gain):
    by_entries = written_out(widths, gain)
    assert told(2, widths, gain) == by_entries[(2,)]
    assert told(3, widths, gain) == by_entries[(1, 1)]


def test_two_layers_of_width_two_in_all_their_entries():
    """Eight normal entries at once: no layer apart from the other."""
    product = Matrix(2, 2, symbols("x0:4", real=True)) * Matrix(2, 2, symbols("y0:4", real=True))
    M = product * product.T
    half = Rational(1, 2)
    assert mean_over(expand((M * M).trace()), half) == told(2, (2, 2, 2), 1)
    assert mean_over(expand(M.trace() ** 2), half) == told(3, (2, 2, 2), 1)


@pytest.mark.parametrize("depth", range(1, 8))
def test_equal_widths_follow_the_linear_map(depth):
    size = Integer(5)
    step = Matrix([[1 + 1 / size, 1 / size], [2 / size, 1]])
    state = step**depth * Matrix([size, size**2])
    values = {n: size, L: depth, sigma_w: Rational(4, 5)}
    statements = theorem("second_spectral_moment").statements
    for row in (0, 1):
        assert statements[row].right.subs(values) == Rational(4, 5) ** (4 * depth) * state[row]


def test_width_one_is_the_fourth_moment_of_a_product_of_normal_numbers():
    assert [evaluate("second_spectral_moment", {"n": "1", "L": str(depth)}).value for depth in (1, 2, 5)] == [3, 9, 243]


def test_pairings_are_all_of_them_and_each_once():
    found = list(pairings(range(6)))
    assert len(found) == len(set(found)) == 15
    assert all(sorted(place for pair in pairing for place in pair) == list(range(6)) for pairing in found)


@pytest.mark.parametrize("traces", [(2,), (1, 1), (3,), (2, 1), *FOURTH])
def test_as_many_contractions_as_pairings(traces):
    assert sum(contractions(traces).values()) == factorial2(2 * sum(traces) - 1)


@pytest.mark.parametrize("traces", [(1,), (2,), (1, 1), (3,), (2, 1), (2, 2)])
def test_averages_of_traces_by_entries(traces):
    """W is 2 x 2 and A = diag(1, 3): any A, by invariance."""
    layer, A = entries(2, 2), Matrix.diag(1, 3)
    M = layer * A * layer.T
    product = Integer(1)
    for power in traces:
        product *= (M**power).trace()
    found = averaged(traces, Integer(2), Integer(2))
    value = sum(c.subs(sigma_w, 1) * eval_traces(A, left) for left, c in found.items())
    assert value == mean_over(expand(product), Rational(1, 2))


def eval_traces(A, traces):
    value = Integer(1)
    for power in traces:
        value *= (A**power).trace()
    return value


@pytest.mark.parametrize("widths", [(1, 1), (4, 4), (6, 6, 6), (5, 3, 4), (2, 7, 3, 4)])
def test_the_fourth_moments_behind_the_spreads_by_all_pairings(widths):
    """105 pairings a layer, against the zonal polynomials of degree 4."""
    means = {traces: Integer(widths[0]) ** len(traces) for traces in FOURTH}
    for n_in, n_out in pairwise(map(Integer, widths)):
        tables = {traces: averaged(traces, n_out, n_in) for traces in FOURTH}
        means = {t: sum(c.subs(sigma_w, 1) * means[left] for left, c in tables[t].items()) for t in FOURTH}
    scale = Integer(widths[-1]) ** 4
    assert scale * at_profile(FOURTH_OF_SQUARE, Profile(widths)) == means[(2, 2)]
    assert scale * at_profile(FOURTH_OF_TRACE, Profile(widths)) == means[(1, 1, 1, 1)]


def square_of(rest):
    return E(squared_norm(rest * Transpose(rest)))


def peeled(rest, weight):
    return E(squared_norm(weight * rest * Transpose(rest) * Transpose(weight)))


def step(left, right):
    return Step("eq", left, "=", right, "", rules.gaussian_traces)


TRUE = sigma_w**4 * ((1 + 1 / n) * square_of(CHAIN) + E(squared_norm(CHAIN) ** 2) / n)
TRUE_TRACE = sigma_w**4 * (2 * square_of(CHAIN) / n + E(squared_norm(CHAIN) ** 2))
TRACE = E(squared_norm(W(L + 1) * CHAIN) ** 2)


def test_the_map_of_one_layer(gaps_of):
    assert not gaps_of(step(peeled(CHAIN, W(L + 1)), TRUE), assumes=(GAUSSIAN,))
    assert not gaps_of(step(TRACE, TRUE_TRACE), assumes=(GAUSSIAN,))


@pytest.mark.parametrize(
    "left, right",
    [
        (peeled(CHAIN, W(L + 1)), sigma_w**4 * square_of(CHAIN)),
        (peeled(CHAIN, W(L + 1)), TRUE.subs(sigma_w, sigma_w**2)),
        (peeled(CHAIN, W(L + 1)), 2 * TRUE),
        (peeled(CHAIN, W(L + 1)), sigma_w**4 * ((1 - 1 / n) * square_of(CHAIN) + E(squared_norm(CHAIN) ** 2) / n)),
        (peeled(CHAIN, W(L + 1)), TRUE_TRACE),
        (TRACE, TRUE),
        (TRACE, sigma_w**4 * E(squared_norm(CHAIN) ** 2)),
        (TRACE, sigma_w**4 * E(squared_norm(CHAIN)) ** 2),
        (E(squared_norm(W(L + 1) * CHAIN) ** 3), sigma_w**2 * TRUE_TRACE),
        (E(squared_norm(W(L + 1) * CHAIN) ** 2 * norm(W(L + 1))), TRUE_TRACE * norm(W(L + 1))),
    ],
)
def test_wrong_coefficients_and_other_functions(gaps_of, left, right):
    assert gaps_of(step(left, right), assumes=(GAUSSIAN,))


@pytest.mark.parametrize("rest", [W(L + 1), W(L + 2), J, W(L + 1) * CHAIN, CHAIN * W(L + 1)], ids=str)
def test_dependent_words(gaps_of, rest):
    coefficients = TRUE.subs(
        {square_of(CHAIN): square_of(rest), E(squared_norm(CHAIN) ** 2): E(squared_norm(rest) ** 2)}
    )
    assert gaps_of(step(peeled(rest, W(L + 1)), coefficients), assumes=(GAUSSIAN,))


def test_a_word_that_is_not_symmetric(gaps_of):
    word = W(L + 1) * CHAIN * Transpose(V) * Transpose(W(L + 1))
    assert gaps_of(step(E(squared_norm(word)), TRUE), assumes=(GAUSSIAN,))
    assert gaps_of(step(E(squared_norm(W(L + 1) * CHAIN * CHAIN * W(L + 1))), TRUE), assumes=(GAUSSIAN,))


def test_a_matrix_that_returns_is_fresh_at_its_first_use_alone(gaps_of):
    from theory import LINEAR

    wrong = TRUE.subs({square_of(CHAIN): square_of(W_tied), E(squared_norm(CHAIN) ** 2): E(squared_norm(W_tied) ** 2)})
    assert gaps_of(step(peeled(W_tied, W_tied), wrong), system=TIME(LINEAR), assumes=(GAUSSIAN,))


def test_a_vector_is_a_matrix_of_one_column(gaps_of):
    """tr M = ‖x‖² and tr M² = ‖x‖⁴: (1 + 2/n) E‖x‖⁴, the kurtosis of a normal vector."""
    rest = CHAIN * v
    right = sigma_w**4 * (2 * square_of(rest) / n + E(squared_norm(rest) ** 2))
    assert not gaps_of(step(E(squared_norm(W(L + 1) * rest) ** 2), right), assumes=(GAUSSIAN,))


@pytest.mark.parametrize("assumes", [(), (IID,), (BI_INVARIANT,)])
def test_only_gaussian_weights(gaps_of, assumes):
    assert gaps_of(step(TRACE, TRUE_TRACE), assumes=assumes)


@pytest.mark.parametrize(
    "values, words",
    [
        ({"n": "0", "L": "2"}, "n=0: a width cannot be 0"),
        ({"n": "4"}, "L missing"),
        ({"n": "4", "L": "2", "sigma_w": "-1"}, "sigma_w=-1: a standard deviation cannot be negative"),
        ({"n": "4", "widths": "4,4"}, "leave n or widths out"),
        ({"widths": "4"}, "widths=4: 1 given"),
    ],
)
def test_bad_input(values, words):
    with pytest.raises(ValueError) as caught:
        evaluate("second_spectral_moment", values)
    assert words in str(caught.value)


def test_thirty_digits_and_a_profile():
    """(4/5)^8 16/3 ((3/2)³ - (3/4)³), by hand: exact fractions."""
    found = evaluate("second_spectral_moment", {"n": "4", "L": "2", "sigma_w": "4/5"}, digits=30)
    exact = Rational(4, 5) ** 8 * Rational(16, 3) * (Rational(3, 2) ** 3 - Rational(3, 4) ** 3)
    assert Rational(found.low) <= exact <= Rational(found.high)
    assert evaluate("second_spectral_moment", {"widths": "4,4,4"}).value == 15.75
