"""Limits by fits: false alarms under skewed draws, power, planted wrong limits, the cost of a design, bad input."""

from math import inf, nan, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from numerics.judges.catoni import reach
from numerics.judges.extrapolation import Groups, intercept, variance
from numerics.judges.limit import design_limit, intercepts, judge_limit
from numerics.verdict import ALPHA, POWER, NotJudged

RUNS, RATE = 20_000, 0.01
SIZES = (8, 32, 128, 512)
RATES = tuple(size ** (-2 / 3) for size in SIZES)
SPREADS = tuple(2 / size for size in SIZES)  # of chi-square noise below, relative to the limit 1
TRUTHS = {"constant": (0.0, 0.0), "line": (-0.5, 0.0), "parabola": (-0.8, 0.6)}


def draw(rng, shape, size, limit, curve):
    """Values of mean limit·(1 + b·r + c·r²), with skewed noise of variance limit²·2/size."""
    r = size ** (-2 / 3)
    return limit * (1 + curve[0] * r + curve[1] * r**2 + (rng.normal(size=shape) ** 2 - 1) / sqrt(size))


def refutes(rng, runs, design, limit, claimed, curve):
    """The judge over many runs at once; agrees with the public one by test_public_judge."""
    values = [draw(rng, (runs, n), s, limit, curve) / claimed for n, s in zip(design.draws, SIZES, strict=True)]
    center, line = intercepts(values, design)
    return np.abs(center - 1) > design.halfwidth + np.abs(center - line)


