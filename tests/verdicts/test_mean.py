"""The judge of means: false alarms and power under skewed laws, zero and tiny spreads, and bad input."""

from math import inf, nan, sqrt

import numpy as np
import pytest
from scipy.stats import norm

from numerics.judges.catoni import estimate
from numerics.judges.mean import design_mean, judge_mean
from numerics.verdict import ALPHA, POWER, Design, NotJudged, rounding

RUNS, RATE = 20_000, 0.01
RARE = 1 / 5


def lognormal(rng, shape):
    return np.exp(rng.normal(-0.5, 1.0, shape))


def chi_square(rng, shape):
    return rng.normal(size=shape) ** 2


def two_point(rng, shape):
    return (rng.random(shape) < RARE) / RARE


def product_of_eight(rng, shape):
    return np.prod([rng.chisquare(16, shape) / 16 for _ in range(8)], axis=0)


def gaussian(rng, shape):
    return 1 + rng.normal(size=shape)


LAWS = {  # positive laws of mean 1 and their exact variance
    lognormal: np.e - 1,
    chi_square: 2.0,
    two_point: 1 / RARE - 1,
    product_of_eight: (1 + 2 / 16) ** 8 - 1,
}


def refutes(values, predicted, design: Design):
    center = estimate(values / predicted, design.bound, design.alpha)
    return np.abs(center - 1) > design.halfwidth + rounding(1.0)


def blocks(draw, runs: int, draws: int, seed: int):
    rng = np.random.default_rng(seed)
    for start in range(0, runs, 2000):
        yield draw(rng, (min(2000, runs - start), draws))


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
@pytest.mark.parametrize("draws", [64, 200])
def test_false_alarms(law, draws, count_false_alarms):
    design = design_mean(LAWS[law], alpha=RATE, limit=draws)
    refuted = np.concatenate([refutes(values, 1.0, design) for values in blocks(law, RUNS, draws, 1)])
    count_false_alarms(f"mean of {law.__name__}, {draws} draws", refuted)


def test_false_alarms_on_an_absolute_scale(count_false_alarms):
    design = design_mean(1.0, relative=False, alpha=RATE, limit=64)
    refuted = np.concatenate([refutes(values, 1.0, design) for values in blocks(gaussian, RUNS, 64, 2)])
    count_false_alarms("mean of gaussian, absolute", refuted)


def test_the_count_has_teeth(count_false_alarms):
    """A z-test of the same products fires too often, and the same count catches it."""
    values = np.concatenate(list(blocks(product_of_eight, RUNS, 64, 3)))
    z = (values.mean(axis=1) - 1) / (values.std(axis=1, ddof=1) / 8)
    with pytest.raises(AssertionError):
        count_false_alarms("mean by a z-test (must fail)", np.abs(z) > norm.isf(RATE / 2))


@pytest.mark.parametrize("law", [*LAWS, gaussian], ids=lambda law: law.__name__)
@pytest.mark.parametrize("sign", [1, -1])
def test_power(law, sign, count_power):
    relative = law is not gaussian
    design = design_mean(LAWS.get(law, 1.0), 0.4, relative=relative, alpha=RATE)
    assert design.detectable <= 0.4
    shift = sign * design.detectable
    refuted = [
        refutes(values * (1 + shift) if relative else values + shift, 1.0, design)
        for values in blocks(law, 4000, design.draws, 4)
    ]
    count_power(f"mean of {law.__name__} off by {shift:.3f}, {design.draws} draws", np.concatenate(refuted))


@pytest.mark.parametrize("resolution", [0.05, 0.02])
def test_near_the_gaussian_ideal(resolution, record_property):
    """No judge of level ALPHA and power POWER can beat the z-test with known variance on Gaussian draws."""
    design = design_mean(1.0, resolution, relative=False)
    ideal = (norm.isf(ALPHA / 2) + norm.isf(1 - POWER)) / sqrt(design.draws)
    record_property("verdict", f"mean: detectable is {design.detectable / ideal:.3f} of the Gaussian ideal")
    assert 1 < design.detectable / ideal < 1.25


