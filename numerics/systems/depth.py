"""Through depth the matrices are fresh: L independent W_l, h_0 iid N(0, 1), biases iid N(0, sigma_b²)."""

from __future__ import annotations

from itertools import pairwise

from numpy.random import Generator

from numerics.ensembles import Ensemble
from numerics.network import Network
from numerics.systems import Point, Sample, accompany, bytes_of, read_deviation, read_widths
from theory.activations import Activation


def draw(ensemble: Ensemble, activation: Activation, point: Point, draws: int, rng: Generator) -> Sample:
    """Draws networks at a point: sigma_w, optional sigma_b, and n with L, or widths.

    Raises ValueError where a value of the point is missing or unlawful, or the ensemble has no such shape.
    """
    widths = read_widths(point)
    sigma_w, sigma_b = read_deviation(point, "sigma_w"), read_deviation(point, "sigma_b", 0.0)
    weights = tuple(ensemble.draw(rng, draws, n_out, n_in, sigma_w) for n_in, n_out in pairwise(widths))
    biases = tuple(sigma_b * rng.standard_normal((draws, width)) for width in widths[1:]) if sigma_b else None
    network = Network(weights, biases, (activation,) * len(weights))
    return accompany("depth", network, rng.standard_normal((draws, widths[0])), point, rng)


def network_bytes(point: Point) -> int:
    """Estimated bytes a drawn network needs while it is measured.

    >>> network_bytes({"n": 10, "L": 2}) > 8 * 200
    True
    """
    widths = read_widths(point)
    return bytes_of(sum(n_in * n_out for n_in, n_out in pairwise(widths)), sum(widths))
