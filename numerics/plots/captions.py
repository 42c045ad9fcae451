"""What a figure shows, in sentences with the verdicts' own numbers: its caption, and for who cannot see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import isfinite, log10, nan

from numerics.plots.choosing import Form, Subject, chosen
from numerics.plots.naming import ceiling_words, curve_title, parameter_words, relative, spoken
from numerics.plots.series import kinds, place_words, places
from numerics.plots.tracks import finite, numbers, track
from numerics.plots.values import number, percent
from numerics.plots.writing import clean, plain, symbol
from numerics.verdict import Verdict
from theory.relations import AtMost, InLaw, Limit, Mean, Tail
from theory.statement import Theorem

FEW = 9  # points or ensembles that a sentence names
MOST = 40  # verdicts that a figure has rows for
MARKS = {"refuted": "crosses", "underpowered": "diamonds"}


def sentence(verdicts: Sequence[Verdict], theorem: Theorem | None = None) -> str:
    """What to see in the figure of these verdicts, in plain words; it needs no Matplotlib.

    Raises ValueError as ``figure`` does.
    """
    subject = chosen(verdicts, theorem)
    told = (*SAID[subject.form](subject), _where(subject), _outcomes(subject.verdicts))
    return plain(" ".join(each[0].upper() + each[1:] for each in told if each))


def _curves(subject: Subject) -> Iterator[str]:
    title = curve_title(subject.theorem, subject.statement, subject.index)
    line = "the bound" if isinstance(subject.relation, Tail) else "predicted"
    yield f"{title} {_along(subject)}: {line} (lines) and measured (marks, with their error)."
    yield _nearest(subject) if isinstance(subject.relation, Tail) else _farthest(subject)


def _nearest(subject: Subject) -> str:
    """How much of its bound a tail reaches at most."""
    parts = [
        v.measured / v.predicted for v in subject.verdicts if finite(v.measured) and finite(v.predicted) and v.predicted
    ]
    return f"The nearest reaches {percent(max(parts))} of its bound." if parts else ""


def _farthest(subject: Subject) -> str:
    """How far measured and predicted lie apart at most."""
    parts = relative(subject.statement)
    tracks = [track(each, subject.statement).deviations(parts) for each in subject.series]
    off = [abs(value - float(parts)) for value in numbers(tracks, "measured")]
    if not off:
        return ""
    far, asked = (percent(v) if parts else number(v, 2) for v in (max(off), subject.resolution))
    return f"They differ by {far} at most; the gray band is ± {asked}."


def _ceilings(subject: Subject) -> Iterator[str]:
    most = "nearest to the bound" if isinstance(subject.relation, AtMost) else "worst"
    yield f"{ceiling_words(subject.statement)} {_along(subject)}, the {most} of the networks drawn for each mark."
    yield _below(subject)


def _below(subject: Subject) -> str:
    """How near the largest comes to what is allowed."""
    measured = [float(v.measured) for v in subject.verdicts if finite(v.measured)]
    refuted = sum(verdict.outcome == "refuted" for verdict in subject.verdicts)
    if not measured:
        return ""
    if isinstance(subject.relation, AtMost):
        broken = f"{refuted} above the bound" if refuted else "none above the bound beyond rounding"
        return f"They reach {_span(measured)} of the bound, {broken}."
    off = max(abs(m - 1) for m in measured) if isinstance(subject.relation, Limit) else max(measured)
    edge = {Limit: "its proved remainder", InLaw: "the judgment's error"}.get(
        type(subject.relation), "what rounding allows"
    )
    held = f"{refuted} beyond {edge}" if refuted else f"each within {edge} (the bars)"
    return f"The largest is {number(off, 2)}, {held}; {percent(subject.resolution)} was asked for."


def _span(measured: Sequence[float]) -> str:
    """From the smallest to the largest part, in as many digits as tell the smallest from 1."""
    low, high = min(measured), max(measured)
    digits = 2 if low < 0.9 or low >= 1 else 2 + int(-log10(1 - low))
    return f"from {number(low, digits)} to {number(high, max(digits, 3))}"


def _law(subject: Subject) -> Iterator[str]:
    title = curve_title(subject.theorem, subject.statement, subject.index)
    yield f"{title}: predicted (lines) and the part of the networks drawn (circles)."
    measured = [float(v.measured) for v in subject.verdicts if finite(v.measured)]
    far, gray = number(max(measured, default=nan), 2), number(subject.resolution)
    yield f"They differ by {far} at most; the gray band is ± {gray}, the colored ones are the judgments' errors."


def _sizes(subject: Subject) -> Iterator[str]:
    relation = subject.relation
    assert isinstance(relation, Limit)
    yield (
        f"median {spoken(subject.statement.left)} over its limit against the size "
        f"{symbol(relation.name)}: circles with the intervals that hold the medians, a fit through "
        "them, and at infinity what it says of the limit, with the judgment's error."
    )
    parts = [abs(v.measured / v.predicted - 1) for v in subject.verdicts if finite(v.measured) and v.predicted]
    if parts:
        yield f"There the farthest lies {percent(max(parts))} off; the gray field is ± {percent(subject.resolution)}."


def _rows(subject: Subject) -> Iterator[str]:
    relation, told = subject.relation, curve_title(subject.theorem, subject.statement, subject.index)
    count = len(subject.verdicts)
    many = (
        f", the {MOST} of {count} verdicts nearest to a refutation, a row each" if count > MOST else ", a row a verdict"
    )
    if isinstance(relation, Tail):
        yield f"{told}, over its bound{many}."
        yield _nearest(subject)
    elif isinstance(relation, Mean) or (isinstance(relation, Limit) and relation.remainder is None):
        yield f"{told}{many}."
        yield _farthest(subject)
    else:
        yield f"{ceiling_words(subject.statement)}{many}."
        yield _below(subject)


def _along(subject: Subject) -> str:
    """Against which parameter, from where to where."""
    ends = [x for each in subject.series for x in each.x if isfinite(x)]
    span = f", {number(min(ends))} to {number(max(ends))}" if ends else ""
    words = parameter_words(subject.swept or "", subject.systems)
    return f"against {'the ' if ' ' in words else ''}{words}{span}"


def _where(subject: Subject) -> str:
    """At which points, on which weights."""
    every = places(subject.series)
    settings = [", ".join(place_words(place, every)) for place in every]
    weights = [
        clean(name.replace("_", " ")) for name in dict.fromkeys(kind[0] for kind in kinds(subject.series)) if name
    ]
    at = f"at {'; '.join(settings)}" if len(every) <= FEW and all(settings) else ""
    on = f"weights: {', '.join(weights)}" if 0 < len(weights) <= FEW else ""
    return f"{'; '.join(filter(None, [at, on]))}." if at or on else ""


def _outcomes(verdicts: Sequence[Verdict]) -> str:
    counts = Counter(verdict.outcome for verdict in verdicts)
    lost = sum(not finite(v.measured) for v in verdicts)
    beyond = f" {lost} without a finite number, not drawn." if lost else ""
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
