"""How a theorem stands: the outcome of its badge, and the rule behind it in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from theory.statement import Control

if TYPE_CHECKING:
    from gradproof_docs.book import Entry
    from numerics.verdict import Verdict

MUST = ", as they must be"
SIGNS = {"consistent": "✓", "refuted": "✗", "underpowered": "?", "gap": "✗"}


@dataclass(frozen=True)
class Badge:
    """The outcome of a theorem with its sign, how its proof is held, and in words by which rule."""

    outcome: str
    sign: str
    held: str
    rule: str


def standing(entry: Entry) -> Badge:
    """The badge of a theorem with its measurements."""
    outcome = _outcome(entry)
    return Badge(outcome, SIGNS[outcome], entry.theorem.held, _rule(entry))


def _outcome(entry: Entry) -> str:
    """The worst that was found: a gap, a refutation, anything that could not tell; otherwise consistent."""
    found = {verdict.outcome for verdict in (*entry.verdicts, *entry.measured.sweep)}
    if entry.theorem.gaps():
        return "gap"
    if "refuted" in found:
        return "refuted"
    every = {verdict.statement for verdict in entry.verdicts} == set(range(len(entry.theorem.statements)))
    told = every and found == {"consistent"} and _refuted_controls(entry) == len(_needed(entry))
    return "consistent" if told else "underpowered"


def _needed(entry: Entry) -> list[Control]:
    return [control for control in entry.theorem.controls if control.needed]


def _refuted_controls(entry: Entry) -> int:
    seen = [entry.control(control) for control in _needed(entry)]
    return sum(verdict is not None and verdict.outcome == "refuted" for verdict in seen)


def _rule(entry: Entry) -> str:
    """The rule of the badge in words, with what was counted."""
    gaps = len(entry.theorem.gaps())
    proof = f"the proof has {gaps} gap{'s' * (gaps > 1)}" if gaps else "every proof step follows"
    parts = [proof, f"{consistent(entry.verdicts)} on random networks"]
    if entry.measured.sweep:
        parts.append(f"{consistent(entry.measured.sweep)} along the figure")
    if needed := _needed(entry):
        told = _refuted_controls(entry) == len(needed)
        parts.append(f"{_refuted_controls(entry)} of {len(needed)} controls refuted{MUST * told}")
    return "; ".join(parts)


def consistent(verdicts: Iterable[Verdict]) -> str:
    """How many of the verdicts are consistent, and what the others are."""
    found = Counter(verdict.outcome for verdict in verdicts)
    others = "".join(f", {count} {outcome}" for outcome, count in sorted(found.items()) if outcome != "consistent")
    return f"{found['consistent']} of {found.total()} verdicts consistent{others}"
