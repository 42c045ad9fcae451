"""`verify --sweep --store --against --theorems`: what is printed, stored and compared, and the exit statuses."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from numerics import sweep, verify
from numerics.commands.report import Report
from numerics.stored import read
from numerics.verdict import Verdict
from theory import catalog

SLUG = "orthogonal_isometry"
WHOLE = ("verify", SLUG, "--control", "--sweep")
MINE = (Path(catalog.__file__).parent / "depth" / f"{SLUG}.py").read_text().replace(f'name="{SLUG}"', 'name="mine"')


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """A folder with one theorem of the user's."""
    (tmp_path / "theorems").mkdir()
    (tmp_path / "theorems" / "mine.py").write_text(MINE)
    return str(tmp_path / "theorems")


def test_a_sweep_is_told_in_a_line_and_in_json_apart(gradproof) -> None:
    answer = gradproof("verify", SLUG, "--sweep")
    line = f"sweep of {SLUG} along L = 1, 2, 3, 4, 6, 8, haar, signed_permutation: ✓ 24 consistent"
    assert answer.status == 0 and line in answer.out.splitlines()
    assert answer.out.count("L=8") == 0 and answer.out.splitlines()[-1].startswith("10 verdicts: 10 consistent")
    told = gradproof("verify", SLUG, "--sweep", "--json").json
    assert len(told["verdicts"]) == told["counts"]["consistent"] == 10
    assert told["sweep"] == [verdict.to_dict() | {"trace": []} for verdict in sweep(SLUG)]
    assert told["sweep_counts"] == {"consistent": 24, "refuted": 0, "underpowered": 0}
    assert "stored" not in told and "differences" not in told
    assert gradproof("verify", SLUG, "--json").json["sweep"] == []


def test_traces_are_in_the_json(gradproof) -> None:
    told = gradproof("verify", "norm_edge", "--ensemble", "gaussian", "--resolution", "0.2", "--json").json
    trace = told["verdicts"][0]["trace"]
    n = int(told["verdicts"][0]["point"]["n"])
    assert [point["x"] for point in trace] == [n, 2 * n, 4 * n, 32 * n]
    assert set(trace[0]) == {"x", "predicted", "measured", "error"}


@pytest.mark.parametrize(("outcome", "status"), [("consistent", 0), ("underpowered", 4), ("refuted", 1)])
def test_a_sweep_has_its_say_in_the_status(
    gradproof, monkeypatch: pytest.MonkeyPatch, outcome: str, status: int
) -> None:
    verdict: Verdict = verify(SLUG, ensemble="haar")[0]
    found = Report((verdict,), {}, 64, 0.1, sweep=(verdict, replace(verdict, outcome=outcome, measured=7.25)))
    monkeypatch.setattr("numerics.commands.report.on_random_networks", lambda *_: found)
    answer = gradproof("verify", "--sweep", "--brief")
    assert answer.status == status and answer.out.count("7.25") == (outcome != "consistent")
    assert gradproof("verify", "--sweep", "--json").status == status


def test_stored_and_compared(gradproof, tmp_path: Path) -> None:
    answer = gradproof(*WHOLE, "--store", str(tmp_path / "new" / "results"))
    path = tmp_path / "new" / "results" / f"{SLUG}.json"
    assert answer.status == 0 and f"stored 1 file in {path.parent}" in answer.out
    stored = read(path)
    judged = verify(SLUG)
    assert stored.sweep == sweep(SLUG) and stored.verdicts[: len(judged)] == judged
    assert [verdict.lacks for verdict in stored.verdicts[len(judged) :]] == ["ORTHOGONAL", "depth(linear)"]
    before = path.read_bytes()
    assert gradproof(*WHOLE, "--workers", "2", "--store", str(path.parent)).status == 0 and path.read_bytes() == before
    again = gradproof(*WHOLE, "--against", str(path.parent))
    assert again.status == 0 and "compared with stored measurements: no differences" in again.out
    assert gradproof(*WHOLE, "--against", str(path.parent), "--json").json["differences"] == []


