"""Limits by fits: false alarms under every kind of law, power, planted wrong limits, plans too hopeful, bad input."""

from math import inf, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.judges.extrapolation import farthest, intercept
from numerics.judges.limit import LEFT_OUT, design_limit, extrapolate, judge_limit
from numerics.verdict import NotJudged

RUNS, RATE = 20_000, 0.01
SIZES = (8, 16, 32, 256)
RATES = tuple(size ** (-2 / 3) for size in SIZES)
SPREADS = tuple(0.16 * rate**2 for rate in RATES)  # planned: a standard deviation of 0.4·rate, relative to the limit
TRUTHS = {"constant": (0.0, 0.0), "line": (-0.5, 0.0), "parabola": (-0.8, 0.6)}
LAWS = {  # each of median 0
    "normal": lambda rng, shape: rng.normal(size=shape),
    "lognormal": lambda rng, shape: np.exp(rng.normal(size=shape)) - 1,
    "chi-square": lambda rng, shape: rng.normal(size=shape) ** 2 - 0.454936423119573,
    "three atoms": lambda rng, shape: rng.choice([-1.0, 0.0, 2.0], size=shape, p=[0.48, 0.04, 0.48]),
    "coin": lambda rng, shape: rng.integers(0, 2, shape).astype(float),  # any number of [0, 1] is a median
    "Cauchy": lambda rng, shape: rng.standard_cauchy(shape),
}


def draw(rng, design, law="normal", curve=(-0.5, 0.3), limit=1.0, noise=0.4, runs=()):
    """Values of median limit·(1 + b·r + c·r²) and deviation limit·noise·r, at each size."""
    centers = [1 + curve[0] * r + curve[1] * r**2 for r in RATES]
    parts = zip(centers, RATES, design.draws, strict=True)
    return [limit * (m + noise * r * LAWS[law](rng, (*runs, n))) for m, r, n in parts]


def judged(design, seed, claimed=1.0, **truth):
    return judge_limit(draw(np.random.default_rng(seed), design, **truth), claimed, design)


@pytest.mark.parametrize("limit", [11, 40])
@pytest.mark.parametrize(("law", "curve"), [*((law, "parabola") for law in LAWS), ("normal", "line"), ("coin", "line")])
def test_false_alarms(law, curve, limit, count_false_alarms):
    """Also of the statistical part alone, without the room that the difference of the fits adds."""
    design, rng = design_limit(SIZES, RATES, SPREADS, alpha=RATE, limit=limit), np.random.default_rng(1)
    fits = extrapolate(draw(rng, design, law, TRUTHS[curve], runs=(RUNS,)), design)
    count_false_alarms(f"limit of a {curve}, {law}, draws {design.draws}", np.abs(fits.long - 1) > fits.error)
    count_false_alarms(f"limit of a {curve}, {law}, statistical part", np.abs(fits.long - 1) > fits.statistical)


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("law", LAWS)
def test_power(law, sign, count_power):
    design, rng = design_limit(SIZES, RATES, SPREADS, 0.3, alpha=RATE), np.random.default_rng(2)
    fits = extrapolate(draw(rng, design, law, runs=(4000,)), design)
    claimed = 1 + sign * fits.detectable
    count_power(f"limit off by its detectable, {law}, draws {design.draws}", np.abs(fits.long - claimed) > fits.error)


def test_the_plan_is_what_normal_draws_give():
    design, rng = design_limit(SIZES, RATES, SPREADS), np.random.default_rng(3)
    fits = extrapolate(draw(rng, design, runs=(50,)), design)
    assert design.detectable <= 0.0195
    assert fits.statistical.mean() == pytest.approx(design.halfwidth, rel=0.15)
    assert (fits.statistical + fits.blur).mean() == pytest.approx(design.detectable, rel=0.15)


def test_public_judge():
    design = design_limit(SIZES, RATES, SPREADS, 0.1, alpha=RATE)
    for curve in TRUTHS.values():
        values = draw(np.random.default_rng(3), design, curve=curve)
        for claimed in (1.0, 1.6, 0.4):
            fits = extrapolate([each / claimed for each in values], design)
            judgment = judge_limit(values, claimed, design)
            assert (judgment.outcome == "refuted") == bool(abs(fits.long - 1) > fits.error)
            assert judgment.measured == pytest.approx(fits.long * claimed, rel=1e-12)
            assert judgment.error == pytest.approx(fits.error * claimed, rel=1e-9)
            assert judgment.detectable == pytest.approx(fits.detectable, rel=1e-9)
            assert f"extrapolation {fits.extrapolation * claimed:.3g} of error" in judgment.note


def test_what_fits_leave_out_is_never_taken_for_nothing():
    """Two fits that agree exactly still leave half a percent: no resolution below it is claimed."""
    design = design_limit(SIZES, RATES, (0.0,) * len(SIZES), 0.004)
    judgment = judge_limit([[2.0] * draws for draws in design.draws], 2.0, design)
    assert judgment.outcome == "underpowered" and judgment.error >= 2 * LEFT_OUT
    assert judge_limit([[2.0] * draws for draws in design.draws], 1.95, design).outcome == "refuted"


@pytest.mark.parametrize("curve", TRUTHS)
def test_wrong_neighbor_is_refuted(curve):
    design = design_limit(SIZES, RATES, SPREADS, statistical=0.5)
    values = draw(np.random.default_rng(4), design, curve=TRUTHS[curve], limit=2.0)
    assert judge_limit(values, 2.0, design).outcome == "consistent"
    for wrong in (2.0 * 1.06, 2.0 * 0.94):
        assert judge_limit(values, wrong, design).outcome == "refuted"


