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
from gradproof_docs.pages.words import JUDGED
from numerics.verdict import ALPHA, POWER
from theory.relations import AtMost, Tail

if TYPE_CHECKING:
    from numerics.planning import Unjudged
    from numerics.verdict import Verdict

RATES = (
    f"A judgment is wrong about a true statement with probability at most {number(ALPHA, 2)}, and refutes a deviation "
    f"of its *detectable* size with probability {POWER} ({{doc}}`how to read a verdict </guides/reading_a_verdict>`). "
)
UNITS = (
    "Deviation and error are those of the worst cell in a row, in units of the resolution: where *detectable*, in the "
    "same units, is at most 1, a deviation as large as the resolution would have been seen. *Draws* are the networks "
    "behind a cell."
)
REACHED = " Where a bound holds, how much of it was reached is said instead."


def evidence(entry: Entry) -> str:
    """The section: a figure a statement, verdicts over ensembles, each verdict folded, and what is not judged."""
    theorem, judged = entry.theorem, entry.verdicts
    if not judged:
        return paragraphs("## Evidence", "Nothing was judged.", not_judged(entry.measured.not_judged))
    return paragraphs(
        "## Evidence",
        *(figure(entry, statement) for statement in range(len(theorem.statements))),
        f"{RATES}{_judges(entry)}",
        tables.compact(theorem, judged),
        UNITS + REACHED * any(isinstance(each.relation, AtMost | Tail) for each in theorem.statements),
        fence("fold", _every(entry), f"All {count(len(judged), 'verdict')}"),
        _behind_the_figure(entry),
        not_judged(entry.measured.not_judged),
    )


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
    kinds = {type(entry.theorem.statements[v.statement].relation): v.resolution for v in entry.verdicts}
    told = (f"{type_name(kind)}: {JUDGED[kind]}; resolution {number(size)}." for kind, size in kinds.items())
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
    ordered = sorted(cells, key=lambda cell: (cell.statement, cell.reason, cell.ensemble))
    for (statement, reason, ensemble), same in groupby(ordered, lambda c: (c.statement, c.reason, c.ensemble)):
        points = dict.fromkeys(place(cell.point) for cell in same)
        rows.append([str(statement + 1), escape(ensemble or ""), listed(points, "and") or "–", escape(reason)])
    if not rows:
        return ""
    heading = "Not judged, and so counted neither for nor against:"
    return paragraphs(heading, table(["statement", "ensemble", "point", "because"], rows))
