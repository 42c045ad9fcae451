"""Sweeps: each verdict is the one of `verify` at that point; what is not swept; what is refused."""

from dataclasses import replace
from pathlib import Path

import pytest
from sympy import Integer, Symbol

from numerics import sweep, verify
from numerics.drawing import collect
from numerics.plots import series
from numerics.stored import read
from numerics.sweeping import prepare_sweep, traced
from numerics.verification import prepare
from theory import theorem, theorems
from theory.observables import SQUARED_GAIN
from theory.statement import Sweep, Theorem
from theory.symbols import L, T, n, sigma_w

ISOMETRY = theorem("orthogonal_isometry")
RESULTS = Path(__file__).parents[2] / "docs" / "results"


@pytest.mark.parametrize("slug", ["orthogonal_isometry", "norm_bounds", "unrolling"])
def test_a_verdict_of_a_sweep_is_that_of_verify_at_its_point(slug: str) -> None:
    along = sweep(slug)
    for verdict in (along[0], along[len(along) // 2], along[-1]):
        assert verdict in verify(slug, verdict.ensemble, verdict.point)


def test_at_a_point_of_the_theorem_it_is_the_verdict_of_that_point() -> None:
    every = [verdict for verdict in verify("orthogonal_isometry") if verdict.ensemble == "haar"]
    own = [verdict for verdict in every if "widths" not in verdict.point]  # statements of width profiles are not swept
    assert set(map(repr, own)) <= set(map(repr, sweep("orthogonal_isometry")))


def test_each_ensemble_point_value_statement_and_system_once() -> None:
    along = sweep("norm_bounds")
    places = [(v.ensemble, v.point["L"], v.point["n"], v.statement, v.system) for v in along]
    assert len(set(places)) == len(places) == 2 * 6 * 2 * 3 * 2
    values = {str(value) for value in theorem("norm_bounds").sweep.values}
    assert {verdict.point["L"] for verdict in along} == values and not any(verdict.control for verdict in along)


def test_the_seed_counts_and_the_workers_do_not() -> None:
    assert sweep("unrolling", seed=3, workers=2) == sweep("unrolling", seed=3) != sweep("unrolling")


def test_only_where_the_symbol_is_felt_and_no_trace_is_the_picture() -> None:
    plan = prepare_sweep(["symmetric_weights"])
    assert {(task.cell.number, task.cell.system.kind) for task in plan.tasks} == {(0, "depth")}
    assert sweep("gain_law") == () and sweep("norm_edge") == ()


@pytest.mark.parametrize("slug", theorems())
def test_every_statement_has_a_picture(slug: str) -> None:
    found = theorem(slug)
    assert found.sweep or all(traced(statement.relation) for statement in found.statements)
    if found.sweep:
        assert len(found.sweep.values) == len(set(found.sweep.values)) >= 3
        assert not prepare_sweep([slug]).not_judged


def test_a_trace_is_the_empirical_law_of_the_networks() -> None:
    verdict, *_ = verify("gain_law", resolution=0.1)
    task, *_ = prepare(["gain_law"], resolution=0.1).tasks
    (group, _), draws = next(iter(task.needs.items()))
    gains = collect(group, {SQUARED_GAIN: draws})[SQUARED_GAIN].plain()[:, 0]
    assert all(point.measured == (gains <= point.x).mean() for point in verdict.trace) and len(verdict.trace) == 40


def changed(**parts: object) -> Theorem:
    return replace(ISOMETRY, sweep=replace(ISOMETRY.sweep, **parts))


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (changed(ensembles=("gaussian",)), "gaussian lacks ORTHOGONAL"),
        (changed(ensembles=("har",)), "haar"),
        (changed(values=(2, 0)), "L=0: outside its domain"),
        (changed(values=(Integer(3) / 2,)), "L=3/2: outside its domain"),
        (changed(statements=(0, 3)), r"statements=\(0, 3\); they are numbered 0 to 2"),
        (changed(symbol=T), "T is none of its parameters"),
        (changed(symbol=Symbol("depth")), "sweep of orthogonal_isometry"),
        ("orthogonal_isometri", "nearest"),
        (7, "neither a name nor a Theorem"),
    ],
)
def test_a_sweep_that_leaves_its_theorem_is_refused(found: object, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        sweep(found)


def test_a_seed_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="seed=-1"):
        sweep("unrolling", seed=-1)


def test_any_parameter_can_be_swept() -> None:
    for symbol, values in ((n, (2, 3)), (sigma_w, (Integer(1) / 2, 2)), (L, (2, 2, 5))):
        found = replace(ISOMETRY, sweep=Sweep(symbol, values, ("haar",)))
        places = [tuple(verdict.point.items()) for verdict in sweep(found)]
        assert len(set(places)) == len(places) == 2 * len(set(values))


def test_a_depth_is_felt_by_deep_and_residual_networks_alone_and_makes_a_curve() -> None:
    """In the sweeps that are shipped; whether these are what `sweep` gives, `gradproof verify --against` tells."""
    for slug, length in (("mean_square_gain", "L"), ("residual_gain", "L"), ("spectral_rate", "T")):
        found = read(RESULTS / f"{slug}.json").sweep
        assert found and {length} <= {name for verdict in found for name, _ in series.felt(verdict)}
        (first, *_) = {verdict.statement for verdict in found}
        assert series.swept([verdict for verdict in found if verdict.statement == first], theorem(slug)) == length
