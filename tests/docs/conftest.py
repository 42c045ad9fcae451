"""The whole site, built once for all tests and all their workers."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache of figures that all builds of this run share: the platform's, were XDG_CACHE_HOME its grandparent."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "gradproof" / "figures"


@pytest.fixture(scope="session")
def site(drawn: Path) -> Path:
    """The folder of the built site; GRADPROOF_SITE=<folder> is taken as it is."""
    if given := os.environ.get("GRADPROOF_SITE"):
        return Path(given)
    pytest.importorskip("sphinx", reason="could not import 'sphinx'")
    fcntl = pytest.importorskip("fcntl", reason="could not import 'fcntl'")
    from gradproof_docs.build import build

    drawn.mkdir(parents=True, exist_ok=True)
    place = drawn.with_name("site")
    with drawn.with_name("lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the first worker builds, the others wait for it
        if not place.exists():
            build(place, cache=drawn)
    return place
