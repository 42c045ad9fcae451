"""Verdicts as plain records, and back: strictly, for a record may come from anybody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, asdict, fields
from itertools import pairwise
from sys import float_info
from typing import Any, TypeVar, get_args

from numerics.planning import Unjudged
from numerics.verdict import Outcome, TracePoint, Verdict

Record = dict[str, Any]
Made = TypeVar("Made", Verdict, Unjudged)

SHARED = ("theorem", "seed")  # said once for a whole file
OUTCOMES = get_args(Outcome)
LARGEST = float_info.max
MOST_DRAWS = 10**12
FINEST = 1e-15  # resolution: what float64 tells from 1
VALUE = re.compile("-?[0-9]{1,40}(/(?=.*[1-9])[0-9]{1,40})?|[0-9]{1,10}(,[0-9]{1,10}){1,1000}")
# of a parameter: whole, a fraction as SymPy says it, or widths


def record(made: Verdict | Unjudged) -> Record:
    """One verdict without what its file says once, and without what is as it is by default; a trace as rows."""
    data = made.to_dict() if isinstance(made, Verdict) else asdict(made)
    usual = {field.name: field.default for field in fields(made) if field.default is not MISSING}
    told = {key: value for key, value in data.items() if key not in SHARED and value != usual.get(key, MISSING)}
    return {key: [list(row.values()) for row in value] if key == "trace" else value for key, value in told.items()}


def restored(kind: type[Made], data: object, place: str, **shared: object) -> Made:
    """The verdict (or what was not judged) of a record. Raises ValueError naming the place of what is wrong."""
    if not isinstance(data, dict):
        raise ValueError(f"{place} is no object")
    named = [field for field in fields(kind) if field.name not in SHARED]
    if strange := sorted(data.keys() - {field.name for field in named}):
        raise ValueError(f"{place} has the unknown key {strange[0]!r}")
    if missing := [field.name for field in named if field.default is MISSING and field.name not in data]:
        raise ValueError(f"{place} lacks {missing[0]!r}")
    read = {name: READERS[name](value, f"{place}, {name}") for name, value in data.items()}
    return kind(**{name: value for name, value in shared.items() if name in kind.__dataclass_fields__}, **read)


def text(value: object, place: str) -> str:
    """A string that can be printed on one line. Raises ValueError otherwise.

    >>> text("σ_w", "name")
    'σ_w'
    """
    if not isinstance(value, str) or not value.isprintable():
        raise ValueError(f"{place} is no text of one line")
    return value


def count(value: object, place: str) -> int:
    """A whole number, 0 or above. Raises ValueError otherwise."""
    if type(value) is not int or value < 0:
        raise ValueError(f"{place} is no whole number of 0 or more")
    return value


def number(value: object, place: str) -> float:
    """A finite number. Raises ValueError otherwise; true and false are none."""
    if type(value) not in (int, float) or not abs(value) <= LARGEST:
        raise ValueError(f"{place} is no finite number")
    return float(value)


def texts(value: object, place: str) -> dict[str, str]:
    """Texts by name. Raises ValueError otherwise."""
    if not isinstance(value, Mapping):
        raise ValueError(f"{place} is no object")
    return {text(name, place): text(each, f"{place} {name!r}") for name, each in value.items()}


def keyed(value: object, names: Iterable[str], place: str) -> Record:
    """An object of exactly these keys. Raises ValueError otherwise."""
    wanted = list(names)
    if not isinstance(value, dict) or sorted(value) != sorted(wanted):
        raise ValueError(f"{place} is no object of {', '.join(wanted)}")
    return value


def rows(value: object, place: str) -> list[object]:
    """A list. Raises ValueError otherwise."""
    if not isinstance(value, list):
        raise ValueError(f"{place} is no list")
    return value


def _flag(value: object, place: str) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{place} is neither true nor false")
    return value


def _outcome(value: object, place: str) -> str:
    if value not in OUTCOMES:
        raise ValueError(f"{place} is none of {', '.join(OUTCOMES)}")
    return str(value)


def _draws(value: object, place: str) -> int:
    found = count(value, place)
    if found > MOST_DRAWS:
        raise ValueError(f"{place} is larger than {MOST_DRAWS:,}")
    return found


def _size(value: object, place: str) -> float:
    found = number(value, place)
    if found < 0:
        raise ValueError(f"{place} is below 0")
    return found


def _resolution(value: object, place: str) -> float:
    found = number(value, place)
    if not FINEST <= found <= 1 / FINEST:
        raise ValueError(f"{place} is not above 0, or beyond what can be drawn: pass {FINEST:g} to {1 / FINEST:g}")
    return found


def _point(value: object, place: str) -> dict[str, str]:
    found = texts(value, place)
    for name, each in found.items():
        if not name.isidentifier():
            raise ValueError(f"{place} has {name!r:.80}, no name of a parameter")
        if not VALUE.fullmatch(each):
            raise ValueError(
                f"{place}, {name} is {each!r:.80}, no whole number or fraction of at most 40 digits each, nor widths"
            )
    return found


def _trace(value: object, place: str) -> tuple[TracePoint, ...]:
    points = [[number(each, place) for each in rows(row, place)] for row in rows(value, place)]
    if any(len(point) != len(fields(TracePoint)) for point in points):
        raise ValueError(f"{place} has a row that is not x, predicted, measured, error")
    trace = tuple(TracePoint(*point) for point in points)
    if any(before.x >= after.x for before, after in pairwise(trace)):
        raise ValueError(f"{place} has an x that is not above the one before it")
    if any(point.error < 0 for point in trace):
        raise ValueError(f"{place} has an error below 0")
    return trace


def _optional(reader: Callable[[object, str], Any]) -> Callable[[object, str], Any]:
    return lambda value, place: None if value is None else reader(value, place)


READERS: Mapping[str, Callable[[object, str], Any]] = {
    "statement": count,
    "system": text,
    "ensemble": _optional(text),
    "point": _point,
    "outcome": _outcome,
    "predicted": _optional(number),
    "measured": _optional(number),
    "error": _optional(_size),
    "detectable": _optional(_size),
    "resolution": _resolution,
    "draws": _draws,
    "control": _flag,
    "lacks": _optional(text),
    "note": text,
    "trace": _trace,
    "reason": text,
}
