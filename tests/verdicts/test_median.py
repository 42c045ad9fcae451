"""Intervals of the median: the exact rank, coverage under every kind of law, too few draws."""

from fractions import Fraction
from math import comb, inf

import numpy as np
import pytest
from scipy.stats import binom

from numerics.judges.median import interval, least_draws, middle, outside, planned
from numerics.verdict import ALPHA

RUNS, RATE = 20_000, 0.01
LAWS = {  # each of median 0
    "normal": lambda rng, shape: rng.normal(size=shape),
    "lognormal": lambda rng, shape: np.exp(rng.normal(size=shape)) - 1,
    "chi-square": lambda rng, shape: rng.normal(size=shape) ** 2 - 0.454936423119573,
    "three atoms": lambda rng, shape: rng.choice([-1.0, 0.0, 2.0], size=shape, p=[0.48, 0.04, 0.48]),
    "coin": lambda rng, shape: rng.integers(0, 2, shape).astype(float),  # any number of [0, 1] is a median
    "Cauchy": lambda rng, shape: rng.standard_cauchy(shape),
}


@pytest.mark.parametrize("miss", [0.5, 0.01, 1e-6])
def test_the_rank_is_the_largest(miss):
    for draws in [*range(1, 60), 333]:
        k = outside(draws, miss)
        tails = [Fraction(sum(comb(draws, i) for i in range(last + 1)), 2**draws) for last in (k, k + 1)]
        assert tails[0] <= Fraction(miss) / 2 < tails[1]
        assert (k >= 0) == (draws >= least_draws(miss))


@pytest.mark.parametrize("draws", [33, 1000, 35_898, 10_000_000])
def test_the_rank_at_the_rate_of_a_judgment(draws):
    k = outside(draws, ALPHA / 4)
    assert binom.cdf(k, draws, 0.5) <= ALPHA / 8 * (1 + 1e-9) and binom.cdf(k + 1, draws, 0.5) > ALPHA / 8


@pytest.mark.parametrize("draws", [9, 50, 101])
@pytest.mark.parametrize("law", LAWS)
def test_coverage(law, draws, count_false_alarms):
    low, high = interval(np.sort(LAWS[law](np.random.default_rng(1), (RUNS, draws)), axis=-1), RATE)
    count_false_alarms(f"median of {law}, {draws} draws", (low > 0) | (high < 0))


def test_of_a_continuous_law_the_rate_is_exact(record_property):
    rng, draws = np.random.default_rng(2), 50
    low, high = interval(np.sort(rng.standard_cauchy((RUNS, draws)), axis=-1), 0.05)
    missed, exact = int(((low > 0) | (high < 0)).sum()), 2 * binom.cdf(outside(draws, 0.05), draws, 0.5)
    record_property("verdict", f"median, Cauchy: {missed} of {RUNS} intervals miss, {RUNS * exact:.0f} expected")
    assert binom.ppf(1e-6, RUNS, exact) <= missed <= binom.ppf(1 - 1e-6, RUNS, exact)


def test_too_few_draws_know_nothing():
    low, high = interval(np.zeros((2, 7)), RATE)
    assert low.tolist() == [-inf] * 2 and high.tolist() == [inf] * 2


@pytest.mark.parametrize("draws", [1, 2, 5, 6])
def test_middle_is_the_sample_median(draws):
    values = np.sort(np.random.default_rng(3).normal(size=(4, draws)), axis=-1)
    assert middle(values) == pytest.approx(np.median(values, axis=-1), rel=1e-15)


@pytest.mark.parametrize("miss", [ALPHA / 4, RATE / 4])
def test_the_plan_is_the_length_for_normal_draws(miss):
    draws = 2000
    low, high = interval(np.sort(np.random.default_rng(4).normal(size=(400, draws)), axis=-1), miss)
    assert (high - low).mean() / 2 == pytest.approx(planned(miss) / np.sqrt(draws), rel=0.03)
