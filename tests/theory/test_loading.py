"""A folder of the user's: its theorems are found as ours are; whatever is wrong names file, place and remedy."""

import re
from pathlib import Path

import pytest

from numerics.commands.derivation import FUNCTIONS
from theory import catalog, theorem, theorems
from theory.catalog import search
from theory.describing import described
from theory.loading import TAKEN

HERE = Path(catalog.__file__).parent
SOURCE = (HERE / "depth" / "orthogonal_isometry.py").read_text()
LEANING = (HERE / "depth" / "vanishing_by_norm.py").read_text()


def named(slug: str) -> str:
    return SOURCE.replace('name="orthogonal_isometry"', f'name="{slug}"')


def test_a_theorem_of_the_users_is_found_as_ours_are(tmp_path: Path) -> None:
    (tmp_path / "my_isometry.py").write_text(named("my_isometry"))
    (tmp_path / "_draft.py").write_text("1/0")
    (tmp_path / "notes.txt").write_text("1/0")
    assert search(str(tmp_path)) == ("my_isometry",) == theorems()[-1:]
    assert theorem("my_isometry").gaps() == () and described(theorem("my_isometry"))["held"] == "axiom"
    assert theorem("orthogonal_isometry").name == "orthogonal_isometry"
    assert list(tmp_path.rglob("*.pyc")) == []


def test_one_folder_at_a_time_and_read_anew(tmp_path: Path) -> None:
    for folder, slug in (("a", "first"), ("b", "second")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{slug}.py").write_text(named(slug))
    search(tmp_path / "a")
    search(tmp_path / "b")
    assert theorems()[-1] == "second" and "first" not in theorems()
    (tmp_path / "b" / "second.py").write_text(named("second").replace("Orthogonal weights:", "Orthogonal matrices:"))
    search(tmp_path / "b")
    assert theorem("second").title.startswith("Orthogonal matrices")
    assert search(None) == () and "second" not in theorems()


def test_one_may_lean_on_another_of_the_folder_and_on_ours(tmp_path: Path) -> None:
    leaning = LEANING.replace('name="vanishing_by_norm"', 'name="a_leaning"').replace('by("norm_bounds"', 'by("bounds"')
    (tmp_path / "a_leaning.py").write_text(leaning)  # read before the one that it leans on
    bounds = (HERE / "depth" / "norm_bounds.py").read_text().replace('name="norm_bounds"', 'name="bounds"')
    (tmp_path / "bounds.py").write_text(bounds)
    (tmp_path / "on_ours.py").write_text(LEANING.replace('name="vanishing_by_norm"', 'name="on_ours"'))
    assert search(tmp_path) == ("a_leaning", "bounds", "on_ours")
    assert theorem("a_leaning").gaps() == theorem("on_ours").gaps() == ()


def test_another_theorem_of_the_same_name_is_checked_anew(tmp_path: Path) -> None:
    """What a proof leaned on before plays no part."""
    test_one_may_lean_on_another_of_the_folder_and_on_ours(tmp_path)
    bounds = (tmp_path / "bounds.py").read_text()
    (tmp_path / "bounds.py").write_text(
        re.sub(r"references=.*\n", "references=(),\n", bounds).replace(
            '"‖AB‖ <= ‖A‖‖B‖",\n                    submultiplicativity',
            '"‖AB‖ <= ‖A‖‖B‖",\n                    algebra',
        )
    )
    search(tmp_path)
    assert theorem("bounds").gaps() and theorem("a_leaning").gaps() and not theorem("on_ours").gaps()


def test_what_a_file_prints_goes_to_standard_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "loud.py").write_text(f"print('loaded')\n{named('loud')}")
    search(tmp_path)
    assert capsys.readouterr() == ("", "loaded\n")


FAULTS = {
    "none.py": ("x = 1", "none.py: no THEOREM in it; end it with THEOREM = Theorem"),
    "number.py": ("THEOREM = 3", "number.py: THEOREM is of type int; make it"),
    "other.py": (named("another"), "other.py: its theorem is named 'another'; give file and theorem one name"),
    "raises.py": ("x = 1\n\ny = 1 / 0", "raises.py:3: ZeroDivisionError: division by zero; mend the file"),
    "inside.py": ("def f():\n    raise KeyError('k')\nf()", "inside.py:2: KeyError: 'k'; mend the file"),
    "syntax.py": ("x = 1\ny = (", "syntax.py:2: SyntaxError: "),
    "missing.py": ("import no_such_module_of_mine", "missing.py:1: ModuleNotFoundError: "),
    "stops.py": ("import sys\nsys.exit(0)", "stops.py:2: SystemExit: 0; mend the file"),
    "binary.py": ("\0", "binary.py: "),
    "My_Theorem.py": (named("my_theorem"), "My_Theorem.py: 'My_Theorem' is no slug; name the file in lower case"),
    "2nd.py": (named("2nd"), "2nd.py: '2nd' is no slug"),
    "two words.py": (named("two words"), "two words.py: 'two words' is no slug"),
    "log_gain.py": (named("log_gain"), "log_gain.py: gradproof has a theorem log_gain; give yours another name"),
    "index.py": (named("index"), "index.py: 'index' names the page of all theorems; give file and theorem another"),
    "jacobian.py": (named("jacobian"), "jacobian.py: 'jacobian' names a gradient to derive; give file and theorem"),
    "circle.py": (LEANING.replace("norm_bounds", "circle"), "'circle': leans on itself"),
    "unknown.py": (LEANING.replace("norm_bounds", "no_such"), "unknown.py:"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_wrong_is_told_and_changes_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / "good").mkdir()
    (tmp_path / "good" / "good.py").write_text(named("good"))
    search(tmp_path / "good")
    (tmp_path / "a_good_one.py").write_text(named("a_good_one"))
    content, told = FAULTS[name]
    (tmp_path / name).write_text(content)
    with pytest.raises(ValueError, match=re.escape(told)) as refused:
        search(tmp_path)
    assert str(tmp_path / name) in str(refused.value)
    assert theorems()[-1] == "good" and theorem("good").name == "good" and "a_good_one" not in theorems()


def test_no_name_of_a_gradient_is_free() -> None:
    assert set(FUNCTIONS) < set(TAKEN)


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nowhere: No such file or directory; pass a folder of theorem files"):
        search(tmp_path / "nowhere")
    with pytest.raises(ValueError, match="no theorem file in it; write one as <slug>"):
        search(tmp_path)
    (tmp_path / "file.py").write_text(named("file"))
    with pytest.raises(ValueError, match=r"file\.py: Not a directory"):
        search(tmp_path / "file.py")
    (tmp_path / "folder.py").mkdir()
    with pytest.raises(ValueError, match=r"folder\.py: IsADirectoryError"):
        search(tmp_path)


def test_an_annotation_means_what_it_does_in_any_file(tmp_path: Path) -> None:
    """The future of our own module is not inherited."""
    (tmp_path / "plain.py").write_text(f"x: (1 / 1) = 2\nassert __annotations__ == {{'x': 1.0}}\n{named('plain')}")
    assert search(tmp_path) == ("plain",)
