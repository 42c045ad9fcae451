"""Measurements kept in files, one a theorem: what the documentation shows, and what a later run is compared with."""

from __future__ import annotations

import json
import os
import platform
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NoReturn

from numerics.comparing import cell, differences
from numerics.files import read_strictly, replace_whole
from numerics.fingerprints import fingerprint
from numerics.planning import Unjudged
from numerics.records import Record, count, record, restored, rows, text, texts
from numerics.verdict import Verdict
from theory.catalog import theorem, theorems
from theory.relations import Limit
from theory.statement import Theorem

__all__ = ["Measured", "differences", "fingerprint", "outdated", "read", "versions", "writable", "write"]

LARGEST = 4 * 2**20  # bytes: sixty times the largest of our own
PACKAGES = ("gradproof", "numpy", "scipy", "sympy")
KINDS = {"verdicts": Verdict, "sweep": Verdict, "not_judged": Unjudged}


@dataclass(frozen=True)
class Measured:
    """All that was measured of one theorem, with seed and versions; the controls are among the verdicts."""

    theorem: str
    fingerprint: str
    seed: int
    versions: Mapping[str, str]
    verdicts: tuple[Verdict, ...]
    sweep: tuple[Verdict, ...]
    not_judged: tuple[Unjudged, ...]


def versions() -> dict[str, str]:
    """What measures here: Python and the packages whose release may change a draw; one not installed is left out."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def outdated(measured: Measured, theorem: Theorem) -> bool:
    """Whether the measurements are of other statements, points or ensembles than the theorem now has."""
    beyond = any(each.statement >= len(theorem.statements) for each in (*measured.verdicts, *measured.sweep))
    return beyond or measured.fingerprint != fingerprint(theorem)


def path_of(folder: str | Path, slug: str) -> Path:
    """The file of a theorem."""
    return Path(folder) / f"{slug}.json"


def writable(folder: str | Path) -> None:
    """Makes the folder where it is missing. Raises ValueError where files cannot be written there."""
    probe = Path(folder) / f".gradproof-{os.getpid()}"
    try:
        probe.parent.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as reason:
        _refuse(folder, reason)


def write(folder: str | Path, measured: Measured) -> Path:
    """Stores as <slug>.json, one verdict a line, in the order measured; whole or, where it fails, not at all.

    The same measurements give the same bytes. Raises ValueError where the folder cannot be written.
    """
    path = path_of(folder, measured.theorem)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_whole(path, _text(measured))
    except OSError as reason:
        _refuse(folder, reason)
    return path


def _refuse(folder: str | Path, reason: OSError) -> NoReturn:
    raise ValueError(f"{folder}: cannot be written: {reason.strerror}; pass a folder that you may write to") from None


def _text(measured: Measured) -> str:
    head = {name: getattr(measured, name) for name in ("theorem", "fingerprint", "seed")}
    told = {**head, "versions": dict(sorted(measured.versions.items()))}
    lines = [f'"{name}": {json.dumps(value, ensure_ascii=False)}' for name, value in told.items()]
    lines += [f'"{name}": {_rows(map(record, getattr(measured, name)))}' for name in KINDS]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _rows(records: Iterable[Record]) -> str:
    lines = [json.dumps(each, ensure_ascii=False, allow_nan=False) for each in records]
    return "[\n" + ",\n".join(lines) + "\n]" if lines else "[]"


def read(path: str | Path) -> Measured:
    """The measurements of a file <slug>.json, strictly: size, keys, types, no NaN, each cell once.

    Raises ValueError naming file, place and remedy. Whether they are of the theorem as it is now says ``outdated``.

    >>> read("nowhere/log_gain.json")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: nowhere/log_gain.json: No such file or directory; `gradproof verify log_gain ...` makes it
    """
    place = Path(path)
    remedy = f"`gradproof verify {place.stem} --control --sweep --store {place.parent}` makes it"

    def made(content: str) -> Measured:
        return _measured(json.loads(content, object_pairs_hook=_once, parse_constant=_no_number), place.stem)

    return read_strictly(place, LARGEST, made, remedy)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError(f"a key twice among {', '.join(map(repr, made))}")
    return made


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number of JSON")


def _measured(data: object, slug: str) -> Measured:
    if not isinstance(data, dict) or data.keys() != Measured.__dataclass_fields__.keys():
        raise ValueError(f"not an object of {', '.join(Measured.__dataclass_fields__)}")
    if data["theorem"] != slug:
        raise ValueError(f"holds theorem {data['theorem']!r:.80}, not {slug}")
    mark, seed = text(data["fingerprint"], "fingerprint"), count(data["seed"], "seed")
    if not re.fullmatch("[0-9a-f]{64}", mark):
        raise ValueError("fingerprint is no SHA-256")
    made = {name: _restored(name, data[name], theorem=slug, seed=seed) for name in KINDS}
    return Measured(slug, mark, seed, texts(data["versions"], "versions"), **made)


def _restored(name: str, data: object, **shared: object) -> tuple[Verdict, ...] | tuple[Unjudged, ...]:
    made = tuple(restored(KINDS[name], each, f"{name}[{i}]", **shared) for i, each in enumerate(rows(data, name)))
    if len({cell(each) for each in made}) < len(made):
        raise ValueError(f"{name} holds a cell twice")
    for number, each in enumerate(made):
        if isinstance(each, Verdict) and each.trace and each.trace[0].x < 1 and _by_sizes(each):
            raise ValueError(f"{name}[{number}], trace has a size below 1")
    return made


def _by_sizes(verdict: Verdict) -> bool:
    """Whether its trace is by sizes: that of a limit, where the theorem is known and has the statement."""
    statements = theorem(verdict.theorem).statements if verdict.theorem in theorems() else ()
    return any(isinstance(each.relation, Limit) for each in statements[verdict.statement :][:1])
