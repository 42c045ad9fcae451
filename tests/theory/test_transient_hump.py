"""The hump of ‖W^T‖: its values by another road, its peak, and planted steps that are refused."""

from dataclasses import replace

import mpmath
import pytest
from sympy import Rational, Symbol, diff, exp, log, series, simplify, solve

from theory import theorem
from theory.evaluating import evaluate
from theory.letters import W_tied, weights
from theory.proofs.free import is_power
from theory.symbols import T, n, sigma_w, z

HUMP = theorem("transient_hump")
t = Symbol("t", positive=True)  # T as a real number
LOG = log(HUMP.value).subs(T, t)


def fuss_catalan_edge(steps: int) -> mpmath.mpf:
    """The right edge of the law whose moments are C((T+1)k, k)/(Tk+1), as the limit of the ratios of its moments."""

    def moment(k: int) -> mpmath.mpf:
        return mpmath.binomial((steps + 1) * k, k) / (steps * k + 1)

    with mpmath.workdps(60):
        ratios = [moment(k + 1) / moment(k) * (1 + mpmath.mpf(3) / (2 * k)) for k in (10**6, 2 * 10**6)]
    return ratios[-1]


@pytest.mark.parametrize("steps", [1, 2, 4, 7])
def test_the_norm_is_the_edge_of_the_moments_of_powers(steps: int) -> None:
    """Two roads: the S-transform, and the moments of Alexeev, Götze & Tikhomirov (2010)."""
    found = evaluate(HUMP, {"sigma_w": "9/10", "T": str(steps)}, digits=30).value
    expected = mpmath.sqrt(fuss_catalan_edge(steps)) * mpmath.mpf(9) ** steps / 10**steps
    assert abs(mpmath.mpf(found) / expected - 1) < 1e-9


def test_the_first_step_is_the_norm_of_the_matrix() -> None:
    assert mpmath.mpf(evaluate(HUMP, {"sigma_w": "3/5", "T": "1"}, digits=14).value) == mpmath.mpf("1.2")


def test_the_peak_lies_where_the_text_says() -> None:
    slope = simplify(diff(LOG, t))
    (peak,) = solve(slope, t)
    assert simplify(peak - sigma_w**2 / (1 - sigma_w**2)) == 0
    assert simplify(diff(LOG, t, 2) + 1 / (2 * t * (t + 1))) == 0  # concave
    height = LOG.subs(t, peak).subs(sigma_w, Rational(9, 10))
    assert simplify(height + log(Rational(19, 100)) / 2) == 0


def test_where_the_peak_lies_for_slow_decay() -> None:
    """1/(2|log sigma_w|) - 1/2 is below it, by less than |log sigma_w|/6."""
    rate = Symbol("rate", positive=True)  # |log sigma_w|
    off = series(1 / (exp(2 * rate) - 1) - 1 / (2 * rate), rate, 0, 4).removeO() + Rational(1, 2)
    assert simplify(off - (rate / 6 - rate**3 / 90)) == 0
    for value in (0.01, 0.1, 0.5, 2.0, 10.0):
        assert 0 < 1 / mpmath.expm1(2 * value) - 1 / mpmath.mpf(2 * value) + 0.5 < value / 6


def test_a_stable_network_explodes_and_then_vanishes() -> None:
    values = [float(evaluate(HUMP, {"sigma_w": "0.9", "T": str(k)}).value) for k in (1, 4, 5, 40, 80)]
    assert 1 < values[0] < values[1] > values[2] > 1 > values[4] and values[2] > values[3]


def planted(number: int, **parts: object) -> tuple[str, ...]:
    steps = list(HUMP.proof)
    steps[number] = replace(steps[number], **parts)
    return replace(HUMP, proof=tuple(steps)).gaps()


def test_planted_steps_are_refused() -> None:
    assert HUMP.gaps() == ()
    assert planted(1, right=(sigma_w**2 * (1 + z)) ** (T + 1))
    assert planted(1, right=(sigma_w**2 * (1 + z)) ** T / 2)
    assert planted(3, right=2 * HUMP.proof[3].right)
    assert replace(HUMP, assumes=frozenset()).gaps()
    assert replace(HUMP, references=()).gaps()


def test_the_law_of_powers_is_of_the_one_matrix_alone() -> None:
    """The rule wide_power speaks of W^T."""
    assert is_power(W_tied**T) and not is_power(W_tied**n) and not is_power(weights())
    assert not is_power(W_tied.T * W_tied)
