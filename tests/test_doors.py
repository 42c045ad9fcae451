"""The two doors: lazy, complete, and never shadowed by a module."""

import subprocess
import sys

import pytest

IMPORT_ALL = """
import importlib, pkgutil
import {package}
for module in pkgutil.walk_packages({package}.__path__, "{package}."):
    importlib.import_module(module.name)
for name in {package}.__all__:
    public = getattr({package}, name)
    assert callable(public) or name in {data!r}, (name, public)
print(len({package}.__all__))
"""
DATA = {"theory": ("LINEAR", "TANH"), "numerics": ("ensembles",)}


@pytest.mark.parametrize("package", ["theory", "numerics"])
def test_every_public_function_is_callable_after_all_submodules_are_imported(package: str) -> None:
    code = IMPORT_ALL.format(package=package, data=DATA[package])
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0 and int(run.stdout) > 1, run.stderr


@pytest.mark.parametrize("package", ["theory", "numerics"])
def test_the_door_loads_nothing_heavy_and_knows_its_names(package: str) -> None:
    code = f"import sys, {package}; print('sympy' in sys.modules, 'numpy' in sys.modules, dir({package}))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.startswith("False False")


def test_an_unknown_name_is_an_attribute_error() -> None:
    import numerics
    import theory

    for door in (theory, numerics):
        with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
            door.nonsense  # noqa: B018