def test_a_plan_too_hopeful_is_underpowered():
    """Noise of twice the planned deviation, or without a variance: the intervals themselves decide."""
    design = design_limit(SIZES, RATES, SPREADS, statistical=0.8)
    for law, noise in (("normal", 0.8), ("Cauchy", 0.6)):
        judgment = judged(design, 5, law=law, noise=noise)
        assert judgment.outcome == "underpowered" and judgment.detectable > design.resolution > design.detectable
        assert abs(judgment.measured - 1) < judgment.error
        assert judged(design, 5, law=law, noise=noise, claimed=1.3).outcome == "refuted"


def test_fits_that_disagree_are_underpowered():
    design = design_limit(SIZES, RATES, (0.0,) * 4)
    judgment = judged(design, 6, curve=(0.0, 12.0), noise=0.0)
    assert judgment.outcome == "underpowered" and judgment.measured == pytest.approx(1, abs=1e-12)
    assert judgment.detectable >= judgment.error > 0.03


def test_the_error_covers_a_third_term():
    """What both fits leave out, here d·r³, is smaller than their difference: it is inside the error."""
    design = design_limit(SIZES, RATES, (0.0,) * 4)
    values = [np.full(n, 1 - 0.5 * r**3) for n, r in zip(design.draws, RATES, strict=True)]
    judgment = judge_limit(values, 1.0, design)
    assert judgment.outcome == "consistent" and 0 < abs(judgment.measured - 1) < judgment.error


def test_draws_are_cheap():
    """No other plan of the same cost sees more."""
    cost, design = np.array(SIZES) ** 2.2, design_limit(SIZES, RATES, SPREADS)
    assert design.detectable <= 0.0195
    weights, rng = np.abs(design.long) * np.sqrt(SPREADS), np.random.default_rng(0)
    scale = design.detectable / float((weights / np.sqrt(design.draws)).sum())
    for _ in range(2000):
        other = np.array(design.draws) * np.exp(rng.normal(size=4) * rng.uniform(0.01, 1))
        other *= (cost @ design.draws) / (cost @ other)
        assert scale * (weights / np.sqrt(other)).sum() > 0.999 * design.detectable


def test_a_larger_statistical_part_needs_fewer_draws():
    half, most = (design_limit(SIZES, RATES, SPREADS, statistical=part) for part in (0.5, 0.75))
    assert sum(most.draws) < sum(half.draws) / 2


@given(st.integers(0, 2**32 - 1), st.sampled_from([2, 3]))
def test_intercept_reproduces_polynomials(seed, terms):
    rng = np.random.default_rng(seed)
    rates, coefficients = np.sort(rng.uniform(0.01, 1, 4)) + np.arange(4) / 4, rng.normal(size=terms)
    medians = sum(c * rates**k for k, c in enumerate(coefficients))
    assert intercept(rates, terms) @ medians == pytest.approx(coefficients[0], abs=1e-9)
    noisy = rng.normal(size=4)
    assert intercept(rates, terms) @ noisy == pytest.approx(np.polyfit(rates, noisy, terms - 1)[-1], abs=1e-8)


def test_farthest_is_the_worst_corner_of_the_box():
    rng = np.random.default_rng(7)
    fit, below, above = rng.normal(size=4), rng.uniform(size=(9, 4)), rng.uniform(size=(9, 4))
    corners = np.array(np.meshgrid(*[[0, 1]] * 4)).reshape(4, -1).T[:, None, :]
    moved = np.abs((np.where(corners, above, -below)) @ fit).max(axis=0)
    assert farthest(fit, below, above) == pytest.approx(moved, rel=1e-12)
    unknown = np.array([inf, 1.0, 1.0, 1.0])
    assert farthest(np.array([0.0, 1.0, 1.0, 0.0]), unknown, unknown) == 2
    assert farthest(np.array([1.0, 0.0, 0.0, 0.0]), unknown, unknown) == inf


def test_capped_draws_are_underpowered():
    design = design_limit(SIZES, RATES, SPREADS, limit=100)
    assert max(design.draws) <= 100 and design.detectable > 0.03
    assert judged(design, 5, curve=(0.0, 0.0)).outcome == "underpowered"
    assert judged(design, 5, claimed=5.0).outcome == "refuted"
    blind = judged(design_limit(SIZES, RATES, SPREADS, limit=20), 5, claimed=5.0)  # too few for any interval
    assert blind.outcome == "underpowered" and blind.error == inf


def test_bad_input():
    with pytest.raises(NotJudged, match="no finite fourth moment"):
        design_limit(SIZES, RATES, (*SPREADS[:3], inf))
    with pytest.raises(ValueError, match="spread=-1"):
        design_limit(SIZES, RATES, (*SPREADS[:3], -1.0))
    with pytest.raises(ValueError, match="four or more"):
        design_limit(SIZES[:3], RATES[:3], SPREADS[:3])
    with pytest.raises(ValueError, match="distinct positive rates"):
        design_limit(SIZES, (*RATES[:3], RATES[0]), SPREADS)
    with pytest.raises(ValueError, match="limit=0"):
        design_limit(SIZES, RATES, SPREADS, limit=0)
    with pytest.raises(ValueError, match="one positive cost a size"):
        design_limit(SIZES, RATES, SPREADS, cost=[1.0, 2.0])
    design = design_limit(SIZES, RATES, (0.0,) * 4)
    values = [np.ones(n) for n in design.draws]
    with pytest.raises(ValueError, match="values at 3 sizes"):
        judge_limit(values[:3], 1.0, design)
    with pytest.raises(ValueError, match=r"values\[1\] has shape"):
        judge_limit([values[0], values[1][:-1], *values[2:]], 1.0, design)
    for wrong in (nan, inf):
        values[2][5] = wrong
        with pytest.raises(ValueError, match=rf"values\[2\]\[5\]={wrong}"):
            judge_limit(values, 1.0, design)
