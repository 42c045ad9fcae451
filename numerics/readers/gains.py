"""Gains of a direction."""

from __future__ import annotations

import numpy as np

from numerics.measurement import Reading, column
from numerics.systems import Sample


def squared_gain(sample: Sample) -> Reading:
    """‖Jv‖²; each layer rounds, and so does the logarithm of the scale."""
    gain = sample.chain.push(sample.v)
    values, log_scale = np.square(gain.values).sum(axis=1), 2 * gain.log_scale
    return column(values, values * (1 + len(sample.network.weights) + np.abs(log_scale)), log_scale)


def log_gain(sample: Sample) -> Reading:
    """log ‖Jv‖²."""
    gain = squared_gain(sample)
    return column(gain.logs[:, 0], gain.size[:, 0] / gain.values[:, 0])
