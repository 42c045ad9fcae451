"""Catoni's estimator: the constants of its theorem by a second road, the hypotheses of the proof, and the root."""

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.judges.catoni import estimate, halfwidth, psi, reach, shortfall, tilt
from numerics.verdict import ALPHA, POWER

RATE = 0.01


def test_halfwidth_solves_the_theorem():
    """Two roads: the closed form, and the root of Catoni's quadratic tilt/2·(v + u²) + log(2/alpha)/(N·tilt) = u."""
    for spread, draws, alpha in [(1.0, 64, 0.01), (7.3, 500, ALPHA), (0.01, 100, 1e-6)]:
        u, scale = halfwidth(spread, draws, alpha), tilt(spread, draws, alpha)
        assert scale / 2 * (spread + u**2) + log(2 / alpha) / (draws * scale) == pytest.approx(u, rel=1e-13)
        assert shortfall(spread, draws, scale, alpha / 2) == pytest.approx(u, rel=1e-6)  # a double root: sqrt(eps)
        others = [shortfall(spread, draws, scale * factor, alpha / 2) for factor in (0.9, 1.1)]
        assert min(others) > u  # the least over tilt


@given(st.floats(-1e6, 1e6))
def test_influence_lies_between_the_bounds_of_the_proof(x):
    value = float(psi(np.array(x))[0])
    rounding_of_logs = 1e-12 * (1 + abs(value))
    assert -np.log1p(-x + x**2 / 2) - rounding_of_logs <= value <= np.log1p(x + x**2 / 2) + rounding_of_logs


@given(st.integers(0, 2**32 - 1), st.sampled_from([0.0, 1.0, 40.0]))
def test_estimate_is_the_root(seed, heaviness):
    values = np.random.default_rng(seed).normal(size=(3, 70)) ** 3 * np.exp(heaviness * np.linspace(-1, 1, 70))
    center, scale = estimate(values, 1.0, RATE), tilt(1.0, 70, RATE)
    step = 1e-6 * halfwidth(1.0, 70, RATE) + 1e-12 * np.abs(center)
    below, above = (psi(scale * (values - c[:, None]))[0].sum(axis=1) for c in (center - step, center + step))
    assert (below > 0).all() and (above < 0).all()


@pytest.mark.parametrize("relative", [True, False])
def test_reach_solves_its_equation(relative):
    """At d the estimate of a mean 1 + d stays above 1 + halfwidth but for 1 - POWER; a little less does not suffice."""
    spread, draws = 0.7, 900
    scale, edge = tilt(spread, draws, RATE), halfwidth(spread, draws, RATE)

    def margin(d):
        grown = spread * (1 + d) ** 2 if relative else spread
        return d - shortfall(grown, draws, scale, 1 - POWER) - edge

    d = reach(spread, draws, RATE, relative)
    assert abs(margin(d)) < 1e-9 and margin(0.999 * d) < 0 < margin(1.001 * d)
