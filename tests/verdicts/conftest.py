"""Counting what a judge does over many runs, and printing the counts at the end."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import ArrayLike
from scipy.stats import binom

RUNS = 20_000
RATE = 0.01
DOUBT = 1e-6


@pytest.fixture
def count_false_alarms(record_property: Callable[[str, object], None]) -> Callable[[str, ArrayLike], None]:
    """Fails where the false alarms of RUNS runs at rate RATE exceed the upper 1 - DOUBT binomial quantile."""

    def count(name: str, refuted: ArrayLike) -> None:
        alarms = np.asarray(refuted)
        assert alarms.shape == (RUNS,) and alarms.dtype == np.bool_
        most = int(binom.ppf(1 - DOUBT, RUNS, RATE))
        record_property(
            "verdict", f"{name}: {alarms.sum()} false alarms in {RUNS} runs at rate {RATE} (at most {most})"
        )
        assert alarms.sum() <= most

    return count


@pytest.fixture
def count_power(record_property: Callable[[str, object], None]) -> Callable[[str, ArrayLike], None]:
    """Fails where fewer runs refute a detectable deviation than the lower DOUBT quantile of power 0.999."""

    def count(name: str, refuted: ArrayLike) -> None:
        seen = np.asarray(refuted)
        least = int(binom.ppf(DOUBT, seen.size, 0.999))
        record_property("verdict", f"{name}: refuted {seen.sum()} of {seen.size} (at least {least})")
        assert seen.sum() >= least

    return count


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [*terminalreporter.stats.get("passed", []), *terminalreporter.stats.get("failed", [])]
    lines = [text for report in reports for key, text in getattr(report, "user_properties", []) if key == "verdict"]
    if lines:
        terminalreporter.section("judges")
        terminalreporter.write_line("\n".join(sorted(lines)))
