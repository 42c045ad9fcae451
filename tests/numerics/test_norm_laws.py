"""The laws of the norm by three roads: the exact one and its limit, the bidiagonal model, dense draws; each judged."""

from dataclasses import replace
from math import sqrt

import numpy as np
import pytest
from sympy import Integer, Rational

from numerics import ensembles, shortcuts
from numerics.judges.law import design_law, halfwidth, judge_law
from numerics.laws import law
from numerics.planning import planned
from numerics.spectra import operator_norm
from numerics.verdict import ALPHA, Design, Judgment
from numerics.verification import all_cells
from theory import theorem
from theory.balls.evaluation import ball
from theory.distributions import norm_cdf, tracy_widom
from theory.symbols import line, threshold
from theory.symbols import n as width

LIMIT = theorem("norm_fluctuation").statements[0]
DENSE = ensembles.get("gaussian").draw
SHAPES = [(2, 2), (8, 8), (32, 32), (3, 7), (7, 3), (20, 60)]


def in_units_of_the_edge(norms: np.ndarray, n: int, center: int) -> np.ndarray:
    """(n‖W‖² - center)/(2 (2n-1)^{1/3}) at sigma_w = 1."""
    return np.asarray((n * norms**2 - center) / (2 * (2 * n - 1) ** (1 / 3)))


def judged(norms: np.ndarray, n: int, center: int, design: Design) -> Judgment:
    values = in_units_of_the_edge(norms, n, center)
    return judge_law(values, law(tracy_widom(line)).cdf, design, allowed=float(LIMIT.relation.distance.subs(width, n)))


def test_norms_at_width_1000_follow_the_limit_law_and_half_a_row_in_its_center_is_seen(record_property) -> None:
    """The center 4n - 2 is that of n - 1/2 in the place of n; 4n and 4n - 4 are 0.025 away. Allowed: 0.0021."""
    design = design_law(0.02, cdf_error=law(tracy_widom(line)).error)
    norms = shortcuts.operator_norms(np.random.default_rng(1), design.draws, 1000, 1000)
    found = {center: judged(norms, 1000, 4 * 1000 - center, design) for center in (0, 2, 4)}
    told = ", ".join(f"4n - {center}: {each.measured:.4f}" for center, each in found.items())
    record_property("verdict", f"norm at n=1000, {design.draws} draws, distance from F_1 with center {told}")
    assert {center: each.outcome for center, each in found.items()} == {0: "refuted", 2: "consistent", 4: "refuted"}


@pytest.mark.parametrize(("n", "resolution"), [(10**4, 0.05), (10**5, 0.08)])
def test_norms_of_wider_matrices_follow_the_limit_law(n: int, resolution: float, record_property) -> None:
    """Allowed: 0.00045 and 0.0001. A norm off by half a thousandth is refuted."""
    design = design_law(resolution, cdf_error=law(tracy_widom(line)).error)
    norms = shortcuts.operator_norms(np.random.default_rng(n), design.draws, n, n)
    verdict = judged(norms, n, 4 * n - 2, design)
    record_property("verdict", f"norm at n={n}: {verdict.measured:.4f} from F_1, {design.draws} draws")
    assert verdict.outcome == "consistent"
    assert judged(1.0005 * norms, n, 4 * n - 2, design).outcome == "refuted"


@pytest.mark.parametrize(("n_out", "n_in"), SHAPES)
def test_the_exact_law_is_that_of_the_bidiagonal_model(n_out: int, n_in: int, record_property) -> None:
    known = law(norm_cdf(Integer(n_out), Integer(n_in), Rational(4, 5), threshold))
    design = design_law(0.04, cdf_error=known.error)
    norms = shortcuts.operator_norms(np.random.default_rng((n_out, n_in)), design.draws, n_out, n_in, 0.8)
    verdict = judge_law(norms, known.cdf, design)
    record_property("verdict", f"{n_out} x {n_in}: {verdict.measured:.4f}, {design.draws} draws")
    assert verdict.outcome == "consistent"
    assert judge_law(1.04 * norms, known.cdf, design).outcome == "refuted"


@pytest.mark.parametrize(("n_out", "n_in"), [shape for shape in SHAPES if max(shape) <= 8])
def test_the_exact_law_is_that_of_dense_draws(n_out: int, n_in: int) -> None:
    known = law(norm_cdf(Integer(n_out), Integer(n_in), Rational(4, 5), threshold))
    design = design_law(0.03, cdf_error=known.error)
    norms = operator_norm(DENSE(np.random.default_rng((n_in, n_out)), design.draws, n_out, n_in, 0.8))
    assert judge_law(norms, known.cdf, design).outcome == "consistent"


@pytest.mark.parametrize(("n_out", "n_in", "draws"), [(32, 32, 2000), (20, 60, 2000), (64, 64, 500)])
def test_large_dense_draws_at_places_of_the_exact_law(n_out: int, n_in: int, draws: int) -> None:
    """Few draws and eight certified values: at each, all together, the inequality of the judge holds."""
    edge = 1 + sqrt(n_out / n_in)
    places = edge * (1 + (np.arange(8) - 5) * 0.3 / (n_out * n_in) ** (1 / 3))
    exact = np.array([float(ball(norm_cdf(n_out, n_in, 1, Rational(float(s))))) for s in places])
    assert exact[0] < 0.1 and exact[-1] > 0.95
    dense = operator_norm(DENSE(np.random.default_rng(n_in), draws, n_out, n_in, 1.0))
    short = shortcuts.operator_norms(np.random.default_rng(n_out), 16 * draws, n_out, n_in)
    for norms in (dense, short):
        off = np.abs((norms[:, None] <= places).mean(axis=0) - exact).max()
        assert off <= halfwidth(len(norms), ALPHA)
        scaled = (1.05 * norms[:, None] <= places).mean(axis=0)
        assert np.abs(scaled - exact).max() > halfwidth(len(norms), ALPHA)


@pytest.mark.slow
def test_heavy_tails_refute_the_edge_of_the_norm_where_the_draws_are_many() -> None:
    """Student t entries of 3 degrees of freedom: the norm grows as n^{1/6}, and 0.02 is asked to see it by n = 256."""
    stated = theorem("norm_edge")
    controls = {each.ensemble: each for each in stated.controls}
    assert "student_t" not in controls  # it costs four times as much as rare
    for resolution, outcome in ((0.05, "underpowered"), (0.02, "refuted")):
        heavy = replace(controls["rare"], ensemble="student_t", resolution=resolution)
        cells = [cell for cell in all_cells(replace(stated, controls=(heavy,))) if cell.lacks]
        (verdict,) = planned(cells, 0).run()
        assert verdict.outcome == outcome, resolution
