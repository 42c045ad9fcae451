"""Gradients of the weights of linear networks: formulas, refusals, planted wrong claims, and rules misused."""

from dataclasses import replace

import pytest
from sympy import Rational, Sum, Transpose, log, oo

from numerics.verification import verify
from theory import rectangular as wide
from theory import rules, theorem
from theory.assumptions import FOURTH_MOMENT, ISOTROPIC
from theory.definitions import CASES, FIXED_GRADIENT, NO_BIASES, UNIT_INPUT
from theory.depth.weight_gradient_profile import GRADIENT
from theory.evaluating import evaluate
from theory.letters import V, W, delta, g, h, u, v, weights
from theory.proofs.facts import Fact
from theory.quantities import E, squared_norm
from theory.rules import by
from theory.statement import Parameter, Statement, Step
from theory.symbols import L, T, l, n, sigma_b, sigma_w

ABOVE, BELOW = Transpose(weights(l + 1, L)) * u, weights(1, l - 1) * v
PROFILE, CURVATURE = theorem("weight_gradient_profile"), theorem("curvature_growth")
POINT = {"sigma_w": "4/5", "L": "3", "n": "8", "l": "2"}


def value(slug: str, **values: str) -> object:
    return evaluate(slug, values, 20).value


def test_the_profile_is_flat_in_the_layer() -> None:
    assert {value("weight_gradient_profile", sigma_w="1.2", L="6", l=str(layer)) for layer in range(1, 7)} == {
        "6.1917364224"
    }
    assert value("weight_gradient_profile", sigma_w="1.2", L="6") == "6.1917364224"  # no layer is needed


def test_curvature_is_the_depth_times_one_layer() -> None:
    assert value("curvature_growth", sigma_w="1/2", L="3") == "0.1875"  # 3/16, by hand
    assert value("curvature_growth", sigma_w="7", L="1") == "1"


REFUSED = [
    ({"sigma_w": "1", "L": "5", "l": "7"}, "l=7: theorem weight_gradient_profile needs l <= L=5"),
    ({"sigma_w": "1", "L": "5", "l": "0"}, "cannot be 0"),
    ({"sigma_w": "1", "L": "5", "l": "3/2"}, "whole number"),
    ({"sigma_w": "1", "l": "2"}, "L missing"),
    ({"sigma_w": "-1", "L": "5"}, "cannot be negative"),
]


