"""`gradproof docs`: what cannot become a site is refused in one line, and nothing is written."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("sphinx", reason="could not import 'sphinx'")

from gradproof_docs import collecting
from numerics.stored import Measured, read, write

Refuses = Callable[..., str]
Gradproof = Callable[..., Any]
MINE = """from dataclasses import replace
from theory import theorem
THEOREM = replace(theorem("mean_square_gain"), name="mine")
"""


def measured(slug: str) -> Measured:
    return read(collecting.SHIPPED / f"{slug}.json")


def test_a_folder_of_others_is_refused(refuses: Refuses, tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("all of it")
    assert "no site of gradproof" in refuses("docs", "--out", str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_file_is_refused(refuses: Refuses, tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file")
    assert "is a file" in refuses("docs", "--out", str(tmp_path / "site"))


@pytest.mark.parametrize("place", [".", ".."])
def test_the_folder_one_is_in_is_refused(
    refuses: Refuses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    (tmp_path / "inner").mkdir()
    monkeypatch.chdir(tmp_path / "inner")
    assert "you are in this folder" in refuses("docs", "--out", place)


@pytest.mark.parametrize("option", ["--out", "--results", "--theorems"])
def test_an_empty_name_is_no_folder(refuses: Refuses, option: str) -> None:
    assert f"{option}='': names no folder" in refuses("docs", option, "")


def test_results_that_are_not_there_are_refused(refuses: Refuses, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for name in ("nowhere", "file"):
        told = refuses("docs", "--out", str(tmp_path / "site"), "--results", str(tmp_path / name))
        assert f"--results={tmp_path / name}: no such folder" in told


@pytest.mark.parametrize("place", ["/proc/nowhere/site", "{}/file/site"])
def test_a_place_that_cannot_be_written_is_refused(refuses: Refuses, tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("")
    assert "may write to" in refuses("docs", "--out", place.format(tmp_path))


def test_missing_measurements_are_named(refuses: Refuses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "SHIPPED", tmp_path / "shipped")
    shutil.copytree(Path(collecting.__file__).parent / "results", tmp_path / "shipped")
    for slug in ("log_gain", "unrolling"):
        (tmp_path / f"shipped/{slug}.json").unlink()
    said = refuses("docs", "--out", str(tmp_path / "site"))
    assert "no measurements of log_gain, unrolling" in said or "no measurements of unrolling, log_gain" in said
    assert "--control --sweep --store" in said and [path.name for path in tmp_path.iterdir()] == ["shipped"]


def test_outdated_measurements_are_named(refuses: Refuses, tmp_path: Path) -> None:
    write(tmp_path, replace(measured("log_gain"), fingerprint="0" * 64))
    said = refuses("docs", "--out", str(tmp_path / "site"), "--results", str(tmp_path))
    assert "outdated measurements of log_gain" in said
    assert f"gradproof verify log_gain --control --sweep --store {tmp_path}" in said


def test_a_damaged_file_is_named(refuses: Refuses, tmp_path: Path) -> None:
    (tmp_path / "log_gain.json").write_text("{")
    assert "log_gain.json" in refuses("docs", "--out", str(tmp_path / "site"), "--results", str(tmp_path))


def test_a_broken_theorem_is_named(refuses: Refuses, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("\n1 / 0\n")
    assert "mine.py:2" in refuses("docs", "--out", str(tmp_path / "site"), "--theorems", str(tmp_path))


def test_a_theorem_that_was_not_measured_is_named_with_its_folder(refuses: Refuses, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(MINE)
    said = refuses("docs", "--out", str(tmp_path / "site"), "--theorems", str(tmp_path))
    assert f"gradproof verify mine --theorems {tmp_path} --control --sweep --store" in said and "--results" in said


def test_without_the_extra_the_remedy_is_said(gradproof: Gradproof, monkeypatch: pytest.MonkeyPatch) -> None:
    from numerics.commands import docs

    monkeypatch.setattr(docs, "find_spec", lambda name: None if name == "furo" else name)
    answer = gradproof("docs")
    assert (answer.status, answer.out) == (3, "")
    assert answer.err == 'gradproof: docs: furo not installed; pip install "gradproof[docs]"\n'
