"""Tables in a file: what the site shows, and what a later run is compared with."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from math import inf
from pathlib import Path

from numerics.files import read_strictly, write_whole
from numerics.growth.logarithm import Logarithm, exactly
from numerics.growth.reach import Reach
from numerics.growth.rows import Both, DepthAgainstTime, Product, Row
from numerics.growth.tabulating import depth_against_time
from numerics.records import Record, count, number, rows, text, texts
from numerics.stored import versions

LARGEST = 2**20  # bytes: ten times our own
ENSEMBLES = ("gaussian", "haar", "low_rank", "symmetric")  # of the site's table
REMEDY = "`numerics.growth.remake(file)` makes it"


@dataclass(frozen=True)
class Stored:
    """Tables, the seed that they are from, and the versions of what measured them."""

    seed: int
    versions: Mapping[str, str]
    tables: tuple[DepthAgainstTime, ...]


def remake(file: str | Path, seed: int = 0, progress: Callable[[int, int], None] | None = None) -> Path:
    """Measures the site's tables anew and writes them: a minute or two. Raises ValueError where it cannot be written.

    ``progress`` is told how many tables of how many are done.
    """
    tables = []
    for name in ENSEMBLES:
        tables.append(depth_against_time(name, seed=seed))
        if progress:
            progress(len(tables), len(ENSEMBLES))
    return write(file, Stored(seed, versions(), tuple(tables)))


def write(file: str | Path, stored: Stored) -> Path:
    """Writes the file, whole or, where it fails, not at all; the same tables give the same bytes.

    Raises ValueError where it cannot be written.
    """
    tables = ",\n".join(_lines(table) for table in stored.tables)
    told = json.dumps(dict(sorted(stored.versions.items())))
    return write_whole(file, f'{{\n"seed": {stored.seed},\n"versions": {told},\n"tables": [\n{tables}\n]\n}}\n')


def _lines(table: DepthAgainstTime) -> str:
    """A line a field, a line a row."""
    data = table.to_dict()
    made = ",\n".join(json.dumps(_short(row), allow_nan=False) for row in rows(data.pop("rows"), "rows"))
    told = [f"{json.dumps(key)}: {json.dumps(each, allow_nan=False)}" for key, each in data.items()]
    return "{" + ",\n".join([*told, f'"rows": [\n{made}\n]']) + "}"


def _short(data: object) -> object:
    """A theorem's value without an interval, a measured one without a theorem."""
    if not isinstance(data, dict):
        return data
    if data.keys() == Logarithm.__dataclass_fields__.keys():
        kept = ("value", "theorem") if data["theorem"] else ("value", "low", "high", "draws")
        return {key: data[key] for key in kept}
    return {key: _short(value) for key, value in data.items()}


def read(file: str | Path) -> Stored:
    """What was written. Raises ValueError naming file, place and remedy.

    >>> read("nowhere.json")
    Traceback (most recent call last):
    ValueError: nowhere.json: No such file or directory; `numerics.growth.remake(file)` makes it
    """
    return read_strictly(file, LARGEST, lambda content: _stored(json.loads(content)), REMEDY)


def _stored(data: object) -> Stored:
    told = _object(data, Stored, "the file")
    made = tuple(_table(each, f"tables[{place}]") for place, each in enumerate(rows(told["tables"], "tables")))
    return Stored(count(told["seed"], "seed"), texts(told["versions"], "versions"), made)


def _table(data: object, place: str) -> DepthAgainstTime:
    told = _object(data, DepthAgainstTime, place)
    held = tuple(_row(each, f"{place}, rows[{at}]") for at, each in enumerate(rows(told["rows"], place)))
    by_dtype = (
        {text(name, place): _both(each, place) for name, each in _mapping(told[end], place).items()}
        for end in ("overflow_step", "underflow_step")
    )
    numbers = (number(told[name], f"{place}, {name}") for name in ("sigma_w", "tolerance"))
    head = text(told["ensemble"], place), count(told["n"], f"{place}, n")
    return DepthAgainstTime(*head, *numbers, held, _both(told["horizon"], place), *by_dtype)


def _row(data: object, place: str) -> Row:
    told = _object(data, Row, place)
    return Row(count(told["k"], place), *(_product(told[name], f"{place}, {name}") for name in ("depth", "time")))


def _product(data: object, place: str) -> Product:
    told = _object(data, Product, place)
    read = {name: each if each is None else _logarithm(each, f"{place}, {name}") for name, each in told.items()}
    if read["typical"] is None:
        raise ValueError(f"{place} has no typical value")
    return Product(**read)


def _logarithm(data: object, place: str) -> Logarithm:
    if isinstance(data, dict) and "theorem" in data:
        told = _keyed(data, ("value", "theorem"), place)
        return exactly(number(told["value"], place), text(told["theorem"], place))
    told = _keyed(data, ("value", "low", "high", "draws"), place)
    value, low, high = (-inf if told[key] is None else number(told[key], place) for key in ("value", "low", "high"))
    if not low <= value <= high:
        raise ValueError(f"{place} is no interval around its value")
    return Logarithm(value, low, high, draws=count(told["draws"], place))


def _both(data: object, place: str) -> Both:
    told = _object(data, Both, place)
    return Both(*(_reach(told[name], f"{place}, {name}") for name in ("depth", "time")))


def _reach(data: object, place: str) -> Reach:
    told = _object(data, Reach, place)
    ends = (None if told[key] is None else count(told[key], place) for key in ("value", "low", "high"))
    return Reach(*ends, *(text(told[key], place) for key in ("side", "how", "source")))


def _object(data: object, kind: type, place: str) -> Record:
    return _keyed(data, (field.name for field in fields(kind)), place)


def _keyed(data: object, names: Iterable[str], place: str) -> Record:
    """An object of these keys. Raises ValueError otherwise."""
    wanted, told = sorted(names), _mapping(data, place)
    if sorted(told) != wanted:
        raise ValueError(f"{place} is no object of {', '.join(wanted)}")
    return told


def _mapping(data: object, place: str) -> Record:
    if not isinstance(data, dict):
        raise ValueError(f"{place} is no object")
    return data
