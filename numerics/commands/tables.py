"""Verdicts as rows for a reader, a table a theorem; the layers of a weight file as another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from numerics.commands.terminal import say, show

if TYPE_CHECKING:
    from numerics.verdict import Verdict
    from numerics.weights import WeightFile
    from numerics.weights.profile import LayerProfile
    from theory.statement import Theorem

NOTHING = "–"
SIGNS = {"consistent": "✓", "refuted": "✗", "underpowered": "?"}
STYLES = {"consistent": "green", "refuted": "bold red", "underpowered": "yellow"}
RIGHT = ("predicted", "measured ± error", "detectable/resolution", "draws", "verdicts")
HEADINGS = ("", "system", "ensemble", "point", *RIGHT[:4], "outcome")
# what is measured, where it is not the left side
MEASURED = {"Identity": "off by ", "AtMost": "ratio ", "InLaw": "distance "}


def print_theorem(slug: str, verdicts: Sequence[Verdict]) -> None:
    """What a theorem states, a row for each verdict on it, and footnotes; controls last."""
    from theory import theorem

    found = theorem(slug)
    say(f"{slug}: {found.title}  [held: {found.held}]", "bold")
    for place, text in enumerate(_statements(found), 1):
        say(f"  {place}. {text}")
    relations = [type(statement.relation).__name__ for statement in found.statements]
    notes = list(dict.fromkeys(verdict.note for verdict in verdicts if verdict.note))
    rows = []
    for verdict in sorted(verdicts, key=lambda verdict: (verdict.control, verdict.statement)):
        mark = f" [{notes.index(verdict.note) + 1}]" if verdict.note else ""
        rows.append(_row(verdict, relations[verdict.statement], mark))
    show(_filled(HEADINGS, rows))
    for place, note in enumerate(notes, 1):
        say(f"  [{place}] {note}")
    say()


def _statements(found: Theorem) -> list[str]:
    from numerics.commands.proofs import told_statement

    return [f"{told['text']}  [{told['relation']}]" for told in map(told_statement, found.statements)]


def table(headings: Sequence[str]) -> Table:
    """An empty table in the style of all."""
    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for heading in headings:
        made.add_column(heading, justify="right" if heading in RIGHT else "left", overflow="fold")
    return made


def _filled(headings: Sequence[str], rows: Sequence[tuple[str | Text, ...]]) -> Table:
    """The table without the columns that say nothing in any row."""
    kept = [column for column in range(len(headings)) if any(row[column] != NOTHING for row in rows)]
    filled = table([headings[column] for column in kept])
    for row in rows:
        filled.add_row(*(row[column] for column in kept))
    return filled


def _row(verdict: Verdict, relation: str, mark: str) -> tuple[str | Text, ...]:
    return (
        f"  {verdict.statement + 1}",
        verdict.system,
        verdict.ensemble or NOTHING,
        point(verdict),
        number(verdict.predicted),
        MEASURED.get(relation, "") + measured(verdict),
        f"{number(verdict.detectable, 2)}/{number(verdict.resolution, 2)}",
        str(verdict.draws),
        outcome(verdict).append(mark),
    )


def point(verdict: Verdict) -> str:
    """Where the verdict was made, on one line."""
    return " ".join(f"{name}={value}" for name, value in verdict.point.items())


def measured(verdict: Verdict) -> str:
    """The number measured and the half-width of the interval around it."""
    return number(verdict.measured) + (f" ± {number(verdict.error, 2)}" if verdict.error else "")


def outcome(verdict: Verdict) -> Text:
    """The outcome with its sign; of a control, whether it was refuted as it must be."""
    if not verdict.control:
        return Text(f"{SIGNS[verdict.outcome]} {verdict.outcome}", style=STYLES[verdict.outcome])
    held = verdict.outcome == "refuted"
    told = "refuted, as it must be" if held else f"{verdict.outcome}, but it must be refuted"
    sign, style = (SIGNS["refuted"], STYLES["consistent"]) if held else (SIGNS["underpowered"], STYLES["underpowered"])
    return Text(f"{sign} without {verdict.lacks}: {told}", style=style)


def number(value: float | None, digits: int = 5) -> str:
    """A number in a few digits; a dash where there is none.

    >>> number(0.123456789), number(None)
    ('0.12346', '–')
    """
    return NOTHING if value is None or value != value else f"{value:.{digits}g}"


def print_weights(file: WeightFile, layers: Sequence[LayerProfile]) -> None:
    """The layout that was read or assumed, each layer, and what is wrong with the file."""
    say(file.layout_note)
    shown = table(("layer", "tensor", "shape", "‖W‖", "σ_min", "largest log gain to there"))
    for layer in layers:
        shape = " x ".join(map(str, layer.shape))
        numbers = (layer.operator_norm, layer.smallest_singular_value, layer.largest_log_gain)
        shown.add_row(str(layer.layer), layer.name, shape, *map(number, numbers))
    show(shown)
    for finding in file.findings:
        say(f"FINDING {finding}", STYLES["refuted"])
    if file.ignored:
        say(f"ignored: {', '.join(file.ignored)}")
    say()
