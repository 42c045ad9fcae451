"""What a judge saw on the way to its ruling, as points of a picture: the empirical law, the medians of a limit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from numerics.judges.median import interval, middle
from numerics.verdict import TracePoint, Values

POINTS = 40  # of a law: a curve through them looks smooth
ROUNDING = 1e-10  # relative: values of an atom that are nearer are one, whatever the order of summation made of them
TERMS = 3  # of the longer fit: a + b·r + c·r²


def law_trace(values: Values, cdf: Callable[[Values], Values], error: float) -> tuple[TracePoint, ...]:
    """The empirical law beside the CDF at POINTS of the drawn values, denser in both tails; each distinct one once.

    x: order statistics of ranks sin²; measured: the part of the values at or below x; error: that of every x together.
    Shapes: values (draws,).

    >>> law_trace(np.array([0.25]), lambda x: x, 0.1)
    (TracePoint(x=0.25, predicted=0.25, measured=1.0, error=0.1),)
    """
    ordered = _atoms(np.sort(values))
    parts = np.sin(np.pi * (np.arange(POINTS) + 0.5) / (2 * POINTS)) ** 2
    x = np.unique(ordered[(parts * len(ordered)).astype(int)])
    seen = np.searchsorted(ordered, x, side="right") / len(ordered)
    return tuple(TracePoint(*map(float, point), error) for point in zip(x, cdf(x), seen, strict=True))


def _atoms(ordered: Values) -> Values:
    """Each value at the largest of those that only rounding tells from it. Shapes: (draws,), sorted, -> (draws,).

    >>> _atoms(np.array([1.0, 1.0 + 1e-15, 2.0])).tolist() == [1.0 + 1e-15, 1.0 + 1e-15, 2.0]
    True
    """
    ends = np.append(np.diff(ordered) > ROUNDING * np.abs(ordered[1:]), True)
    return np.asarray(ordered[ends][np.cumsum(ends) - ends])


def fitted(medians: Values, rates: ArrayLike, terms: int = TERMS) -> Values:
    """The least-squares polynomial in the rate, at each size. Shapes: (sizes,) -> (sizes,).

    >>> fitted(np.array([1.0, 3.0]), [1.0, 2.0], 1).round(12).tolist()
    [2.0, 2.0]
    """
    r = np.asarray(rates, dtype=np.float64)
    powers = np.vander(r / r.max(), terms, increasing=True)
    return np.asarray(powers @ np.linalg.pinv(powers) @ medians)


def limit_trace(
    values: Sequence[Values], sizes: Sequence[float], rates: Sequence[float], miss: float, scale: float = 1.0
) -> tuple[TracePoint, ...]:
    """Each size with its median beside the longer fit; error: as in TracePoint, the interval missing by miss.

    Empty where too few draws leave an interval unbounded. Shapes: values[i] (draws[i],), in units of the scale.
    """
    ordered = [np.sort(v) for v in values]
    medians = np.array([float(middle(v)) for v in ordered])
    ends = np.array([interval(v, miss) for v in ordered])
    longer = np.abs(ends - medians[:, None]).max(axis=1)
    if not np.isfinite(longer).all():
        return ()
    columns = zip(sizes, *(c * scale for c in (fitted(medians, rates), medians, longer)), strict=True)
    return tuple(TracePoint(*map(float, point)) for point in columns)
