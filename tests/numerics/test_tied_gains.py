"""Through time: complex gains are lengths, means that no draws can see are underpowered before any is drawn."""

import json
from math import inf, isnan

import numpy as np
import pytest

from numerics import ensembles, verify
from numerics.drawing import Group
from numerics.measurement import read
from numerics.planning import planned
from numerics.verification import prepare
from theory import LINEAR
from theory.observables import LOG_GAIN, SQUARED_GAIN
from theory.powers import spread_of
from theory.systems import TIME

SLUGS = ["tied_mean_square_gain_real", "tied_mean_square_gain_complex"]


@pytest.mark.parametrize("name", ["gaussian", "complex_gaussian"])
def test_a_gain_is_the_length_of_the_image(name: str) -> None:
    point = (("T", 3), ("n", 4), ("sigma_w", 1))
    sample = next(iter(Group(TIME(LINEAR), ensembles.get(name), _exact(point), 0).blocks(1)))
    W, v = sample.network.weights[0], sample.v
    image = np.einsum("dij,djk,dkl,dl->di", W, W, W, v)
    expected = np.linalg.norm(image, axis=1) ** 2
    assert read(SQUARED_GAIN, sample).plain()[:, 0] == pytest.approx(expected, rel=1e-12)
    assert read(LOG_GAIN, sample).plain()[:, 0] == pytest.approx(np.log(expected), abs=1e-10)


def _exact(point):
    from sympy import Integer

    return tuple((key, Integer(value)) for key, value in point)


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize(("steps", "n"), [(30, 30), (12, 2)])
def test_a_hopeless_mean_is_underpowered_before_a_draw(monkeypatch, slug: str, steps: int, n: int) -> None:
    steps = min(steps, 12) if slug.endswith("real") else steps  # pairings of real weights are counted up to T = 16
    monkeypatch.setattr(Group, "blocks", _never)
    plan = prepare([slug], point={"sigma_w": "1", "T": steps, "n": n})
    (verdict,) = plan.run()
    assert plan.draws == verdict.draws == 0
    assert verdict.outcome == "underpowered" and isnan(verdict.measured) and verdict.detectable == inf
    assert "none was made" in verdict.note and verdict.predicted > 1
    json.dumps(verdict.to_dict(), allow_nan=False)


def _never(*_):
    raise AssertionError("a network was drawn")


def test_the_exact_spread_is_beyond_all_draws_at_six_steps_of_width_four(monkeypatch) -> None:
    assert spread_of(1, 6, 4) == pytest.approx(331.15, abs=0.01)
    monkeypatch.setattr(Group, "blocks", _never)
    (verdict,) = verify("tied_mean_square_gain_real", point={"sigma_w": "1", "T": 6, "n": 4})
    assert verdict.outcome == "underpowered" and "3.3e+02" in verdict.note


def test_what_can_be_drawn_is_judged_beside_what_cannot() -> None:
    hopeless = prepare(["tied_mean_square_gain_real"], point={"sigma_w": "1", "T": 6, "n": 4})
    sharp = prepare(["orthogonal_isometry"], ensemble="haar")
    both = planned([task.cell for task in (*hopeless.tasks, *sharp.tasks)], 0)
    assert [verdict.outcome for verdict in both.run()] == ["underpowered", *["consistent"] * len(sharp.tasks)]
