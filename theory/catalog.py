"""The theorems, found by file name: one a file in the folders of this package; a file is imported when asked for.

A folder of the user's may be searched too: its theorems are then found as the others are.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from theory.loading import files, load
from theory.statement import Theorem

HERE = Path(__file__).parent
FOLDERS = ("depth", "time", "matrices", "meanfield", "training")  # the rooms of theorems; one may still be empty

_searched: dict[str, Path | Theorem | None] = {}  # the user's, by slug: its file, the theorem once loaded, None while


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
    """Slugs of all theorems, folder by folder, those of a searched folder last.

    >>> "mean_square_gain" in theorems()
    True
    """
    return (*_folders(), *_searched)


def theorem(name: str) -> Theorem:
    """The theorem with this slug. Raises ValueError, naming the nearest slugs, where there is none.

    >>> theorem("mean_square_gain").formula
    sigma_w**(2*L)
    """
    if name in _searched:
        return _loaded(name)
    if name not in _folders():
        nearest = difflib.get_close_matches(name, theorems(), n=3, cutoff=0.4) or theorems()[:3]
        raise ValueError(f"theorem {name!r}: no such slug; nearest: {', '.join(nearest)}; `gradproof list` shows all")
    module = importlib.import_module(f"theory.{_folders()[name]}.{name}")
    found: Theorem = module.THEOREM
    return found


def search(folder: str | Path | None) -> tuple[str, ...]:
    """From now on also the theorems of this folder of the user's, instead of one searched before; None: of none.

    Each <slug>.py is run and must hold a THEOREM of that name; a name with _ in front is passed over. Returns the
    slugs. Raises ValueError naming file, place and remedy, and then changes nothing.

    >>> search(None)
    ()
    """
    before, found = dict(_searched), {} if folder is None else files(folder)
    for slug in found.keys() & _folders().keys():
        raise ValueError(f"{found[slug]}: gradproof has a theorem {slug}; give yours another name")
    _replace(found)
    try:
        for slug in found:
            _loaded(slug)
    except BaseException:
        _replace(before)
        raise
    return tuple(_searched)


def _loaded(slug: str) -> Theorem:
    """A theorem of the user's; one that leans on another of the same folder has it loaded first."""
    found = _searched[slug]
    if found is None:
        raise ValueError(f"theorem {slug!r}: leans on itself, by way of the theorems it uses; break the circle")
    if isinstance(found, Path):
        _searched[slug] = None
        _searched[slug] = found = load(found)
    return found


def _replace(entries: Mapping[str, Path | Theorem | None]) -> None:
    """Other theorems of the user's, in place: the dictionary is the one that all read."""
    _searched.clear()
    _searched.update(entries)
