"""`evaluate`: a theorem's formula as a number, its arguments, and what it refuses."""

import json
from collections.abc import Mapping
from decimal import Decimal

import mpmath
import pytest
from sympy import Rational, Symbol, oo

from theory.arguments import NoNumber, arguments, formulas, required
from theory.catalog import theorem, theorems
from theory.evaluating import Evaluation, evaluate
from theory.statement import Parameter, Statement, Theorem


def test_a_float_without_digits() -> None:
    found = evaluate("mean_square_gain", {"sigma_w": "1.2", "L": "3"})
    assert found == Evaluation("mean_square_gain", 2.985984, (), None, None, None)
    keys = {"theorem", "value", "components", "low", "high", "digits"}
    assert found.to_dict().keys() == keys


def test_decimal_text_with_digits() -> None:
    found = evaluate("gain_law", {"sigma_w": "1", "n": "4", "L": "2", "x": "1"}, digits=30)
    assert isinstance(found.value, str) and isinstance(found.low, str) and isinstance(found.high, str)
    assert found.value.startswith("0.66105261356780")
    assert Decimal(found.low) <= Decimal(found.value) <= Decimal(found.high)
    assert Decimal(found.high) - Decimal(found.low) <= Decimal(10) ** -29 * Decimal(found.value)


def test_a_tenth_is_a_tenth() -> None:
    assert evaluate("norm_edge", {"sigma_w": "0.1"}, digits=25).to_dict() == {
        "theorem": "norm_edge",
        "value": "0.2",
        "components": None,
        "low": "0.2",
        "high": "0.2",
        "digits": 25,
    }


def test_components_come_together() -> None:
    found = evaluate("log_gain", {"sigma_w": "1", "n": "8", "L": "20"}, digits=20).to_dict()
    assert found["components"] == ["mean", "variance"]
    with mpmath.workdps(40):
        exact = 20 * (mpmath.log(mpmath.mpf(1) / 4) + mpmath.digamma(4)), 20 * mpmath.psi(1, 4)
        for low, number, high in zip(found["low"], exact, found["high"], strict=True):
            assert mpmath.mpf(low) <= number <= mpmath.mpf(high)
    floats = evaluate("log_gain", {"sigma_w": "1", "n": "8", "L": "20"}).value
    assert floats == (float(exact[0]), float(exact[1]))
    assert round(floats[0], 4) == -2.6035 and round(floats[1], 3) == 5.676  # mathematics of issue 2


def test_several_right_sides_of_one_statement_are_components() -> None:
    plain = theorem("mean_square_gain")
    a = Symbol("a", positive=True)
    first = plain.statements[0]
    both = Statement(first.left, first.relation, (1 / a, a**2))
    made = Theorem("two", "Two", plain.systems, (both,), (), frozenset(), (), (), components=("largest", "smallest"))
    assert evaluate(made, {"a": "1/2"}, digits=5).value == ("2", "0.25")


def test_gamma_is_computed_from_the_activation() -> None:
    assert evaluate("vanishing_by_norm", {"s": "0.5", "L": "3"}).value == 0.125
    assert evaluate("vanishing_by_norm", {"s": "0.5", "L": "3", "activation": "linear"}, digits=5).value == "0.125"
    assert evaluate("mean_square_gain", {"sigma_w": "2", "L": "3", "activation": "linear"}).value == 64.0


@pytest.mark.parametrize(("sigma", "text"), [("100", "1e4000"), ("0.01", "1e-4000")])
def test_what_float64_cannot_hold_is_null_with_a_note(sigma: str, text: str) -> None:
    found = evaluate("mean_square_gain", {"sigma_w": sigma, "L": "1000"}).to_dict()
    assert found["value"] is None
    assert found["note"] == f"{text} is outside the range of float64; pass --digits"
    assert evaluate("mean_square_gain", {"sigma_w": sigma, "L": "1000"}, digits=3).value == text
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_zero_is_zero() -> None:
    assert evaluate("vanishing_by_norm", {"s": "0", "L": "3"}).value == 0.0


