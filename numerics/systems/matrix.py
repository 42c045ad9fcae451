"""One random matrix: a linear layer without bias."""

from __future__ import annotations

from numpy.random import Generator

from numerics.ensembles import Ensemble
from numerics.network import Network
from numerics.systems import Point, Sample, accompany, bytes_of, read_deviation, read_widths
from theory.activations import LINEAR, Activation


def draw(ensemble: Ensemble, activation: Activation | None, point: Point, draws: int, rng: Generator) -> Sample:
    """Draws matrices at a point: sigma_w, and n or widths (n_in, n_out). The activation plays no part.

    Raises ValueError where a value of the point is missing or unlawful, or the ensemble has no such shape.
    """
    n_in, n_out = read_widths(point, layers=1)
    weight = ensemble.draw(rng, draws, n_out, n_in, read_deviation(point, "sigma_w"))
    return accompany("matrix", Network((weight,), None, (LINEAR,)), rng.standard_normal((draws, n_in)), point, rng)


def network_bytes(point: Point) -> int:
    """Estimated bytes a drawn matrix needs while it is measured.

    >>> network_bytes({"n": 10}) > 8 * 100
    True
    """
    n_in, n_out = read_widths(point, layers=1)
    return bytes_of(n_in * n_out, n_in + n_out)
