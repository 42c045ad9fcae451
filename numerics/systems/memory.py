"""One number that is kept: h_t = lambda h_{t-1} + x_t from h_0 = 0, x_t iid N(0, 1): weights (lambda,) * T, n = 1."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from numerics.ensembles import Ensemble
from numerics.network import Network
from numerics.systems import Point, Sample, accompany, bytes_of, read_count
from theory.activations import LINEAR, Activation


def draw(ensemble: Ensemble, activation: Activation | None, point: Point, draws: int, rng: Generator) -> Sample:
    """Draws the inputs of T steps at a point lambda, T. There are no random weights: the ensemble plays no part.

    Raises ValueError where a value of the point is missing or unlawful.
    """
    steps = read_count(point, "T")
    if "lambda" not in point:
        raise ValueError(f"lambda is missing in the point {dict(point)}: pass lambda")
    weight = np.full((draws, 1, 1), float(point["lambda"]))
    inputs = tuple(rng.standard_normal((steps, draws, 1)))
    network = Network((weight,) * steps, None, (LINEAR,) * steps, inputs)
    return accompany("memory", network, np.zeros((draws, 1)), point, rng)


def network_bytes(point: Point) -> int:
    """Estimated bytes of one run while it is measured.

    >>> network_bytes({"T": 10}) > 8 * 20
    True
    """
    return bytes_of(1, read_count(point, "T") + 1)