def test_a_difference_is_printed_and_the_exit_is_1(gradproof, tmp_path: Path) -> None:
    gradproof(*WHOLE, "--store", str(tmp_path))
    path = tmp_path / f"{SLUG}.json"
    path.write_text(path.read_text().replace('"draws": 64', '"draws": 65', 1).replace('"numpy": "', '"numpy": "0.'))
    answer = gradproof(*WHOLE, "--against", str(tmp_path))
    where = "statement 1, depth(linear), haar, sigma_w=4/5 L=3 n=8: draws: stored 65, now 64"
    assert answer.status == 1 and f"DIFFERENT {SLUG}: {where}\n" in answer.out
    assert "DIFFERENT measured with numpy 0." in answer.out
    lines = gradproof(*WHOLE, "--against", str(tmp_path), "--json").json["differences"]
    assert lines[0] == f"{SLUG}: {where}" and len(lines) == 2
    assert gradproof(*WHOLE, "--against", str(tmp_path), "--store", str(tmp_path)).status == 1
    assert gradproof(*WHOLE, "--against", str(tmp_path)).status == 0


def test_all_of_a_folder_are_compared_unless_slugs_are_named(
    gradproof, folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalog, "_folders", lambda: {SLUG: "depth"})
    whole, results = ("verify", "--control", "--sweep"), str(tmp_path / "results")
    assert gradproof(*whole, "--theorems", folder, "--store", results).status == 0
    assert sorted(os.listdir(results)) == ["mine.json", f"{SLUG}.json"]
    assert gradproof(*whole, "--theorems", folder, "--against", results).status == 0
    alone = gradproof(*whole, "--against", results)
    assert alone.status == 1 and "DIFFERENT mine: stored, but no theorem of that name was judged" in alone.out
    assert gradproof(*WHOLE, "--against", results).status == 0


def test_theorems_of_the_users_with_every_verb(gradproof, folder: str) -> None:
    mine = ("--theorems", folder)
    assert gradproof("list", *mine).out.splitlines()[-1].startswith("mine ")
    assert gradproof("derive", "mine", *mine).out.startswith("mine: Orthogonal weights")
    assert gradproof("evaluate", "mine", "sigma_w=2", "L=3", *mine).out.strip().endswith("= 8.0")
    assert gradproof("verify", "mine", *mine, "--ensemble", "haar").status == 0
    assert "mine" not in gradproof("list").out


def test_a_file_that_raises_is_bad_input(refuses, folder: str) -> None:
    (Path(folder) / "broken.py").write_text("x = 1\ny = z")
    for verb in (("list",), ("derive", "mine"), ("evaluate", "mine"), ("verify", "mine")):
        assert "broken.py:2: NameError: name 'z' is not defined" in refuses(*verb, "--theorems", folder)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--store", "x"], "--store='x': what is stored is whole; pass --control --sweep too"),
        (["--against", "x", "--control"], "--against='x': what is stored is whole"),
        (["--sweep", "--ensemble", "haar"], "--ensemble='haar': only as the theorems declare it with --sweep"),
        (["--sweep", "--resolution", "0.1"], "--resolution=0.1: only as the theorems declare it"),
        (["--weights", "a.npz", "--sweep"], "--sweep: only for random networks"),
        (["--weights", "a.npz", "--store", "x"], "--store='x': only for random networks"),
        (["--control", "--sweep", "--against", "nowhere"], "nowhere: no such folder"),
        (["no_such", "--control", "--sweep", "--store", "x"], "theorem 'no_such': no such slug"),
        (["--theorems", "nowhere"], "nowhere: No such file or directory"),
    ],
)
def test_what_cannot_be_kept_is_refused(
    refuses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert told in refuses("verify", *arguments)
    assert os.listdir(tmp_path) == []


def test_a_folder_that_is_a_file_is_refused(refuses, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "file: cannot be written" in refuses(*WHOLE, "--store", str(tmp_path / "file"))


def test_stored_measurements_that_are_none_are_refused_before_anything_is_drawn(
    refuses, gradproof, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("numerics.commands.report.on_random_networks", lambda *_: pytest.fail("drawn"))
    remedy = f"`gradproof verify {SLUG} --control --sweep --store {tmp_path}` makes it"
    assert refuses(*WHOLE, "--against", str(tmp_path)).endswith(f"No such file or directory; {remedy}\n")
    (tmp_path / f"{SLUG}.json").write_text(json.dumps({"theorem": SLUG}))
    assert "not an object of theorem, fingerprint" in refuses(*WHOLE, "--against", str(tmp_path))
    assert "no such slug" in refuses("verify", "orthogonal", "--control", "--sweep", "--against", str(tmp_path))


def test_another_seed_is_refused_before_anything_is_drawn(refuses) -> None:
    stored = Path(__file__).parents[2] / "docs" / "results"
    assert "measured with seed 0; pass --seed 0" in refuses(*WHOLE, "--seed", "3", "--against", str(stored))


def test_nobody_draws_nothing() -> None:
    with pytest.raises(ValueError, match="workers=0: nobody would draw"):
        sweep(SLUG, workers=0)
