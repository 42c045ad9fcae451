"""Branches beside the identity: L layers x + a W_l x with independent W_l, no biases, h_0 iid N(0, 1)."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from numerics.ensembles import Ensemble
from numerics.network import Network
from numerics.systems import Point, Sample, accompany, bytes_of, read_count, read_deviation
from theory.activations import LINEAR, Activation


def draw(ensemble: Ensemble, activation: Activation | None, point: Point, draws: int, rng: Generator) -> Sample:
    """Draws networks at a point: n, L, sigma_w and a, the scale of each branch. The activation is the identity.

    Raises ValueError where a value of the point is missing or unlawful, or the ensemble has no such shape.
    """
    n, layers = read_count(point, "n"), read_count(point, "L")
    scale, sigma_w = read_deviation(point, "a"), read_deviation(point, "sigma_w")
    weights = tuple(np.eye(n) + scale * ensemble.draw(rng, draws, n, n, sigma_w) for _ in range(layers))
    network = Network(weights, None, (LINEAR,) * layers)
    return accompany("residual", network, rng.standard_normal((draws, n)), point, rng)


def network_bytes(point: Point) -> int:
    """Estimated bytes a drawn network needs while it is measured.

    >>> network_bytes({"n": 10, "L": 2}) > 8 * 200
    True
    """
    n, layers = read_count(point, "n"), read_count(point, "L")
    return bytes_of(layers * n * n, n * (layers + 1))
