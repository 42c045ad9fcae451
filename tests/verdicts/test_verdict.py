"""What all judges share: the constants, the order of outcomes, the search for draws, and a cheap import."""

import dataclasses
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.verdict import ALPHA, EPS, POWER, ROUNDING, Design, decide, fewest, rounding

JUDGES = ("at_most", "catoni", "extrapolation", "identity", "law", "limit", "mean", "median", "remainder", "tail")


def test_constants():
    assert (ALPHA, POWER, ROUNDING, EPS) == (1e-6 / 1024, 0.999, 64, 2.0**-52)
    assert float(rounding(0.0)) > 0  # a product may underflow


@given(st.booleans(), st.floats(0), st.floats(0))
def test_what_cannot_be_told_is_never_consistent(refuted, detectable, resolution):
    outcome = decide(refuted, detectable, resolution)
    assert (outcome == "refuted") == refuted
    assert outcome != "consistent" or detectable <= resolution


def test_a_deviation_that_is_no_number_is_underpowered():
    assert decide(False, float("nan"), 1.0) == "underpowered"


@given(st.integers(1, 10**9), st.integers(1, 10**6), st.integers(1, 10**9))
def test_fewest_is_the_least(needed, low, limit):
    found = fewest(lambda draws: 1.0 if draws < needed else 0.0, 0.5, low, limit)
    assert found == min(max(needed, low), limit)


def test_designs_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Design(1, 0.1, 0.1, 0.1).draws = 2


def test_the_judges_import_no_scipy_stats():
    lines = "".join(f"import numerics.judges.{name}\n" for name in JUDGES)
    code = lines + "import sys; sys.exit('scipy.stats' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
