"""`thresholds`: the table, its file, and what is refused before anything is drawn."""

from pathlib import Path

import pytest


def test_a_table(gradproof) -> None:
    answer = gradproof("thresholds", "gaussian", "haar", "--widths", "8")
    lines = [line.split() for line in answer.out.splitlines()]
    assert answer.status == 0 and lines[1:] == [
        ["gaussian", "8", "0.57703", "1.06725", "1.00000"],
        ["haar", "8", "1.00000", "1.00000", "1.00000"],
    ]


def test_json_says_how_each_was_obtained(gradproof) -> None:
    told = gradproof("thresholds", "gaussian", "sparse", "--widths", "2", "--json").json
    exact, drawn = told["thresholds"]
    assert exact["norm"]["theorem"] == "norm_law" and told["coverage"] == 0.999
    assert drawn["typical"]["value"] is None and "exactly 0" in drawn["typical"]["note"] and drawn["norm"]["draws"]


def test_infinity_has_a_footnote(gradproof) -> None:
    assert "inf: a gradient became exactly 0" in gradproof("thresholds", "sparse", "--widths", "2").out


def test_a_stored_table_can_be_read(gradproof, tmp_path: Path) -> None:
    from numerics.crossings import read

    file = tmp_path / "new" / "own.json"
    assert gradproof("thresholds", "gaussian", "--widths", "4,8", "--seed", "3", "--store", str(file)).status == 0
    assert read(file).seed == 3 and [row.n for row in read(file).rows] == [4, 8]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("gausian",), "did you mean gaussian"),
        (("spike",), "no theorem gives its mean-square gain"),
        (("gaussian", "--widths", "2,x"), "--widths='x'"),
        (("gaussian", "--widths", ""), "--widths=''"),
        (("uniform", "--widths", "4,500"), "measured up to width 256"),
        (("gaussian", "--seed", "-1"), "--seed='-1'"),
    ],
)
def test_bad_input(refuses, arguments: tuple[str, ...], said: str) -> None:
    assert said in refuses("thresholds", *arguments)


def test_a_file_that_cannot_be_written_is_refused_first(refuses, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "cannot be written" in refuses("thresholds", "--store", str(tmp_path / "file" / "own.json"))
