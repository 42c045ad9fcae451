"""What a reader must trust: how steps are held, every rule that is believed, and the constants of judging."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from gradproof_docs.book import EARLIER, Book, Entry, steps
from gradproof_docs.pages.digits import count, number
from gradproof_docs.pages.markup import badge, escape, paragraphs, table, thm
from gradproof_docs.pages.prose import prose
from gradproof_docs.pages.words import HELD as MEANING
from gradproof_docs.pages.words import JUDGED, RELATIONS
from gradproof_docs.standing import MUST, consistent
from numerics.judging import RESOLUTION
from numerics.neighbors import BOUND_SHIFT, IDENTITY_SHIFT
from numerics.verdict import ALPHA, POWER, ROUNDING
from theory.describing import held_counts
from theory.statement import HELD

if TYPE_CHECKING:
    from theory.proofs.rule import Rule

INTRODUCTION = (
    "Nothing here is believed silently. This page says what was computed, what is believed, and on whose word."
)
EARLIER_STEPS = "A step that leans on an earlier theorem counts as the weakest step that was taken there."
LEFT = """
Beyond the rules and theorems listed above, a reader trusts

- SymPy, to reduce a difference of two formulas to 0 only where it is 0, and python-flint, to enclose numbers;
- our own checker of steps, with tests that plant wrong steps and wait for a gap;
- NumPy's generator of random numbers, and LAPACK to rounding;
- that each definition says what its name says: the statement on a page is what was proved, and no more.
"""


def trust(book: Book) -> str:
    """The page."""
    return (
        paragraphs(
            "# What is trusted",
            INTRODUCTION,
            "## Steps of the proofs",
            _steps(book),
            "## Rules that are believed",
            "Each is matched on the step's own sides, and checked on numbers by the tests.",
            _rules(book, "axiom") or "None.",
            "## Theorems of the literature",
            _rules(book, "cited") or "None is used.",
            "## Verdicts",
            _verdicts(book.entries),
            "## Constants of judging",
            _constants(),
            "## What is left to trust",
            LEFT.strip(),
        )
        + "\n"
    )


def _steps(book: Book) -> str:
    """How many steps are held in each way, overall and for each theorem."""
    counted = {entry.slug: Counter(held_counts(entry.theorem)) for entry in book.entries}
    total: Counter[str] = sum(counted.values(), Counter())
    kinds = [held for held in HELD if total[held]]
    rows = [["**all**", *(f"**{total[held]}**" for held in kinds)]]
    rows += [
        [thm(slug), *(str(counts[held]) if counts[held] else "–" for held in kinds)] for slug, counts in counted.items()
    ]
    meanings = "\n".join(f"- {badge(held)}: {MEANING[held]}" for held in kinds)
    told = table(["theorem", *map(badge, kinds)], rows, right=range(1, len(kinds) + 1))
    return paragraphs(
        f"{count(total.total(), 'step')} in {count(len(counted), 'theorem')}. {EARLIER_STEPS}", meanings, told
    )


def _rules(book: Book, held: str) -> str:
    """Every rule held in this way that a proof uses, with its source and the theorems using it."""
    used: dict[str, tuple[Rule, list[str]]] = {}
    for entry in book.entries:
        for step in steps(entry.theorem.proof):
            if step.rule.held == held and not step.rule.name.startswith(EARLIER):
                users = used.setdefault(step.rule.name, (step.rule, []))[1]
                users += [entry.slug] * (entry.slug not in users)
    rows = [
        [f"`{name}`" if name.isidentifier() else escape(name), prose(rule.source), ", ".join(map(thm, slugs))]
        for name, (rule, slugs) in sorted(used.items())
    ]
    return table(["rule", "source", "used by"], rows) if rows else ""


def _verdicts(entries: Iterable[Entry]) -> str:
    """What was judged: outcomes of verdicts and controls, and how many cells were not judged."""
    told = [(entry, Counter(verdict.outcome for verdict in entry.verdicts)) for entry in entries]
    judged: Counter[str] = sum((counts for _, counts in told), Counter())
    controls = [v.outcome == "refuted" for entry, _ in told for v in entry.measured.verdicts if v.control]
    swept = consistent([verdict for entry, _ in told for verdict in entry.measured.sweep])
    left = sum(len(entry.measured.not_judged) for entry, _ in told)
    outcomes = ", ".join(f"{judged[word]} {word}" for word in ("consistent", "refuted", "underpowered"))
    refuted = f"{sum(controls)} of {count(len(controls), 'control')} refuted{MUST * all(controls)}"
    return (
        f"{count(judged.total(), 'verdict')}: {outcomes}. {refuted}. Along the figures {swept}. "
        f"{count(left, 'place')} not judged, each listed with its reason on the page of its theorem."
    )


def _constants() -> str:
    rows = [
        ["false-alarm rate of one judgment", number(ALPHA, 3)],
        ["probability to refute a deviation of *detectable* size", str(POWER)],
        ["rounding allowed, in units of the machine epsilon times the size of the terms", str(ROUNDING)],
        ["wrong neighbor of an identity that must be refuted: one factor off by", number(IDENTITY_SHIFT)],
        ["wrong neighbor of a bound at its case of equality: smaller by", number(BOUND_SHIFT)],
    ]
    rows += [
        [f"resolution of {RELATIONS[kind]}, judged by: {JUDGED[kind]}", number(value)]
        for kind, value in RESOLUTION.items()
    ]
    return table(["constant", "value"], rows, right=[1])
