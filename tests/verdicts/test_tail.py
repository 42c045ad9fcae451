"""The binomial judge of tails: false alarms, power, the limit by a second road, and bad input."""

from math import inf, nan, sqrt

import numpy as np
import pytest
from scipy.stats import binom, binomtest, norm

from numerics.judges.tail import critical_count, design_tail, judge_tail, lower_limit
from numerics.verdict import ALPHA, POWER

RUNS, RATE = 20_000, 0.01


@pytest.mark.parametrize("bound", [0.5, 0.1, 1e-3])
@pytest.mark.parametrize("draws", [1, 30, 1000])
def test_false_alarms(bound, draws, count_false_alarms):
    counts = np.random.default_rng(1).binomial(draws, bound, RUNS)
    refuted = lower_limit(counts, draws, RATE) > bound
    count_false_alarms(f"tail {bound}, {draws} draws", refuted)
    design = design_tail(bound, alpha=RATE, limit=draws)
    judged = [judge_tail(np.arange(draws) < count, design).outcome == "refuted" for count in counts[:30]]
    assert judged == refuted[:30].tolist()


@pytest.mark.parametrize("bound", [0.6, 0.05, 1e-3])
def test_power(bound, count_power):
    design = design_tail(bound, 0.3, alpha=RATE)
    truth = bound * (1 + design.detectable)
    counts = np.random.default_rng(2).binomial(design.draws, truth, 4000)
    count_power(
        f"tail {bound} really {truth:.4g}, {design.draws} draws", lower_limit(counts, design.draws, RATE) > bound
    )


@pytest.mark.parametrize("bound", [0.5, 0.05])
def test_near_the_gaussian_ideal(bound, record_property):
    design = design_tail(bound)
    truth = bound * (1 + design.detectable)
    ideal = norm.isf(ALPHA) * sqrt(bound * (1 - bound)) + norm.isf(1 - POWER) * sqrt(truth * (1 - truth))
    ratio = (truth - bound) * sqrt(design.draws) / ideal
    record_property("verdict", f"tail {bound}: detectable is {ratio:.4f} of the Gaussian ideal, {design.draws} draws")
    assert 0.95 < ratio < 1.05


@pytest.mark.parametrize(("count", "draws"), [(0, 5), (1, 5), (5, 5), (30, 200), (5000, 100_000)])
def test_lower_limit_agrees_with_scipy(count, draws):
    interval = binomtest(count, draws, alternative="greater").proportion_ci(1 - 1e-6, method="exact")
    assert float(lower_limit(count, draws, 1e-6)) == pytest.approx(interval.low, rel=1e-9)


@pytest.mark.parametrize(("bound", "draws"), [(0.5, 100), (0.02, 5000), (0.9, 40)])
def test_critical_count_is_the_least_of_its_probability(bound, draws):
    count = critical_count(bound, draws, ALPHA)
    if count is None:
        assert binom.sf(draws - 1, draws, bound) >= ALPHA
        return
    assert binom.sf(count - 1, draws, bound) < ALPHA <= binom.sf(count - 2, draws, bound)


def test_outcomes():
    design = design_tail(0.5)
    exceeded = np.arange(design.draws) % 2 == 1
    assert judge_tail(exceeded, design).outcome == "consistent"
    assert judge_tail(np.arange(design.draws) < 0.55 * design.draws, design).outcome == "refuted"
    capped = design_tail(0.5, limit=design.draws // 2)
    assert judge_tail(exceeded[: capped.draws], capped).outcome == "underpowered"


def test_a_bound_that_nothing_violates_is_never_consistent():
    for bound in (1.0, 7.5, inf, 0.0):
        judgment = judge_tail([False], design_tail(bound))
        assert judgment.outcome == "underpowered" and judgment.detectable == inf and judgment.note
    assert judge_tail([True], design_tail(0.0)).outcome == "refuted"


def test_a_coarser_resolution_is_never_harder_to_see():
    """A bound of 0.93 leaves 7 % above it: seen at 5 %, and at 10 % too, with no more draws."""
    fine, coarse = design_tail(0.93, 0.05), design_tail(0.93, 0.1)
    assert fine.detectable <= 0.05 and coarse.detectable <= 0.1 and coarse.draws <= fine.draws


def test_bad_input():
    for bound in (-0.1, nan):
        with pytest.raises(ValueError, match=f"bound={bound}"):
            design_tail(bound)
    design = design_tail(0.5, limit=2)
    for wrong in ([0.3, 0.4], [True]):
        with pytest.raises(ValueError, match="pass 2 booleans"):
            judge_tail(wrong, design)
