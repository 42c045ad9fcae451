"""The judge of bounds: equality under rounding noise, planted violations, tightness, blindness, bad input."""

from math import inf, nan

import numpy as np
import pytest

from numerics.judges.at_most import judge_at_most
from numerics.verdict import NotJudged

RUNS = 20_000


def cauchy_schwarz(rng, equal, draws=3, terms=24):
    """|<a, b>| <= |a||b|, with equality for parallel vectors; the right side is also the size."""
    a = rng.normal(size=(draws, terms)) * np.exp(3 * rng.normal(size=(draws, terms)))
    b = a * rng.uniform(0.1, 10, (draws, 1)) if equal else rng.normal(size=(draws, terms))
    right = np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1)
    return np.abs(np.cumsum(a * b, axis=1)[:, -1]), right, right


def test_false_alarms(count_false_alarms):
    rng = np.random.default_rng(1)
    outcomes = [judge_at_most(*cauchy_schwarz(rng, True), sharp=True).outcome for _ in range(RUNS)]
    count_false_alarms("at most, at equality", [outcome == "refuted" for outcome in outcomes])
    assert set(outcomes) == {"consistent"}


def test_power(count_power):
    """At equality a bound smaller by detectable is refuted."""
    rng = np.random.default_rng(2)
    refuted = []
    for _ in range(4000):
        left, right, size = cauchy_schwarz(rng, True)
        d = judge_at_most(left, right, size, sharp=True).detectable
        refuted.append(judge_at_most(left, right * (1 - d * (1 + 1e-9)), size).outcome == "refuted")
    count_power("at most, bound smaller by its detectable", refuted)


def test_wrong_neighbor_is_refuted():
    left, right, size = cauchy_schwarz(np.random.default_rng(3), True)
    assert judge_at_most(left, right * 0.98, size).outcome == "refuted"


def test_a_slack_bound_is_not_counted_as_sharp():
    left, right, size = cauchy_schwarz(np.random.default_rng(4), False)
    slack, sharp = judge_at_most(left, right, size), judge_at_most(left, right, size, sharp=True)
    assert (slack.outcome, sharp.outcome) == ("consistent", "underpowered")
    assert slack.measured == sharp.measured == pytest.approx((left / right).max())
    assert sharp.detectable == pytest.approx(1 - slack.measured, abs=1e-12)


def test_what_rounding_hides_is_underpowered():
    """A side just above rounding is seen, but not to 2 %."""
    assert judge_at_most([1e-13], [3e-13], 1.0).outcome == "underpowered"
    assert judge_at_most([3e-13], [3e-13], 1.0).outcome == "underpowered"
    assert judge_at_most([1e-13, 1.0], [3e-13, 1.5], 1.0).outcome == "consistent"  # one draw that sees is enough


def test_zero_to_rounding_says_nothing():
    """The smallest singular value of a singular matrix is noise: 0 <= 0 there, and not judged where it is all."""
    for left, right in ((1e-20, 3e-20), (3e-20, 1e-20), (0.0, 0.0)):
        with pytest.raises(NotJudged, match="both sides are 0 to rounding in every draw"):
            judge_at_most([left], [right], 1.0)
        judgment = judge_at_most([left, 1.0], [right, 1.0], 1.0)
        assert judgment.outcome == "consistent" and judgment.measured == 1
        assert judgment.note.endswith("both sides are 0 to rounding in 1 of 2 draws")
    assert judge_at_most([1e-3], [1e-20], 1.0).outcome == "refuted"


def test_negative_and_zero_sides():
    assert judge_at_most([-3.0, -2.0], [-2.0, -2.0], 3.0).measured == 1.0
    assert judge_at_most([-2.0, -2.0], [-2.0, -3.0], 3.0).outcome == "refuted"
    assert judge_at_most([1e-3, 1.0], [0.0, 2.0], 2.0).measured == inf


def test_one_violation_among_many():
    left, right, size = cauchy_schwarz(np.random.default_rng(5), False, draws=10_000)
    left[7777] = right[7777] * (1 + 1e-12)
    judgment = judge_at_most(left, right, size)
    assert judgment.outcome == "refuted" and judgment.measured > 1


@pytest.mark.parametrize("bad", [nan, inf])
def test_bad_input(bad):
    with pytest.raises(ValueError, match=rf"right\[1\]={bad}"):
        judge_at_most([1.0, 1.0], [2.0, bad], 1.0)
    with pytest.raises(ValueError, match="size=-1"):
        judge_at_most([1.0], [1.0], -1.0)
