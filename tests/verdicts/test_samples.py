"""The judge of two samples: false alarms, power, distance by a second road, and bad input."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.judges.samples import gap, judge_samples

RUNS, RATE = 20_000, 0.01


@pytest.mark.parametrize("law", ["uniform", "two points"])
def test_false_alarms(law, count_false_alarms):
    rng = np.random.default_rng(1)
    first, second = rng.random((RUNS, 40)), rng.random((RUNS, 150))
    if law == "two points":
        first, second = first >= 0.8, second >= 0.8
    refuted = [judge_samples(a, b, alpha=RATE).outcome == "refuted" for a, b in zip(first, second, strict=True)]
    count_false_alarms(f"two samples, {law}", np.array(refuted))


def test_power(count_power):
    """Laws that differ by the detectable distance in one point only."""
    rng, sizes = np.random.default_rng(2), (300, 2000)
    distance = judge_samples(np.zeros(sizes[0]), np.zeros(sizes[1]), alpha=RATE).detectable
    found = []
    for _ in range(2000):
        first, second = rng.random(sizes[0]), rng.random(sizes[1])
        moved = np.where((first > 0.5 - distance) & (first < 0.5), 0.5 + first * 1e-9, first)
        found.append(judge_samples(moved, second, alpha=RATE).outcome == "refuted")
    count_power("two samples", np.array(found))


@given(st.lists(st.integers(0, 9), min_size=1, max_size=30), st.lists(st.integers(0, 9), min_size=1, max_size=30))
def test_distance_by_counting_at_each_value(first, second):
    counts = [[sum(x <= at for x in each) / len(each) for at in range(10)] for each in (first, second)]
    assert abs(gap(np.array(first), np.array(second)) - np.abs(np.subtract(*counts)).max()) < 1e-12


def test_few_draws_are_underpowered_and_wrong_neighbors_are_refuted():
    rng = np.random.default_rng(3)
    assert judge_samples(rng.random(50), rng.random(50)).outcome == "underpowered"
    first, second = rng.random(60_000), rng.random(60_000)
    assert judge_samples(first, second, 0.1).outcome == "consistent"
    assert judge_samples(first, second**1.6, 0.1).outcome == "refuted"


def test_bad_input():
    with pytest.raises(ValueError, match="samples of 0 and 1 values"):
        judge_samples([], [1.0])
    with pytest.raises(ValueError, match=r"second\[0\]=nan"):
        judge_samples([1.0], [np.nan])
    with pytest.raises(ValueError, match="alpha=2"):
        judge_samples([1.0], [1.0], alpha=2.0)
