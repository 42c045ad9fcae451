"""The assumptions of a theorem, each with what happens without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gradproof_docs.book import Entry
from gradproof_docs.pages.digits import number
from gradproof_docs.pages.markup import badge, escape, paragraphs
from gradproof_docs.pages.prose import listed, prose
from gradproof_docs.pages.tex import inline
from gradproof_docs.pages.verdicts import measured, point
from gradproof_docs.pages.words import system
from theory.assumptions import Assumption
from theory.relations import AtMost, Identity, InLaw, Relation
from theory.statement import Control
from theory.systems import System

if TYPE_CHECKING:
    from numerics.verdict import Verdict


def assumptions(entry: Entry) -> str:
    """The section: each assumption with its meaning, its formula, and the verdict of its control."""
    theorem = entry.theorem
    assumed = sorted(theorem.assumes_in_all, key=lambda assumption: assumption.name)
    dropped = (control.assumption for control in theorem.controls if isinstance(control.assumption, System))
    every: list[Assumption | System] = [*assumed, *dict.fromkeys(dropped)]
    items = [f"{place}. {_item(entry, each)}" for place, each in enumerate(every, 1)]
    none = "" if assumed else "Nothing is assumed of the weights."
    return paragraphs("## Assumptions", none, "\n".join(items))


def _item(entry: Entry, of: Assumption | System) -> str:
    """An assumption in one item of a list, what happens without it on its own line."""
    controls = [control for control in entry.theorem.controls if control.assumption == of]
    without = " ".join(_without(entry, control) for control in controls) or "no control was given."
    return f"{_told(of)}{_only_in(entry, of)}\\\n   *Without it:* {without}"


def _only_in(entry: Entry, of: Assumption | System) -> str:
    """The statements that need an assumption, where the others do without."""
    if isinstance(of, System) or of in entry.theorem.assumes:
        return ""
    numbers = [f"{place}" for place, each in enumerate(entry.theorem.statements, 1) if of in each.assumes]
    return f" (statement{'s' * (len(numbers) > 1)} {listed(numbers)} only)"


def _told(of: Assumption | System) -> str:
    if isinstance(of, System):
        return f"The statement is made {system(of)}."
    return f"**{escape(of.name)}**: {inline(of.latex) if of.latex.strip() else prose(of.meaning)}"


def _without(entry: Entry, control: Control) -> str:
    """The verdict that a control made, or why there is none."""
    if not control.needed:
        return f"no verdict here shows that it is needed: {prose(control.reason)}."
    verdict = entry.control(control)
    if verdict is None:
        return "its control was not measured."
    relation = entry.theorem.statements[control.statement].relation
    told = f"on {_where(entry, control, verdict)}, {_found(verdict, relation)}: {badge(verdict.outcome)}"
    return told if verdict.outcome == "refuted" else f"{told}, though it ought to be refuted."


def _where(entry: Entry, control: Control, verdict: Verdict) -> str:
    """The network of a control in words."""
    law = f"{escape(verdict.ensemble)} weights" if verdict.ensemble else "this map"
    other = f" {system(control.system)}" if control.system else ""
    number_of = f" (statement {verdict.statement + 1})" if len(entry.theorem.statements) > 1 else ""
    relation = entry.theorem.statements[control.statement].relation
    at = f" at {point(verdict, relation)}" if verdict.point else ""
    return f"{law}{other}{at}{number_of}"


def _found(verdict: Verdict, relation: Relation) -> str:
    """What was predicted and what was measured, in the words of its relation."""
    error = number(verdict.error, 2)
    match relation:
        case Identity():
            return f"the sides are {number(verdict.measured)} apart, where rounding allows {error}"
        case InLaw():
            return f"the distributions are {number(verdict.measured)} apart, where chance allows {error}"
        case AtMost():
            return f"the left side is {number(verdict.measured)} times the right, where rounding allows {error} more"
    return f"predicted {number(verdict.predicted)}, measured {measured(verdict, relation)}"
