"""Verdicts for a reader: a table a theorem, one line a theorem at the end, and what could not be judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from numerics.commands.terminal import say, show

if TYPE_CHECKING:
    from numerics.commands.report import Report
    from numerics.verification import Verdict
    from numerics.weights import WeightFile
    from numerics.weights.profile import LayerProfile
    from theory.statement import Theorem

SIGNS = {"consistent": "✓", "refuted": "✗", "underpowered": "?"}
STYLES = {"consistent": "green", "refuted": "bold red", "underpowered": "yellow"}
HEADINGS = (
    "",
    "system",
    "ensemble",
    "point",
    "predicted",
    "measured ± error",
    "detectable/resolution",
    "draws",
    "outcome",
)
RIGHT = {"predicted", "measured ± error", "detectable/resolution", "draws", "verdicts"}


def print_report(report: Report) -> None:
    """Everything that `verify` says, the summary last."""
    if report.file:
        _print_weights(report.file, report.layers)
    groups = [tuple(group) for _, group in groupby(report.verdicts, key=lambda verdict: verdict.theorem)]
    merged = {
        group[0].theorem: tuple(v for g in groups for v in g if v.theorem == group[0].theorem) for group in groups
    }
    for slug, verdicts in merged.items():
        _print_theorem(slug, verdicts)
    if len(merged) > 1:
        _print_summary(merged)
    _print_end(report)


def _print_theorem(slug: str, verdicts: Sequence[Verdict]) -> None:
    from theory import theorem

    found = theorem(slug)
    say(f"{slug}: {found.title}  [held: {found.held}]", "bold")
    for number, text in enumerate(_statements(found), 1):
        say(f"  {number}. {text}")
    table = _table(HEADINGS)
    for verdict in sorted(verdicts, key=lambda verdict: (verdict.control, verdict.statement)):
        table.add_row(*_row(verdict))
    show(table)
    for note in dict.fromkeys(verdict.note for verdict in verdicts if verdict.note):
        say(f"  note: {note}")
    say()


def _statements(found: Theorem) -> list[str]:
    from numerics.commands.proofs import told_statement

    return [f"{told['text']}  [{told['relation']}]" for told in map(told_statement, found.statements)]


def _table(headings: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for heading in headings:
        table.add_column(heading, justify="right" if heading in RIGHT else "left", overflow="fold")
    return table


def _row(verdict: Verdict) -> tuple[str | Text, ...]:
    return (
        f"  {verdict.statement + 1}",
        verdict.system,
        verdict.ensemble or "–",
        " ".join(f"{name}={value}" for name, value in verdict.point.items()),
        number(verdict.predicted),
        number(verdict.measured) + (f" ± {number(verdict.error, 2)}" if verdict.error else ""),
        f"{number(verdict.detectable, 2)}/{number(verdict.resolution, 2)}",
        str(verdict.draws),
        _outcome(verdict),
    )


def _outcome(verdict: Verdict) -> Text:
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
    return "–" if value is None or value != value else f"{value:.{digits}g}"


def _print_summary(merged: dict[str, tuple[Verdict, ...]]) -> None:
    from theory import theorem

    table = _table(("theorem", "title", "proof", "verdicts", "outcome"))
    for slug, verdicts in merged.items():
        found = theorem(slug)
        table.add_row(slug, found.title, found.held, str(len(verdicts)), _outcomes(verdicts))
    show(table)
    say()


def _outcomes(verdicts: Sequence[Verdict]) -> Text:
    counts = Counter(verdict.outcome for verdict in verdicts if not verdict.control)
    controls = [verdict for verdict in verdicts if verdict.control]
    parts = [Text(f"{SIGNS[each]} {counts[each]} {each}", STYLES[each]) for each in SIGNS if counts[each]]
    parts += [_outcome(verdict) for verdict in controls]
    return Text(", ").join(parts)


def _print_end(report: Report) -> None:
    for cell in report.not_judged:
        say(f"not judged: {cell.theorem} {cell.statement + 1}, {cell.system}, {cell.ensemble}: {cell.reason}")
    for slug, gaps in report.gaps.items():
        for gap in gaps:
            say(f"GAP in {slug}: {gap}", STYLES["refuted"])
    counts = report.counts
    told = [f"{counts[outcome]} {outcome}" for outcome in SIGNS]
    if counts["controls_refuted"] or counts["controls_missed"]:
        total = counts["controls_refuted"] + counts["controls_missed"]
        told.append(f"{counts['controls_refuted']} of {total} controls refuted, as they must be")
    told += [f"{len(report.not_judged)} not judged"] if report.not_judged else []
    say(f"{len(report.verdicts)} verdicts: {', '.join(told)}; {report.draws} draws, {report.seconds:.1f} s")


def _print_weights(file: WeightFile, layers: Sequence[LayerProfile]) -> None:
    say(file.layout_note)
    table = _table(("layer", "tensor", "shape", "‖W‖", "σ_min", "largest log gain to there"))
    for layer in layers:
        shape = " x ".join(map(str, layer.shape))
        shown = (layer.operator_norm, layer.smallest_singular_value, layer.largest_log_gain)
        table.add_row(str(layer.layer), layer.name, shape, *map(number, shown))
    show(table)
    for finding in file.findings:
        say(f"FINDING {finding}", STYLES["refuted"])
    if file.ignored:
        say(f"ignored: {', '.join(file.ignored)}")
    say()
