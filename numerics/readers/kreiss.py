"""The largest power of one matrix, and its Kreiss constant from below; infinite where the powers do not decay."""

from __future__ import annotations

from functools import lru_cache
from math import e

from numerics import spectra
from numerics.arrays import Norms
from numerics.measurement import Reading, column
from numerics.systems import Sample

TOLERANCE = 0.25  # of the constant: where the search from below ends


def largest_power(sample: Sample) -> Reading:
    return column(spectra.largest_power(sample.network.weights[0]).value)


def kreiss_constant(sample: Sample) -> Reading:
    """What is reached at points. The constant is at least this: what refutes the inequality below it does so truly,
    and the one above it is asked for more than it says."""
    return column(_reached(sample))


@lru_cache(maxsize=1)
def _reached(sample: Sample) -> Norms:
    """Both sides of the theorem read it, from the same networks."""
    return spectra.kreiss_constant(sample.network.weights[0], TOLERANCE).lower


def kreiss_bound(sample: Sample) -> Reading:
    return column(e * sample.network.weights[0].shape[1] * _reached(sample))
