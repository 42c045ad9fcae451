"""The two singular values of a power of a 2 x 2 matrix."""

from __future__ import annotations

from numerics.measurement import Reading
from numerics.readers.norms import operator_norm
from numerics.readers.smallest import smallest_singular_value
from numerics.systems import Sample


def largest_of_power(sample: Sample) -> Reading:
    return operator_norm(sample)


def smallest_of_power(sample: Sample) -> Reading:
    """By the inverse of W where W has one: all that lies below eps‖W^T‖ is noise in the power itself."""
    return smallest_singular_value(sample)
