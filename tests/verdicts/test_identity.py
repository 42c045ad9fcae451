"""The judge of identities: exact truths under rounding noise, planted wrong factors and signs, blindness, bad input."""

from math import inf, nan

import numpy as np
import pytest

from numerics.judges.identity import judge_identity
from numerics.verdict import EPS, ROUNDING

RUNS = 20_000


def two_roads(rng, draws=3, terms=24, spread=3.0):
    """One dot product summed in two orders, terms over many magnitudes, and the sum of absolute values."""
    a, b = rng.normal(size=(2, draws, 4, terms)) * np.exp(spread * rng.normal(size=(2, draws, 4, terms)))
    product = a * b
    left = np.cumsum(product, axis=-1)[..., -1]
    right = np.cumsum(product[..., ::-1], axis=-1)[..., -1]
    return left, right, np.abs(product).sum(axis=-1)


def test_false_alarms(count_false_alarms):
    rng = np.random.default_rng(1)
    outcomes = [judge_identity(*two_roads(rng)).outcome for _ in range(RUNS)]
    count_false_alarms("identity, sums in two orders", [outcome == "refuted" for outcome in outcomes])


def test_power(count_power):
    """A factor 1 + detectable on one side, with rounding noise on both, is refuted."""
    rng = np.random.default_rng(2)
    refuted = []
    for _ in range(4000):
        left, right, size = two_roads(rng)
        d = judge_identity(left, right, size).detectable
        refuted.append(judge_identity(left, right * (1 + d), size).outcome == "refuted")
    count_power("identity off by its detectable", refuted)


def test_wrong_neighbors_are_refuted():
    rng = np.random.default_rng(3)
    for _ in range(100):
        left, right, size = two_roads(rng, spread=1.0)
        assert judge_identity(left, right, size).outcome == "consistent"
        assert judge_identity(left, right * (1 + 1e-6), size).outcome == "refuted"
        flipped = right.copy()
        flipped[1, 2] *= -1
        assert judge_identity(left, flipped, size).outcome == "refuted"


def test_near_the_ideal(record_property):
    """Rounding itself moves a sum of 24 terms by about eps·size: what the judge hides beyond that."""
    left, right, size = two_roads(np.random.default_rng(4), draws=5000)
    worst = (np.abs(left - right) / (EPS * size)).max()
    record_property("verdict", f"identity: allows {ROUNDING} eps·size where rounding was seen to reach {worst:.2f}")
    assert 0.1 < worst < ROUNDING


def test_scale_free():
    """A gradient that has vanished, or exploded, is judged as any other: times -37 is refuted."""
    left, right, size = two_roads(np.random.default_rng(5), spread=1.0)
    for scale in (1e-250, 1e250):
        assert judge_identity(left * scale, right * scale, size * scale).outcome == "consistent"
        assert judge_identity(left * scale, -37 * right * scale, size * scale).outcome == "refuted"


def test_what_rounding_hides_is_underpowered():
    judgment = judge_identity([1e-20, 1e-20], [-37e-20, 1e-20], 1.0)
    assert judgment.outcome == "underpowered" and "2 of 2 draws cannot see" in judgment.note
    assert judge_identity([0.0], [0.0], 0.0).outcome == "underpowered"
    one_blind = judge_identity([1.0, 1.0, 1e-9], [1.0, 1.0, 1e-9], 1.0)
    assert one_blind.outcome == "consistent" and "1 of 3 draws" in one_blind.note


def test_a_component_that_cancels_does_not_blind_its_draw():
    assert judge_identity([[1.0, 0.0]], [[1.0, 1e-16]], 1.0).outcome == "consistent"


def test_subnormal_sides_are_no_false_alarm():
    assert judge_identity([5e-324], [1e-323], 1e-323).outcome != "refuted"


def test_size_may_be_one_number_one_a_draw_or_one_a_component():
    left = np.ones((2, 3))
    for size in (1.0, np.array([1.0, 2.0]), np.ones((2, 3))):
        assert judge_identity(left, left, size).outcome == "consistent"
    assert judge_identity(left, left * (1 + 1e-12), np.array([1.0, 1e9])).outcome == "refuted"
    assert judge_identity(1.0, 1.0, 1.0).outcome == "consistent"


def test_reported_numbers():
    judgment = judge_identity([[2.0, 4.0]], [[2.0, 5.0]], 8.0)
    assert (judgment.measured, judgment.error) == pytest.approx((1 / 5, ROUNDING * EPS * 8 / 5))


@pytest.mark.parametrize("bad", [nan, inf, -inf])
def test_bad_input(bad):
    with pytest.raises(ValueError, match=rf"left\[1, 0\]={bad}"):
        judge_identity([[1.0], [bad]], [[1.0], [1.0]], 1.0)
    with pytest.raises(ValueError, match=rf"right={bad}"):
        judge_identity([1.0], bad, 1.0)
    with pytest.raises(ValueError, match="size"):
        judge_identity([1.0], [1.0], -1.0)
    with pytest.raises(ValueError, match="nothing was drawn"):
        judge_identity([], [], 1.0)