def test_public_judge_agrees_with_the_counted_one():
    design = design_mean(np.e - 1, alpha=RATE, limit=64)
    values = lognormal(np.random.default_rng(5), (50, 64)) * 3.0
    for predicted in (3.0, 1.0, 30.0):
        outcomes = [judge_mean(row, predicted, design).outcome for row in values]
        assert [outcome == "refuted" for outcome in outcomes] == refutes(values, predicted, design).tolist()
        assert "consistent" not in outcomes  # 64 draws see nothing of 0.05


def test_huge_values_end_in_a_refutation():
    design = design_mean(1.0, limit=64)
    judgment = judge_mean([1e300] * 40 + [-1e-300] * 24, 1e-300, design)
    assert judgment.outcome == "refuted" and np.isfinite(judgment.measured)


def test_zero_spread_is_equality_of_every_value():
    design = design_mean(0.0)
    assert design.draws == 64 and design.halfwidth == 0
    equal = 1.3 * (1 + 2.0**-52 * np.random.default_rng(6).integers(-20, 21, 64))
    assert judge_mean(equal, 1.3, design).outcome == "consistent"
    equal[17] *= 1 + 1e-12
    assert judge_mean(equal, 1.3, design).outcome == "refuted"
    assert judge_mean([1.3] * 64, 1.3, design, size=1e15).outcome == "underpowered"


def test_tiny_spread_leaves_room_for_rounding():
    values = 1.3 * (1 + 2.0**-52 * np.random.default_rng(7).integers(-20, 21, 64))
    for spread in (5e-324, 1e-300, 1e-30):
        assert judge_mean(values, 1.3, design_mean(spread)).outcome == "consistent"
        assert judge_mean(values, 1.3 * (1 + 1e-12), design_mean(spread)).outcome == "refuted"


def test_underpowered_is_never_consistent():
    wanted = design_mean(1.0, 0.05)
    capped = design_mean(1.0, 0.05, limit=wanted.draws - 1)
    values = gaussian(np.random.default_rng(8), wanted.draws)
    assert judge_mean(values, 1.0, wanted).outcome == "consistent"
    assert judge_mean(values[:-1], 1.0, capped).outcome == "underpowered"
    assert judge_mean(values[:-1] + 1, 1.0, capped).outcome == "refuted"


def test_too_few_draws_for_the_bound_tell_nothing():
    design = design_mean(1.0, limit=40)  # 2·log(2/ALPHA) = 42.9
    assert design.detectable == inf and judge_mean([1e9] * 40, 1.0, design).outcome == "underpowered"


def test_wrong_neighbor_is_refuted():
    design = design_mean(1.0)
    values = gaussian(np.random.default_rng(9), design.draws)
    for predicted in (1.1, 0.9):
        assert judge_mean(values, predicted, design).outcome == "refuted"


def test_units():
    design = design_mean(1.0, relative=False)
    values = gaussian(np.random.default_rng(10), design.draws)
    small, large = judge_mean(values, 1.0, design), judge_mean(1e200 * values, 1e200, design)
    assert large.measured == pytest.approx(1e200 * small.measured, rel=1e-12)
    assert large.error == pytest.approx(1e200 * small.error, rel=1e-12)
    assert (large.detectable, large.resolution) == pytest.approx((small.detectable, small.resolution))


@pytest.mark.parametrize("bad", [nan, inf, -inf])
def test_values_that_are_no_numbers(bad):
    with pytest.raises(ValueError, match=rf"values\[3\]={bad}"):
        judge_mean([1.0] * 3 + [bad] + [1.0] * 60, 1.0, design_mean(0.0))


def test_bad_arguments():
    with pytest.raises(NotJudged, match="no finite fourth moment"):
        design_mean(inf)
    for spread in (-1.0, nan):
        with pytest.raises(ValueError, match=f"spread={spread}"):
            design_mean(spread)
    with pytest.raises(ValueError, match="resolution=0"):
        design_mean(1.0, 0)
    with pytest.raises(ValueError, match="alpha=1"):
        design_mean(1.0, alpha=1)
    with pytest.raises(ValueError, match="limit=0"):
        design_mean(1.0, limit=0)
    with pytest.raises(ValueError, match=r"shape \(65,\).*first 64 draws"):
        judge_mean([1.0] * 65, 1.0, design_mean(0.0))
    with pytest.raises(ValueError, match="predicted=0"):
        judge_mean([1.0] * 64, 0.0, design_mean(0.0))
