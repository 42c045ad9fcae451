"""Theorems and ensembles meet through assumptions alone; what an assumption is for is shown by its control."""

import pytest

from numerics import ensembles
from numerics.cells import exact_point, missing, systems_of
from numerics.planning import Plan
from numerics.verification import prepare
from theory import theorem, theorems
from theory.assumptions import LAWS
from theory.statement import Control, Theorem

CONTROLS = [(slug, control) for slug in theorems() for control in theorem(slug).controls]


def covering(t: Theorem) -> list[str | None]:
    if not any(system.has_weights for system in t.systems):
        return [None]
    return [name for name in (*ensembles.names(), ensembles.GIVEN) if not missing(t, ensembles.get(name))]


@pytest.mark.parametrize("slug", theorems())
def test_every_theorem_meets_enough_ensembles(slug: str) -> None:
    t = theorem(slug)
    assert len(covering(t)) >= (1 if t.assumes & LAWS or covering(t) == [None] else 2), covering(t)


@pytest.mark.parametrize("slug", theorems())
def test_every_applicable_cell_sees_its_resolution_before_the_draws(slug: str) -> None:
    plan = prepare([slug])
    t = theorem(slug)
    cells = {(task.cell.number, task.cell.system, task.cell.ensemble.name, task.cell.point) for task in plan.tasks}
    expected = sum(len(systems_of(t, s)) for s in t.statements) * len(covering(t)) * len(t.points())
    assert len(cells) == len(plan.tasks) == expected - len(plan.not_judged)


@pytest.mark.slow
@pytest.mark.parametrize(("slug", "control"), CONTROLS, ids=lambda value: getattr(value, "ensemble", value))
def test_a_control_lacks_its_assumption_and_is_refuted(slug: str, control: Control) -> None:
    t = theorem(slug)
    if not control.needed:
        assert control.reason
        return
    if control.ensemble:
        assert control.assumption in missing(t, ensembles.get(control.ensemble), t.statements[control.statement])
    plan = prepare([slug], control=True)
    place = exact_point(t, t.points_of(t.statements[control.statement])[control.point])
    chosen = [
        task
        for task in plan.tasks
        if (task.cell.lacks, task.cell.number, task.cell.point) == (repr(control.assumption), control.statement, place)
        and control.ensemble in (None, task.cell.ensemble.name)
    ]
    (verdict,) = Plan(tuple(chosen), ()).run()
    assert verdict.outcome == "refuted" and verdict.control


def test_a_wrong_declaration_is_found_by_the_pairing() -> None:
    """An ensemble that claims an assumption it lacks makes a true theorem come out refuted."""
    from dataclasses import replace

    from theory.assumptions import ISOTROPIC

    liar = replace(ensembles.get("symmetric"), name="liar", satisfies=frozenset({ISOTROPIC}))
    outcomes = {v.outcome for v in prepare(["mean_square_gain"], ensemble=liar).run()}
    assert outcomes == {"refuted"}
