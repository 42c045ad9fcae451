"""The evidence for a theorem: figures, the table of verdicts, and what was not judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from gradproof_docs.book import Entry, shown
from gradproof_docs.pages import verdicts as tables
from gradproof_docs.pages.digits import count, number
from gradproof_docs.pages.markup import escape, fence, paragraphs, table
from gradproof_docs.pages.prose import listed, place, prose
from gradproof_docs.pages.words import judged_by
from gradproof_docs.standing import consistent
from numerics.verdict import ALPHA, POWER

if TYPE_CHECKING:
    from numerics.planning import Unjudged
    from numerics.verdict import Verdict

RATES = (
    f"A judgment is wrong about a true statement with probability at most {number(ALPHA, 2)}, and refutes a deviation "
    f"of its *detectable* size with probability {POWER} ({{doc}}`how to read a verdict </guides/reading_a_verdict>`). "
)
UNITS = (
    "Each row tells its worst verdict, deviation and error in units of the resolution: where *detectable*, in the same "
    "units, is at most 1, a deviation as large as the resolution would have been seen. *Detectable* and *draws* "
    "(networks behind a verdict) are the largest of the row."
)
REACHED = " Where a bound holds, the part of it that was reached is said instead."
OPEN_ROWS = 10  # a longer table folds: the assumptions should not be two screens down


def evidence(entry: Entry) -> str:
    """The section: a figure a statement, verdicts over ensembles, each verdict folded, and what is not judged."""
    theorem, judged = entry.theorem, entry.verdicts
    if not judged:
        return paragraphs("## Evidence", "Nothing was judged.", not_judged(entry.measured.not_judged))
    return paragraphs(
        "## Evidence",
        *(figure(entry, statement) for statement in range(len(theorem.statements))),
        f"{RATES}{_judges(entry)}",
        *_over_ensembles(entry),
        UNITS + REACHED * any(tables.bounds(each.relation) for each in theorem.statements),
        fence("fold", _every(entry), f"All {count(len(judged), 'verdict')}"),
        _behind_the_figure(entry),
        not_judged(entry.measured.not_judged),
    )


def _over_ensembles(entry: Entry) -> Iterable[str]:
    """A table a statement; all of them folded where they are long together."""
    relations = [statement.relation for statement in entry.theorem.statements]
    judged = [[verdict for verdict in entry.verdicts if verdict.statement == each] for each in range(len(relations))]
    long = sum(len({verdict.ensemble for verdict in found}) for found in judged) > OPEN_ROWS
    for which, (relation, found) in enumerate(zip(relations, judged, strict=True), 1):
        heading = f"Statement {which}: {consistent(found)}" if len(relations) > 1 else consistent(found)
        rows = tables.compact(relation, found)
        if found:
            yield fence("fold", rows, heading) if long else paragraphs(f"{heading}." * (len(relations) > 1), rows)


def figure(entry: Entry, statement: int) -> str:
    """The figure of a statement with a caption that says what to see; nothing where nothing was measured of it."""
    verdicts = shown(entry.measured, statement)
    return fence("evidence", caption(entry, verdicts), f"{entry.slug}-{statement + 1}") if verdicts else ""


def caption(entry: Entry, verdicts: Sequence[Verdict]) -> str:
    """What to see in a figure."""
    from numerics.plot import sentence  # Matplotlib is loaded for figures alone

    several = f"Statement {verdicts[0].statement + 1}. " if len(entry.theorem.statements) > 1 else ""
    return several + prose(sentence(verdicts, entry.theorem))


def _judges(entry: Entry) -> str:
    """How each kind of statement is judged, one sentence each."""
    kinds: dict[tuple[type, str], set[float]] = {}
    for verdict in entry.verdicts:
        relation = entry.theorem.statements[verdict.statement].relation
        kinds.setdefault((type(relation), judged_by(relation)), set()).add(verdict.resolution)
    told = (
        f"{type_name(kind)}: {how}; resolution {listed(map(number, sorted(sizes)))}."
        for (kind, how), sizes in kinds.items()
    )
    return " ".join(told)


def type_name(relation: type) -> str:
    """A relation in words, as a heading; it is linked to its definition.

    >>> from theory.relations import Mean
    >>> type_name(Mean)
    '{py:class}`~theory.relations.Mean`'
    """
    return f"{{py:class}}`~theory.relations.{relation.__name__}`"


def _every(entry: Entry) -> str:
    told = [*entry.verdicts, *(verdict for verdict in entry.measured.verdicts if verdict.control)]
    return tables.every(entry.theorem, sorted(told, key=lambda verdict: (verdict.control, verdict.statement)))


def _behind_the_figure(entry: Entry) -> str:
    """Every verdict of the sweep, folded."""
    swept = entry.measured.sweep
    if not swept:
        return ""
    ordered = sorted(swept, key=lambda verdict: verdict.statement)
    return fence("fold", tables.every(entry.theorem, ordered), f"{count(len(swept), 'verdict')} along the figure")


def not_judged(cells: Iterable[Unjudged]) -> str:
    """What is not judged, one row a reason: a cell left out counts for nothing, and is said."""
    rows = []
    ordered = sorted(cells, key=lambda cell: (cell.statement, cell.reason, cell.ensemble or ""))
    for (statement, reason, ensemble), same in groupby(ordered, lambda c: (c.statement, c.reason, c.ensemble)):
        points = dict.fromkeys(place(cell.point) for cell in same)
        rows.append([str(statement + 1), escape(ensemble or ""), listed(points, "and") or "–", escape(reason)])
    if not rows:
        return ""
    heading = "Not judged, and so counted neither for nor against:"
    return paragraphs(heading, table(["statement", "ensemble", "point", "because"], rows))
