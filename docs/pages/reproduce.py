"""How to get the numbers of a page again: lines that run and print what the page shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from json import dumps
from math import isfinite
from typing import TYPE_CHECKING

from gradproof_docs.book import OWN, Entry
from gradproof_docs.pages.markup import paragraphs
from theory.relations import AtMost, Identity

if TYPE_CHECKING:
    from numerics.verdict import Verdict

EXACT = Identity | AtMost  # what is measured of these is rounding, which differs between machines
FOLDER = "my_theorems"  # where a reader of a page about a theorem of their own keeps it


def reproduce(entry: Entry) -> str:
    """The section: a doctest of the cheapest ensemble, and the commands for everything."""
    own = f" --theorems {FOLDER}" if entry.area == OWN else ""
    shell = [f"gradproof derive {entry.slug}{own}", f"gradproof verify {entry.slug} --control{own}"]
    told = python(entry)
    return paragraphs(
        "## Reproduce",
        f"```pycon\n{told}\n```" if told else "",
        "From the command line:",
        "```sh\n" + "\n".join(shell) + "\n```",
        "See {py:func}`~numerics.verification.verify`, {py:func}`~theory.catalog.theorem` and "
        "{py:class}`~theory.statement.Theorem`.",
    )


def python(entry: Entry) -> str:
    """The lines of the doctest; empty where nothing was judged."""
    cells = cheapest(entry)
    if not cells:
        return ""
    seen = [] if entry.area != OWN else [">>> from theory.catalog import search", f'>>> _ = search("{FOLDER}")']
    ensemble = f", ensemble={dumps(cells[0].ensemble)}" if cells[0].ensemble else ""
    point = [f">>> point = {_typed(cells[0].point)}"] if cells[0].point else []
    called = f'verify("{entry.slug}"{ensemble}{", point=point" * len(point)}, seed={entry.measured.seed})'
    lines = [*seen, ">>> from numerics import verify", *point, f">>> verdicts = {called}", *_printed(entry, cells)]
    return "\n".join(lines)


def _typed(point: Mapping[str, str]) -> str:
    """A point as Python: whole numbers as they are, others as text, so that they stay exact.

    >>> _typed({"sigma_w": "4/5", "L": "3"})
    '{"sigma_w": "4/5", "L": 3}'
    """
    values = {dumps(name): value if value.isdecimal() else dumps(value) for name, value in point.items()}
    return "{" + ", ".join(f"{name}: {value}" for name, value in values.items()) + "}"


def _printed(entry: Entry, cells: Sequence[Verdict]) -> list[str]:
    """What the verdicts are, and what was measured where that is no rounding."""
    exact = [isinstance(entry.theorem.statements[cell.statement].relation, EXACT) for cell in cells]
    if all(exact):
        outcomes = sorted({cell.outcome for cell in cells})
        return [">>> sorted({verdict.outcome for verdict in verdicts})", repr(outcomes)]
    form = ".4f" if any(exact) else ".4g"  # rounding is 0.0000
    shown = [">>> for verdict in verdicts:", f'...     print(verdict.outcome, f"{{verdict.measured:{form}}}")']
    return [*shown, *(f"{cell.outcome} {cell.measured:{form}}" for cell in cells if cell.measured is not None)]


def cheapest(entry: Entry) -> tuple[Verdict, ...]:
    """The verdicts at the ensemble and point that take the least to draw, in the order in which they are judged.

    Only where every number is finite, and of those with most statements judged.
    """
    found: dict[tuple[str | None, str], list[Verdict]] = {}
    for verdict in entry.verdicts:
        found.setdefault((verdict.ensemble, _typed(verdict.point)), []).append(verdict)
    whole = [cells for cells in found.values() if all(map(_finite, cells))]
    return tuple(min(whole, key=_dearness, default=()))


def _dearness(cells: Iterable[Verdict]) -> tuple[int, float]:
    judged = list(cells)
    return -len({cell.statement for cell in judged}), sum(map(cost, judged))


def _finite(verdict: Verdict) -> bool:
    return verdict.measured is not None and isfinite(verdict.measured)


def cost(verdict: Verdict) -> float:
    """About how many numbers the networks of a verdict hold: draws, width squared, depth; the largest size counts."""
    point = {name: float(value) for name, value in verdict.point.items() if value.isdecimal()}
    widths = [float(width) for width in verdict.point.get("widths", "").split(",") if width]
    own = point.get("n", max(widths, default=1.0))
    width = max((trace.x for trace in verdict.trace), default=own) if "n" in point or widths else 1.0
    return verdict.draws * width**2 * point.get("L", max(1.0, len(widths) - 1.0))
