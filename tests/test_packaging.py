"""The project's frame: tested lower bounds, README's commands, one BLAS thread, no skip of a required tool."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest
import threadpoolctl

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_lower_bounds_are_those_that_are_tested() -> None:
    declared = sorted(PROJECT["dependencies"] + PROJECT["optional-dependencies"]["plot"])
    tested = (ROOT / ".ci" / "lowest.txt").read_text(encoding="utf-8").split()
    assert [bound.replace(">=", "==") for bound in declared] == sorted(tested)


def test_no_dependency_has_an_upper_pin() -> None:
    everything = PROJECT["dependencies"] + [
        each for extra in PROJECT["optional-dependencies"].values() for each in extra
    ]
    assert [each for each in everything if re.search(r"<|==|~=|!=", each)] == []


def test_readme_has_the_test_command_that_ci_extracts() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    command = re.findall(r"<!-- test command: begin -->\n```sh\n(.+)\n```\n<!-- test command: end -->", readme)
    assert len(command) == 1 and command[0].startswith("python3 -m venv .venv && ") and "pytest" in command[0]
    assert len(readme.splitlines()) <= 50


def test_linear_algebra_runs_on_one_thread() -> None:
    np.linalg.norm(np.eye(2), 2)
    assert {pool["num_threads"] for pool in threadpoolctl.threadpool_info()} <= {1}


def test_theory_and_numerics_are_those_of_the_checkout() -> None:
    import numerics.weights
    import theory

    assert [Path(module.__file__ or "").parents[up] for module, up in ((theory, 1), (numerics.weights, 2))] == [
        ROOT
    ] * 2


@pytest.mark.parametrize(
    "required, reason, outcome",
    [
        ("", "could not import 'kernel'", "1 skipped"),
        ("kernel", "could not import 'kernel'", "1 failed"),
        ("other, kernel", "no kernel here", "1 failed"),
        ("kernel", "kernels are another thing", "1 skipped"),
    ],
)
@pytest.mark.parametrize("place", ["module", "test"])
def test_a_required_tool_may_not_be_skipped(
    place: str, required: str, reason: str, outcome: str, tmp_path: Path
) -> None:
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    skip = f"pytest.skip({reason!r}, allow_module_level=True)"
    body = f"import pytest\n{skip}\n" if place == "module" else f"import pytest\ndef test_it():\n    {skip}\n"
    (tmp_path / "test_skipped.py").write_text(body, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:xdist", str(tmp_path)]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    run = subprocess.run(
        command,
        cwd=tmp_path,
        env=environment | {"GRADPROOF_REQUIRE": required},
        capture_output=True,
        text=True,
        check=False,
    )
    expected = outcome.replace("failed", "error") if place == "module" else outcome
    assert expected in run.stdout
    assert (run.returncode in (1, 2)) == ("failed" in outcome)  # 5 where everything was skipped
