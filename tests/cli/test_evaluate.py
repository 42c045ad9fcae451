"""`evaluate`: numbers, their certain digits, and what is no number."""

from fractions import Fraction

import pytest


def test_a_number(gradproof) -> None:
    answer = gradproof("evaluate", "mean_square_gain", "sigma_w=6/5", "L=3")
    assert (answer.status, answer.out) == (0, "mean_square_gain = 2.985984\n")


def test_json_keys(gradproof) -> None:
    told = gradproof("evaluate", "mean_square_gain", "sigma_w=6/5", "L=3", "--json").json
    assert {"theorem", "value", "components", "low", "high", "digits"} <= set(told)
    assert told["value"] == 2.985984 and told["low"] is told["high"] is told["digits"] is None


def test_components(gradproof) -> None:
    arguments = ("evaluate", "log_gain", "sigma_w=4/5", "L=3", "n=8")
    told = gradproof(*arguments, "--json").json
    assert told["components"] == ["mean", "variance"] and told["value"][0] < 0 < told["value"][1]
    assert [line.split(" = ")[0] for line in gradproof(*arguments).out.splitlines()] == ["mean", "variance"]


def test_digits_enclose(gradproof) -> None:
    arguments = ("evaluate", "mean_square_gain", "sigma_w=0.1", "L=5", "--digits", "12")
    told = gradproof(*arguments, "--json").json
    assert Fraction(told["low"]) <= Fraction(1, 10**10) <= Fraction(told["high"])
    assert told["digits"] == 12 and f"in [{told['low']}, {told['high']}]" in gradproof(*arguments).out


def test_a_probability_is_at_most_one(gradproof) -> None:
    told = gradproof("evaluate", "gain_law", "sigma_w=1.1", "L=3", "n=5", "x=10000", "--digits", "5", "--json").json
    assert 0 <= Fraction(told["low"]) <= Fraction(told["value"]) <= Fraction(told["high"]) <= 1
    assert gradproof("evaluate", "gain_law", "sigma_w=1.1", "L=3", "n=5", "x=10000").out == "gain_law = 1.0\n"


def test_beyond_float64_is_null_with_a_note(gradproof) -> None:
    arguments = ("evaluate", "mean_square_gain", "sigma_w=100", "L=1000")
    told = gradproof(*arguments, "--json").json
    assert told["value"] is None and told["note"]
    assert "outside float64" in gradproof(*arguments).out


def test_without_values_the_parameters_are_listed(gradproof) -> None:
    answer = gradproof("evaluate", "mean_square_gain")
    assert answer.status == 0 and "sigma_w: number, 0 < sigma_w" in answer.out
    told = gradproof("evaluate", "mean_square_gain", "--json").json["parameters"]
    assert {each["name"]: each["required"] for each in told} == {"sigma_w": True, "L": True, "n": False}


def test_what_needs_no_values_is_printed(gradproof) -> None:
    assert gradproof("evaluate", "folk_threshold").out == "folk_threshold = 0.6931471805599453\n"


def test_widths_stand_in_place_of_n_and_l(gradproof) -> None:
    assert gradproof("evaluate", "mean_square_gain", "sigma_w=6/5", "widths=4,8,2").out == "mean_square_gain = 1.0368\n"
    assert "widths: n_0,n_1,...,n_L, input first" in gradproof("evaluate", "mean_square_gain").out
    told = gradproof("evaluate", "mean_square_gain", "--json").json["widths"]
    assert told["replaces"] == "L and n" and told["points"]
    assert gradproof("evaluate", "spectral_rate", "--json").json.get("widths") is None


def test_what_is_required_is_listed_first(gradproof) -> None:
    lines = gradproof("evaluate", "vanishing_by_norm").out.splitlines()
    assert [line.split(":")[0].strip() for line in lines[1:3]] == ["L", "s"]
    assert all("optional (does not occur)" in line for line in lines[3:-1]), lines
    assert "tanh or linear" in lines[-1]


def test_no_number_of_its_own(gradproof) -> None:
    answer = gradproof("evaluate", "chain_rule", "L=3")
    assert (answer.status, answer.out, answer.err.count("\n")) == (3, "", 1)
    answer = gradproof("evaluate", "chain_rule", "--json")
    assert answer.status == 3 and answer.json["value"] is None and answer.json["note"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["mean_square_gian"], "mean_square_gain"),
        (["mean_square_gain", "L=3"], "sigma_w"),
        (["mean_square_gain", "sigma=1", "L=3"], "sigma_w"),
        (["mean_square_gain", "sigma_w=-1", "L=3"], "sigma_w=-1"),
        (["mean_square_gain", "sigma_w=nan", "L=3"], "nan"),
        (["mean_square_gain", "sigma_w=inf", "L=3"], "inf"),
        (["mean_square_gain", "sigma_w=1/0", "L=3"], "1/0"),
        (["mean_square_gain", "sigma_w=1", "L=2.5"], "L=2.5"),
        (["mean_square_gain", "sigma_w=1", "L=0"], "L=0"),
        (["mean_square_gain", "sigma_w=__import__('os').system('true')", "L=3"], "sigma_w"),
        (["mean_square_gain", "sigma_w=1", "L=3", "L=4"], "twice"),
        (["mean_square_gain", "sigma_w"], "name=value"),
        (["mean_square_gain", "sigma_w=1", "widths=4"], "widths=4: 1 given"),
        (["mean_square_gain", "sigma_w=1", "widths=4,0"], "n_1='0' is no width"),
        (["mean_square_gain", "sigma_w=1", "widths=4,2", "n=4"], "leave n or widths out"),
        (["vanishing_by_norm", "s=1", "widths=4,2"], "not stated for width profiles"),
        (["mean_square_gain", "sigma_w="], "name=value"),
        (["mean_square_gain", "sigma_w=1.1", "L=1" + "0" * 21], "too large or small"),
        (["gain_law", "sigma_w=1", "n=5", "x=1", "L=1" + "0" * 21], "L=1.00e+21: too large"),
        (["mean_square_gain", "sigma_w=1", "L=3", "--digits", "0"], "--digits='0'"),
        (["mean_square_gain", "sigma_w=1", "L=3", "--digits", "-3"], "--digits='-3'"),
        (["mean_square_gain", "sigma_w=1", "L=3", "--digits", "nan"], "--digits='nan'"),
        (["mean_square_gain", "sigma_w=1", "L=3", "--digits", "100000"], "100000"),
    ],
)
def test_evaluate_refuses(refuses, arguments: list[str], told: str) -> None:
    assert told in refuses("evaluate", *arguments)
