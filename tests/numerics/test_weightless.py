"""A theorem without random weights is judged once, with no ensemble: planning, verdicts, records, sweeps, words."""

import json

import numpy as np
import pytest

from numerics import verify
from numerics.cells import exact_point
from numerics.commands.report import on_random_networks
from numerics.drawing import Group, collect
from numerics.records import record, restored
from numerics.stored import fingerprint
from numerics.sweeping import sweep
from numerics.systems import get
from numerics.verdict import Verdict
from numerics.verification import prepare
from numerics.weightless import NO_WEIGHTS
from theory import theorem
from theory.observables import SQUARED_SENSITIVITY, SQUARED_STATE
from theory.systems import MEMORY

SLUG = "memory_sensitivity"
POINT = {"lambda": "4/5", "T": "5"}


def test_each_statement_and_point_once_and_no_ensemble() -> None:
    tasks = prepare([SLUG], control=True).tasks
    assert len(tasks) == 4 and {task.cell.ensemble for task in tasks} == {NO_WEIGHTS}
    verdicts = verify(SLUG, point=POINT, resolution=0.2)
    assert [verdict.ensemble for verdict in verdicts] == [None, None]
    assert {verdict.outcome for verdict in verdicts} == {"consistent"} and "memory, lambda=4/5" in repr(verdicts[0])


def test_an_ensemble_is_refused_by_name_and_passed_over_among_all() -> None:
    with pytest.raises(ValueError, match="ensemble=gaussian: memory_sensitivity is of no random weights; leave"):
        verify(SLUG, ensemble="gaussian")
    assert not [task for task in prepare(None, ensemble="gaussian").tasks if task.cell.theorem.name == SLUG]


def test_a_record_says_null_and_is_read_back() -> None:
    (verdict, _) = verify(SLUG, point=POINT, resolution=0.3)
    told = json.loads(json.dumps(record(verdict)))
    assert told["ensemble"] is None and restored(Verdict, told, "here", theorem=SLUG, seed=0) == verdict
    assert len(fingerprint(theorem(SLUG))) == 64


def test_its_sweep_has_no_ensemble() -> None:
    along = sweep(SLUG)
    assert len(along) == 16 and {verdict.ensemble for verdict in along} == {None}


def test_the_report_holds_it_beside_the_others() -> None:
    report = on_random_networks([SLUG, "orthogonal_isometry"], None, 0.2, 0, False, False, 1)
    assert {verdict.ensemble for verdict in report.verdicts if verdict.theorem == SLUG} == {None}


def test_what_is_read_is_the_recursion_and_its_derivative() -> None:
    """Two roads: complex steps through the network, and the two recursions beside each other."""
    group = Group(MEMORY, NO_WEIGHTS, exact_point(theorem(SLUG), POINT), 0)
    found = collect(group, {SQUARED_STATE: 7, SQUARED_SENSITIVITY: 9})
    (sample,) = group.blocks(9)
    h, moved = np.zeros(9), np.zeros(9)
    for inputs in sample.first(9).network.inputs:
        h, moved = 0.8 * h + inputs[:9, 0], 0.8 * moved + h
    assert found[SQUARED_STATE].values[:, 0] == pytest.approx(h[:7] ** 2, rel=1e-12)
    assert found[SQUARED_SENSITIVITY].values[:, 0] == pytest.approx(moved**2, rel=1e-12)


def test_the_point_says_what_is_missing() -> None:
    with pytest.raises(ValueError, match="lambda is missing"):
        get("memory").draw(NO_WEIGHTS, None, {"T": 3}, 2, np.random.default_rng(0))
