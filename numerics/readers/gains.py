"""Gains of a direction."""

from __future__ import annotations

import numpy as np

from numerics.measurement import Reading, column
from numerics.systems import Sample


def squared_gain(sample: Sample) -> Reading:
    gain = sample.chain.push(sample.v)
    return column(np.square(gain.values).sum(axis=1), log_scale=2 * gain.log_scale)


def log_gain(sample: Sample) -> Reading:
    reading = squared_gain(sample)
    return column(reading.logs[:, 0], size=1 + np.abs(reading.logs[:, 0]))
