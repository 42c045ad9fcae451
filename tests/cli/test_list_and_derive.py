"""`list` and `derive`: every theorem is shown, every gap is seen."""

from dataclasses import replace

import pytest
from sympy import Integer

import theory
from theory import theorem, theorems
from theory.statement import Theorem


@pytest.fixture
def falsified(monkeypatch: pytest.MonkeyPatch):
    """Makes every verb see another theorem under its name."""

    def plant(changed: Theorem) -> None:
        def find(name: str) -> Theorem:
            return changed if name == changed.name else theorem(name)

        monkeypatch.setattr(theory, "theorem", find, raising=False)

    return plant


def test_list_shows_each_theorem_whole(gradproof) -> None:
    answer = gradproof("list")
    assert answer.status == 0 and "…" not in answer.out
    for slug in theorems():
        row = next(line for line in answer.out.splitlines() if line.startswith(f"{slug} "))
        assert theorem(slug).title in row and row.endswith(theorem(slug).held)


def test_list_json(gradproof) -> None:
    rows = gradproof("list", "--json").json["theorems"]
    assert [row["slug"] for row in rows] == list(theorems())
    row = next(row for row in rows if row["slug"] == "mean_square_gain")
    assert row["relations"] == ["Mean"] and row["held"] == "axiom" and row["steps"]["axiom"] == 1


@pytest.mark.parametrize("slug", theorems())
def test_derive_shows_statement_assumptions_and_steps(gradproof, slug: str) -> None:
    answer = gradproof("derive", slug)
    assert answer.status == 0
    told = gradproof("derive", slug, "--json").json
    assert told["gaps"] == [] and told["held"] == theorem(slug).held
    for part in (*told["statements"], *told["proof"]):
        assert (part.get("text") or f"{part['left']} {part['op']} {part['right']}") in answer.out
    for assumption in theorem(slug).assumes:
        assert f"{assumption.name}: {assumption.meaning}" in answer.out
    for parameter in theorem(slug).parameters:
        assert f"{parameter.symbol}: {parameter.domain}" in answer.out


def test_an_induction_is_shown_with_base_and_step(gradproof) -> None:
    told = gradproof("derive", "mean_square_gain", "--json").json["proof"][1]
    assert told["induction"] == "L" and len(told["base"]) == 2 and len(told["step"]) == 4
    assert {"because", "rule", "held", "source", "left", "op", "right"} <= set(told["step"][0])
    out = gradproof("derive", "mean_square_gain").out
    assert out.index("base, L = 0:") < out.index("2.base 1.") < out.index("from L to L + 1:") < out.index("2.step 4.")


def test_latex_is_a_relation_a_line(gradproof) -> None:
    lines = gradproof("derive", "mean_square_gain", "--latex").out.splitlines()
    relations = [line for line in lines if not line.startswith("%")]
    stated = theorem("mean_square_gain").latex().splitlines()
    assert relations[: len(stated)] == stated
    assert len(relations) == len(stated) + 3 + 6 and all(" = " in line for line in relations)
    assert r"\le" in gradproof("derive", "vanishing_by_norm", "--latex").out


def test_a_false_statement_is_a_gap(gradproof, falsified) -> None:
    true = theorem("mean_square_gain")
    falsified(replace(true, statements=(replace(true.statements[0], right=true.formula**2),)))
    answer = gradproof("derive", "mean_square_gain")
    assert answer.status == 1 and "held: gap" in answer.out and "not reached" in answer.out
    told = gradproof("derive", "mean_square_gain", "--json")
    assert told.status == 1 and told.json["gaps"]


def test_a_wrong_step_is_marked_where_it_stands(gradproof, falsified) -> None:
    true = theorem("mean_square_gain")
    induction = true.proof[1]
    wrong = replace(induction.base[1], right=Integer(2))
    falsified(replace(true, proof=(true.proof[0], replace(induction, base=(induction.base[0], wrong)))))
    answer = gradproof("derive", "mean_square_gain", "--json")
    step = answer.json["proof"][1]
    assert answer.status == 1 and step["held"] == step["base"][1]["held"] == "gap" and step["base"][1]["gap"]
    assert "GAP: " in gradproof("derive", "mean_square_gain").out
    rows = gradproof("list", "--json").json["theorems"]
    assert next(row for row in rows if row["slug"] == "mean_square_gain")["steps"]["gap"] == 1


def test_a_gradient_tells_its_sizes(gradproof) -> None:
    keys = ("depth", "layer", "steps", "losses")
    told = gradproof("derive", "weight_gradient", "--layer", "2", "--depth", "3", "--json").json
    assert [told[key] for key in keys] == ["3", "2", None, None]
    told = gradproof("derive", "recurrent_gradient", "--steps", "3", "--json").json
    assert [told[key] for key in keys] == [None, None, "3", "all"]


