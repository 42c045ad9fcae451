"""The table in a file: what the site shows, and what a later run is compared with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf, isfinite
from pathlib import Path

from numerics.crossings.rows import NAMES, ThresholdRow
from numerics.crossings.threshold import Threshold, exactly
from numerics.files import read_strictly, write_whole
from numerics.records import Record, count, keyed, number, rows, text, texts

LARGEST = 2**20  # bytes: thirty times our own


@dataclass(frozen=True)
class Stored:
    """Rows, the seed that they are from, and the versions of what measured them."""

    seed: int
    versions: Mapping[str, str]
    rows: tuple[ThresholdRow, ...]


def write(file: str | Path, stored: Stored) -> Path:
    """Writes the file, a row a line, whole or, where it fails, not at all; the same rows give the same bytes.

    Raises ValueError where it cannot be written.
    """
    return write_whole(file, _text(stored))


def _text(stored: Stored) -> str:
    lines = ",\n".join(json.dumps(_record(row), allow_nan=False) for row in stored.rows)
    versions = json.dumps(dict(sorted(stored.versions.items())))
    return f'{{\n"seed": {stored.seed},\n"versions": {versions},\n"rows": [\n{lines}\n]\n}}\n'


def _record(row: ThresholdRow) -> Record:
    return {"ensemble": row.ensemble, "n": row.n, **{name: _plain(getattr(row, name)) for name in NAMES}}


def _plain(threshold: Threshold) -> Record:
    """A theorem's value, or the interval too; null for what has no end."""
    if threshold.theorem:
        return {"value": threshold.value, "theorem": threshold.theorem}
    ends = {key: getattr(threshold, key) for key in ("value", "low", "high")}
    told: Record = {key: end if isfinite(end) else None for key, end in ends.items()}
    return {**told, "draws": threshold.draws} | ({"note": threshold.note} if threshold.note else {})


def read(file: str | Path) -> Stored:
    """What was written. Raises ValueError naming file, place and remedy.

    >>> read("nowhere.json")
    Traceback (most recent call last):
    ValueError: nowhere.json: No such file or directory; `gradproof thresholds --store nowhere.json` makes it
    """
    return read_strictly(
        file, LARGEST, lambda content: _stored(json.loads(content)), f"`gradproof thresholds --store {file}` makes it"
    )


def _stored(data: object) -> Stored:
    told = keyed(data, Stored.__dataclass_fields__, "the file")
    made = tuple(_row(each, f"rows[{place}]") for place, each in enumerate(rows(told["rows"], "rows")))
    return Stored(count(told["seed"], "seed"), texts(told["versions"], "versions"), made)


def _row(data: object, place: str) -> ThresholdRow:
    told = keyed(data, ThresholdRow.__dataclass_fields__, place)
    three = {name: _threshold(told[name], f"{place}, {name}") for name in NAMES}
    return ThresholdRow(text(told["ensemble"], f"{place}, ensemble"), count(told["n"], f"{place}, n"), **three)


def _threshold(data: object, place: str) -> Threshold:
    if isinstance(data, dict) and "theorem" in data:
        told = keyed(data, ("value", "theorem"), place)
        return exactly(number(told["value"], place), text(told["theorem"], place))
    noted = ("note",) if isinstance(data, dict) and "note" in data else ()
    told = keyed(data, ("value", "low", "high", "draws", *noted), place)
    value, low, high = (inf if told[key] is None else number(told[key], place) for key in ("value", "low", "high"))
    if not 0 <= low <= value <= high:
        raise ValueError(f"{place} is no interval around its value")
    note = text(told.get("note", ""), place)
    return Threshold(value, low, high, draws=count(told["draws"], place), note=note)
