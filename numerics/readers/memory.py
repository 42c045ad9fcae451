"""A scalar memory: its state, and its derivative by the weight, by a complex step through all its steps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from numerics.measurement import Reading, column
from numerics.readers.derivatives import STEP
from numerics.systems import Sample


def squared_state(sample: Sample) -> Reading:
    """h_T²."""
    return column(np.square(sample.states.h[-1][:, 0]))


def squared_sensitivity(sample: Sample) -> Reading:
    """(dh_T/dlambda)²."""
    moved = tuple(weight + 1j * STEP for weight in sample.network.weights)
    last = replace(sample.network, weights=moved).forward(sample.h0).h[-1][:, 0]
    return column(np.square(last.imag / STEP))
