"""The theorems, found by file name: one a file in the folders of this package; a file is imported when asked for."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from functools import lru_cache
from pathlib import Path

from theory.statement import Theorem

HERE = Path(__file__).parent
FOLDERS = ("depth", "time", "matrices", "meanfield", "training")  # the rooms of theorems; one may still be empty


@lru_cache(maxsize=1)
def _folders() -> dict[str, str]:
    """Folder of each slug."""
    return {
        module.name: package
        for package in FOLDERS
        for module in pkgutil.iter_modules([str(HERE / package)])
        if not module.name.startswith("_")
    }


def theorems() -> tuple[str, ...]:
    """Slugs of all theorems, folder by folder.

    >>> "mean_square_gain" in theorems()
    True
    """
    return tuple(_folders())


def theorem(name: str) -> Theorem:
    """The theorem with this slug. Raises ValueError, naming the nearest slugs, where there is none.

    >>> theorem("mean_square_gain").formula
    sigma_w**(2*L)
    """
    if name not in _folders():
        nearest = difflib.get_close_matches(name, theorems(), n=3, cutoff=0.4) or theorems()[:3]
        raise ValueError(f"theorem {name!r}: no such slug; nearest: {', '.join(nearest)}; `gradproof list` shows all")
    module = importlib.import_module(f"theory.{_folders()[name]}.{name}")
    found: Theorem = module.THEOREM
    return found