@pytest.mark.parametrize("curve", TRUTHS)
@pytest.mark.parametrize("limit", [100, (800, 400, 200, 100)], ids=["equal", "unequal"])
def test_false_alarms(curve, limit, count_false_alarms):
    design = design_limit(SIZES, RATES, SPREADS, alpha=RATE, limit=limit)
    rng = np.random.default_rng(1)
    refuted = [refutes(rng, 2000, design, 1.0, 1.0, TRUTHS[curve]) for _ in range(RUNS // 2000)]
    count_false_alarms(f"limit of a {curve}, draws {design.draws}", np.concatenate(refuted))


def test_false_alarms_of_the_statistical_part(count_false_alarms):
    """Without the room that the difference of the fits adds."""
    design = design_limit(SIZES, RATES, SPREADS, alpha=RATE, limit=100)
    rng = np.random.default_rng(1)
    centers = [
        intercepts(
            [draw(rng, (2000, n), s, 1.0, (-0.8, 0.6)) for n, s in zip(design.draws, SIZES, strict=True)], design
        )
        for _ in range(RUNS // 2000)
    ]
    center = np.concatenate([pair[0] for pair in centers])
    count_false_alarms(f"limit, statistical part alone, draws {design.draws}", np.abs(center - 1) > design.halfwidth)


@pytest.mark.parametrize("sign", [1, -1])
def test_power_with_the_extrapolation(sign, count_power):
    """Off by its resolution, a limit is refuted or the judge says that it cannot tell; it is not consistent."""
    design = design_limit(SIZES, RATES, SPREADS, 0.3, alpha=RATE, statistical=0.75)
    rng = np.random.default_rng(6)
    truth = 1 + sign * design.resolution
    values = [draw(rng, (4000, n), s, truth, (-0.1, 0.1)) for n, s in zip(design.draws, SIZES, strict=True)]
    center, line = intercepts(values, design)
    told = design.detectable + np.abs(center - line) <= design.resolution
    assert told.mean() > 0.5
    refuted = np.abs(center - 1) > design.halfwidth + np.abs(center - line)
    count_power(f"limit off by {truth - 1:.3f} where not underpowered, draws {design.draws}", refuted[told])


@pytest.mark.parametrize("sign", [1, -1])
def test_power(sign, count_power):
    """The statistical part: what is known before the draws."""
    design = design_limit(SIZES, RATES, SPREADS, 0.6, alpha=RATE)
    rng = np.random.default_rng(2)
    truth = 1 + sign * design.detectable
    values = [draw(rng, (4000, n), s, truth, (-0.1, 0.0)) for n, s in zip(design.draws, SIZES, strict=True)]
    refuted = np.abs(intercepts(values, design)[0] - 1) > design.halfwidth
    count_power(f"limit off by {truth - 1:.3f}, draws {design.draws}", refuted)


def test_public_judge():
    design = design_limit(SIZES, RATES, SPREADS, 0.3, alpha=RATE)
    for curve in TRUTHS.values():
        for claimed in (1.0, 1.6, 0.4):
            rngs = np.random.default_rng(3), np.random.default_rng(3)
            values = [draw(rngs[0], (1, n), s, 1.0, curve)[0] for n, s in zip(design.draws, SIZES, strict=True)]
            judgment = judge_limit(values, claimed, design)
            assert (judgment.outcome == "refuted") == refutes(rngs[1], 1, design, 1.0, claimed, curve)[0]
            assert judgment.detectable > design.detectable and "extrapolation" in judgment.note


@pytest.mark.parametrize("curve", TRUTHS)
def test_wrong_neighbor_is_refuted(curve):
    design = design_limit(SIZES, RATES, SPREADS)
    rng = np.random.default_rng(4)
    values = [draw(rng, n, s, 2.0, TRUTHS[curve]) for n, s in zip(design.draws, SIZES, strict=True)]
    assert judge_limit(values, 2.0, design).outcome == "consistent"
    for wrong in (2.0 * 1.06, 2.0 * 0.94):
        assert judge_limit(values, wrong, design).outcome == "refuted"


def test_fits_that_disagree_are_underpowered():
    design = design_limit(SIZES, RATES, (0.0,) * 4)
    exact = [np.full(n, 1 + 12.0 * r**2) for n, r in zip(design.draws, RATES, strict=True)]
    judgment = judge_limit(exact, 1.0, design)
    assert judgment.outcome == "underpowered" and judgment.measured == pytest.approx(1, abs=1e-12)
    assert judgment.detectable >= judgment.error > 0.03


def test_the_error_covers_a_third_term():
    """What both fits leave out, here d·r³, is smaller than their difference: it is inside the error."""
    design = design_limit(SIZES, RATES, (0.0,) * 4)
    values = [np.full(n, 1 - 0.5 * r**3) for n, r in zip(design.draws, RATES, strict=True)]
    judgment = judge_limit(values, 1.0, design)
    assert judgment.outcome == "consistent" and 0 < abs(judgment.measured - 1) < judgment.error


def test_draws_are_cheap():
    """No plan of equal draws, nor of one draw of each size a group, sees as much for less."""
    cost = np.array(SIZES) ** 2.2
    design = design_limit(SIZES, RATES, SPREADS)
    assert design.detectable <= 0.015
    assert design.draws == tuple(design.groups.count * k for k in design.groups.members)
    coefficients = intercept(RATES, 3)
    rng = np.random.default_rng(0)
    for _ in range(300):
        count = int(rng.integers(64, 20_000))
        groups = Groups(count, tuple(rng.integers(1, 60, 4).tolist()))
        if reach(variance(coefficients, SPREADS, groups.members), count, ALPHA, True) <= 0.015:
            assert count * (cost @ groups.members) > 0.97 * (cost @ design.draws)


def test_a_larger_statistical_part_needs_fewer_draws():
    half, most = (design_limit(SIZES, RATES, SPREADS, statistical=part) for part in (0.5, 0.75))
    assert sum(most.draws) < sum(half.draws) / 1.8


def test_near_the_gaussian_ideal(record_property):
    design = design_limit(SIZES, RATES, SPREADS, relative=False)
    variance = sum(c**2 * v / n for c, v, n in zip(design.long, SPREADS, design.draws, strict=True))
    ratio = design.detectable / ((norm.isf(ALPHA / 2) + norm.isf(1 - POWER)) * sqrt(variance))
    record_property("verdict", f"limit: detectable is {ratio:.3f} of the Gaussian ideal, draws {design.draws}")
    assert 1 < ratio < 1.3


@given(st.integers(0, 2**32 - 1), st.sampled_from([2, 3]))
def test_intercept_reproduces_polynomials(seed, terms):
    rng = np.random.default_rng(seed)
    rates, coefficients = np.sort(rng.uniform(0.01, 1, 4)) + np.arange(4) / 4, rng.normal(size=terms)
    means = sum(c * rates**k for k, c in enumerate(coefficients))
    assert intercept(rates, terms) @ means == pytest.approx(coefficients[0], abs=1e-9)
    noisy = rng.normal(size=4)
    assert intercept(rates, terms) @ noisy == pytest.approx(np.polyfit(rates, noisy, terms - 1)[-1], abs=1e-8)


def test_capped_draws_are_underpowered():
    design = design_limit(SIZES, RATES, SPREADS, limit=[5000, 5000, 100, 64])
    assert (np.array(design.draws) <= [5000, 5000, 100, 64]).all() and design.detectable > 0.015
    rng = np.random.default_rng(5)
    values = [draw(rng, n, s, 1.0, (0.0, 0.0)) for n, s in zip(design.draws, SIZES, strict=True)]
    assert judge_limit(values, 1.0, design).outcome == "underpowered"
    assert judge_limit(values, 5.0, design).outcome == "refuted"


def test_bad_input():
    with pytest.raises(NotJudged, match="no finite fourth moment"):
        design_limit(SIZES, RATES, (*SPREADS[:3], inf))
    with pytest.raises(ValueError, match="four or more"):
        design_limit(SIZES[:3], RATES[:3], SPREADS[:3])
    with pytest.raises(ValueError, match="distinct positive rates"):
        design_limit(SIZES, (*RATES[:3], RATES[0]), SPREADS)
    with pytest.raises(ValueError, match="limit=0"):
        design_limit(SIZES, RATES, SPREADS, limit=0)
    with pytest.raises(ValueError, match="one positive cost a size"):
        design_limit(SIZES, RATES, SPREADS, cost=[1.0, 2.0])
    design = design_limit(SIZES, RATES, (0.0,) * 4)
    with pytest.raises(ValueError, match="values at 3 sizes"):
        judge_limit([[1.0] * 64] * 3, 1.0, design)
    with pytest.raises(ValueError, match=r"values\[2\]\[5\]=nan"):
        judge_limit([[1.0] * 64, [1.0] * 64, [1.0] * 5 + [nan] + [1.0] * 58, [1.0] * 64], 1.0, design)
