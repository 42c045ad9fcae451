"""Verdicts of one statement as the series of a figure: along which parameter, at which points, on which weights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isfinite

from numerics.plots.values import exact, real
from numerics.plots.writing import clean, symbol
from numerics.sweeping import LENGTHS
from numerics.verdict import Verdict
from theory.statement import Theorem

Place = tuple[tuple[str, str], ...]  # parameters that stay, by name
FEWEST = 3  # values of a parameter that make a curve


@dataclass(frozen=True)
class Series:
    """Verdicts along x: ``place`` says at which other parameters, ``kind`` on which weights and activation."""

    place: Place
    kind: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    x: tuple[float, ...]


def felt(verdict: Verdict) -> Place:
    """The parameters that play a part in the verdict's system: no depth where one matrix returns."""
    kind = verdict.system.partition("(")[0]
    return tuple((name, value) for name, value in verdict.point.items() if kind in LENGTHS.get(name, (kind,)))


def kind(verdict: Verdict) -> tuple[str, ...]:
    """Ensemble, activation and what a control lacks; "" for what there is not."""
    lacks = f"without {verdict.lacks}" if verdict.lacks else ""
    return verdict.ensemble or "", verdict.system.partition("(")[2].rstrip(")"), lacks


def swept(verdicts: Sequence[Verdict], theorem: Theorem) -> str | None:
    """The parameter along which these verdicts make a curve, the theorem's own first; None where none does."""
    own = [theorem.sweep.symbol.name] if theorem.sweep else []
    others = [parameter.symbol.name for parameter in theorem.parameters]
    names = [name for name in dict.fromkeys([*own, *others]) if all(name in dict(felt(v)) for v in verdicts)]
    return next((name for name in names if _longest(series(verdicts, name)) >= FEWEST), None)


def _longest(found: Iterable[Series]) -> int:
    return max((len({x for x in each.x if isfinite(x)}) for each in found), default=0)


def series(verdicts: Sequence[Verdict], name: str | None) -> tuple[Series, ...]:
    """The verdicts apart by point and kind, each in the order of the parameter ``name`` (None: one after another)."""
    found: dict[tuple[Place, tuple[str, ...]], list[Verdict]] = {}
    for verdict in verdicts:
        place = tuple((key, value) for key, value in felt(verdict) if key != name)
        found.setdefault((place, kind(verdict)), []).append(verdict)
    return tuple(_ordered(place, of, each, name) for (place, of), each in found.items())


def _ordered(place: Place, of: tuple[str, ...], verdicts: list[Verdict], name: str | None) -> Series:
    if name is None:
        return Series(place, of, tuple(verdicts), tuple(map(float, range(len(verdicts)))))
    ordered = sorted(verdicts, key=lambda verdict: real(verdict.point[name]))
    return Series(place, of, tuple(ordered), tuple(real(verdict.point[name]) for verdict in ordered))


def places(found: Iterable[Series]) -> list[Place]:
    """The points of the series, each once."""
    return list(dict.fromkeys(each.place for each in found))


def kinds(found: Iterable[Series]) -> list[tuple[str, ...]]:
    """The kinds of the series, each once."""
    return list(dict.fromkeys(each.kind for each in found))


def place_words(place: Place, among: Sequence[Place]) -> list[str]:
    """What tells a point from the others, a piece a parameter; everything where it is the only one."""
    shared = set.intersection(*map(set, among)) if len(among) > 1 else set()
    return [f"{symbol(name)} = {exact(value)}" for name, value in place if (name, value) not in shared]


def kind_words(of: tuple[str, ...], among: Sequence[tuple[str, ...]]) -> str:
    """What tells a kind from the others, in words; "" where it is the only one."""
    told = [part for part, *rest in zip(of, *among, strict=True) if part and len(set(rest)) > 1]
    return clean(", ".join(told).replace("_", " "))


def told_apart(own: Sequence[Series]) -> list[list[str]]:
    """Of each series in a panel what tells it from the others there, a piece a line; nothing for a single one."""
    if len(own) < 2:
        return [[] for _ in own]
    every, sorts = places(own), kinds(own)
    return [
        [
            word
            for word in (*(place_words(each.place, every) if len(every) > 1 else ()), kind_words(each.kind, sorts))
            if word
        ]
        for each in own
    ]
