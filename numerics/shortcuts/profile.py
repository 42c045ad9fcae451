"""What a width profile must be."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from numerics.arguments import positive_integer, standard_deviation
from numerics.arrays import Vectors


def width_profile(widths: Sequence[int]) -> tuple[int, ...]:
    """n_0, ..., n_L as integers. Raises ValueError unless there are two or more, each a whole number >= 1.

    >>> width_profile((4, 8, 2))
    (4, 8, 2)
    """
    if isinstance(widths, str) or not np.iterable(widths):
        raise ValueError(f"widths={widths}: a network has a width a layer, the input's first; pass n_0, ..., n_L")
    profile = tuple(positive_integer(width, f"widths[{place}]") for place, width in enumerate(widths))
    if len(profile) < 2:
        raise ValueError(f"widths={profile}: a network has an input and at least one layer; pass n_0, ..., n_L")
    return profile


def log_scales(profile: Sequence[int], sigma_w: float) -> Vectors:
    """log(sigma_w²/n_{l-1}), one a layer; -inf where sigma_w = 0. Raises ValueError for a negative sigma_w.

    >>> log_scales((4, 8, 2), 2.0).round(6)
    array([ 0.      , -0.693147])
    """
    deviation = standard_deviation(sigma_w, "sigma_w")
    before = np.array([n for n, _ in pairwise(profile)], dtype=np.float64)
    with np.errstate(divide="ignore"):
        return np.asarray(2 * np.log(deviation) - np.log(before))
