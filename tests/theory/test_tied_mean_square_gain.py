"""Powers of one Gaussian matrix: all pairings one by one, loop equations, closed forms; wrong counts are refused."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations
from math import comb, factorial, prod

import mpmath
import pytest
from sympy import Expr, Integer, Matrix, Poly, Rational, expand, factorial2, interpolate, symbols

from theory import LINEAR, rules, theorem
from theory.assumptions import COMPLEX_GAUSSIAN, GAUSSIAN, HAAR, IID
from theory.depth.mean_square_gain import THEOREM as UNTIED
from theory.describing import at_steps
from theory.evaluating import evaluate
from theory.letters import J, W_tied, v
from theory.loops import Word, loops, power_loops
from theory.powers import MOST_STEPS, pairing_sum, spread_of
from theory.proofs.pairings import pairings
from theory.quantities import E, squared_norm, squared_trace
from theory.statement import Step
from theory.symbols import T, k, n, sigma_w
from theory.systems import TIME
from theory.time.tied_mean_square_gain_complex import BY_PARTS, CLOSED, FACTOR, INTEGRALS, SHARE, TOTAL, TRACE
from theory.time.tied_mean_square_gain_real import POWER

REAL, COMPLEX = theorem("tied_mean_square_gain_real"), theorem("tied_mean_square_gain_complex")

# from an independent computation: coefficients of 1, 1/n, 1/n², ... at sigma_w = 1
REFERENCE = {
    1: [1],
    2: [1, 0, 2],
    3: [1, 0, 10, 4],
    4: [1, 0, 28, 28, 48],
    5: [1, 0, 62, 110, 468, 304],
    8: [1, 0, 328, 1556, 27184, 116900, 470832, 800624, 609600],
}


def gain(steps: int) -> Expr:
    """The mean of real weights at sigma_w = 1, written out in n."""
    return expand(REAL.formula.subs({T: steps, sigma_w: 1}).doit())


@pytest.mark.parametrize("steps", REFERENCE)
def test_polynomials(steps: int) -> None:
    assert gain(steps) == sum(number / n**power for power, number in enumerate(REFERENCE[steps]))


@pytest.mark.parametrize("steps", range(1, 13))
def test_one_number_is_the_moment_of_a_normal_number(steps: int) -> None:
    assert gain(steps).subs(n, 1) == factorial2(2 * steps - 1)
    assert evaluate(REAL, {"sigma_w": "1", "T": str(steps), "n": "1"}).value == int(factorial2(2 * steps - 1))


def index_loops(words: tuple[Word, ...], pairing: tuple[tuple[int, int], ...]) -> int:
    """Loops of indices that a pairing of the letters closes: classes of the row and column places that are one."""
    parent = {(letter, side): (letter, side) for letter in range(sum(map(len, words))) for side in (0, 1)}

    def root(place: tuple[int, int]) -> tuple[int, int]:
        return place if parent[place] == place else root(parent[place])

    def join(one: tuple[int, int], other: tuple[int, int]) -> None:
        parent[root(one)] = root(other)

    start, kinds = 0, [letter for word in words for letter in word]
    for word in words:
        for place in range(len(word)):
            here, after = start + place, start + (place + 1) % len(word)
            join((here, 1 - kinds[here]), (after, kinds[after]))  # sides: 0 row of G, 1 column; turned in an adjoint
        start += len(word)
    for one, other in pairing:
        join((one, 0), (other, 0))
        join((one, 1), (other, 1))
    return len({root(place) for place in parent})


def one_by_one(words: tuple[Word, ...], complex_entries: bool) -> Counter[int]:
    kinds = [letter for word in words for letter in word]
    every = pairings(range(len(kinds)))
    kept = (pairs for pairs in every if not complex_entries or all(kinds[a] != kinds[b] for a, b in pairs))
    return Counter(index_loops(words, pairing) for pairing in kept)


def powers() -> Iterator[tuple[Word, ...]]:
    for steps in range(1, 6):
        yield ((0,) * steps + (1,) * steps,)
    for steps in (1, 2):
        word = (0,) * steps + (1,) * steps
        yield from ((word, word), (word * 2,))
    yield from (((0, 1, 1, 0, 1), (0,)), ((0, 0), (1, 1, 0, 0)), ((0, 0, 0), (0, 0, 0)), ((0, 1), (), (1, 0, 1, 0)))


@pytest.mark.parametrize("complex_entries", [False, True])
@pytest.mark.parametrize("words", [*powers()])
def test_loop_equations_count_all_pairings(words: tuple[Word, ...], complex_entries: bool) -> None:
    closed = sum(not word for word in words)
    expected = {count + closed: number for count, number in one_by_one(words, complex_entries).items()}
    assert loops(words, complex_entries) == expected


def mean_over(expression: Expr) -> Expr:
    """E of a polynomial in independent N(0, 1): E w^{2k} = (2k - 1)!!."""
    terms = Poly(expression, *sorted(expression.free_symbols, key=str)).terms()
    even = ((powers, number) for powers, number in terms if all(power % 2 == 0 for power in powers))
    return sum(number * prod(factorial2(power - 1) if power else 1 for power in powers) for powers, number in even)


@pytest.mark.parametrize(("size", "steps"), [(1, 4), (2, 2), (2, 3), (3, 2)])
def test_entry_by_entry(size: int, steps: int) -> None:
    """E‖G^T‖_F², and the fourth moment of G^T e_1, as polynomials in the entries of G, each averaged."""
    G = Matrix(size, size, symbols(f"g0:{size**2}", real=True))
    column = (G**steps)[:, 0]
    second = mean_over(expand((G**steps * (G**steps).T).trace()))
    fourth = mean_over(expand(expand(column.dot(column)) ** 2))
    assert second == pairing_sum(steps, size).doit()
    assert fourth / (second / size) ** 2 - 1 == spread_of(1, steps, size)


@pytest.mark.parametrize("steps", range(1, 13))
def test_closed_form_counts_the_mixed_pairings(steps: int) -> None:
    closed = expand(COMPLEX.formula.subs({T: steps, sigma_w: 1}), func=True)
    counted = sum(number * n ** (count - steps - 1) for count, number in power_loops(steps, (1,), True).items())
    assert expand(closed - counted) == 0


@pytest.mark.parametrize("steps", [1, 2, 3, 4])
def test_complex_pairings_are_permutations(steps: int) -> None:
    """Row a_t of factor t is column a_{t-1}: index classes of σ for every permutation σ, written again."""
    found: Counter[int] = Counter()
    for sigma in permutations(range(steps)):
        pairing = tuple((place, 2 * steps - 1 - sigma[place]) for place in range(steps))
        found[index_loops(((0,) * steps + (1,) * steps,), pairing)] += 1
    assert found == power_loops(steps, (1,), True)


@pytest.mark.parametrize(("steps", "size"), [(2, 1), (3, 2), (4, 9), (30, 30), (7, 3)])
def test_complex_mean_as_a_sum_over_eigenvalues(steps: int, size: int) -> None:
    """g_{T+1}/(T+1), g_m = Σ over max(0, n-m) <= j < n of (j+m)!/j!: only the uncancelled moments are left."""
    m = steps + 1
    total = sum(factorial(j + m) // factorial(j) for j in range(max(0, size - m), size))
    value = COMPLEX.formula.subs({T: steps, n: size, sigma_w: 1})
    assert value == Rational(total, m * size ** (steps + 1))
    with mpmath.workdps(40):
        found = evaluate(COMPLEX, {"sigma_w": "1", "T": str(steps), "n": str(size)}, digits=25)
        assert mpmath.mpf(found.low) <= mpmath.mpf(total) / m / mpmath.mpf(size) ** m <= mpmath.mpf(found.high)


def test_complex_spread_of_one_number_is_a_binomial_coefficient() -> None:
    """|g|² is exponential: E|g|^{4T}/(E|g|^{2T})² = (2T)!/T!²; and of a real g (4T-1)!!/(2T-1)!!²."""
    for steps in range(1, 10):
        assert spread_of(2, steps, 1) == comb(2 * steps, steps) - 1
    for steps in range(1, 7):
        assert spread_of(1, steps, 1) == Rational(factorial2(4 * steps - 1), factorial2(2 * steps - 1) ** 2) - 1


def test_spread_of_one_step_is_that_of_a_chi_square() -> None:
    assert [spread_of(1, 1, size) for size in (1, 4, 9)] == [Rational(2, size) for size in (1, 4, 9)]
    assert [spread_of(2, 1, size) for size in (1, 4, 9)] == [Rational(1, size) for size in (1, 4, 9)]


@pytest.mark.parametrize(("dimension", "last", "bound"), [(1, 6, 9), (2, 9, 4)])
def test_the_bound_of_the_spread_is_above_every_exact_one(dimension: int, last: int, bound: int) -> None:
    for steps in range(1, last + 1):
        assert all(0 < spread_of(dimension, steps, size) <= bound**steps - 1 for size in (1, 2, 5, 40))
    assert spread_of(dimension, last + 1, 5) == bound ** (last + 1) - 1


def factor(steps: int, c: Fraction, dimension: int) -> Fraction:
    """How far the mean is above that of fresh weights at the width (T/c)², which need not be whole."""
    width = (steps / c) ** 2
    counted = power_loops(steps, (1,), dimension == 2)
    return sum(number * width ** (count - steps - 1) for count, number in counted.items())


def extrapolated(dimension: int, c: Fraction, steps: range) -> float:
    """At 1/T = 0, by the polynomial in 1/T through these steps, all even or all odd."""
    x = symbols("x")
    values = {Rational(1, each): Rational(*factor(each, c, dimension).as_integer_ratio()) for each in steps}
    return float(interpolate(list(values.items()), x).subs(x, 0))


@pytest.mark.parametrize("dimension", [1, 2])
@pytest.mark.parametrize("start", [2, 3])
def test_the_scale_of_departure_is_the_root_of_the_width(dimension: int, start: int) -> None:
    for c in (Fraction(1, 2), Fraction(1)):
        law = mpmath.sinh(float(c) ** 2 / 2) / (float(c) ** 2 / 2)
        assert extrapolated(dimension, c, range(start, 14, 2)) == pytest.approx(float(law), rel=2e-6)


def test_the_complex_limit_at_large_widths() -> None:
    for c in (1, 2, 3):
        steps = 4000 * c
        found = float(evaluate(COMPLEX, {"T": str(steps), "n": str(4000**2)}, digits=12).value)
        assert found == pytest.approx(float(mpmath.sinh(c**2 / 2) / (c**2 / 2)), rel=3e-3)


@pytest.mark.parametrize("steps", range(2, 13))
def test_real_weights_are_above_complex_ones_and_these_above_fresh_ones(steps: int) -> None:
    more, mixed = power_loops(steps), power_loops(steps, (1,), True)
    assert mixed[steps + 1] == 1 and len(mixed) > 1 and all(more[count] >= number for count, number in mixed.items())
    assert sum(more.values()) == factorial2(2 * steps - 1) > sum(mixed.values()) == factorial(steps)


def test_every_deviation_explodes_in_mean() -> None:
    found = [float(evaluate(COMPLEX, {"sigma_w": "4/5", "n": "4", "T": str(steps)}).value) for steps in range(1, 30)]
    turn = found.index(min(found))
    assert 0 < turn < 6 and found[turn:] == sorted(found[turn:]) and found[-1] > 1e6


def test_fresh_weights_stay() -> None:
    assert not UNTIED.formula.has(n) and expand(gain(2) - 1) == 2 / n**2


def test_decimal_values_are_written_exactly() -> None:
    for found, text in ((COMPLEX, "0.168296448"), (REAL, "0.24772608")):
        told = evaluate(found, {"sigma_w": "4/5", "T": "5", "n": "8"}, digits=30)
        assert told.value == told.low == told.high == text


def test_out_of_reach_says_the_cost() -> None:
    with pytest.raises(ValueError, match=f"^T=17: .* 14 s at T={MOST_STEPS} .*; pass T <= {MOST_STEPS}$"):
        evaluate(REAL, {"T": "17", "n": "5"})
    with pytest.raises(ValueError, match=r"^T=17: "):
        pairing_sum(17, n).doit()
    assert pairing_sum(T, n).doit() == pairing_sum(T, n)


def test_written_out() -> None:
    told = at_steps(REAL, 8)
    assert told["held"] == "computed" and told["rule"] == "pairings_counted"
    assert told["right"].startswith("sigma_w**16*(1 + 328/n**2 + 1556/n**3 + 27184/n**4")
    assert at_steps(COMPLEX, 3)["right"] == "sigma_w**6*(1 + 5/n**2)" and at_steps(COMPLEX, 3)["held"] == "computed"
    with pytest.raises(ValueError, match=r"^--steps=3: T is not in the formula of mean_square_gain"):
        at_steps(UNTIED, 3)


def refused(gaps_of, rule, left, right, given=(), assumes=(GAUSSIAN, COMPLEX_GAUSSIAN)):
    step = Step("eq", left, "=", right, "", getattr(rules, rule), given)
    known = tuple(Step("eq", f.left, "=", f.right, "", rules.trace_by_parts) for f in given)
    texts = REAL.references + COMPLEX.references
    found = gaps_of(*known, step, system=TIME(LINEAR), assumes=assumes, references=texts)
    return any(f"not an instance of rule {rule}" in gap or f"rule {rule} needs" in gap for gap in found)


COUNT = pairing_sum(4, n)
RIGHT = n**5 + 28 * n**3 + 28 * n**2 + 48 * n


@pytest.mark.parametrize(
    "wrong",
    [
        RIGHT + n,
        RIGHT - 20 * n**2,
        RIGHT.subs(n, n - 1),
        n * RIGHT,
        n**4 + 10 * n**2 + 4 * n,
        n**6 + 62 * n**4 + 110 * n**3 + 468 * n**2 + 304 * n,
        n**5 + 28 * n**3,
        Integer(105),
    ],
)
def test_wrong_counts_are_refused(gaps_of, wrong: Expr) -> None:
    assert refused(gaps_of, "pairings_counted", COUNT, wrong)
    assert not refused(gaps_of, "pairings_counted", COUNT, RIGHT)
    assert refused(gaps_of, "pairings_counted", pairing_sum(T, n), RIGHT)
    assert refused(gaps_of, "pairings_counted", pairing_sum(4, n - 1), RIGHT)


S = sigma_w**2 / n
OPEN = E(squared_norm(W_tied**T * v))
START = POWER * E(squared_norm(v)) / n
WRONG = [
    ("pairings_of_power", POWER, S ** (T + 1) * pairing_sum(T, n)),
    ("pairings_of_power", POWER, S**T * pairing_sum(T + 1, n)),
    ("pairings_of_power", POWER, S**T * pairing_sum(T, n - 1)),
    ("pairings_of_power", POWER, sigma_w ** (2 * T) * pairing_sum(T, n)),
    ("pairings_of_power", E(squared_norm(J)), S**T * pairing_sum(T, n)),
    ("pairings_of_power", E(squared_norm(W_tied**T) ** 2), S ** (2 * T) * pairing_sum(T, n) ** 2),
    ("uniform_start_real", OPEN, POWER * E(squared_norm(v))),
    ("uniform_start_real", OPEN, POWER * E(squared_norm(v)) / (n + 1)),
    ("uniform_start_real", E(squared_norm(W_tied**T * W_tied.T * v)), START),
    ("uniform_start_real", E(squared_norm(J * v)), E(squared_norm(J)) * E(squared_norm(v)) / n),
    ("uniform_start_complex", OPEN, START / n),
    ("trace_by_parts", TRACE, T * S * POWER),
    ("trace_by_parts", TRACE, (T + 1) * S * E(squared_norm(W_tied ** (T + 1)))),
    ("trace_by_parts", TRACE, (T + 1) ** 2 * S * POWER),
    ("trace_by_parts", E(squared_trace(W_tied**T)), T * S * E(squared_norm(W_tied ** (T - 1)))),
    ("ginibre", SHARE, FACTOR * INTEGRALS.subs(n, n - 1)),
    ("ginibre", SHARE, FACTOR * INTEGRALS.subs(T, T + 1)),
    ("ginibre", SHARE, FACTOR * INTEGRALS.func(INTEGRALS.function.args[1], (k, 1, n))),
    ("ginibre", SHARE, 2 * FACTOR * INTEGRALS),
    ("algebra", CLOSED + TOTAL.function.subs(k, n + 1), CLOSED.subs(n, n + 2)),
    ("algebra", CLOSED + TOTAL.function.subs(k, n), CLOSED.subs(n, n + 1)),
]


@pytest.mark.parametrize(("rule", "left", "right"), WRONG)
def test_wrong_steps_are_refused(gaps_of, rule: str, left: Expr, right: Expr) -> None:
    assert refused(gaps_of, rule, left, right)


@pytest.mark.parametrize("found", [REAL, COMPLEX], ids=["real", "complex"])
def test_each_step_needs_its_law(gaps_of, found) -> None:
    own = {rule.name: rule for rule in (getattr(move, "rule", None) for move in found.proof) if rule and rule.needs}
    assert own
    for move in found.proof:
        if getattr(move, "rule", None) and move.rule.needs:
            assert not refused(gaps_of, move.rule.name, move.left, move.right, assumes=tuple(found.assumes))
            assert refused(gaps_of, move.rule.name, move.left, move.right, assumes=(IID,))
            law = (HAAR,) if move.rule.name not in ("uniform_start_real",) else (IID,)
            assert refused(gaps_of, move.rule.name, move.left, move.right, assumes=law)


def test_a_trace_is_unfolded_as_it_was_proved(gaps_of) -> None:
    assert not refused(gaps_of, "unfold", SHARE, POWER / n, (BY_PARTS,))
    assert refused(gaps_of, "unfold", SHARE, POWER / n**2, (BY_PARTS,))


def test_products_that_make_the_limit() -> None:
    """(n)(n+1)...(n+T+1) and n(n-1)...(n-T-1), as the limits of the page have them."""
    for steps, size in ((3, 10), (6, 4)):
        up = prod(Fraction(size + j, size) for j in range(steps + 2))
        down = prod(Fraction(size - j, size) for j in range(steps + 2))
        value = size * (up - down) / ((steps + 1) * (steps + 2))
        assert COMPLEX.formula.subs({T: steps, n: size, sigma_w: 1}) == Rational(*value.as_integer_ratio())
