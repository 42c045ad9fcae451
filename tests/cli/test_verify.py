"""`verify`: the table, its exit statuses, weight files, and what it refuses."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import theory
from numerics.commands.report import Report
from numerics.commands.tables import print_theorem
from numerics.commands.terminal import write_json
from numerics.verification import Verdict, verify

QUICK = ("verify", "orthogonal_isometry", "--ensemble", "haar")
KEYS = (
    "theorem statement system ensemble point outcome predicted measured error detectable resolution draws seed control"
)


@pytest.fixture(scope="module")
def verdict() -> Verdict:
    return verify("orthogonal_isometry", ensemble="haar")[0]


def test_the_table(gradproof) -> None:
    answer = gradproof(*QUICK)
    assert (answer.status, answer.err) == (0, "") and "…" not in answer.out
    row = next(line for line in answer.out.splitlines() if "sigma_w=4/5" in line)
    for part in ("depth(linear)", "haar", "sigma_w=4/5 L=3 n=8", "0.512", "±", "/1e-09", "✓ consistent"):
        assert part in row
    last = answer.out.splitlines()[-1]
    assert last.startswith("6 verdicts: 6 consistent, 0 refuted, 0 underpowered; 384 draws, ")


def test_json(gradproof) -> None:
    told = gradproof(*QUICK, "--seed", "3", "--workers", "2", "--json").json
    assert told["counts"]["consistent"] == len(told["verdicts"]) == 6
    for each in told["verdicts"]:
        assert {*KEYS.split(), "control"} <= set(each) and each["seed"] == 3
    assert told["verdicts"][0]["point"] == {"sigma_w": "4/5", "L": "3", "n": "8"}


def test_workers_and_repetition_change_nothing(gradproof) -> None:
    one = gradproof(*QUICK, "--json").json["verdicts"]
    assert gradproof(*QUICK, "orthogonal_isometry", "--workers", "3", "--json").json["verdicts"] == one


def test_a_control_is_refuted_and_the_exit_is_0(gradproof) -> None:
    answer = gradproof("verify", "orthogonal_isometry", "--control")
    assert answer.status == 0 and "without ORTHOGONAL: refuted, as it must be" in answer.out
    counts = gradproof("verify", "orthogonal_isometry", "--control", "--json").json["counts"]
    assert counts["refuted"] == 0 and counts["controls_refuted"] >= 1 and counts["controls_missed"] == 0


def test_a_control_alone(gradproof) -> None:
    answer = gradproof("verify", "mean_square_gain", "--ensemble", "symmetric", "--control")
    assert answer.status == 0 and "0 consistent" in answer.out and "1 of 1 control refuted" in answer.out


def test_brief_is_the_end_and_what_went_wrong(gradproof, monkeypatch: pytest.MonkeyPatch, verdict: Verdict) -> None:
    assert gradproof(*QUICK, "--brief").out.count("\n") == 1
    found = Report((verdict, replace(verdict, outcome="refuted", measured=7.25)), {}, 64, 0.1)
    monkeypatch.setattr("numerics.commands.report.on_random_networks", lambda *_: found)
    out = gradproof("verify", "--brief").out
    assert out.count("7.25") == 2 and "✓ consistent" not in out


def test_a_limit_shows_its_sizes_and_no_footnote(capsys: pytest.CaptureFixture[str], verdict: Verdict) -> None:
    limit = replace(verdict, theorem="norm_edge", point={"sigma_w": "4/5", "n": "8"}, note="extrapolation")
    print_theorem("norm_edge", [limit])
    out = capsys.readouterr().out
    assert "sigma_w=4/5 n=8, 16, " in out and "extrapolation" not in out
    print_theorem("norm_edge", [replace(limit, outcome="underpowered")])
    assert "[1] extrapolation" in capsys.readouterr().out


def test_a_tail_is_at_most_its_bound_and_a_limit_has_its_condition(
    capsys: pytest.CaptureFixture[str], verdict: Verdict
) -> None:
    print_theorem("vanishing_by_moment", [replace(verdict, theorem="vanishing_by_moment", predicted=0.25)])
    assert "at most 0.25" in capsys.readouterr().out
    print_theorem("spectral_rate", [replace(verdict, theorem="spectral_rate", point={"T": "6000"})])
    assert "[Limit], given 0 < ρ(W)" in capsys.readouterr().out


def test_what_is_underpowered_has_a_remedy(gradproof, monkeypatch: pytest.MonkeyPatch, verdict: Verdict) -> None:
    blind = replace(verdict, theorem="mean_square_gain", outcome="underpowered", detectable=0.0712, resolution=0.05)
    found = Report((blind,), {}, 64, 0.1)
    monkeypatch.setattr("numerics.commands.report.on_random_networks", lambda *_: found)
    answer = gradproof("verify", "--brief")
    assert answer.status == 4 and "more are needed than are affordable: pass --resolution 0.072" in answer.out


def test_resolution_is_taken(gradproof) -> None:
    told = gradproof("verify", "mean_square_gain", "--ensemble", "haar", "--resolution", "1/5", "--json").json
    assert {each["resolution"] for each in told["verdicts"]} == {0.2}


def test_several_theorems_end_with_a_summary(gradproof) -> None:
    answer = gradproof("verify", "orthogonal_isometry", "mean_square_gain", "--ensemble", "haar", "--resolution", "0.5")
    summary = answer.out.splitlines()[-5:]
    assert answer.status == 0 and summary[0].startswith("theorem ")
    assert summary[1].startswith("orthogonal_isometry ") and summary[1].endswith("✓ 6 consistent")


def test_a_gap_is_printed_and_the_exit_is_1(gradproof, monkeypatch: pytest.MonkeyPatch) -> None:
    true = theory.theorem("orthogonal_isometry")
    changed = replace(true, proof=true.proof[1:])
    monkeypatch.setattr(theory, "theorem", lambda name: changed, raising=False)
    answer = gradproof(*QUICK)
    assert answer.status == 1 and "GAP in orthogonal_isometry: " in answer.out
    assert gradproof(*QUICK, "--json").json["gaps"]["orthogonal_isometry"]


@pytest.mark.parametrize(
    ("outcomes", "controls", "status"),
    [
        (["consistent"], [], 0),
        (["consistent", "underpowered"], [], 4),
        (["underpowered", "refuted"], [], 1),
        (["consistent"], ["refuted"], 0),
        (["consistent"], ["consistent"], 4),
        (["consistent"], ["underpowered"], 4),
    ],
)
def test_exit_statuses(
    gradproof, monkeypatch: pytest.MonkeyPatch, verdict: Verdict, outcomes: list[str], controls: list[str], status: int
) -> None:
    verdicts = [replace(verdict, outcome=outcome) for outcome in outcomes]
    verdicts += [replace(verdict, outcome=outcome, control=True, lacks="HAAR") for outcome in controls]
    found = Report(tuple(verdicts), {}, 64, 0.1)
    monkeypatch.setattr("numerics.commands.report.on_random_networks", lambda *_: found)
    answer = gradproof("verify")
    assert answer.status == status
    assert ("but it must be refuted" in answer.out) == (controls not in ([], ["refuted"]))
    told = gradproof("verify", "--json").json["counts"]
    assert {outcome: told[outcome] for outcome in outcomes} == {each: outcomes.count(each) for each in outcomes}


def test_what_json_has_not_is_null_with_a_note(capsys: pytest.CaptureFixture[str], verdict: Verdict) -> None:
    lost = replace(verdict, measured=float("nan"), detectable=float("inf"))
    write_json(Report((lost,), {}, 64, 0.1).to_dict())
    told = json.loads(capsys.readouterr().out)["verdicts"][0]
    assert told["measured"] is told["detectable"] is None and "nan" in told["note"] and "inf" in told["note"]


def test_weights_layer_by_layer(gradproof, tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    path = tmp_path / "three.npz"
    np.savez(path, **{f"layer{k}.weight": rng.standard_normal((4, 4)) for k in (1, 2, 3)})
    answer = gradproof("verify", "norm_bounds", "--weights", str(path))
    assert answer.status == 0 and "layout out-in" in answer.out and "assumed" in answer.out
    told = gradproof("verify", "norm_bounds", "--weights", str(path), "--layout", "in-out", "--json").json
    layers = told["weights"]["layers"]
    assert [layer["name"] for layer in layers] == ["layer1.weight", "layer2.weight", "layer3.weight"]
    assert layers[0]["largest_log_gain"] == pytest.approx(2 * np.log(layers[0]["operator_norm"]))
    assert "in-out" in told["weights"]["layout"] and told["counts"]["consistent"] == len(told["verdicts"])


def test_the_log_gain_of_the_product(gradproof, tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    weights = {f"W_{k}": scale * rng.standard_normal((3, 3)) for k, scale in ((1, 1e-200), (2, 1e-200), (3, 1e200))}
    np.savez(tmp_path / "extreme.npz", **weights)
    told = gradproof("verify", "norm_bounds", "--weights", str(tmp_path / "extreme.npz"), "--json").json["weights"]
    product = (weights["W_3"] * 1e-200) @ (weights["W_2"] * 1e200) @ (weights["W_1"] * 1e200)
    expected = 2 * (np.log(np.linalg.norm(product, 2)) - 200 * np.log(10))
    assert told["layers"][2]["largest_log_gain"] == pytest.approx(expected, rel=1e-12)


def test_nan_in_a_tensor_is_a_finding(gradproof, tmp_path: Path) -> None:
    weights = {f"layer{k}.weight": np.eye(4) for k in (1, 2, 3)}
    weights["layer2.weight"][2, 3] = np.nan
    np.savez(tmp_path / "nan.npz", **weights)
    answer = gradproof("verify", "norm_bounds", "--weights", str(tmp_path / "nan.npz"))
    assert answer.status == 1 and "FINDING layer2.weight: NaN in 1 entry, the first at [2, 3]" in answer.out
    told = gradproof("verify", "norm_bounds", "--weights", str(tmp_path / "nan.npz"), "--json").json["weights"]
    (finding,) = told["findings"]
    assert (finding["tensor"], finding["count"], finding["first_index"]) == ("layer2.weight", 1, [2, 3])
    assert [(layer["layer"], layer["first"]) for layer in told["layers"]] == [(1, 1), (3, 3)]


def test_a_product_that_is_zero_has_no_logarithm(gradproof, tmp_path: Path) -> None:
    np.savez(tmp_path / "zero.npz", W_1=np.eye(3), W_2=np.zeros((3, 3)))
    told = gradproof("verify", "norm_bounds", "--weights", str(tmp_path / "zero.npz"), "--json").json["weights"]
    assert told["layers"][1]["largest_log_gain"] is None and "inf" in told["layers"][1]["note"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["orthogonal_isometri"], "orthogonal_isometry"),
        (["--ensemble", "gausian"], "gaussian"),
        (["orthogonal_isometry", "--ensemble", "gaussian"], "ORTHOGONAL"),
        (["--seed", "-1"], "--seed='-1'"),
        (["--seed", "1.5"], "--seed='1.5'"),
        (["--seed", "1" * 5000], "--seed"),
        (["--workers", "0"], "--workers='0'"),
        (["--workers", "-2"], "--workers='-2'"),
        (["--workers", "1000000"], "--workers"),
        (["--resolution", "0"], "--resolution='0'"),
        (["--resolution", "-0.1"], "--resolution='-0.1'"),
        (["--resolution", "nan"], "--resolution='nan'"),
        (["--resolution", "inf"], "--resolution='inf'"),
        (["--resolution", "1e-9999"], "--resolution"),
        (["--resolution", "0.05 if True else 0"], "--resolution"),
        (["--layout", "in-out"], "--weights"),
        (["--weights", "there_is_no.npz"], "there_is_no.npz"),
        (["--weights", "model.pkl"], ".pkl"),
        (["--weights", "a.npz", "--ensemble", "haar"], "--ensemble"),
        (["--weights", "a.npz", "--control"], "--control: only"),
        (["--weights", ".//tests"], ".//tests: is a folder"),
        (["--weights", "./none.npz"], "./none.npz: "),
        (["--weights", "a.npz", "--resolution", "0.1"], "--resolution"),
    ],
)
def test_verify_refuses(refuses, arguments: list[str], told: str) -> None:
    assert told in refuses("verify", *arguments)


def test_a_file_cannot_satisfy_a_law(refuses, tmp_path: Path) -> None:
    np.savez(tmp_path / "one.npz", W_1=np.eye(3))
    assert "GAUSSIAN" in refuses("verify", "log_gain", "--weights", str(tmp_path / "one.npz"))


@pytest.mark.parametrize("content", [b"", b"nonsense", b"PK\x03\x04"])
def test_a_file_that_is_none(refuses, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.npz"
    path.write_bytes(content)
    assert "broken.npz" in refuses("verify", "--weights", str(path))
