"""The flow: what is drawn once and read by all, and what no worker, budget or other theorem can change."""

import json
from dataclasses import replace

import numpy as np
import pytest
from sympy import Rational, oo

from numerics import drawing, ensembles, verify
from numerics.drawing import Group, collect
from numerics.judging import FEW_DRAWS
from numerics.verdict import Verdict
from numerics.verification import prepare
from theory import theorem
from theory.activations import LINEAR
from theory.observables import OPERATOR_NORM, SQUARED_GAIN
from theory.relations import Mean
from theory.statement import Statement
from theory.systems import DEPTH

POINT = (("L", Rational(3)), ("n", Rational(4)), ("sigma_w", Rational(4, 5)))


def group(seed: int = 0) -> Group:
    return Group(DEPTH(LINEAR), ensembles.get("gaussian"), POINT, seed)


def test_one_theorem_on_all_it_applies_to() -> None:
    verdicts = verify("orthogonal_isometry")
    assert {v.ensemble for v in verdicts} == {"haar", "permutation", "signed_permutation"}
    assert {v.outcome for v in verdicts} == {"consistent"} and len(verdicts) == 10


def test_a_cell_gives_the_same_verdict_alone_and_in_company() -> None:
    alone = verify("mean_square_gain", ensemble="haar")
    company = prepare(["norm_bounds", "vanishing_by_moment", "mean_square_gain"], ensemble="haar").run(workers=2)
    assert [v for v in company if v.theorem == "mean_square_gain"] == list(alone)


def test_neither_workers_nor_blocks_nor_another_statement_change_a_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = prepare(["norm_bounds"], ensemble="gaussian")
    assert plan.run(workers=1) == plan.run(workers=3)
    monkeypatch.setattr(drawing, "BLOCK_DRAWS", 100)
    short = collect(group(), {SQUARED_GAIN: 250})[SQUARED_GAIN].values
    both = collect(group(), {SQUARED_GAIN: 250, OPERATOR_NORM: 700})[SQUARED_GAIN].values
    assert np.array_equal(short, both) and len(short) == 250


def test_seeds_systems_ensembles_and_points_draw_apart() -> None:
    def first(g: Group) -> float:
        return float(collect(g, {SQUARED_GAIN: 1})[SQUARED_GAIN].values[0, 0])

    others = [
        group(1),
        replace(group(), ensemble=ensembles.get("uniform")),
        replace(group(), point=(*POINT[:1], ("n", Rational(5)), *POINT[2:])),
    ]
    assert len({first(g) for g in (group(), *others)}) == 4


def test_a_network_beyond_the_budget_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "BUDGET", 100)
    with pytest.raises(ValueError, match=r"one network takes .* bytes, the budget is 100; take smaller widths"):
        collect(group(), {SQUARED_GAIN: 1})


def test_an_ensemble_that_is_not_covered_names_the_assumption() -> None:
    with pytest.raises(ValueError, match=r"ensemble=haar: log_gain assumes GAUSSIAN"):
        verify("log_gain", ensemble="haar")
    assert prepare(None, ensemble="haar").tasks  # all theorems: those that do not apply are left out


@pytest.mark.parametrize(
    ("point", "told"),
    [
        ({"sigma_w": -1, "L": 3, "n": 8}, "sigma_w=-1: outside its domain"),
        ({"sigma_w": 1, "L": "5/2", "n": 8}, "L=5/2: outside its domain"),
        ({"sigma_w": 1, "L": 3}, "missing n"),
        ({"sigma_w": 1, "L": 3, "n": 8, "m": 2}, "unknown m"),
        ({"sigma_w": "__import__('os')", "L": 3, "n": 8}, "sigma_w"),
        ({"sigma_w": float("nan"), "L": 3, "n": 8}, "sigma_w"),
    ],
)
def test_bad_points(point: dict[str, object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        verify("mean_square_gain", ensemble="haar", point=point)


def test_a_point_of_ones_own() -> None:
    (verdict,) = verify("mean_square_gain", ensemble="haar", point={"sigma_w": "3/2", "L": 2000, "n": 3})
    assert verdict.outcome == "consistent" and verdict.predicted == float("inf")
    assert verdict.to_dict()["predicted"] is None and "predicted is inf" in verdict.to_dict()["note"]
    json.dumps(verdict.to_dict(), allow_nan=False)


def test_without_a_fourth_moment_a_mean_is_not_judged() -> None:
    heavy = replace(ensembles.get("uniform"), name="heavy", gain_spread=oo)
    plan = prepare(["mean_square_gain"], ensemble=heavy)
    assert not plan.tasks and {cell.reason for cell in plan.not_judged} == {
        "no finite fourth moment bounds the variance here"
    }


def test_a_planted_false_theorem_is_refuted() -> None:
    true = theorem("mean_square_gain")
    sigma_w, depth, width = (parameter.symbol for parameter in true.parameters)
    false = replace(
        true, statements=(Statement(SQUARED_GAIN, Mean(true.statements[0].relation.spread), sigma_w**depth),)
    )
    assert {v.outcome for v in verify(false, ensemble="gaussian")} == {"refuted"} and width.name == "n"
    assert false.gaps()


def test_controls_come_out_refuted() -> None:
    for verdict in prepare(["mean_square_gain", "orthogonal_isometry"], ensemble="haar", control=True).run():
        assert verdict.control == (verdict.lacks is not None)
        assert verdict.outcome == ("refuted" if verdict.control else "consistent"), verdict


def test_what_no_affordable_draws_can_see_is_known_before_they_are_drawn() -> None:
    plan = prepare(["mean_square_gain"], ensemble="gaussian", point={"sigma_w": "4/5", "L": 60, "n": 8})
    assert plan.draws <= FEW_DRAWS
    (verdict,) = plan.run()
    assert verdict.outcome == "underpowered" and verdict.detectable > verdict.resolution


def test_verdicts_are_plain_data() -> None:
    verdict: Verdict = verify("orthogonal_isometry", ensemble="haar")[0]
    data = verdict.to_dict()
    assert {"theorem", "statement", "system", "ensemble", "point", "outcome", "predicted", "measured", "error"} <= set(
        data
    )
    assert {"detectable", "resolution", "draws", "seed", "control"} <= set(data) and data["point"]["n"] == "8"
