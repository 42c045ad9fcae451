"""Statements of width profiles judged on rectangular networks: points, ensembles that have no such shape, swaps."""

from dataclasses import replace

import numpy as np
import pytest
from sympy import Integer

from numerics import ensembles, verify
from numerics.cells import Cell, exact_point
from numerics.judging import design
from numerics.planning import Plan
from numerics.records import record, restored
from numerics.verdict import NotJudged, Verdict
from numerics.verification import all_cells, prepare
from theory import theorem
from theory.catalog import theorems
from theory.symbols import L, n, n_in, n_out
from theory.widths import Profile, units

STATED = [slug for slug in theorems() if any(statement.widths for statement in theorem(slug).statements)]


def swapped(side):
    """n_in in the place of n_out, and the other way round."""
    return side.xreplace({units(0): units(L), units(L): units(0), units(1): units(0)})


def test_a_point_with_widths_judges_what_is_stated_for_them():
    verdicts = verify("mean_square_gain", ensemble="gaussian", point={"sigma_w": "6/5", "widths": "4,8,2"})
    assert [(v.statement, v.point["widths"], v.outcome) for v in verdicts] == [(1, "4,8,2", "consistent")]
    assert verdicts[0].predicted == pytest.approx(1.2**4 / 2, rel=1e-15)
    (same,) = verify("mean_square_gain", ensemble="gaussian", point={"sigma_w": "6/5", "widths": (4, 8, 2)})
    assert same == verdicts[0]
    square = verify("mean_square_gain", ensemble="gaussian", point={"sigma_w": "6/5", "n": 4, "L": 2})
    assert [v.statement for v in square] == [0]


@pytest.mark.parametrize(
    ("point", "told"),
    [
        ({"sigma_w": 1, "widths": "4"}, "1 given"),
        ({"sigma_w": 1, "widths": (4, 2.5)}, "n_1='2.5' is no width"),
        ({"sigma_w": 1, "widths": "4,2", "n": 4}, "unknown n"),
        ({"widths": "4,2"}, "missing sigma_w"),
    ],
)
def test_a_point_that_is_none(point, told):
    with pytest.raises(ValueError, match=told):
        verify("mean_square_gain", point=point)


def test_square_ensembles_are_listed_as_not_judged():
    plan = prepare(["mean_square_gain"], ensemble="signed_permutation")
    assert {cell.reason for cell in plan.not_judged} == {"its matrices are square"}
    assert {cell.statement for cell in plan.not_judged} == {1}
    with pytest.raises(NotJudged, match="its matrices are square"):
        verify("mean_square_gain", "signed_permutation", {"sigma_w": 2, "widths": "4,8"})


def test_equal_widths_as_a_profile_are_square():
    (verdict,) = verify("mean_square_gain", "signed_permutation", {"sigma_w": 2, "widths": "4,4,4"})
    assert verdict.outcome == "consistent"


def test_a_spread_declared_for_square_weights_alone_is_not_believed():
    old = replace(ensembles.get("gaussian"), gain_spread=2 / n)
    cell = Cell(theorem("mean_square_gain"), 1, *where(old))
    with pytest.raises(NotJudged, match="declared for square weights alone"):
        design(cell, 0)


def where(law):
    found = theorem("mean_square_gain")
    return found.systems[0], law, exact_point(found, {"sigma_w": 2, "widths": "4,8"})


@pytest.mark.parametrize("name", ensembles.names())
def test_an_ensemble_says_whether_it_has_other_shapes(name):
    law = ensembles.get(name)
    if law.square:
        with pytest.raises(ValueError, match="square"):
            law.draw(np.random.default_rng(0), 2, 3, 5, 1.0)
    else:
        assert law.draw(np.random.default_rng(0), 2, 3, 5, 1.0).shape == (2, 3, 5)


@pytest.mark.parametrize("name", [name for name in ensembles.names() if not ensembles.get(name).square])
@pytest.mark.parametrize(("rows", "columns"), [(3, 7), (7, 3)])
def test_gain_spread_holds_for_rectangular_weights(name, rows, columns):
    """E‖Wv‖⁴ <= (1 + c)(E‖Wv‖²)²: at coordinate and flat vectors; five standard errors and one percent."""
    law = ensembles.get(name)
    if law.gain_spread.has(n) or not law.gain_spread.is_finite:
        pytest.skip("declared for square weights alone, or infinite")
    bound = 1 + float(law.gain_spread.subs({n_out: rows, n_in: columns}))
    weights = law.draw(np.random.default_rng(1), 200_000, rows, columns, 1.0)
    for v in (np.eye(columns)[0], np.ones(columns) / np.sqrt(columns)):
        gains = np.square(weights @ v).sum(axis=1)
        fourth, error = np.mean(gains**2), 5 * np.std(gains**2) / np.sqrt(len(gains))
        assert fourth <= bound * np.mean(gains) ** 2 * 1.01 + error


def test_records_keep_widths():
    (verdict,) = verify("mean_square_gain", "haar", {"sigma_w": 2, "widths": "4,8,2"})
    again = restored(Verdict, record(verdict), "here", theorem="mean_square_gain", seed=0)
    assert again == verdict
    for wrong in ("4,", ",4", "4,-2", "4,2.5", "4;2"):
        with pytest.raises(ValueError, match="nor widths"):
            restored(Verdict, {**record(verdict), "point": {"widths": wrong}}, "here", theorem="x", seed=0)


@pytest.mark.parametrize("slug", STATED)
def test_input_and_output_width_are_told_apart(slug):
    """Each statement with n_in and n_out swapped is refuted; of a bound, where it is attained, if anywhere."""
    found = theorem(slug)
    for number, statement in enumerate(found.statements):
        if not statement.widths or statement.slack or swapped(statement.right) == statement.right:
            continue
        wrong = replace(statement, right=swapped(statement.right))
        planted = replace(found, statements=(*found.statements[:number], wrong, *found.statements[number + 1 :]))
        for cell in places(planted, number):
            (verdict,) = Plan((design(cell, 0),), ()).run()
            assert verdict.outcome == "refuted", verdict


def places(found, number):
    statement = found.statements[number]
    if statement.attained:
        name, point = statement.attained
        system = next(cell.system for cell in all_cells(found) if cell.number == number)
        return [Cell(found, number, system, ensembles.get(name), exact_point(found, point))]
    mine = [cell for cell in all_cells(found) if cell.number == number and not cell.lacks and not cell.ensemble.square]
    return [cell for cell in mine if cell.ensemble is mine[0].ensemble]


def test_the_profile_of_a_limit_grows_as_a_whole():
    assert Profile((4, 6)).times(Integer(2)) == (8, 12)
