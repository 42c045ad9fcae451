"""Readers of the spectrum of a product, against plain NumPy on one network at a time."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import interpolate

from numerics import ensembles, systems
from numerics.judging import resolution_of
from numerics.measurement import read
from numerics.systems import Sample
from numerics.verification import all_cells
from theory import LINEAR, theorem
from theory import observables as o
from theory.free import LOCATION
from theory.symbols import L, phi


def drawn(draws: int = 6, **point: float) -> Sample:
    at = {"n": 7, "L": 3, "sigma_w": 1.3} | point
    return systems.get("depth").draw(ensembles.get("gaussian"), LINEAR, at, draws, np.random.default_rng(5))


def products(sample: Sample) -> list[np.ndarray]:
    return [np.linalg.multi_dot([w[d] for w in reversed(sample.network.weights)]) for d in range(sample.draws)]


@pytest.mark.parametrize("k", [1, 2, 3, 4, 7])
def test_trace_moment_by_eigenvalues(k: int) -> None:
    sample = drawn(k=k)
    expected = [np.mean(np.linalg.eigvalsh(m @ m.T) ** k) for m in products(sample)]
    assert np.allclose(read(o.TRACE_MOMENT, sample).plain()[:, 0], expected, rtol=1e-12)


def test_trace_moment_of_a_product_beyond_float64() -> None:
    """Orthogonal layers: every squared singular value of J is sigma_w^(2L)."""
    point = {"n": 5, "L": 900, "sigma_w": 3.0, "k": 4}
    sample = systems.get("depth").draw(ensembles.get("haar"), LINEAR, point, 2, np.random.default_rng(0))
    reading = read(o.TRACE_MOMENT, sample)
    assert reading.logs[:, 0] == pytest.approx(2 * 900 * 4 * np.log(3), rel=1e-12)
    assert np.isinf(reading.plain()).all()


@pytest.mark.parametrize("angle", [0.05, 0.3, 0.5, 0.78])
def test_share_below_by_interpolation(angle: float) -> None:
    sample = drawn(phi=angle)
    level = 1.3**6 * float(LOCATION.subs({L: 3, phi: angle}))
    found = read(o.SHARE_BELOW, sample).plain()[:, 0]
    for matrix, share in zip(products(sample), found, strict=True):
        values = np.sort(np.linalg.svd(matrix, compute_uv=False) ** 2)
        line = interpolate.interp1d([0, *values], np.arange(8) / 7, bounds_error=False, fill_value=(0, 1))
        assert share == pytest.approx(float(line(level)), abs=1e-9)
        assert 0 <= share - (values <= level).mean() <= 1 / 7 + 1e-9


def test_share_below_of_equal_and_of_zero_values() -> None:
    point = {"n": 4, "L": 2, "sigma_w": 1.0, "phi": 0.5}
    same = systems.get("depth").draw(ensembles.get("haar"), LINEAR, point, 3, np.random.default_rng(0))
    assert (read(o.SHARE_BELOW, same).plain() == 1).all()  # all are 1, the level is 2.9
    for weight in same.network.weights:
        weight[:, :, :2] = 0
    assert (read(o.SHARE_BELOW, same).plain() == 1).all()


def test_radius_of_one_matrix_by_eigenvalues() -> None:
    point = {"n": 6, "sigma_w": 0.9}
    sample = systems.get("matrix").draw(ensembles.get("gaussian"), None, point, 5, np.random.default_rng(2))
    expected = [np.abs(np.linalg.eigvals(w)).max() for w in sample.network.weights[0]]
    assert np.allclose(read(o.SPECTRAL_RADIUS, sample).plain()[:, 0], expected, rtol=1e-12)


def test_a_limit_may_have_a_resolution_of_its_own() -> None:
    (cell, *_) = all_cells(theorem("radius_edge"))
    assert resolution_of(cell) == 0.1 and resolution_of(replace(cell, resolution=0.2)) == 0.2
    (other, *_) = all_cells(theorem("product_edge"))
    assert resolution_of(other) == 0.03


def test_moments_of_different_order_are_read_at_their_own_points() -> None:
    cells = [cell.drawn_at for cell in all_cells(theorem("fuss_catalan_moments"))[:2]]
    assert [dict(point)["k"] for point in cells] == [3, 2]
    assert all("phi" in dict(cell.drawn_at) for cell in all_cells(theorem("product_density")))
    assert not any("k" in dict(cell.drawn_at) for cell in all_cells(theorem("product_edge")))
