"""Theorems joined with what was measured of them: what every page is written from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from gradproof_docs.standing import SIGNS as SIGNS
from gradproof_docs.standing import Badge as Badge
from gradproof_docs.standing import standing
from theory.catalog import FOLDERS, HERE
from theory.statement import Control, Induction, Move, Step, Theorem

if TYPE_CHECKING:
    from numerics.stored import Measured
    from numerics.verdict import Verdict

AREAS = {
    "depth": "Through depth",
    "time": "Through time",
    "matrices": "Random matrices",
    "meanfield": "Mean field",
    "training": "Training",
}
OWN = "Your own"  # theorems that lie in no room of theory
EARLIER = "theorem "  # a rule of this name leans on an earlier theorem


@dataclass(frozen=True)
class Entry:
    """A theorem, its measurements, the area it belongs to, and its number in the book."""

    theorem: Theorem
    measured: Measured
    area: str
    number: int

    @property
    def slug(self) -> str:
        return self.theorem.name

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdicts on the theorem, without controls."""
        return tuple(verdict for verdict in self.measured.verdicts if not verdict.control)

    def control(self, control: Control) -> Verdict | None:
        """The verdict that this control made; None where it was not measured."""
        statement = self.theorem.statements[control.statement]
        here = self.theorem.points_of(statement)[control.point]
        point = {name: str(value) for name, value in here.items()}
        for verdict in self.measured.verdicts:
            same = verdict.control and verdict.lacks == repr(control.assumption) and verdict.point == point
            law = control.ensemble in (None, verdict.ensemble)
            system = control.system is None or repr(control.system) == verdict.system
            if same and law and system and verdict.statement == control.statement:
                return verdict
        return None


@dataclass(frozen=True)
class Book:
    """All entries, area by area."""

    entries: tuple[Entry, ...]

    @cached_property
    def by_slug(self) -> Mapping[str, Entry]:
        return {entry.slug: entry for entry in self.entries}

    @cached_property
    def areas(self) -> Mapping[str, tuple[Entry, ...]]:
        """The entries of each area."""
        named = dict.fromkeys(entry.area for entry in self.entries)
        return {area: tuple(entry for entry in self.entries if entry.area == area) for area in named}

    def entry(self, slug: str) -> Entry:
        """The entry of this slug. Raises ValueError where the book has none."""
        if slug not in self.by_slug:
            raise ValueError(f"theorem {slug!r}: not in the book; it has {', '.join(self.by_slug)}")
        return self.by_slug[slug]

    def builds_on(self, slug: str) -> tuple[str, ...]:
        """The theorems that the proof of this one names, in the order of the proof."""
        return leaned_on(self.entry(slug).theorem)

    def used_by(self, slug: str) -> tuple[str, ...]:
        """The theorems whose proofs name this one, in the order of the book."""
        return tuple(other.slug for other in self.entries if slug in leaned_on(other.theorem))

    def badge(self, entry: Entry) -> Badge:
        """The outcome, how held, and the rule behind it with its numbers."""
        return standing(entry)


def bound(theorems: Iterable[Theorem], measured: Mapping[str, Measured]) -> Book:
    """The book of these theorems, area by area in the order given, numbered from 1.

    Raises ValueError where a theorem has no measurements.
    """
    given = list(theorems)
    for each in given:
        if each.name not in measured:
            raise ValueError(f"theorem {each.name}: not measured; run `gradproof verify {each.name} --control --sweep`")
    order = [*AREAS.values(), OWN]
    placed = sorted(given, key=lambda each: order.index(area(each.name)))
    pairs = enumerate(placed, 1)
    return Book(tuple(Entry(each, measured[each.name], area(each.name), number) for number, each in pairs))


def shown(measured: Measured, statement: int) -> tuple[Verdict, ...]:
    """The verdicts that the figure of a statement shows: those of its sweep, or else those at its points."""
    swept = tuple(verdict for verdict in measured.sweep if verdict.statement == statement)
    return swept or tuple(v for v in measured.verdicts if v.statement == statement and not v.control)


def area(slug: str) -> str:
    """The area of a theorem: the room that its file lies in.

    >>> area("log_gain"), area("of_mine")
    ('Through depth', 'Your own')
    """
    rooms = (folder for folder in FOLDERS if (HERE / folder / f"{slug}.py").is_file())
    return AREAS.get(next(rooms, ""), OWN)


def steps(moves: Iterable[Move]) -> Iterator[Step]:
    """Every step of a proof, those of inductions too."""
    for move in moves:
        if isinstance(move, Induction):
            yield from steps((*move.base, *move.step))
        else:
            yield move


def leaned_on(theorem: Theorem) -> tuple[str, ...]:
    """Slugs of the earlier theorems that a proof names.

    >>> from theory import theorem
    >>> leaned_on(theorem("log_gain"))
    ('gain_law',)
    """
    names = (step.rule.name for step in steps(theorem.proof))
    return tuple(dict.fromkeys(name.removeprefix(EARLIER) for name in names if name.startswith(EARLIER)))
