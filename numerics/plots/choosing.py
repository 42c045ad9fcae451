"""Which picture verdicts make: by the relation of their statement, and by what varies among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property

from numerics.plots.series import Series, kinds, place_words, places, series, swept
from numerics.verdict import Verdict
from theory.catalog import theorem as named
from theory.relations import AtMost, Identity, InLaw, Limit, Relation
from theory.statement import Statement, Theorem


class Form(Enum):
    """What a figure shows."""

    CURVES = "a prediction and what was measured, along a parameter"
    CEILINGS = "what was seen below what is allowed, along a parameter"
    LAW = "a distribution function and the empirical one"
    SIZES = "medians at several sizes, and where they tend"
    ROWS = "a row a verdict"


@dataclass(frozen=True, eq=False)
class Subject:
    """What is to be drawn: the verdicts of one statement; ``swept``: the parameter along which they make a curve."""

    verdicts: tuple[Verdict, ...]
    theorem: Theorem
    form: Form
    swept: str | None

    @property
    def statement(self) -> Statement:
        return self.theorem.statements[self.index]

    @property
    def index(self) -> int:
        return self.verdicts[0].statement

    @property
    def relation(self) -> Relation:
        return self.statement.relation

    @property
    def systems(self) -> frozenset[str]:
        """The kinds of systems that the verdicts are of."""
        return frozenset(verdict.system.partition("(")[0] for verdict in self.verdicts)

    @cached_property
    def series(self) -> tuple[Series, ...]:
        """The verdicts apart by point and kind; the sizes of a limit stand on its axis, and are no part of a point."""
        found = series(self.verdicts, self.swept)
        if self.form is not Form.SIZES:
            return found
        grown = self.relation.name
        return tuple(replace(each, place=tuple(p for p in each.place if p[0] != grown)) for each in found)

    @property
    def panels(self) -> list[tuple[str, list[Series]]]:
        """The series with a title: a panel a point where kinds of weights must be told apart too, else one of all."""
        found, every = self.series, places(self.series)
        if len(kinds(found)) < 2 or len(every) < 2:
            return [("", list(found))]
        titles = (", ".join(place_words(place, every)) for place in every)
        return [(title, [s for s in found if s.place == place]) for title, place in zip(titles, every, strict=True)]

    @property
    def resolution(self) -> float:
        """The coarsest that was asked for."""
        return max(verdict.resolution for verdict in self.verdicts)


def chosen(verdicts: Sequence[Verdict], theorem: Theorem | None = None) -> Subject:
    """What these verdicts make. Raises ValueError where they are none, of several statements or of no known theorem."""
    statements = sorted({(verdict.theorem, verdict.statement) for verdict in verdicts})
    if len(statements) != 1:
        told = ", ".join(f"{name} statement {number + 1}" for name, number in statements) or "none"
        raise ValueError(f"verdicts of {told}: a figure is of one statement; pass its verdicts alone")
    found = theorem or _named(verdicts[0].theorem)
    if verdicts[0].statement >= len(found.statements):
        raise ValueError(f"verdicts of statement {verdicts[0].statement + 1}: {found.name} has {len(found.statements)}")
    name = swept(verdicts, found)
    return Subject(tuple(verdicts), found, _form(verdicts, found, name), name)


def _named(slug: str) -> Theorem:
    try:
        return named(slug)
    except ValueError as error:
        raise ValueError(f"theorem {slug!r}: not in the catalog; pass it, figure(verdicts, theorem)") from error


def _form(verdicts: Sequence[Verdict], theorem: Theorem, name: str | None) -> Form:
    relation = theorem.statements[verdicts[0].statement].relation
    by_sizes = isinstance(relation, Limit) and relation.remainder is None
    along = by_sizes and theorem.sweep is not None and name == theorem.sweep.symbol.name  # where each limit tends
    if (by_sizes or isinstance(relation, InLaw)) and all(verdict.trace for verdict in verdicts) and not along:
        return Form.LAW if isinstance(relation, InLaw) else Form.SIZES
    if name is None:
        return Form.ROWS
    below = isinstance(relation, AtMost | Identity | InLaw) or (isinstance(relation, Limit) and not by_sizes)
    return Form.CEILINGS if below else Form.CURVES
