"""Stored measurements beside new ones of the same theorem: what differs by more than rounding, a line each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isclose, isfinite
from typing import TYPE_CHECKING

from numerics.planning import Unjudged
from numerics.verdict import TracePoint, Verdict
from theory.catalog import theorem
from theory.relations import AtMost, Identity, Limit

if TYPE_CHECKING:
    from numerics.stored import Measured

PART = 1e-3  # of ``error``: the same draws, summed in another order, differ by less
RELATIVE = 1e-9  # what another library's rounding may change
PLANNED = 1e-6  # relative, of ``detectable``: it comes from the design, or from intervals of many draws

Place = tuple[object, ...]


def differences(old: Measured, new: Measured) -> tuple[str, ...]:
    """What differs, as "where: what": cells that are only in one, outcome, draws, the numbers, trace.

    Measured numbers may differ by PART of their error. Where a statement holds in each draw the error is the rounding
    allowed: the ratio of an AtMost may differ by all of it; of an Identity outcome and draws alone count.
    """
    return tuple(f"{old.theorem}: {line}" for line in _lines(old, new))


def _lines(old: Measured, new: Measured) -> Iterator[str]:
    if old.fingerprint != new.fingerprint:
        yield "the stored measurements are of other statements, points or ensembles"
    if old.seed != new.seed:
        yield f"seed: stored {old.seed}, now {new.seed}"
    yield from _compared("", _placed(old.verdicts), _placed(new.verdicts))
    yield from _compared("sweep, ", _placed(old.sweep), _placed(new.sweep))
    yield from _compared("not judged, ", _placed(old.not_judged), _placed(new.not_judged))


def cell(each: Verdict | Unjudged) -> Place:
    """What tells one verdict of a theorem from another."""
    lacks = each.lacks if isinstance(each, Verdict) and each.control else None
    return each.statement, each.system, each.ensemble, tuple(sorted(each.point.items())), lacks


def _placed(every: tuple[Verdict, ...] | tuple[Unjudged, ...]) -> dict[Place, Verdict | Unjudged]:
    return {cell(each): each for each in every}


def _compared(
    kind: str, old: Mapping[Place, Verdict | Unjudged], new: Mapping[Place, Verdict | Unjudged]
) -> Iterator[str]:
    for place, each in old.items():
        if place not in new:
            yield f"{kind}{_where(each)}: stored, but not measured now"
        else:
            now = new[place]
            if isinstance(each, Verdict) and isinstance(now, Verdict):
                yield from (f"{kind}{_where(each)}: {what}" for what in _changes(each, now))
    yield from (f"{kind}{_where(new[place])}: not stored" for place in new if place not in old)


def _where(each: Verdict | Unjudged) -> str:
    point = " ".join(f"{name}={value}" for name, value in each.point.items())
    lacks = f"without {each.lacks}" if isinstance(each, Verdict) and each.lacks else ""
    return ", ".join(filter(None, (f"statement {each.statement + 1}", each.system, each.ensemble, point, lacks)))


def _changes(old: Verdict, new: Verdict) -> Iterator[str]:
    for name in ("outcome", "draws", "resolution"):
        if getattr(old, name) != getattr(new, name):
            yield _told(name, getattr(old, name), getattr(new, name))
    if not _close(old.predicted, new.predicted, 0.0):
        yield _told("predicted", old.predicted, new.predicted)
    relation = theorem(old.theorem).statements[old.statement].relation
    error, detectable = _number(old.error) or 0.0, _number(old.detectable) or 0.0
    floor = _rounding(old.measured)
    slacks = {
        "measured": PART * error,
        "error": max(PART * error, floor),
        "detectable": max(PLANNED * detectable, floor),
    }
    if isinstance(relation, Identity):
        slacks = {}
    elif isinstance(relation, AtMost) or (isinstance(relation, Limit) and relation.remainder):
        # Read off one draw: which one it is, rounding may decide. (Another kernel of the BLAS showed another.)
        slacks = {"measured": max(error, _number(new.error) or 0.0)}
    for name, most in slacks.items():
        if not _close(getattr(old, name), getattr(new, name), most):
            yield _told(name, getattr(old, name), getattr(new, name))
    if len(old.trace) != len(new.trace) or not all(map(_same, old.trace, new.trace)):
        yield "trace: other points"


def _told(name: str, old: object, new: object) -> str:
    return f"{name}: stored {old}, now {new}"


def _same(old: TracePoint, new: TracePoint) -> bool:
    slack = max(PART * old.error, _rounding(old.measured))
    pairs = ((old.x, new.x, 0.0), (old.predicted, new.predicted, slack), (old.measured, new.measured, slack))
    return all(_close(*pair) for pair in (*pairs, (old.error, new.error, slack)))


def _rounding(measured: float | None) -> float:
    """How far errors may lie apart where all draws agree: they are rounding themselves, another library's another."""
    return RELATIVE * abs(_number(measured) or 0.0)


def _close(old: float | None, new: float | None, slack: float) -> bool:
    """Whether two numbers are the same but for rounding; one that is not finite is none, as in a file."""
    old, new = _number(old), _number(new)
    if old is None or new is None:
        return old is new
    return isclose(old, new, rel_tol=RELATIVE, abs_tol=slack)


def _number(value: float | None) -> float | None:
    return value if value is not None and isfinite(value) else None
