"""Powers of one given matrix, the 2 x 2 Jordan block W = [[a, b], [0, a]]: weights (W,) * T, linear, no biases."""

from __future__ import annotations

from math import sqrt

import numpy as np
from numpy.random import Generator

from numerics.arrays import Matrices
from numerics.ensembles import GIVEN, Ensemble
from numerics.network import Network
from numerics.systems import Point, Sample, accompany, bytes_of, read_count, read_deviation
from theory.activations import LINEAR, Activation


def draw(ensemble: Ensemble, activation: Activation | None, point: Point, draws: int, rng: Generator) -> Sample:
    """The network at a point a, b, T, as often as it is asked for: nothing is drawn but what acts on it.

    With an ensemble in place of the given matrix (a control): 2 x 2 matrices of it with E‖W‖_F² = 2 a² + b².
    Raises ValueError where a value of the point is missing or unlawful.
    """
    steps = read_count(point, "T")
    weight = _block(ensemble, point, draws, rng)
    network = Network((weight,) * steps, None, (LINEAR,) * steps)
    return accompany("jordan", network, rng.standard_normal((draws, 2)), point, rng)


def _block(ensemble: Ensemble, point: Point, draws: int, rng: Generator) -> Matrices:
    a, b = read_deviation(point, "a"), read_deviation(point, "b")
    if ensemble.name != GIVEN:
        return ensemble.draw(rng, draws, 2, 2, sqrt(a**2 + b**2 / 2))
    return np.broadcast_to(np.array([[a, b], [0.0, a]]), (draws, 2, 2)).copy()


def network_bytes(point: Point) -> int:
    """Estimated bytes a network needs while it is measured.

    >>> network_bytes({"T": 3}) > 8 * 4
    True
    """
    return bytes_of(4, 2 * (read_count(point, "T") + 1))
