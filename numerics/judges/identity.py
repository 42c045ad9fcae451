"""Identity: left = right in every draw, beyond which only rounding ROUNDING·eps·size is allowed."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from numerics.verdict import Judgment, Values, decide, finite, rounding


def sides(left: ArrayLike, right: ArrayLike, size: ArrayLike) -> tuple[Values, Values, Values]:
    """Both sides and what rounding may put between them, one row a draw: shapes (draws, components).

    Raises ValueError where a number is not finite (naming its index), a size is negative or nothing was drawn.
    """
    a, b, s = finite(left, "left"), finite(right, "right"), finite(size, "size")
    if (s < 0).any():
        raise ValueError(f"size={s.min()}: a magnitude; pass the sum of the absolute values of the terms")
    if s.ndim == 1 and a.ndim > 1:
        s = s.reshape(-1, *([1] * (a.ndim - 1)))  # one size a draw
    a, b, allowed = np.broadcast_arrays(a, b, rounding(s))
    if a.size == 0:
        raise ValueError(f"left has shape {a.shape}: nothing was drawn")
    rows = len(a) if a.ndim else 1
    return a.reshape(rows, -1), b.reshape(rows, -1), allowed.reshape(rows, -1)


def blindness(a: Values, b: Values, allowed: Values) -> Values:
    """Of each draw, the relative deviation that is refuted for sure: twice its allowance over its largest component.

    Twice, because rounding may use the allowance in the other direction. inf where a draw is 0 throughout.

    >>> float(blindness(np.array([[2.0, 0.0]]), np.array([[1.0, 0.0]]), np.array([[1e-14, 1e-14]]))[0])
    1e-14
    """
    largest = np.maximum(np.abs(a), np.abs(b)).max(axis=1)
    with np.errstate(over="ignore"):
        ratio: Values = np.divide(2 * allowed.max(axis=1), largest, out=np.full(len(a), np.inf), where=largest > 0)
    return ratio


def judge_identity(left: ArrayLike, right: ArrayLike, size: ArrayLike, resolution: float = 1e-9) -> Judgment:
    """Are both sides equal in every draw and component? |left - right| > ROUNDING·eps·size anywhere refutes.

    size: sum of the absolute values of the terms behind each component (a scalar, one a draw, or one a component).
    measured, error: largest |left - right| and the rounding allowed there, relative to that draw's largest component.
    detectable: the relative deviation refuted for sure in the median draw; draws that cannot see the resolution are
    counted in the note. (One component may cancel by chance: then the others of its draw speak for it. Components of
    different natures are judged one by one.)
    Shapes: left, right (draws,) or (draws, ...). Raises ValueError where a number is not finite, naming its index.

    >>> judge_identity([3.0, 4.0], [3.0, 4.0], 4.0).outcome, judge_identity([3.0, 4.0], [3.0, 4.0 + 1e-12], 4.0).outcome
    ('consistent', 'refuted')
    >>> judge_identity([1e-20], [-1e-20], 1.0).outcome
    'underpowered'
    """
    a, b, allowed = sides(left, right, size)
    gap, blind = np.abs(a - b), blindness(a, b, allowed)
    with np.errstate(over="ignore"):
        row, column = np.unravel_index(np.argmax(gap / allowed), gap.shape)
    per = max(float(np.abs(a[row]).max()), float(np.abs(b[row]).max()))
    measured, error = (float(x[row, column]) / per if per else 0.0 for x in (gap, allowed))
    detectable = float(np.median(blind))
    outcome = decide(bool((gap > allowed).any()), detectable, resolution)
    hidden = int((blind > resolution).sum())
    note = f"{hidden} of {len(blind)} draws cannot see a deviation of {resolution:g}" if hidden else ""
    return Judgment(outcome, measured, error, detectable, resolution, note)
