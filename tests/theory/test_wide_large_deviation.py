"""The rate of the whole profile: by minimization elsewhere, at equal widths, where it ends, and planted wrong steps."""

from dataclasses import replace
from itertools import pairwise

import mpmath
import pytest
from sympy import Rational

from theory import theorem
from theory.evaluating import evaluate
from theory.symbols import L, p, sigma_w


def rate(widths: list[int], deviation: mpmath.mpf) -> mpmath.mpf:
    """-min over p of (1/L) log E X^p, by the root of the derivative, at 40 digits."""
    layers = list(pairwise(widths))

    def mean(order: mpmath.mpf) -> mpmath.mpf:
        logs = (order * mpmath.log(2 * deviation**2 / a) + mpmath.loggamma(order + b / 2) for a, b in layers)
        return mpmath.fsum(logs) - mpmath.fsum(mpmath.loggamma(b / 2) for _, b in layers)

    best = mpmath.findroot(lambda order: mpmath.diff(mean, order), (0.1, 5), "anderson")
    return -mean(best) / len(layers)


@pytest.mark.parametrize(
    "widths, deviation", [([6, 5, 4], "4/5"), ([9, 6, 12, 4], "21/20"), ([3, 1], "1"), ([5, 5, 5], "9/10")]
)
def test_the_rate_by_minimization(widths: list[int], deviation: str) -> None:
    found = evaluate("large_deviation", {"widths": ",".join(map(str, widths)), "sigma_w": deviation}, 20)
    with mpmath.workdps(40):
        exact = rate(widths, mpmath.mpf(Rational(deviation).p) / Rational(deviation).q)
        assert mpmath.mpf(found.low) - mpmath.mpf("1e-25") <= exact <= mpmath.mpf(found.high) + mpmath.mpf("1e-25")


def test_the_rate_of_the_whole_is_at_most_the_mean_of_the_rates() -> None:
    whole, first, second = (
        evaluate("large_deviation", {"widths": widths, "sigma_w": "4/5"}).value for widths in ("9,6,4", "9,6", "6,4")
    )
    assert whole < (first + second) / 2
    assert whole == pytest.approx((first + second) / 2, rel=0.05)


def test_equal_widths_are_the_square_case() -> None:
    square = evaluate("large_deviation", {"n": "32", "sigma_w": "0.9"}, 20)
    assert evaluate("large_deviation", {"widths": "32,32,32", "sigma_w": "0.9"}, 20).value == square.value
    assert float(square.value) == pytest.approx(0.494227, abs=5e-7)  # an independent computation


@pytest.mark.parametrize("widths", ["6,5,4", "9,6,12,4"])
def test_from_its_typical_threshold_on_a_profile_is_refused(widths: str) -> None:
    edge = evaluate("typical_threshold", {"widths": widths}).value
    assert evaluate("large_deviation", {"widths": widths, "sigma_w": str(edge * 0.99)}).value > 0
    with pytest.raises(ValueError, match=rf"needs sigma_w < 1\.\d+ at widths {widths} \(from the typical threshold"):
        evaluate("large_deviation", {"widths": widths, "sigma_w": str(edge * 1.01)})


@pytest.mark.parametrize("change", [lambda r: r.subs(L, L + 1), lambda r: r**2, lambda r: r.subs(sigma_w, 2 * sigma_w)])
def test_a_wrong_bound_is_not_proved(change) -> None:
    true = theorem("large_deviation")
    square, wide = true.statements
    wrong = replace(true, statements=(square, replace(wide, right=change(wide.right))), wide_value=None)
    assert any("not reached" in gap for gap in wrong.gaps())


def test_another_rate_is_refused_at_the_last_step() -> None:
    true = theorem("large_deviation")
    last = true.proof[-1]
    for change in (lambda right: right.subs(L, 2 * L), lambda right: right.subs(sigma_w, sigma_w / 2)):
        wrong = replace(true, proof=(*true.proof[:-1], replace(last, right=change(last.right))))
        assert any("not an instance of rule best_order" in gap for gap in wrong.gaps())
    assert p not in last.right.free_symbols
