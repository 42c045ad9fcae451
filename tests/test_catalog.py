"""Every theorem is whole: points that can tell, controls, references, limits, a formula that prints."""

import re
from itertools import combinations
from pathlib import Path

import pytest
from sympy import Integer, Rational

from numerics import ensembles
from numerics.cells import exact_point, missing
from theory import theorem, theorems
from theory.assumptions import closure
from theory.observables import Observable
from theory.relations import AtMost, Tail
from theory.symbols import sigma_w
from theory.widths import units

THEORY = Path(__file__).parents[1] / "theory"
ALL = [theorem(slug) for slug in theorems()]
STATEMENTS = [(found, statement) for found in ALL for statement in found.statements]

every_theorem = pytest.mark.parametrize("found", ALL, ids=lambda found: found.name)
every_statement = pytest.mark.parametrize("found, statement", STATEMENTS)


def test_the_core_is_there():
    assert len(theorems()) == len(set(theorems())) >= 13


@every_theorem
def test_slug_is_the_file_name(found):
    (path,) = THEORY.glob(f"*/{found.name}.py")
    assert f'name="{path.stem}"' in path.read_text()
    assert found.name in theorems()


@every_theorem
def test_says_what_it_is(found):
    assert found.title and found.title[0].isupper() and not found.title.endswith(".")
    assert found.references and all(re.search(r"\(\d{4}\)", reference) for reference in found.references)
    assert found.limits.endswith(".")
    assert found.proof and found.statements


@every_theorem
def test_prints(found):
    text = found.latex()
    assert len(text.splitlines()) == len(found.statements)
    assert "polygamma" not in text and not re.search(r"(?<!var)eps(?!ilon)", text)
    assert "Layer" not in text and "OrderedProduct" not in text and "Dummy" not in text


@every_theorem
def test_points_can_tell(found):
    assert len(found.points()) >= 2
    for point in found.points():
        values = list(point.values())
        assert not {Integer(0), Integer(1)} & set(values)
        assert all(first != second for first, second in combinations(values, 2))


@every_statement
def test_widths_can_tell(found, statement):
    """One profile a point, no two widths alike: whatever is swapped is seen."""
    assert len(statement.widths) in (0, len(found.points()))
    for own in statement.widths:
        assert len(own) == len(set(own)) >= 2 and not {0, 1} & set(own)


@every_theorem
def test_points_lie_in_the_domain(found):
    for parameter in found.parameters:
        assert len(parameter.points) >= 2
        assert all(parameter.admits(Rational(value)) for value in parameter.points)


@every_theorem
def test_sigma_w_once_below_and_once_above_1(found):
    for parameter in found.parameters:
        if parameter.symbol == sigma_w and parameter.admits(Rational(1, 2)) and parameter.admits(Integer(2)):
            assert min(parameter.points) < 1 < max(parameter.points)


@every_theorem
def test_every_assumption_has_a_control(found):
    assert {control.assumption for control in found.controls} >= found.assumes_in_all
    for control in found.controls:
        assert (control.ensemble or control.system) if control.needed else control.reason
        assert 0 <= control.point < len(found.points()) and 0 <= control.statement < len(found.statements)


@every_theorem
def test_control_lacks_its_assumption_alone(found):
    for control in found.controls:
        if control.ensemble:
            about = found.statements[control.statement]
            assert missing(found, ensembles.get(control.ensemble), about) == (control.assumption,)


@every_theorem
def test_assumptions_have_a_model(found):
    """Assumptions that contradict each other would make everything true."""
    assert any(
        found.assumes <= closure(ensembles.get(name).satisfies) for name in (*ensembles.names(), ensembles.GIVEN)
    )


@every_statement
def test_inequality_is_attained_or_says_that_it_is_slack(found, statement):
    inequality = isinstance(statement.relation, AtMost | Tail)
    assert inequality == (statement.attained is not None or statement.slack)
    assert not (statement.attained and statement.slack)


@every_statement
def test_attained_case_is_a_point(found, statement):
    if statement.attained is None:
        return
    ensemble, point = statement.attained
    assert ensemble in ensembles.names()
    parameters = {parameter.symbol.name: parameter for parameter in found.parameters}
    own = parameters.keys() - {"n", "L"} | {"widths"} if statement.widths else parameters.keys()
    assert point.keys() == own
    assert exact_point(found, point)
    assert found.assumes <= closure(ensembles.get(ensemble).satisfies)


@every_statement
def test_formula_is_in_parameters_and_observables(found, statement):
    """What `evaluate` needs is declared, computed from the activation, or measured."""
    if isinstance(statement.right, Observable):
        return
    named = {parameter.symbol.name for parameter in found.parameters}
    argument = getattr(statement.relation, "argument", None)
    beyond = {symbol.name for symbol in statement.right.free_symbols - {argument}} - named
    assert beyond <= {"gamma", "s", "xi"}


@every_theorem
def test_components_match_the_statements(found):
    wide = [statement for statement in found.statements if statement.widths]
    square = [statement for statement in found.statements if not statement.widths]
    assert len(found.components) in (0, len(found.values or square))
    assert not (found.components and wide) or len(found.components) == len(wide)


@every_theorem
def test_the_value_is_written_in_a_statement(found):
    """What `evaluate` prints is what the proof reaches, not a formula beside it."""
    rights = [goal.right for number in range(len(found.statements)) for goal in found.goals(number)]
    assert all(any(right.has(value) for right in rights) for value in (*found.values, *found.wide_values))


@every_theorem
def test_a_value_is_said_at_widths_too(found):
    """Else `evaluate` would print a threshold for n and L, and the statement itself for widths."""
    wide = any(statement.widths for statement in found.statements)
    assert len(found.wide_values) == (len(found.values) if wide else 0)
    assert not any(value.has(units) for value in found.values)
