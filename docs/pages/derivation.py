"""The proof of a theorem: each step folds, with its reason, its formula, its rule, and how it is held."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sympy import sympify

from gradproof_docs.book import EARLIER, Book, Entry
from gradproof_docs.pages.digits import count
from gradproof_docs.pages.markup import escape, fence, paragraphs, thm
from gradproof_docs.pages.prose import heading, listed, prose
from gradproof_docs.pages.tex import display, inline
from theory.describing import held_counts, placed
from theory.printing import latex
from theory.proofs.facts import Fact
from theory.statement import Induction, Move, Step

BELIEVED = {
    "axiom": "It is matched on the step's own sides and believed, not proved here.",
    "cited": "It is a theorem of the literature, believed.",
    "sampled": "The sides agreed at 30 and 60 digits at several points: evidence, not proof.",
}
SIGNS = {"=": "=", "<=": r"\le", "<": r"\lt"}
Gaps = Mapping[str, str]


def derivation(book: Book, entry: Entry) -> str:
    """The section: how many steps are held in which way, the steps on one line, and the gaps."""
    theorem = entry.theorem
    counts = held_counts(theorem)
    told = listed(f"{number} {held}" for held, number in counts.items())
    gaps = theorem.gaps()
    body = _moves(theorem.proof, placed(gaps), tuple(book.by_slug), first=True)
    said = f"{count(sum(counts.values()), 'step')}: {told}." if counts else "It has no step."
    listing = "\n".join(f"- {escape(gap)}" for gap in gaps)
    return paragraphs(
        "## Derivation", said, "**The proof has gaps:**" if gaps else "", listing, fence("derivation", body)
    )


def relation(fact: Fact) -> str:
    """A fact in TeX, one plain relation."""
    return f"{latex(fact.left)} {SIGNS[fact.op]} {latex(fact.right)}"


def _moves(moves: tuple[Move, ...], gaps: Gaps, slugs: Collection[str], prefix: str = "", first: bool = False) -> str:
    """The moves, each a step; the first of the proof is open."""
    parts = []
    for number, move in enumerate(moves, 1):
        place = f"{prefix}{number}"
        told = (place, gaps, slugs)
        body = _induction(move, *told) if isinstance(move, Induction) else _step(move, *told)
        heading = f"{number}\\. {_heading(move)}"
        parts.append(fence("step", body, heading, held=_held(move, place, gaps), open=first and number == 1))
    return "\n\n".join(parts)


def _heading(move: Move) -> str:
    """The reason in words, without links: what opens a fold leads nowhere else."""
    if isinstance(move, Induction) and move.because == "induction":
        return f"By induction on {prose(str(move.variable))}"
    return heading(move.because) or "A step"


def _held(move: Move, place: str, gaps: Gaps) -> str:
    """How a move is held; an induction with a gap inside is one."""
    broken = any(each == place or each.startswith(f"{place}.") for each in gaps)
    return "gap" if broken else move.held


def _step(step: Step, place: str, gaps: Gaps, slugs: Collection[str]) -> str:
    """The body of a step: the formula, what it uses, its rule, and how it is held."""
    used = listed(inline(relation(fact)) for fact in step.given) if step.given else ""
    gap = gaps.get(place)
    return paragraphs(
        display(relation(step.fact)),
        f"Used here: {used}." if used else "",
        f"**Gap:** {escape(gap)}" if gap else how(step, slugs),
    )


def how(step: Step, slugs: Collection[str]) -> str:
    """By which rule a step is made and why it may be believed, in words."""
    rule = step.rule
    if rule.name.startswith(EARLIER):
        slug = rule.name.removeprefix(EARLIER)
        return f"By {thm(slug) if slug in slugs else escape(slug)}, {escape(rule.held)} at its weakest step."
    named = f"`{rule.name}`" if rule.name.isidentifier() else escape(rule.name)
    if rule.held == "computed":
        reduces = step.op == "=" and rule.name != "squeeze"
        exactly = "; the difference of the sides reduces to exactly 0" if reduces else ""
        return f"Rule {named}, computed: {prose(rule.source)}{exactly}."
    needs = listed(f"**{escape(each.name)}**" for each in sorted(rule.needs, key=lambda each: each.name))
    needed = f" It needs {needs}." if rule.needs else ""
    return f"Rule {named}, {escape(rule.held)}: {prose(rule.source)}. {BELIEVED.get(rule.held, '')}{needed}".rstrip()


def _induction(move: Induction, place: str, gaps: Gaps, slugs: Collection[str]) -> str:
    """The claim, its base and its step, each a group of steps."""
    name, start = latex(move.variable), latex(sympify(move.start))
    gap = gaps.get(place)
    return paragraphs(
        display(relation(move.fact)),
        f"**Gap:** {escape(gap)}" if gap else "",
        f"**Base**, {inline(f'{name} = {start}')}:",
        _moves(move.base, gaps, slugs, f"{place}.base "),
        f"**Step**, from {inline(name)} to {inline(f'{name} + 1')}:",
        _moves(move.step, gaps, slugs, f"{place}.step "),
    )
