"""Verdicts as rows for a reader, a table a theorem; the layers of a weight file as another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from numerics.commands.terminal import say, show
from theory.relations import Limit, Relation

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
PREDICTED = {"Tail": "at most "}


def print_theorem(slug: str, verdicts: Sequence[Verdict]) -> None:
    """What a theorem states, a row for each verdict on it, and footnotes; controls last."""
    from theory import theorem

    found = theorem(slug)
    say(f"{slug}: {found.title}  [held: {found.held}]", "bold")
    for place, text in enumerate(_statements(found), 1):
        say(f"  {place}. {text}")
    ordered = sorted(verdicts, key=lambda verdict: (verdict.control, verdict.statement))
    told = [(verdict, found.statements[verdict.statement].relation) for verdict in ordered]
    notes = list(dict.fromkeys(filter(None, (_note(*each) for each in told))))
    marks = [f" [{notes.index(note) + 1}]" if (note := _note(*each)) else "" for each in told]
    rows = [_row(*each, mark) for each, mark in zip(told, marks, strict=True)]
    show(_filled(HEADINGS, rows))
    for place, note in enumerate(notes, 1):
        say(f"  [{place}] {note}")
    say()


def _statements(found: Theorem) -> list[str]:
    from theory.describing import told_statement

    told = map(told_statement, found.statements)
    return [f"{each['text']}  [{each['relation']}]{conditions(each)}" for each in told]


def conditions(statement: Mapping[str, Any]) -> str:
    """On what a statement holds, as a clause behind it; empty where it always does."""
    given = [*statement["given"], *statement.get("assumes", ())]
    return f", given {', '.join(given)}" if given else ""


def expected(verdict: Verdict) -> bool:
    """Whether a verdict is as it should be: consistent, or refuted where an assumption is missing."""
    return verdict.outcome == ("refuted" if verdict.control else "consistent")


def _note(verdict: Verdict, relation: Relation) -> str:
    """The footnote of a row; how a limit was extrapolated is one only where it went wrong."""
    return "" if isinstance(relation, Limit) and expected(verdict) else verdict.note


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


def _row(verdict: Verdict, relation: Relation, mark: str) -> tuple[str | Text, ...]:
    name, known = type(relation).__name__, verdict.predicted is not None
    return (
        f"  {verdict.statement + 1}",
        verdict.system,
        verdict.ensemble or NOTHING,
        point(verdict),
        (PREDICTED.get(name, "") if known else "") + number(verdict.predicted),
        MEASURED.get(name, "") + measured(verdict),
        f"{number(verdict.detectable, 2)}/{number(verdict.resolution, 2)}",
        str(verdict.draws),
        outcome(verdict).append(mark),
    )


def point(verdict: Verdict) -> str:
    """Where the verdict was made, on one line; of a limit all the sizes: n=8, 16, 32, 256."""
    from theory import theorem

    sizes = _sizes(verdict, theorem(verdict.theorem).statements[verdict.statement].relation)
    return " ".join(f"{name}={sizes.get(name, value)}" for name, value in verdict.point.items())


def _sizes(verdict: Verdict, relation: Relation) -> dict[str, str]:
    """The sizes that a limit without a remainder was measured at, by the name of its variable."""
    from numerics.judging import SIZES

    if not isinstance(relation, Limit) or relation.remainder or relation.name not in verdict.point:
        return {}
    least = verdict.point[relation.name].split(",")
    sizes = (",".join(str(int(width) * multiple) for width in least) for multiple in SIZES)
    return {relation.name: ("; " if len(least) > 1 else ", ").join(sizes)}


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
