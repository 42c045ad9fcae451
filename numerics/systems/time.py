"""Through time the same matrix returns: weights (W,) * T, one bias, inputs u_t iid N(0, 1/4), h_0 iid N(0, 1)."""

from __future__ import annotations

from numpy.random import Generator

from numerics.ensembles import Ensemble
from numerics.network import Network
from numerics.systems import Point, Sample, accompany, bytes_of, read_count, read_deviation
from theory.activations import Activation

INPUT_DEVIATION = 0.5


def draw(ensemble: Ensemble, activation: Activation, point: Point, draws: int, rng: Generator) -> Sample:
    """Draws recurrent networks at a point: n, T, sigma_w, optional sigma_b.

    Raises ValueError where a value of the point is missing or unlawful.
    """
    n, steps = read_count(point, "n"), read_count(point, "T")
    sigma_w, sigma_b = read_deviation(point, "sigma_w"), read_deviation(point, "sigma_b", 0.0)
    weights = (ensemble.draw(rng, draws, n, n, sigma_w),) * steps
    biases = (sigma_b * rng.standard_normal((draws, n)),) * steps if sigma_b else None
    network = Network(weights, biases, (activation,) * steps)
    return accompany("time", network, rng.standard_normal((draws, n)), point, rng, INPUT_DEVIATION)


def network_bytes(point: Point) -> int:
    """Estimated bytes a drawn network needs while it is measured, its states included.

    >>> network_bytes({"n": 10, "T": 2}) > 8 * 100
    True
    """
    n, steps = read_count(point, "n"), read_count(point, "T")
    return bytes_of(n * n, n * (steps + 1))
