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
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT, SETUPTOOLS = PYPROJECT["project"], PYPROJECT["tool"]["setuptools"]


def test_lower_bounds_are_those_that_are_tested() -> None:
    extras = PROJECT["optional-dependencies"]
    declared = {*PROJECT["dependencies"], *extras["plot"], *extras["docs"]}
    tested = (ROOT / ".ci" / "lowest.txt").read_text(encoding="utf-8").split()
    assert sorted(bound.replace(">=", "==") for bound in declared) == tested


def test_every_package_of_the_tree_is_shipped() -> None:
    homes = {
        name: ROOT / SETUPTOOLS["package-dir"].get(name, name) for name in ("gradproof_docs", "numerics", "theory")
    }
    found = (
        ".".join([name, *door.parent.relative_to(home).parts])
        for name, home in homes.items()
        for door in home.rglob("__init__.py")
    )
    assert sorted(SETUPTOOLS["packages"]) == sorted(found)


def test_every_file_of_the_site_is_shipped() -> None:
    docs = ROOT / SETUPTOOLS["package-dir"]["gradproof_docs"]
    packages = [door.parent for door in docs.rglob("__init__.py")]
    shipped = {path for pattern in SETUPTOOLS["package-data"]["gradproof_docs"] for path in docs.glob(pattern)}
    shipped |= {path for package in packages for path in package.glob("*.py")}
    tree = {path for path in docs.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    assert sorted(tree - shipped) == []


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


def test_what_is_tested_is_the_checkout() -> None:
    import gradproof_docs
    import numerics.weights
    import theory

    doors = (theory, numerics.weights, gradproof_docs)
    homes = [Path(module.__file__ or "").resolve().parent for module in doors]
    assert homes == [ROOT / "theory", ROOT / "numerics" / "weights", ROOT / "docs"]


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
