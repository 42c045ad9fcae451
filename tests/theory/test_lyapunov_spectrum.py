"""The Lyapunov spectrum: columns that are not fresh, wrong degrees of freedom and wrong factors are refused."""

import mpmath
import pytest
from sympy import I, Integer, Rational, Symbol, Transpose, gamma, log, sqrt

from theory import rules, theorem
from theory.assumptions import BI_INVARIANT, GAUSSIAN, HAAR, IID
from theory.evaluating import evaluate
from theory.letters import D, J, V, W, W_tied, weights
from theory.products import OrderedProduct
from theory.proofs.moves import chi_square_moment
from theory.quantities import E, squared_norm, squared_pivot
from theory.statement import Parameter, Step
from theory.symbols import L, T, k, l, n, sigma_w, xi
from theory.systems import ANY, DEPTH, TIME

POWER = I * xi
CHAIN = weights()
SPECTRUM = [-0.10656705, -0.24675320, -0.43990038, -0.74675320, -1.43990038]  # n = 5: an independent computation


def index(low, high):
    return Parameter(n, 1, high=Integer(100), points=(5, 7)), Parameter(k, low, high, points=(2, 6))


GIVEN = {"assumes": (GAUSSIAN,), "parameters": index(1, n)}


def moved(rest, degrees=n - k + 1, power=POWER, scale=sigma_w**2 / n):
    return scale**power * chi_square_moment(degrees, power) * E(squared_pivot(rest, k) ** power)


def pivot_step(word, right, power=POWER):
    return Step("eq", E(squared_pivot(word, k) ** power), "=", right, "", rules.gaussian_pivot)


@pytest.mark.parametrize("power", [POWER, Integer(1), Rational(1, 2) + I * xi, n])
def test_a_fresh_weight_is_accepted(gaps_of, power):
    assert not gaps_of(
        pivot_step(W(L + 1) * CHAIN, moved(CHAIN, power=power), power), assumes=(GAUSSIAN,), parameters=index(1, n)
    )
    assert not gaps_of(
        pivot_step(W(2) * W(1), moved(W(1), power=power), power), assumes=(GAUSSIAN,), parameters=index(1, n)
    )


@pytest.mark.parametrize(
    "rest",
    [
        W(L + 1),
        OrderedProduct(W(l + 1), l, 1, L),
        J,
        V,
        W(1) + W(2),
        W(1) - Transpose(W(1)),
        Transpose(W(1)),
        W(1) * Transpose(W(1)),
        D(1) * W(1),
        W(1) * W(1),
        OrderedProduct(W(1), l, 1, L),
        OrderedProduct(W(l) + W(l), l, 1, L),
    ],
    ids=str,
)
def test_what_is_not_a_product_of_other_weights_is_refused(gaps_of, rest):
    step = pivot_step(W(L + 1) * rest, moved(rest))
    assert gaps_of(step, system=DEPTH(ANY), **GIVEN)


@pytest.mark.parametrize(
    "right",
    [
        moved(CHAIN, degrees=n - k),
        moved(CHAIN, degrees=n),
        moved(CHAIN, degrees=k),
        moved(CHAIN, scale=sigma_w / n),
        moved(CHAIN, scale=sigma_w**2),
        moved(W(L)),
        moved(CHAIN) * 2,
    ],
)
def test_wrong_degrees_or_scale(gaps_of, right):
    assert gaps_of(pivot_step(W(L + 1) * CHAIN, right), **GIVEN)


@pytest.mark.parametrize("power", [Integer(-1), -n, -1 + I * xi, squared_norm(W(1))])
def test_the_moment_must_exist(gaps_of, power):
    assert gaps_of(
        pivot_step(W(L + 1) * CHAIN, moved(CHAIN, power=power), power), assumes=(GAUSSIAN,), parameters=index(1, n)
    )


@pytest.mark.parametrize("assumes", [(), (IID,), (BI_INVARIANT,), (HAAR,)])
def test_only_gaussian_weights(gaps_of, assumes):
    assert gaps_of(pivot_step(W(L + 1) * CHAIN, moved(CHAIN)), assumes=assumes, parameters=index(1, n))


def test_a_tied_matrix_is_not_fresh(gaps_of):
    from theory import LINEAR

    step = pivot_step(W_tied * W_tied, moved(W_tied))
    assert gaps_of(step, system=TIME(LINEAR), **GIVEN)


X = squared_norm(W(1))


@pytest.mark.parametrize(
    "left, right, holds",
    [
        (E(log(X) / (2 * L)), E(log(X)) / (2 * L), True),
        (E((log(X) / L - 3) ** 2), E((log(X) - 3 * L) ** 2) / L**2, True),
        (E(2 * X - 4), 2 * E(X - 2), True),
        (E(log(X) / (2 * L)), E(log(X)) / L, False),
        (E(log(X) / (2 * L)), log(E(X)) / (2 * L), False),
        (E((log(X) / L - 3) ** 2), E((log(X) - 3) ** 2) / L**2, False),
        (E(X**2), E(X) ** 2, False),
        (E(X**2), X * E(X), False),
        (E(X * sqrt(X)), sqrt(X) * E(X), False),
        (E(X), -E(-X) + 1, False),
    ],
)
def test_constant_factors_alone_leave_a_mean(gaps_of, left, right, holds):
    gaps = gaps_of(Step("eq", left, "=", right, "", rules.constant_factor))
    assert (gaps == ()) is holds


