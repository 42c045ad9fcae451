"""Orthogonal weights of other shapes: monotone widths have one singular value, others none; wrong claims refused."""

from dataclasses import replace

import numpy as np
import pytest

from numerics import ensembles, verify
from theory import theorem
from theory.definitions import FALLING, RISING
from theory.evaluating import evaluate
from theory.symbols import L, sigma_w
from theory.widths import units

TRUE = theorem("orthogonal_isometry")


def singular_values(widths):
    """Of one product of uniform orthogonal weights, sigma_w = 1, by NumPy alone."""
    rng, product = np.random.default_rng(3), np.eye(widths[0])
    for n_in, n_out in zip(widths[:-1], widths[1:], strict=True):  # noqa: RUF007
        product = ensembles.get("haar").draw(rng, 1, n_out, n_in, 1.0)[0] @ product
    return np.linalg.svd(product, compute_uv=False)


@pytest.mark.parametrize("widths", [(3, 5, 7), (4, 4, 6), (7, 5, 3), (6, 6, 2), (5, 5, 5), (2, 9), (9, 2)])
def test_monotone_widths_have_one_value(widths):
    told = evaluate("orthogonal_isometry", {"sigma_w": "1", "widths": ",".join(map(str, widths))}).value
    assert singular_values(widths) == pytest.approx(told, rel=1e-12)


def test_other_widths_have_not():
    spread, valley = singular_values((4, 8, 4)), singular_values((8, 4, 8))
    assert spread.max() > 1.1 * spread.min()
    assert valley == pytest.approx([np.sqrt(2)] * 4 + [0] * 4, abs=1e-12)  # sqrt(n_L/least width), the others 0


@pytest.mark.parametrize("widths", ["4,8,2", "8,4,8", "3,5,4,6"])
@pytest.mark.parametrize("ask", [evaluate, lambda slug, point: verify(slug, "haar", point)])
def test_they_are_refused_in_one_line(widths, ask):
    with pytest.raises(ValueError) as caught:
        ask("orthogonal_isometry", {"sigma_w": "2", "widths": widths})
    told = str(caught.value)
    assert told.startswith(f"widths={widths}: theorem orthogonal_isometry needs n_(l-1) <= n_l or n_l <= n_(l-1)")
    assert "pass such widths" in told and "\n" not in told


def test_a_point_judges_the_statement_that_fits():
    for widths, statements in (("3,5", [1]), ("5,3", [2]), ("4,4,4", [1, 2])):
        found = verify("orthogonal_isometry", "haar", {"sigma_w": "2", "widths": widths})
        assert [verdict.statement for verdict in found] == statements
        assert {verdict.outcome for verdict in found} == {"consistent"}


def changed(number, **parts):
    statements = list(TRUE.statements)
    statements[number] = replace(statements[number], **parts)
    return replace(TRUE, statements=tuple(statements))


@pytest.mark.parametrize(
    "number, parts",
    [
        (1, {"given": ()}),
        (2, {"given": ()}),
        (1, {"given": (FALLING,), "widths": ((7, 5, 3), (9, 6, 4, 2))}),
        (2, {"given": (RISING,), "widths": ((3, 5, 7), (2, 4, 6, 9))}),
        (1, {"right": sigma_w**L}),
        (1, {"right": sigma_w**L * units(L) / units(0)}),
        (2, {"right": sigma_w ** (L + 1)}),
    ],
)
def test_a_dropped_or_turned_condition_and_wrong_values_are_not_proved(number, parts):
    assert any("not reached" in gap for gap in changed(number, **parts).gaps())


def test_a_condition_that_its_own_widths_break_has_no_model():
    assert any("without a model" in gap for gap in changed(1, widths=((3, 5, 4), (2, 4, 6, 9))).gaps())


def test_without_orthogonality_there_is_a_gap():
    assert replace(TRUE, assumes=frozenset()).gaps()
