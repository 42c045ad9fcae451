"""Weight gradients at width profiles: values by hand, the fan-in and no other width, planted wrong claims."""

from dataclasses import replace

import numpy as np
import pytest
from sympy import Transpose

from numerics import ensembles
from numerics.cells import missing, transposed_spread
from numerics.verification import verify
from theory import rules, theorem
from theory.assumptions import ISOTROPIC
from theory.evaluating import evaluate
from theory.quantities import E, squared_norm
from theory.rectangular import W, u, weights
from theory.statement import Step
from theory.symbols import L, l, n_in, n_out, sigma_w
from theory.widths import units

PROFILE, CURVATURE = theorem("weight_gradient_profile"), theorem("curvature_growth")
POINT = {"sigma_w": "4/5", "widths": "3,12,10,4", "l": "2"}


def value(slug: str, **values: str) -> object:
    return evaluate(slug, values, 20).value


def test_the_gradient_is_proportional_to_the_fan_in() -> None:
    found = [value("weight_gradient_profile", sigma_w="2", widths="4,8,2,5", l=str(layer)) for layer in (1, 2, 3)]
    assert found == ["16", "32", "8"]  # 2^4 n_(l-1)/4, by hand


def test_the_curvature_is_their_sum() -> None:
    assert value("curvature_growth", sigma_w="2", widths="4,8,2,5") == "56"
    assert value("curvature_growth", sigma_w="1/2", widths="7,7,7,7") == value("curvature_growth", sigma_w="1/2", L="3")


def test_the_mean_over_all_sign_matrices_is_exact() -> None:
    """Entries ±sigma_w/sqrt(n_in) of widths 2, 1, 3, every one of 2^5: E‖dE/dW_l‖² for fixed v and u."""
    sigma, v, u_ = 0.7, np.array([0.6, 0.8]), np.array([2.0, -1.0, 2.0]) / 3
    totals = np.zeros(2)
    for code in range(32):
        signs = 1 - 2 * ((code >> np.arange(5)) & 1)
        first, second = sigma / np.sqrt(2) * signs[:2].reshape(1, 2), sigma * signs[2:].reshape(3, 1)
        totals += [np.sum((second.T @ u_) ** 2) * (v @ v), (u_ @ u_) * np.sum((first @ v) ** 2)]
    told = [value("weight_gradient_profile", sigma_w="7/10", widths="2,1,3", l=layer) for layer in "12"]
    assert [float(text) for text in told] == pytest.approx(totals / 32, rel=1e-12)


WRONG = {
    "fan-out": (2, units(l) / units(0) * sigma_w ** (2 * (L - 1))),
    "flat as of square layers": (2, sigma_w ** (2 * (L - 1))),
    "over the output": (2, units(l - 1) / units(L) * sigma_w ** (2 * (L - 1))),
    "the layer's own factor": (2, units(l - 1) / units(0) * sigma_w ** (2 * L)),
    "an error signal that grows by shape": (3, units(l) / units(L) * sigma_w ** (2 * (L - l))),
}


@pytest.mark.parametrize("number, right", WRONG.values(), ids=WRONG)
def test_a_wrong_profile_is_refuted_and_not_proved(number: int, right) -> None:
    statements = list(PROFILE.statements)
    statements[number] = replace(statements[number], right=right)
    wrong = replace(PROFILE, statements=tuple(statements))
    assert any("not reached" in gap for gap in wrong.gaps())
    verdicts = verify(wrong, ensemble="gaussian", point=POINT)
    assert {each.statement: each.outcome for each in verdicts}[number] == "refuted"


@pytest.mark.parametrize(
    "scale, holds", [(1, True), (units(L) / units(L - 1), False), (units(L - 1) / units(L), False)]
)
def test_backward_isotropy_keeps_the_length_whatever_the_shape(gaps_of, scale, holds: bool) -> None:
    word = Transpose(W(l)) * Transpose(weights(l + 1, L)) * u
    rest = E(squared_norm(Transpose(weights(l + 1, L)) * u))
    step = Step("eq", E(squared_norm(word)), "=", scale * sigma_w**2 * rest, "", rules.isotropy_backward)
    assert (gaps_of(step, assumes={ISOTROPIC}) == ()) is holds


ISOTROPIC_LAWS = [name for name in ensembles.names() if not missing(PROFILE, ensembles.get(name))]


@pytest.mark.parametrize("name", [name for name in ISOTROPIC_LAWS if not ensembles.get(name).square])
@pytest.mark.parametrize("rows, columns", [(3, 7), (7, 3)])
def test_the_spread_of_the_transposed_shape(name: str, rows: int, columns: int) -> None:
    """E‖Wᵀu‖⁴ <= (1 + c')(E‖Wᵀu‖²)²: five standard errors and one percent."""
    law = ensembles.get(name)
    if not law.gain_spread.is_finite:
        pytest.skip("no finite fourth moment")
    bound = 1 + float(transposed_spread(law).subs({n_out: rows, n_in: columns}))
    drawn = law.draw(np.random.default_rng(2), 200_000, rows, columns, 1.0)
    for unit in (np.eye(rows)[0], np.ones(rows) / np.sqrt(rows)):
        gains = np.square(unit @ drawn).sum(axis=1)
        error = 5 * np.std(gains**2) / np.sqrt(len(gains))
        assert np.mean(gains**2) <= bound * np.mean(gains) ** 2 * 1.01 + error
        assert np.mean(gains) == pytest.approx(1, abs=5 * np.std(gains) / np.sqrt(len(gains)) + 1e-12)


@pytest.mark.parametrize(
    "values, words",
    [
        ({"widths": "4,8,2", "l": "3"}, "l=3: theorem weight_gradient_profile needs l <= L=2; pass l <= 2"),
        ({"widths": "4,8,2"}, "l missing"),
        ({"widths": "4", "l": "1"}, "1 given; pass at least two widths"),
        ({"widths": "4,0", "l": "1"}, "n_1='0' is no width"),
    ],
)
def test_bad_profiles(values: dict[str, str], words: str) -> None:
    with pytest.raises(ValueError) as caught:
        evaluate("weight_gradient_profile", {"sigma_w": "1", **values})
    assert words in str(caught.value) and "\n" not in str(caught.value)


def test_a_network_of_zeros_has_no_gradient_and_no_nan() -> None:
    """Sparse weights of narrow layers are all 0 at times."""
    verdicts = verify("weight_gradient_profile", ensemble="sparse", point={**POINT, "widths": "3,2,3,2"})
    assert {each.outcome for each in verdicts} == {"consistent"}


def test_curvature_at_widths_of_another_sum_is_refused() -> None:
    square, wide = CURVATURE.statements
    for right in (wide.right * 2, wide.right.xreplace({units(0): units(L)})):
        wrong = replace(CURVATURE, statements=(square, replace(wide, right=right)))
        assert any("not reached" in gap for gap in wrong.gaps())