CHI = Step(
    "integral",
    chi_square_moment(n - k + 1, POWER),
    "=",
    2**POWER * gamma((n - k + 1) / 2 + POWER) / gamma((n - k + 1) / 2),
    "",
    rules.calculus,
)


def test_an_integral_that_needs_the_bound_of_its_index_is_refused_without_it(gaps_of):
    assert not gaps_of(CHI, parameters=index(1, n))
    assert gaps_of(CHI)
    assert gaps_of(CHI, parameters=index(1, Integer(200)))
    assert gaps_of(CHI, parameters=index(1, T))


@pytest.mark.parametrize("wrong", [gamma(n / 2 + POWER) / gamma(n / 2), CHI.right * 2, CHI.right.subs(k, k + 1)])
def test_a_wrong_integral_is_refused_with_it(gaps_of, wrong):
    step = Step("integral", CHI.left, "=", wrong, "", rules.calculus)
    assert gaps_of(step, parameters=index(1, n))


def test_the_known_spectrum():
    found = evaluate("lyapunov_spectrum", {"n": "5"})
    assert found.components == ("lambda_1", "lambda_2", "lambda_3", "lambda_4", "lambda_5")
    assert found.value == pytest.approx(SPECTRUM, abs=5e-9)
    alone = [evaluate("lyapunov_spectrum", {"n": "5", "k": str(index)}).value for index in range(1, 6)]
    assert alone == list(found.value)


@pytest.mark.parametrize("size, number, gain", [(1, 1, "1"), (4, 3, "0.8"), (7, 1, "6/5"), (12, 12, "2")])
def test_each_is_the_mean_of_a_logarithm_by_quadrature(size, number, gain):
    """½ E log(sigma_w² u/n) over the density of u ~ chi²_{n-k+1}, by mpmath at 30 digits."""
    told = evaluate("lyapunov_spectrum", {"n": str(size), "k": str(number), "sigma_w": gain}, digits=20)
    with mpmath.workdps(30):
        half, sigma = mpmath.mpf(size - number + 1) / 2, mpmath.mpf(Rational(gain).p) / Rational(gain).q

        def term(y):
            return mpmath.exp(half * y - mpmath.exp(y) / 2) * (mpmath.log(sigma**2 / size) + y) / 2

        total = mpmath.quad(term, [-200, -50, -10, -2, 0, 1, 2, 3, 4, 6])
        mean = total / (2**half * mpmath.gamma(half))
        assert mpmath.mpf(told.low) - mpmath.mpf("1e-18") < mean < mpmath.mpf(told.high) + mpmath.mpf("1e-18")


def test_digits_enclose_every_exponent():
    found = evaluate("lyapunov_spectrum", {"n": "5", "sigma_w": "0.9"}, digits=30)
    assert len(found.value) == len(found.low) == len(found.high) == 5
    with mpmath.workdps(50):
        for number, low, high in zip(range(1, 6), found.low, found.high, strict=True):
            exact = (mpmath.log(mpmath.mpf("1.62") / 5) + mpmath.digamma(mpmath.mpf(6 - number) / 2)) / 2
            assert mpmath.mpf(low) <= exact <= mpmath.mpf(high)
            assert mpmath.mpf(high) - mpmath.mpf(low) <= abs(exact) * mpmath.mpf("1e-29")


def test_the_gap_at_the_top_is_about_one_over_twice_the_width():
    for size in (100, 1000, 10_000):
        first, second = (evaluate("lyapunov_spectrum", {"n": str(size), "k": index}).value for index in "12")
        assert (first - second) * 2 * size == pytest.approx(1, abs=2 / size)


def test_the_last_exponent_is_that_of_one_normal_number():
    """E log|g| = -(gamma + log 2)/2, Euler's gamma: the distance of the last column from all others."""
    found = evaluate("lyapunov_spectrum", {"n": "9", "k": "9", "sigma_w": "3"}).value
    assert found == pytest.approx(-float(mpmath.euler + mpmath.log(2)) / 2, abs=1e-15)


@pytest.mark.parametrize(
    "values, words",
    [
        ({"n": "5", "k": "6"}, "k=6: theorem lyapunov_spectrum needs k <= n=5; pass k <= 5"),
        ({"n": "5", "k": "0"}, "k=0: an index cannot be 0; pass an integer k >= 1 and k <= n"),
        ({"n": "5", "k": "-1"}, "k=-1: an index cannot be negative"),
        ({"n": "5", "k": "3/2"}, "k=3/2: an index is a whole number"),
        ({"n": "5", "sigma_w": "0"}, "sigma_w=0: a standard deviation cannot be 0; pass sigma_w > 0"),
        ({"k": "2"}, "n missing"),
        ({"n": "10001"}, "n=10001: more than 10000 numbers, one for each k; pass k, or a smaller n"),
        ({"n": "1" + 30 * "0"}, "more than 10000 numbers"),
    ],
)
def test_bad_input(values, words):
    with pytest.raises(ValueError) as caught:
        evaluate("lyapunov_spectrum", values)
    assert words in str(caught.value)


def test_it_is_held_as_named_rules_and_its_variance_is_the_second_statement():
    found = theorem("lyapunov_spectrum")
    assert found.gaps() == () and found.held == "axiom" and found.each.symbol == k
    value = found.statements[1].right.subs({n: 8, k: 3, L: 20, sigma_w: Symbol("any", positive=True)})
    assert float(value) == pytest.approx(float(mpmath.zeta(2, 3)) / 80, rel=1e-14)  # ψ_1(3) = zeta(2, 3)
