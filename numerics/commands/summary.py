"""What `verify` prints: the tables, then a line a theorem, what went wrong, and the counts; the end fits one screen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, Context, Decimal
from typing import TYPE_CHECKING

from rich.text import Text

from numerics.commands.tables import (
    SIGNS,
    STYLES,
    expected,
    measured,
    number,
    outcome,
    point,
    print_theorem,
    print_weights,
    table,
)
from numerics.commands.terminal import say, show

if TYPE_CHECKING:
    from numerics.commands.report import Report
    from numerics.verdict import Verdict


def print_report(report: Report, brief: bool = False) -> None:
    """Everything that `verify` says; in brief, the summary and every row that is not as it should be."""
    if report.file and not brief:
        print_weights(report.file, report.layers)
    grouped: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in report.verdicts:
        grouped[verdict.theorem].append(verdict)
    for slug, verdicts in grouped.items():
        shown = [verdict for verdict in verdicts if not (brief and expected(verdict))]
        if shown:
            print_theorem(slug, shown)
    if len(grouped) > 1:
        _print_summary(grouped)
    _print_end(report)


def _print_summary(grouped: Mapping[str, Sequence[Verdict]]) -> None:
    from theory import theorem

    shown = table(("theorem", "title", "proof", "verdicts", "outcome"))
    for slug, verdicts in grouped.items():
        found = theorem(slug)
        shown.add_row(slug, found.title, found.held, str(len(verdicts)), _outcomes(verdicts))
    show(shown)
    say()


def _outcomes(verdicts: Sequence[Verdict]) -> Text:
    counts = Counter(verdict.outcome for verdict in verdicts if not verdict.control)
    controls = [verdict.outcome == "refuted" for verdict in verdicts if verdict.control]
    parts = [Text(f"{SIGNS[each]} {counts[each]} {each}", STYLES[each]) for each in SIGNS if counts[each]]
    if controls:
        style = STYLES["consistent" if all(controls) else "underpowered"]
        parts.append(Text(f"{sum(controls)} of {_controls(len(controls))} refuted", style))
    return Text(", ").join(parts)


def _controls(count: int) -> str:
    return "1 control" if count == 1 else f"{count} controls"


def _print_troubles(verdicts: Sequence[Verdict]) -> None:
    """Once more, at the end, each verdict that is not as it should be."""
    for verdict in verdicts:
        if not expected(verdict):
            where = (f"{verdict.theorem} {verdict.statement + 1}", verdict.system, verdict.ensemble, point(verdict))
            line = Text(", ".join(filter(None, where)) + ": ").append_text(outcome(verdict))
            seen = f"; detectable {number(verdict.detectable, 2)}, resolution {number(verdict.resolution, 2)}"
            show(line.append(f", measured {measured(verdict)}{seen}{_remedy(verdict)}"))


def _remedy(verdict: Verdict) -> str:
    """What would make an underpowered verdict one that can tell."""
    from numerics.judging import RESOLUTION
    from theory import theorem

    reach = verdict.detectable
    relation = theorem(verdict.theorem).statements[verdict.statement].relation
    if verdict.outcome != "underpowered" or reach is None or type(relation) not in RESOLUTION:
        return ""
    if not reach <= 1:
        return "; no resolution up to 1 is within reach"
    blind = f"; {verdict.draws} draws see {number(reach, 2)} at best, and more are needed than are affordable"
    return blind if verdict.control else f"{blind}: pass --resolution {_coarser(reach)}"


def _coarser(value: float) -> str:
    """The number in two digits, rounded up, so that it can be asked for.

    >>> _coarser(0.0712), _coarser(0.05)
    ('0.072', '0.05')
    """
    return f"{Decimal(repr(value)).normalize(Context(2, ROUND_CEILING)):f}"


def _print_sweep(verdicts: Sequence[Verdict]) -> None:
    """A line a theorem: along what, on which ensembles, and the outcomes."""
    from theory import theorem

    grouped: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        grouped[verdict.theorem].append(verdict)
    for slug, found in grouped.items():
        swept = theorem(slug).sweep
        place = f"along {swept.symbol} = {', '.join([*map(str, swept.values), *swept.ensembles])}"
        show(Text(f"sweep of {slug} {place}: ").append_text(_outcomes(found)))
    if len(grouped) > 1:
        show(Text(f"{len(verdicts)} verdicts along sweeps: ").append_text(_outcomes(verdicts)))


def _print_differences(report: Report) -> None:
    """What was stored, and what differs from stored measurements."""
    if report.differences is not None:
        style = STYLES["refuted"] if report.differences else STYLES["consistent"]
        for line in report.differences:
            say(f"DIFFERENT {line}", style)
        say(f"compared with stored measurements: {_several(len(report.differences), 'difference')}")
    if report.stored:
        size = sum(path.stat().st_size for path in report.stored)
        say(f"stored {_several(len(report.stored), 'file')} in {report.stored[0].parent}, {size / 1000:.0f} kB")


def _several(count: int, what: str) -> str:
    return f"{count or 'no'} {what}{'' if count == 1 else 's'}"


def _print_end(report: Report) -> None:
    _print_sweep(report.sweep)
    _print_troubles((*report.verdicts, *report.sweep))
    for cell in report.not_judged:
        place = " ".join(f"{name}={value}" for name, value in cell.point.items())
        where = ", ".join(filter(None, (cell.system, cell.ensemble, place)))
        say(f"not judged: {cell.theorem} {cell.statement + 1}, {where}: {cell.reason}")
    for slug, gaps in report.gaps.items():
        for gap in gaps:
            say(f"GAP in {slug}: {gap}", STYLES["refuted"])
    _print_differences(report)
    counts = report.counts
    told = [f"{counts[each]} {each}" for each in SIGNS]
    if counts["controls_refuted"] or counts["controls_missed"]:
        total = counts["controls_refuted"] + counts["controls_missed"]
        told.append(f"{counts['controls_refuted']} of {_controls(total)} refuted")
    told += [f"{len(report.not_judged)} not judged"] if report.not_judged else []
    say(f"{len(report.verdicts)} verdicts: {', '.join(told)}; {report.draws} draws, {report.seconds:.1f} s")