def test_the_legend_and_what_occurs_in_the_formula(gradproof) -> None:
    answer = gradproof("derive", "vanishing_by_norm")
    assert "  gamma: sup |phi'|" in answer.out and "  s: the largest of the norms" in answer.out
    told = gradproof("derive", "vanishing_by_norm", "--json").json
    occurring = {each["name"]: each["occurs"] for each in told["parameters"]}
    assert occurring == {"sigma_w": False, "sigma_b": False, "L": True, "n": False}
    assert {"J", "gamma", "s", "W_l", "D_l", "l"} <= {each["letter"] for each in told["legend"]}
    assert "1 <= n; such as 8, 13; does not occur" in answer.out


def test_a_transpose_is_no_power(gradproof) -> None:
    for slug in theorems():
        told = gradproof("derive", slug, "--json").json
        for part in (*told["statements"], *told["proof"]):
            assert not {".T", "^T"} & {part.get("text", ""), part.get("left", "")}
            assert ".T" not in str(part.get("text", part.get("left")))
    assert "W_(l+1)ᵀ*delta_(l+1)*h_lᵀ" in gradproof("derive", "balanced_gradients").out
    assert "‖J‖_F²" in gradproof("derive", "vanishing_by_moment").out


def test_the_door_is_as_before() -> None:
    assert theory.theorem("mean_square_gain").gaps() == ()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["jacobian", "--depth", "L", "--activation", "tanh"], "dh_L/dh_0 = D_L W_L ... D_1 W_1"),
        (["jacobian", "--depth", "2", "--activation", "linear"], "dh_2/dh_0 = W_2*W_1"),
        (["error_signal", "--layer", "1", "--depth", "2"], "delta_1 = D_1*W_2ᵀ*D_2*g"),
        (["weight_gradient", "--layer", "2", "--depth", "2"], "dE/dW_2 = D_2*g*h_1ᵀ"),
        (["recurrent_gradient", "--steps", "1", "--losses", "last"], "dE/dW = D_1*g_1*h_0ᵀ"),
    ],
)
def test_gradients_by_name(gradproof, arguments: list[str], told: str) -> None:
    answer = gradproof("derive", *arguments)
    assert answer.status == 0 and answer.out.splitlines()[0] == told
    assert "activation" in answer.out.splitlines()[1]


def test_a_gradient_in_latex_and_json(gradproof) -> None:
    latex = theory.jacobian().latex()
    left = r"\frac{\partial h_{L}}{\partial h_{0}}"
    assert gradproof("derive", "jacobian", "--latex").out == f"{left} = {latex}\n"
    told = gradproof("derive", "jacobian", "--json").json
    assert told["derivation"] == "jacobian" and told["latex"] == latex and told["activation"] == "tanh"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["mean_square_gian"], "mean_square_gain"),
        (["jacobain"], "jacobian"),
        (["jacobian", "--steps", "3"], "--depth"),
        (["chain_rule", "--depth", "3"], "--depth"),
        (["jacobian", "--depth", "0"], "--depth='0'"),
        (["jacobian", "--depth", "-3"], "-3"),
        (["jacobian", "--depth", "1.5"], "1.5"),
        (["jacobian", "--depth", "1" * 5000], "--depth"),
        (["jacobian", "--depth", "__import__('os')"], "__import__"),
        (["jacobian", "--activation", "relu"], "tanh"),
        (["weight_gradient", "--layer", "4", "--depth", "3"], "layer=4"),
        (["recurrent_gradient", "--losses", "some"], "losses='some'"),
    ],
)
def test_derive_refuses(refuses, arguments: list[str], told: str) -> None:
    assert told in refuses("derive", *arguments)


def test_derive_writes_a_formula_out_at_a_number_of_steps(gradproof) -> None:
    slug, polynomial = "tied_mean_square_gain_real", "sigma_w**8*(1 + 28/n**2 + 28/n**3 + 48/n**4)"
    assert f"{polynomial}  [pairings_counted, computed]" in gradproof("derive", slug, "--steps", "4").out
    assert gradproof("derive", slug, "--steps", "4", "--json").json["at_steps"]["right"] == polynomial
    assert r"\frac{28}{n^{3}}" in gradproof("derive", slug, "--steps", "4", "--latex").out


@pytest.mark.parametrize(
    ("slug", "steps", "told"),
    [
        ("tied_mean_square_gain_real", "17", "T=17: the pairings are counted"),
        ("tied_mean_square_gain_real", "-1", "--steps='-1': written out for 1 to 20"),
        ("tied_mean_square_gain_complex", "T", "--steps='T': not a whole number"),
        ("mean_square_gain", "3", "--steps=3: T is not in the formula of mean_square_gain"),
    ],
)
def test_steps_that_a_theorem_has_not_are_refused(gradproof, slug: str, steps: str, told: str) -> None:
    answer = gradproof("derive", slug, "--steps", steps)
    assert answer.status == 2 and told in answer.err and "Traceback" not in answer.err
