"""AtMost: left <= right in every draw; one violation beyond rounding ROUNDING·eps·size refutes."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from numerics.judges.identity import blindness, sides
from numerics.verdict import Judgment, NotJudged, Values, decide

SHARP = 0.02  # a bound smaller by this part must be refuted at its case of equality


def tightness(a: Values, b: Values) -> Values:
    """1 + (left - right)/|right|, which is left/right where right > 0; 1 where both sides are 0.

    >>> tightness(np.array([1.0, -3.0, 0.0]), np.array([2.0, -2.0, 0.0])).tolist()
    [0.5, 0.5, 1.0]
    """
    far = np.where(a == b, 0.0, np.copysign(np.inf, a - b))
    with np.errstate(over="ignore"):
        return 1 + np.divide(a - b, np.abs(b), out=far, where=b != 0)


def judge_at_most(
    left: ArrayLike, right: ArrayLike, size: ArrayLike, resolution: float = SHARP, *, sharp: bool = False
) -> Judgment:
    """Is left <= right in every draw and component? left > right + ROUNDING·eps·size anywhere refutes.

    measured: the largest left/right, how tight the bound was seen; error: rounding there. detectable: the relative
    violation, the same in all draws, that rounding may hide in each; at a case of equality (sharp=True) also the part
    1 - measured by which the bound could shrink unseen. Draws that are 0 to rounding on both sides count for nothing.
    Shapes: left, right (draws,) or (draws, ...); size as in judge_identity.
    Raises ValueError where a number is not finite, naming its index; NotJudged where every draw is 0 on both sides.

    >>> judge_at_most([1.0, 2.0], [2.0, 2.5], 3.0).measured, judge_at_most([2.0], [2.0 - 1e-12], 3.0).outcome
    (0.8, 'refuted')
    >>> judge_at_most([1.0], [2.0], 2.0, sharp=True).outcome
    'underpowered'
    """
    a, b, allowed = sides(left, right, size)
    empty = (np.maximum(np.abs(a), np.abs(b)) <= allowed).all(axis=1)
    if empty.all():
        raise NotJudged("both sides are 0 to rounding in every draw")
    a, b = (np.where(empty[:, None], 0.0, side) for side in (a, b))
    ratio = np.where(empty[:, None], -np.inf, tightness(a, b))
    blind = blindness(a, b, allowed)
    where = np.unravel_index(np.argmax(ratio), ratio.shape)
    measured, per = float(ratio[where]), float(np.abs(b[where]))
    error = float(allowed[where]) / per if per else 0.0
    detectable = float(blind.min())
    if sharp:
        detectable = max(detectable, 1 - measured + error)
    outcome = decide(bool((a - b > allowed).any()), detectable, resolution)
    hidden, zeros = int((blind > resolution).sum()), int(empty.sum())
    notes = [f"{hidden} of {len(blind)} draws cannot see a violation of {resolution:g}"] if hidden else []
    notes += [f"both sides are 0 to rounding in {zeros} of {len(blind)} draws"] if zeros else []
    note = "; ".join(notes)
    return Judgment(outcome, measured, error, detectable, resolution, note)
