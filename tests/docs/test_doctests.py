"""The examples in the site's generator: pytest would import it as docs, so that they are run here."""

import doctest
import importlib
from pathlib import Path

import pytest

import gradproof_docs

HOME = Path(gradproof_docs.__file__).parent
MODULES = sorted(
    ".".join(("gradproof_docs", *path.relative_to(HOME).with_suffix("").parts))
    for path in HOME.rglob("*.py")
    if not path.name.startswith("_")
)


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    pytest.importorskip("sphinx", reason="could not import 'sphinx'")
    failed, _ = doctest.testmod(importlib.import_module(name))
    assert failed == 0
