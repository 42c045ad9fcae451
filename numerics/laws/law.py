"""A distribution function on arrays, known to a stated error."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Values: TypeAlias = NDArray[np.float64]

LARGEST_ERROR = 1e-6  # of a law by inversion


@dataclass(frozen=True)
class Law:
    """P(X <= x) for arrays of x; ``error`` bounds the difference from the exact probability, everywhere."""

    cdf: Callable[[ArrayLike], Values]
    error: float