@pytest.mark.parametrize(
    ("slug", "values", "message"),
    [
        (
            "mean_square_gain",
            {"sigma_w": "-1", "L": "3"},
            "sigma_w=-1: a standard deviation cannot be negative; pass sigma_w > 0",
        ),
        (
            "mean_square_gain",
            {"sigma_w": "0", "L": "3"},
            "sigma_w=0: a standard deviation cannot be 0; pass sigma_w > 0",
        ),
        ("mean_square_gain", {"sigma_w": "1", "L": "2.5"}, "L=2.5: a depth is a whole number; pass an integer L >= 1"),
        ("mean_square_gain", {"sigma_w": "1", "L": "0"}, "L=0: a depth cannot be 0; pass an integer L >= 1"),
        ("mean_square_gain", {"sigma_w": "1", "L": "3", "n": "0"}, "n=0: a width cannot be 0; pass an integer n >= 1"),
        ("vanishing_by_norm", {"s": "-1", "L": "3"}, "s=-1: a norm or radius cannot be negative; pass s >= 0"),
        ("gain_law", {"sigma_w": "1", "L": "3", "n": "2", "x": "0"}, "x=0: a squared gain cannot be 0; pass x > 0"),
        ("mean_square_gain", {"sigma_w": "1"}, "theorem mean_square_gain: L missing; pass L=... (integer, 1 <= L)"),
        ("gain_law", {"sigma_w": "1", "L": "3", "n": "2"}, "theorem gain_law: x missing; pass x=... (number, 0 < x)"),
        ("mean_square_gain", {"sigma_w": "one", "L": "3"}, "sigma_w='one': not a number"),
        (
            "mean_square_gain",
            {"sigma": "1", "L": "3"},
            "has no parameter sigma; nearest: sigma_w; it takes sigma_w, L, n",
        ),
        ("mean_square_gain", {"xi": "1", "L": "3"}, "has no parameter xi"),
        ("vanishing_by_norm", {"gamma": "1", "L": "3", "s": "1"}, "gamma = sup|phi'| is computed; pass activation="),
        (
            "vanishing_by_norm",
            {"activation": "tahn", "L": "3", "s": "1"},
            "activation=tahn: no such activation; nearest: tanh",
        ),
        (
            "gain_law",
            {"activation": "tanh", **dict.fromkeys(("n", "L", "x", "sigma_w"), "2")},
            "speaks of depth(linear) only",
        ),
        ("no_such_theorem", {}, "no such slug"),
    ],
)
def test_refusals_name_value_place_and_remedy(slug: str, values: Mapping[str, str], message: str) -> None:
    with pytest.raises(ValueError) as caught:
        evaluate(slug, values)
    assert message in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("slug", "values", "digits", "message"),
    [
        ("norm_fluctuation", {"x": "-1e6"}, 30, "x=-1.00e+6: a proved quadrature to 132 bits would take more than"),
        ("norm_fluctuation", {"x": "2"}, 200, "x=2.00: a proved quadrature to 698 bits would take more than"),
        ("large_deviation", {"n": "2", "sigma_w": "1e-1000"}, 30, "n=2.00000, sigma_w=1.00000e-1000: "),
        ("product_density", {"L": "2", "phi": "1.0471975511965979"}, None, "needs phi < pi/(L + 1) = 1.047197551"),
    ],
)
def test_far_out_a_formula_refuses_in_one_line(slug, values, digits, message) -> None:
    with pytest.raises(ValueError) as caught:
        evaluate(slug, values, digits)
    assert message in str(caught.value) and "; pass" in str(caught.value) and "\n" not in str(caught.value)


def test_far_out_a_formula_still_answers() -> None:
    assert evaluate("norm_fluctuation", {"x": "1e400"}, 10).high == "1"
    assert evaluate("large_deviation", {"n": "2", "sigma_w": "1e-100"}, 10).value == "1.0000000000e200"  # 1/sigma_w²
    # phi is below pi/3 by 1.5e-16: the order is settled, and the density is finite there
    assert evaluate("product_density", {"L": "2", "phi": "1.0471975511965976"}, 10).components == (
        "location",
        "density",
    )


@pytest.mark.parametrize(
    ("slug", "values", "note"),
    [
        ("norm_edge", {"sigma_w": "1", "n": "8"}, "a limit as n grows: n=8 does not enter"),
        ("norm_edge", {"sigma_w": "1"}, ""),
        ("norm_edge", {"sigma_w": "1", "widths": "3,12"}, "a limit as the widths grow: their ratios alone enter"),
        ("norm_fluctuation", {"x": "0", "n": "5"}, "a limit as n grows: n=5 does not enter"),
        ("product_edge", {"L": "2", "n": "9"}, "a limit as n grows: n=9 does not enter"),
        ("typical_threshold", {"n": "8"}, ""),
        ("norm_law", {"sigma_w": "1", "n": "2", "s": "1"}, ""),
    ],
)
def test_a_limit_says_that_a_size_does_not_enter(slug, values, note) -> None:
    assert evaluate(slug, values).note == evaluate(slug, values, 5).note == note


@pytest.mark.parametrize("digits", [0, -1, 1001])
def test_digits_are_bounded(digits: int) -> None:
    with pytest.raises(ValueError, match=f"digits={digits}"):
        evaluate("norm_edge", {"sigma_w": "1"}, digits)


def test_closed_and_bounded_domains() -> None:
    plain, p = theorem("mean_square_gain"), Symbol("p", real=True)
    first = plain.statements[0]
    statement = Statement(first.left, first.relation, p**2)

    def value(low: object, high: object, text: str, closed: bool) -> object:
        parameter = Parameter(p, low, high, (), closed)
        return evaluate(
            Theorem("p", "P", plain.systems, (statement,), (parameter,), frozenset(), (), ()), {"p": text}
        ).value

    assert value(-1, 1, "1", True) == 1.0
    with pytest.raises(ValueError, match=r"p=1: .* outside its domain; pass p > -1 and p < 1"):
        value(-1, 1, "1", False)
    assert value(-oo, oo, "-1/2", False) == 0.25


@pytest.mark.parametrize("slug", theorems())
def test_every_theorem_has_a_number_at_its_points_or_says_that_it_has_none(slug: str) -> None:
    found = theorem(slug)
    try:
        needed = required(found)
    except NoNumber as reason:
        assert slug in str(reason)
        with pytest.raises(NoNumber, match="no number of its own"):
            evaluate(slug, {})
        return
    assert len(formulas(found)) == max(1, len(found.components))
    assert {parameter.symbol.name for parameter in found.parameters} <= {
        known.symbol.name for known in arguments(found)
    }
    for point in found.points():
        values = {name: str(number) for name, number in point.items()}
        values |= {name: "1/2" for name in needed if name not in values}
        floats, texts = evaluate(slug, values).value, evaluate(slug, values, digits=25)
        pairs = zip(floats, texts.value, strict=True) if found.components else [(floats, texts.value)]
        assert all(number == float(Rational(text)) for number, text in pairs)
        assert found.components or all(name in evaluate(slug, values).to_dict() for name in ("theorem", "value"))
