"""The page of a theorem, in the order in which it is read: what it says, what was seen, why it holds, where it ends."""

from __future__ import annotations

from collections.abc import Iterable

from sympy import Expr

from gradproof_docs.book import Badge, Book, Entry
from gradproof_docs.pages.assumptions import assumptions
from gradproof_docs.pages.derivation import derivation, relation
from gradproof_docs.pages.evidence import evidence
from gradproof_docs.pages.markup import badge, escape, fence, paragraphs, table, thm
from gradproof_docs.pages.prose import listed, prose
from gradproof_docs.pages.reproduce import reproduce
from gradproof_docs.pages.tex import display, inline
from gradproof_docs.pages.words import THEOREM_HELD, sentence, where
from theory.legend import legend
from theory.printing import latex
from theory.statement import Statement, Theorem

LONG = 60  # signs of LaTeX: a longer formula has a line of its own, where it can break on a phone
THRESHOLDS = "{doc}`Three thresholds </guides/three_thresholds>`"
BESIDE = {  # where a number of the page stands beside others
    **dict.fromkeys(
        ("folk_threshold", "mean_square_gain", "norm_law", "typical_threshold"),
        f"{THRESHOLDS}: the norm, the typical gradient and the mean in one table, per ensemble and width.",
    ),
    "norm_threshold": f"{THRESHOLDS}: that of one layer's norm, beside the typical gradient and the mean, per ensemble "
    "and width.",
}


def page(book: Book, entry: Entry) -> str:
    """The whole page as MyST."""
    told, slugs = book.badge(entry), tuple(book.by_slug)
    limits = prose(entry.theorem.limits, slugs)
    return (
        paragraphs(
            f"# {escape(entry.theorem.title)}",
            _line(book, entry, told),
            f"*The rule behind it:* {told.rule}. {THEOREM_HELD[told.held]}.",
            _statement_box(entry, told),
            evidence(entry),
            BESIDE.get(entry.slug, ""),
            assumptions(entry),
            derivation(book, entry),
            f"## Limits\n\n{limits}" if limits else "",
            reproduce(entry),
            _references(entry.theorem.references, slugs),
        )
        + "\n"
    )


def _line(book: Book, entry: Entry, told: Badge) -> str:
    """Badge, how held, area, and the neighbors in the graph of theorems."""
    return " · ".join(
        [
            *map(badge, dict.fromkeys([told.outcome, told.held])),
            escape(entry.area),
            f"builds on {links(book, book.builds_on(entry.slug))}",
            f"used by {links(book, book.used_by(entry.slug))}",
        ]
    )


def links(book: Book, slugs: Iterable[str]) -> str:
    """Links to theorems; one that is not in the book by its name alone."""
    return ", ".join(thm(slug) if slug in book.by_slug else escape(slug) for slug in slugs) or "nothing"


def _statement_box(entry: Entry, told: Badge) -> str:
    theorem = entry.theorem
    several = len(theorem.statements) > 1
    stated = (_statement(theorem, each, n if several else 0) for n, each in enumerate(theorem.statements, 1))
    body = paragraphs(*stated, where(theorem), _value(theorem), letters(theorem))
    title, number = escape(theorem.title), str(entry.number)
    return fence("theorem", body, title, slug=entry.slug, number=number, outcome=told.outcome)


def _statement(theorem: Theorem, statement: Statement, number: int) -> str:
    """A sentence in words, then each relation on its own line, then the conditions."""
    counted = f"**{number}.** " if number else ""
    assumed = [prose(assumption.meaning) for assumption in sorted(statement.assumes, key=repr)]
    given = ", and ".join([" and ".join(inline(relation(fact)) for fact in statement.given), *assumed])
    return paragraphs(
        counted + prose(sentence(theorem, statement)),
        *(display(relation(goal)) for goal in statement.goals()),
        f"where {given.removeprefix(', and ')}." if given else "",
    )


def _value(theorem: Theorem) -> str:
    """What `evaluate` prints, where it is a part of the statement and no right side."""
    if not theorem.values:
        return ""
    told = f"`gradproof evaluate {theorem.name}` prints"
    wide = _shown("and at `widths`", theorem, theorem.wide_values) if theorem.wide_values else ""
    return paragraphs(_shown(told, theorem, theorem.values), wide)


def _shown(told: str, theorem: Theorem, values: Iterable[Expr]) -> str:
    """Formulas after the words that introduce them: in the line, or each on its own where one is long."""
    pairs = [(name, latex(each)) for name, each in zip(theorem.components or [""], values, strict=True)]
    if all(len(formula) <= LONG for _, formula in pairs):
        return f"{told} {listed([(prose(name) + ' = ' if name else '') + inline(formula) for name, formula in pairs])}."
    return paragraphs(told, *(display(rf"\text{{{name}}} = {formula}" if name else formula) for name, formula in pairs))


def letters(theorem: Theorem) -> str:
    """What each letter means, folded."""
    rows = [[inline(entry.latex), prose(entry.meaning)] for entry in legend(theorem)]
    return fence("fold", table(["letter", "meaning"], rows), "The letters") if rows else ""


def _references(references: Iterable[str], slugs: Iterable[str]) -> str:
    items = "\n".join(f"- {escape(reference)}" for reference in references)
    return f"## References\n\n{items}" if items else ""
