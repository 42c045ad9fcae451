"""Traces: the points of a picture, against the empirical law, the medians and the fit computed another way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, expon

from numerics.judges.law import design_law, judge_law
from numerics.judges.limit import design_limit, judge_limit
from numerics.judges.median import interval
from numerics.judges.traces import POINTS, law_trace, limit_trace

SIZES = (8, 16, 32, 256)
RATES = tuple(size ** (-2 / 3) for size in SIZES)


@given(st.integers(0, 2**32), st.integers(1, 300), st.booleans())
def test_a_law_trace_is_the_empirical_law(seed: int, draws: int, tied: bool) -> None:
    values = np.random.default_rng(seed).exponential(size=draws).round(1 if tied else 12)
    trace = law_trace(values, expon.cdf, 0.25)
    assert len(trace) <= POINTS and len({point.x for point in trace}) == len(trace)
    for point in trace:
        assert point.x in values and point.error == 0.25
        assert point.measured == np.mean(values <= point.x)
        assert point.predicted == pytest.approx(1 - np.exp(-point.x))


def test_rounding_does_not_split_an_atom() -> None:
    """The same draws summed in another order: as many points, and the same parts."""
    rng = np.random.default_rng(0)
    atoms = rng.choice([0.0, 1.0, 1.0 + 1e-7, 2.5], 1000)
    moved = atoms * (1 + rng.integers(-4, 5, 1000) * np.finfo(float).eps)
    one, other = (law_trace(values, expon.cdf, 0.25) for values in (atoms, moved))
    assert [point.measured for point in one] == [point.measured for point in other]
    assert [point.x for point in one] == [0.0, 1.0, 1.0 + 1e-7, 2.5]
    assert [point.x for point in other] == pytest.approx([point.x for point in one], rel=1e-14)


def test_a_law_trace_reaches_both_tails() -> None:
    values = np.random.default_rng(0).exponential(size=10_000)
    measured = [point.measured for point in law_trace(values, expon.cdf, 0.1)]
    assert len(measured) == POINTS and measured == sorted(measured)
    assert measured[0] < 0.001 and measured[-1] > 0.999 and np.diff(measured).max() < 0.05


def test_no_point_leaves_the_band_that_holds_the_law() -> None:
    design = design_law(0.05)
    judgment = judge_law(np.random.default_rng(1).exponential(size=design.draws), expon.cdf, design)
    gaps = [abs(point.measured - point.predicted) for point in judgment.trace]
    assert judgment.outcome == "consistent" and max(gaps) <= judgment.measured <= judgment.error
    assert {point.error for point in judgment.trace} == {judgment.error}


@pytest.mark.parametrize("limit", [1.0, -3.0])
def test_a_limit_trace_has_the_medians_and_the_longer_fit(limit: float) -> None:
    design, rng = design_limit(SIZES, RATES, [0.16 * rate**2 for rate in RATES]), np.random.default_rng(2)
    values = [
        limit * (1 - 0.5 * r + 0.4 * r * rng.standard_normal(n)) for r, n in zip(RATES, design.draws, strict=True)
    ]
    judgment = judge_limit(values, limit, design)
    medians = [np.median(each) for each in values]
    curve = np.polynomial.Polynomial.fit(RATES, medians, 2)
    assert [point.x for point in judgment.trace] == list(SIZES)
    assert [point.measured for point in judgment.trace] == pytest.approx(medians)
    assert [point.predicted for point in judgment.trace] == pytest.approx(curve(np.array(RATES)))
    assert curve(0) == pytest.approx(judgment.measured)


def test_the_interval_of_a_median_misses_as_rarely_as_asked() -> None:
    values, miss = np.random.default_rng(3).standard_normal(101), 0.01
    (point,) = limit_trace([values], [1], [1.0], miss)
    k = int(binom.ppf(miss / 2, 101, 0.5)) - 1  # P(Bin <= k) <= miss/2
    ordered = np.sort(values)
    assert point.error == pytest.approx(max(ordered[100 - k] - point.measured, point.measured - ordered[k]))


@given(st.integers(0, 2**32), st.integers(20, 60))
def test_a_drawn_interval_holds_the_exact_one(seed: int, draws: int) -> None:
    values = np.random.default_rng(seed).lognormal(sigma=2, size=draws)
    (point,) = limit_trace([values], [1], [1.0], 0.01, 3.0)
    low, high = interval(np.sort(values), 0.01)
    assert point.measured - point.error <= 3 * low * (1 + 1e-12)
    assert point.measured + point.error >= 3 * high * (1 - 1e-12)
    assert point.error <= 3 * (high - low)


def test_too_few_draws_leave_no_trace() -> None:
    assert limit_trace([np.arange(5.0)] * 2, [1, 2], [1.0, 0.5], 1e-9) == ()
