"""What a figure shows, in sentences with the verdicts' own numbers: its caption, and for who cannot see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import isfinite

from numerics.plots.choosing import Form, Subject, chosen
from numerics.plots.naming import ceiling_title, curve_title, parameter_words, relative, side_words
from numerics.plots.series import kinds, place_words, places
from numerics.plots.tracks import known, numbers, track
from numerics.plots.writing import clean, number, percent, plain, symbol
from numerics.verdict import Verdict
from theory.relations import AtMost, InLaw, Limit, Tail
from theory.statement import Theorem

MARKS = {"refuted": "crosses", "underpowered": "diamonds"}


def sentence(verdicts: Sequence[Verdict], theorem: Theorem | None = None) -> str:
    """What to see in the figure of these verdicts, in plain words; it needs no Matplotlib.

    Raises ValueError as ``figure`` does.
    """
    subject = chosen(verdicts, theorem)
    told = (*SAID[subject.form](subject), _where(subject), _outcomes(subject.verdicts))
    return plain(" ".join(each[0].upper() + each[1:] for each in told if each))


def _curves(subject: Subject) -> Iterator[str]:
    title, tail = curve_title(subject.theorem, subject.statement, subject.index), isinstance(subject.relation, Tail)
    line = "the bound" if tail else "predicted"
    yield f"{title} {_along(subject)}: {line} (lines) and measured (marks, with their error)."
    if tail:
        parts = [v.measured / v.predicted for v in subject.verdicts if known(v.measured) == v.measured and v.predicted]
        if parts:
            yield f"The nearest reaches {number(max(parts), 2)} of its bound."
        return
    yield _farthest(subject)


def _farthest(subject: Subject) -> str:
    """How far measured and predicted lie apart at most."""
    parts = relative(subject.statement)
    tracks = [track(each, subject.theorem, subject.statement).deviations(parts) for each in subject.series]
    off = [abs(value - float(parts)) for value in numbers(tracks, "measured")]
    if not off:
        return ""
    far, asked = (percent(v) if parts else number(v, 2) for v in (max(off), subject.resolution))
    return f"They differ by {far} at most; the gray band is ± {asked}."


def _ceilings(subject: Subject) -> Iterator[str]:
    yield f"{ceiling_title(subject.statement)} {_along(subject)}, the worst of the networks drawn for each mark."
    yield from _below(subject)


def _below(subject: Subject) -> Iterator[str]:
    measured = [known(v.measured) for v in subject.verdicts if known(v.measured) == v.measured]
    if not measured:
        return
    refuted = sum(verdict.outcome == "refuted" for verdict in subject.verdicts)
    if isinstance(subject.relation, AtMost):
        broken = f"{refuted} lie above the bound" if refuted else "none lies above the bound beyond rounding"
        yield f"They reach from {number(min(measured), 2)} to {number(max(measured), 3)} of the bound, and {broken}."
        return
    off = [abs(m - 1) for m in measured] if isinstance(subject.relation, Limit) else measured
    allowed = {Limit: "its proved remainder", InLaw: "the judgment's error"}
    edge = allowed.get(type(subject.relation), "what rounding allows")
    held = f"{refuted} beyond {edge}" if refuted else f"each within {edge} (the bar)"
    yield f"The largest is {number(max(off), 2)}, {held}; {percent(subject.resolution)} was asked for."


def _law(subject: Subject) -> Iterator[str]:
    title = curve_title(subject.theorem, subject.statement, subject.index)
    yield f"{title}: predicted (lines) and the part of the networks drawn (circles)."
    measured = [known(v.measured) for v in subject.verdicts]
    far, gray = number(max(measured), 2), number(subject.resolution)
    yield f"They differ by {far} at most; the gray band is ± {gray}, the colored ones are the judgments' errors."


def _sizes(subject: Subject) -> Iterator[str]:
    relation = subject.relation
    assert isinstance(relation, Limit)
    yield (
        f"median {side_words(subject.statement.left) or 'left side'} over its limit against the size "
        f"{symbol(relation.variable.name)}: circles with the intervals that hold the medians, a fit through "
        "them, and at infinity what it says of the limit, with the judgment's error."
    )
    parts = [abs(v.measured / v.predicted - 1) for v in subject.verdicts if v.measured is not None and v.predicted]
    if parts:
        yield f"There the farthest lies {percent(max(parts))} off; the gray field is ± {percent(subject.resolution)}."


def _rows(subject: Subject) -> Iterator[str]:
    below = isinstance(subject.relation, AtMost | InLaw) or subject.form is Form.CEILINGS
    title = (
        ceiling_title(subject.statement) if below else curve_title(subject.theorem, subject.statement, subject.index)
    )
    yield f"{title}, a row a verdict."
    yield from _below(subject)


def _along(subject: Subject) -> str:
    """Against which parameter, from where to where."""
    ends = [x for each in subject.series for x in each.x if isfinite(x)]
    span = f", {number(min(ends))} to {number(max(ends))}" if ends else ""
    return f"against the {parameter_words(subject.swept or '')}{span}"


def _where(subject: Subject) -> str:
    """At which points, on which weights."""
    every = places(subject.series)
    settings = [", ".join(place_words(place, every)) for place in every]
    weights = [
        clean(name.replace("_", " ")) for name in dict.fromkeys(kind[0] for kind in kinds(subject.series)) if name
    ]
    at = f"at {'; '.join(settings)}" if 0 < len(every) <= 4 and all(settings) else ""
    on = f"weights: {', '.join(weights)}" if weights else ""
    return f"{'; '.join(filter(None, [at, on]))}." if at or on else ""


def _outcomes(verdicts: Sequence[Verdict]) -> str:
    counts = Counter(verdict.outcome for verdict in verdicts)
    lost = sum(known(v.measured) != v.measured for v in verdicts)
    beyond = f" {lost} are no finite numbers and not drawn." if lost else ""
    if counts["consistent"] == len(verdicts):
        return (f"All {len(verdicts)} are consistent." if len(verdicts) > 1 else "It is consistent.") + beyond
    others = [f"{counts[each]} {each} ({mark})" for each, mark in MARKS.items() if counts[each]]
    return f"{counts['consistent']} of {len(verdicts)} consistent, {', '.join(others)}.{beyond}"


SAID: Mapping[Form, Callable[[Subject], Iterator[str]]] = {
    Form.CURVES: _curves,
    Form.CEILINGS: _ceilings,
    Form.LAW: _law,
    Form.SIZES: _sizes,
    Form.ROWS: _rows,
}
