"""Limits by a proved remainder: false alarms where it is attained, power, outcomes, bad input."""

from math import inf, nan

import numpy as np
import pytest

from numerics.judges.remainder import judge_remainder

RUNS = 20_000


def test_false_alarms(count_false_alarms):
    """left is exactly at the end of its remainder, and then computed: exp and log of the same number."""
    remainder = np.random.default_rng(6).uniform(0, 0.02, RUNS)
    left = 3.0 * np.exp(np.log1p(remainder))
    refuted = [judge_remainder(x, 3.0, r).outcome == "refuted" for x, r in zip(left, remainder, strict=True)]
    count_false_alarms("limit by a remainder that is attained", refuted)


def test_power(count_power):
    """The unluckiest truth: left at the far end of its remainder; detectable is still refuted, whatever the draw."""
    remainder = np.random.default_rng(7).uniform(0, 0.02, 4000)
    refuted = []
    for r in remainder:
        d = judge_remainder(1.0, 1.0, r).detectable * (1 + 1e-9)
        refuted.append(
            judge_remainder(1 + r, 1 + d, r).outcome == judge_remainder(1 - r, 1 - d, r).outcome == "refuted"
        )
    count_power("limit by a remainder, off by its detectable", refuted)


def test_outcomes():
    assert judge_remainder([1.0, 1.001], 1.0, [0.01, 0.012]).outcome == "consistent"
    assert judge_remainder([1.0, 1.001], 1.0, [0.02, 0.03]).outcome == "underpowered"
    seen = judge_remainder([1.0, 1.001], 1.0, [1.0, 0.01])  # a limit off by a factor is off in the sharp draw too
    assert seen.outcome == "consistent" and seen.note == "1 of 2 draws cannot see a deviation of 0.03"
    assert judge_remainder([1.0, 1.001], 1.0, 1.0).detectable == inf
    judgment = judge_remainder([2.0, 2.2], [2.0, 2.0], 0.05)
    assert judgment.outcome == "refuted" and judgment.measured == pytest.approx(1.1)


def test_bad_input():
    with pytest.raises(ValueError, match=r"left\[1\]=nan"):
        judge_remainder([1.0, nan], 1.0, 0.1)
    with pytest.raises(ValueError, match=r"right\[0\]=0\.0"):
        judge_remainder([1.0], 0.0, 0.1)
    with pytest.raises(ValueError, match=r"remainder\[0\]=-0\.1"):
        judge_remainder([1.0], 1.0, -0.1)
