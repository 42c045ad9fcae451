"""Limit by a proved remainder: |left/right - 1| <= remainder in every draw, at one size."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from numerics.verdict import Judgment, decide, finite, positive, rounding


def judge_remainder(
    left: ArrayLike, right: ArrayLike, remainder: ArrayLike, resolution: float = 0.03, *, size: ArrayLike | None = None
) -> Judgment:
    """Is left/right within its remainder of 1 in every draw? One draw beyond remainder + rounding refutes.

    measured: left/right where it leaves most of its remainder behind; error: the remainder there. A limit off by
    the factor 1 + d in all draws is refuted for sure where d > 2m/(1 - m), m the smallest remainder: ``detectable``.
    size: magnitude of the terms that the sides were computed from (None: the larger side).
    Shapes: each () or (draws,). Raises ValueError where a number is not finite, right is 0 or a remainder is negative.

    >>> judge_remainder([1.01, 0.99], 1.0, [0.01, 0.012]).outcome, judge_remainder([1.01, 0.98], 1.0, 0.011).outcome
    ('consistent', 'refuted')
    """
    sides = finite(left, "left"), finite(right, "right"), finite(remainder, "remainder")
    a, b, r = (np.atleast_1d(side) for side in np.broadcast_arrays(*sides))
    if (wrong := (b == 0) | (r < 0)).any():
        i = int(np.flatnonzero(wrong)[0])
        raise ValueError(f"right[{i}]={b[i]}, remainder[{i}]={r[i]}: pass right != 0 and remainder >= 0")
    noise = rounding(np.maximum(np.abs(a), np.abs(b)) if size is None else finite(size, "size")) / np.abs(b)
    ratio, edge = a / b, r + noise
    worst = int(np.argmax(np.abs(ratio - 1) - edge))
    sharpest, hidden = float(edge.min()), int((edge > resolution / 2).sum())
    detectable = 2 * sharpest / (1 - sharpest) if sharpest < 1 else np.inf
    refuted = bool((np.abs(ratio - 1) > edge).any())
    outcome = decide(refuted, detectable, positive(resolution, "resolution"))
    note = f"{hidden} of {len(edge)} draws cannot see a deviation of {resolution:g}" if hidden else ""
    return Judgment(outcome, float(ratio[worst]), float(edge[worst]), detectable, resolution, note)
