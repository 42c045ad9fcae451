"""What every test runs under: BLAS on one thread, a Hypothesis profile, and no skip of a required tool."""

import os
import re
import signal
import sys
from collections.abc import Generator, Iterator

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
os.environ.update(dict.fromkeys(THREADS, "1"))  # before NumPy is imported, and for every worker and subprocess

import pytest
import threadpoolctl
from hypothesis import HealthCheck, settings

threadpoolctl.threadpool_limits(1)  # pytest-randomly imports NumPy before any conftest is read

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a job in the background, and so would be what tests interrupt
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(autouse=True)
def _only_our_theorems() -> Iterator[None]:
    """No theorem of a user's that a test, a guide or a command searched is left for the tests that follow."""
    yield
    if catalog := sys.modules.get("theory.catalog"):
        catalog.search(None)


def _required(reason: str) -> str | None:
    """The tool named in GRADPROOF_REQUIRE (separated by spaces or commas) that this skip is about, if any."""
    tools = re.split(r"[\s,]+", os.environ.get("GRADPROOF_REQUIRE", ""))
    return next((tool for tool in tools if tool and re.search(rf"\b{re.escape(tool)}\b", reason)), None)


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if not report.skipped or hasattr(report, "wasxfail"):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    if tool := _required(reason):
        report.outcome = "failed"
        report.longrepr = f"{tool} is named in GRADPROOF_REQUIRE and may not be skipped; install it ({reason})"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _refuse_skip(report)
    return report
