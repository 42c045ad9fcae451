"""The Kolmogorov judge of laws: false alarms (atoms included), power, distance by a second road, and bad input."""

from math import nan, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special
from scipy.stats import kstest, kstwobign

from numerics.judges.law import design_law, distance, halfwidth, judge_law
from numerics.verdict import ALPHA

RUNS, RATE = 20_000, 0.01


def uniform(x):
    return np.clip(x, 0.0, 1.0)


def lognormal(x):
    return special.ndtr(np.log(np.maximum(x, 1e-300)))


def two_point(x):
    return np.where(x < 0, 0.0, np.where(x < 1, 0.8, 1.0))


TRUTHS = {
    uniform: lambda rng, shape: rng.random(shape),
    lognormal: lambda rng, shape: np.exp(rng.normal(size=shape)),
    two_point: lambda rng, shape: (rng.random(shape) >= 0.8).astype(float),
}


@pytest.mark.parametrize("cdf", TRUTHS, ids=lambda cdf: cdf.__name__)
@pytest.mark.parametrize("draws", [10, 100])
def test_false_alarms(cdf, draws, count_false_alarms):
    design = design_law(alpha=RATE, limit=draws)
    values = TRUTHS[cdf](np.random.default_rng(1), (RUNS, draws))
    refuted = distance(values, cdf) > design.halfwidth
    count_false_alarms(f"law {cdf.__name__}, {draws} draws", refuted)
    assert [judge_law(row, cdf, design).outcome == "refuted" for row in values[:30]] == refuted[:30].tolist()


def test_false_alarms_where_the_cdf_is_off_by_its_stated_error(count_false_alarms):
    design = design_law(alpha=RATE, cdf_error=0.05, limit=400)
    values = np.random.default_rng(2).random((RUNS, 400))
    refuted = distance(values, lambda x: uniform(x + 0.05), 0.05) > design.halfwidth
    count_false_alarms("law known to 0.05, 400 draws", refuted)


@pytest.mark.parametrize("cdf_error", [0.0, 0.01])
def test_power(cdf_error, count_power):
    """At distance d in one point only, with the CDF's error turned the unlucky way."""
    design = design_law(0.12, alpha=RATE, cdf_error=cdf_error)
    d = design.detectable
    raw = np.random.default_rng(3).random((4000, design.draws))
    values = np.where((raw > 0.5 - d) & (raw < 0.5), 0.5 + (raw - 0.5 + d) * 1e-9, raw)  # F differs by d at 1/2 alone
    refuted = distance(values, lambda x: uniform(x) - cdf_error, cdf_error) > design.halfwidth
    count_power(f"law off by {d:.4f} (CDF known to {cdf_error}), {design.draws} draws", refuted)


@pytest.mark.parametrize("off", [0.1, -0.1])
def test_an_allowed_distance_is_no_alarm_and_one_beyond_it_is_seen(off, count_false_alarms, count_power):
    """At one point, 1/2, the law is off by what is allowed, or by detectable more; and the note tells the reader."""
    design = design_law(0.3, alpha=RATE)

    def moved(shift, runs):
        raw = np.random.default_rng(6).random((runs, design.draws))
        part = (raw - 0.5) * np.sign(shift)
        return np.where((part > 0) & (part < abs(shift)), 0.5 - np.sign(shift) * 1e-9 * (1 - raw), raw)

    edge = design.halfwidth + abs(off)
    count_false_alarms(f"law, {off} of it allowed", distance(moved(off, RUNS), uniform) > edge)
    seen = distance(moved(off + np.sign(off) * design.detectable, 4000), uniform) > edge
    count_power(f"law off by {design.detectable:.4f} beyond the {off} allowed", seen)
    judgment = judge_law(moved(off, 1)[0], uniform, design, allowed=abs(off))
    assert judgment.outcome == "consistent" and judgment.error == edge and judgment.detectable == design.detectable
    assert judgment.note.startswith("0.1 of the error is the distance from its limit that a law is allowed")
    assert judge_law(moved(off, 1)[0], uniform, design).note == ""


def test_near_the_exact_quantile(record_property):
    """DKW against Kolmogorov's limit law, which no judge by this distance can beat for many draws."""
    ratio = halfwidth(10_000, ALPHA) / (kstwobign.isf(ALPHA) / 100)
    record_property("verdict", f"law: half-width is {ratio:.6f} of the asymptotic quantile")
    assert 1 - 1e-9 <= ratio < 1.001
    gaussian = (special.ndtri(1 - ALPHA / 2) + special.ndtri(0.999)) / (2 * sqrt(design_law().draws))
    record_property("verdict", f"law: detectable is {0.02 / gaussian:.3f} of the Gaussian ideal of one known point")
    assert 1 < 0.02 / gaussian < 1.3


@given(st.integers(0, 2**32 - 1), st.integers(1, 60))
def test_distance_agrees_with_scipy(seed, draws):
    values = np.random.default_rng(seed).random(draws)
    assert distance(values, uniform) == pytest.approx(kstest(values, uniform).statistic, abs=1e-12)


@given(st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), min_size=1, max_size=12))
def test_distance_with_ties_is_the_supremum(values):
    grid = np.linspace(-0.5, 1.5, 20_001)
    empirical = (np.array(values)[:, None] <= grid).mean(axis=0)
    for cdf in (uniform, two_point):
        assert distance(np.array(values), cdf) == pytest.approx(np.abs(empirical - cdf(grid)).max(), abs=2e-4)


def test_underpowered_is_never_consistent():
    wanted = design_law()
    values = np.random.default_rng(4).random(wanted.draws)
    assert judge_law(values, uniform, wanted).outcome == "consistent"
    assert judge_law(values[:-1], uniform, design_law(limit=wanted.draws - 1)).outcome == "underpowered"
    assert judge_law(values, uniform, design_law(cdf_error=0.02, limit=wanted.draws)).outcome == "underpowered"


def test_wrong_neighbor_is_refuted():
    design = design_law()
    values = np.random.default_rng(5).random(design.draws)
    for shift in (0.04, -0.04):
        assert judge_law(values, lambda x, s=shift: uniform(x + s), design).outcome == "refuted"


def test_bad_input():
    design = design_law(limit=3)
    with pytest.raises(ValueError, match=r"values\[1\]=nan"):
        judge_law([0.0, nan, 1.0], uniform, design)
    with pytest.raises(ValueError, match=r"cdf\(3\.0\)=3\.0: not a probability"):
        judge_law([0.0, 1.0, 3.0], lambda x: x, design)
    with pytest.raises(ValueError, match=r"cdf\(values\)\[2\]=nan"):
        judge_law([0.0, 1.0, 3.0], lambda x: np.where(x > 2, nan, 0.5), design)
    with pytest.raises(ValueError, match=r"shape \(2,\)"):
        judge_law([0.0, 1.0], uniform, design)
    for allowed in (-0.1, 1.0, nan):
        with pytest.raises(ValueError, match=f"allowed={allowed}: a distance of two laws"):
            judge_law([0.0, 1.0, 0.5], uniform, design, allowed=allowed)
    with pytest.raises(ValueError, match="cdf_error=-1"):
        design_law(cdf_error=-1)