@pytest.mark.parametrize("values, words", REFUSED)
def test_bad_input_is_refused(values: dict[str, str], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        evaluate("weight_gradient_profile", values)


def test_a_layer_above_the_last_is_not_judged() -> None:
    with pytest.raises(ValueError, match="needs l <= L=3"):
        verify("weight_gradient_profile", point={**POINT, "l": "4"})


WRONG = {
    "L instead of L - 1": (0, sigma_w ** (2 * L)),
    "starved weights": (0, sigma_w ** (2 * (L - l))),
    "a layer's own share": (0, sigma_w ** (2 * (L - 1)) * l),
    "a factor dropped": (0, sigma_w ** (2 * (l - 1))),
    "signals that do not starve": (1, sigma_w ** (2 * (L - 1))),
    "signals a layer off": (1, sigma_w ** (2 * (L - l + 1))),
}


@pytest.mark.parametrize("number, right", WRONG.values(), ids=WRONG)
def test_a_wrong_profile_is_refuted_and_not_proved(number: int, right) -> None:
    statements = list(PROFILE.statements)
    statements[number] = replace(statements[number], right=right)
    wrong = replace(PROFILE, statements=tuple(statements))
    assert any("not reached" in gap for gap in wrong.gaps())
    assert verify(wrong, ensemble="gaussian", point=POINT)[number].outcome == "refuted"


@pytest.mark.parametrize("right", [L * sigma_w ** (2 * L), sigma_w ** (2 * (L - 1)), L**2 * sigma_w ** (2 * (L - 1))])
def test_a_wrong_curvature_is_refuted_and_not_proved(right) -> None:
    wrong = replace(CURVATURE, statements=(replace(CURVATURE.statements[0], right=right),))
    assert wrong.gaps()
    (verdict,) = verify(wrong, ensemble="gaussian", point={"sigma_w": "4/5", "L": "3", "n": "8"})
    assert verdict.outcome == "refuted"


@pytest.mark.parametrize("dropped", CASES, ids=str)
def test_each_case_is_needed(dropped: Fact) -> None:
    for number in (0, 2):
        statements = list(PROFILE.statements)
        given = tuple(fact for fact in statements[number].given if fact != dropped)
        statements[number] = replace(statements[number], given=given)
        assert replace(PROFILE, statements=tuple(statements)).gaps()


def test_isotropy_is_needed() -> None:
    assert replace(PROFILE, assumes=frozenset({FOURTH_MOMENT})).gaps()


def test_an_earlier_theorem_holds_of_its_own_cases_alone(gaps_of) -> None:
    step = Step("eq", GRADIENT.left, "=", GRADIENT.right, "", by("weight_gradient_profile", GRADIENT))
    assert not gaps_of(step, assumes={ISOTROPIC}, given=CASES)
    assert gaps_of(step, assumes={ISOTROPIC})
    assert gaps_of(step, assumes={ISOTROPIC}, given=(UNIT_INPUT, FIXED_GRADIENT))


def test_no_biases_and_biases_of_a_parameter_contradict_each_other(gaps_of) -> None:
    step = Step("eq", wide.h(0), "=", wide.v, "", rules.unfold, (UNIT_INPUT,))
    biased = (Parameter(sigma_b, 0, oo, points=(Rational(1, 3), Rational(1, 2)), closed=True),)
    assert any("without a model" in gap for gap in gaps_of(step, given=(UNIT_INPUT, NO_BIASES), parameters=biased))


def test_a_case_of_ones_own_is_no_condition(gaps_of) -> None:
    own = Fact(h(0), "=", g)
    assert any(
        "without a model" in gap for gap in gaps_of(Step("eq", h(0), "=", g, "", rules.unfold, (own,)), given=(own,))
    )


def mean(word) -> E:
    return E(squared_norm(word))


BACKWARD_WRONG = {
    "its own letter": (Transpose(W(l)) * Transpose(W(l)) * u, Transpose(W(l)) * u),
    "an earlier layer": (Transpose(W(l)) * Transpose(W(l - 1)) * u, Transpose(W(l - 1)) * u),
    "an unknown layer": (Transpose(W(2)) * Transpose(W(l)) * u, Transpose(W(l)) * u),
    "a product that holds it": (Transpose(W(l)) * Transpose(weights(l, L)) * u, Transpose(weights(l, L)) * u),
    "the gradient of a loss": (Transpose(W(l)) * g, g),
    "an error signal": (Transpose(W(l)) * delta(l + 1), delta(l + 1)),
    "not transposed": (W(l) * u, u),
    "an activation": (Transpose(W(l)) * h(l + 1), h(l + 1)),
}


@pytest.mark.parametrize("word, rest", BACKWARD_WRONG.values(), ids=BACKWARD_WRONG)
def test_backward_isotropy_of_a_dependent_word_is_refused(gaps_of, word, rest) -> None:
    assert gaps_of(
        Step("eq", mean(word), "=", sigma_w**2 * mean(rest), "", rules.isotropy_backward), assumes={ISOTROPIC}
    )


def test_backward_isotropy(gaps_of) -> None:
    word = Transpose(W(l)) * Transpose(weights(l + 1, L)) * u
    step = Step("eq", mean(word), "=", sigma_w**2 * mean(ABOVE), "", rules.isotropy_backward)
    assert not gaps_of(step, assumes={ISOTROPIC})
    assert gaps_of(step, assumes={FOURTH_MOMENT})
    assert gaps_of(replace(step, right=sigma_w * mean(ABOVE)), assumes={ISOTROPIC})


def test_a_rank_one_matrix_has_the_product_of_norms(gaps_of) -> None:
    matrix = squared_norm(ABOVE * Transpose(BELOW))
    step = Step("eq", matrix, "=", squared_norm(ABOVE) * squared_norm(BELOW), "", rules.rank_one)
    assert not gaps_of(step)
    for right in (squared_norm(ABOVE) + squared_norm(BELOW), squared_norm(ABOVE), 2 * step.right):
        assert gaps_of(replace(step, right=right))
    assert gaps_of(Step("eq", squared_norm(V * W(1)), "=", squared_norm(V) * squared_norm(W(1)), "", rules.rank_one))


OVERLAPPING = {
    "one layer in both": (Transpose(weights(l, L)) * u, weights(1, l) * v),
    "another order of layers": (Transpose(weights(1, l)) * u, weights(l, L) * v),
    "the same word": (ABOVE, ABOVE),
    "an error signal": (delta(l), BELOW),
    "the gradient of a loss": (Transpose(weights(l + 1, L)) * g, BELOW),
    "unknown layers": (Transpose(W(l)) * u, W(2) * v),
}


@pytest.mark.parametrize("above, below", OVERLAPPING.values(), ids=OVERLAPPING)
def test_means_of_dependent_factors_do_not_multiply(gaps_of, above, below) -> None:
    joint = E(squared_norm(above) * squared_norm(below))
    assert gaps_of(Step("eq", joint, "=", mean(above) * mean(below), "", rules.independence))


def test_means_of_independent_factors_multiply(gaps_of) -> None:
    joint = E(squared_norm(ABOVE) * squared_norm(BELOW))
    step = Step("eq", joint, "=", mean(ABOVE) * mean(BELOW), "", rules.independence)
    assert not gaps_of(step)
    assert gaps_of(replace(step, right=2 * mean(ABOVE) * mean(BELOW)))


def test_the_mean_of_a_sum(gaps_of) -> None:
    term = squared_norm(delta(l))
    step = Step("eq", E(Sum(term, (l, 1, L))), "=", Sum(E(term), (l, 1, L)), "", rules.linearity)
    assert not gaps_of(step)
    assert gaps_of(replace(step, right=Sum(E(term), (l, 1, L + 1))))
    assert gaps_of(Step("eq", E(Sum(log(term), (l, 1, L))), "=", Sum(E(log(term)), (l, 1, L)), "", rules.linearity))


def test_termwise(gaps_of) -> None:
    first = Step("eq", GRADIENT.left, "=", GRADIENT.right, "", by("weight_gradient_profile", GRADIENT))
    sums = (Sum(GRADIENT.left, (l, 1, L)), Sum(GRADIENT.right, (l, 1, L)))
    good = Step("eq", sums[0], "=", sums[1], "", rules.termwise, (GRADIENT,))
    assert not gaps_of(first, good, assumes={ISOTROPIC}, given=CASES)
    layer = (Parameter(l, 1, L, points=(2, 3)), Parameter(L, 1, oo, points=(4, 5)))
    assert gaps_of(first, good, assumes={ISOTROPIC}, given=CASES, parameters=layer)
    for other in ((l, 1, L + 1), (l, 0, L), (l, 1, T), (n, 1, L)):
        planted = replace(good, left=Sum(GRADIENT.left, other), right=Sum(GRADIENT.right, other))
        assert gaps_of(first, planted, assumes={ISOTROPIC}, given=CASES)
    assert gaps_of(first, replace(good, right=2 * sums[1]), assumes={ISOTROPIC}, given=CASES)
    assert gaps_of(first, replace(good, given=()), assumes={ISOTROPIC}, given=CASES)


def test_the_statements_name_their_cases() -> None:
    assert [set(statement.given) for statement in PROFILE.statements] == [set(CASES), {FIXED_GRADIENT}] * 2
    assert isinstance(PROFILE.statements[0], Statement) and "h_{0}" in PROFILE.latex()
