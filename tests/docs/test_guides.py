"""Every block of every hand-written page is run: Python as doctests, `gradproof` with the output that is shown."""

import doctest
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from numerics.cli import app, run

ROOT = Path(__file__).parents[2]
GUIDES = sorted(page for room in ("guides", "reference", "traps") for page in (ROOT / "docs" / room).glob("*.md"))
BLOCK = re.compile(r"^```(?P<info>[^\n`]+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
CAPTION = re.compile(r"\A:caption: (\S+)\n+")
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
KINDS = {"pycon", "console", "sh", "{code-block} python", "{toctree}", "{eval-rst}"}

Terminal = Callable[[str], str]


def blocks(guide: Path) -> list[tuple[str, str, int]]:
    """Kind, text and line of each block."""
    page = guide.read_text()
    found = [(m["info"].strip(), m["text"], page.count("\n", 0, m.start()) + 2) for m in BLOCK.finditer(page)]
    assert {kind for kind, *_ in found} <= KINDS, "a block of a kind that nobody runs"
    return found


def commands(text: str) -> list[tuple[str, str]]:
    """Each command of a console block with the output shown below it."""
    parts = re.split(r"^\$ (.*)\n", text, flags=re.MULTILINE)
    assert not parts[0].strip(), "output without a command"
    return list(zip(parts[1::2], parts[2::2], strict=True))


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str]) -> Terminal:
    """Runs one line as a shell would, `gradproof ...` and `echo $?` alone; gives what is printed."""
    last = 0

    def typed(line: str) -> str:
        nonlocal last
        program, *arguments = shlex.split(line)
        if line == "echo $?":
            return f"{last}\n"
        assert program == "gradproof", f"{line}: no such program here"
        capsys.readouterr()
        last = run(arguments)
        return "".join(capsys.readouterr())

    return typed


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a reader stands: a folder of their own, beside it what a clone holds."""
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, text: str) -> None:
    """A block with a caption is the file of that name."""
    if caption := CAPTION.match(text):
        path = folder / caption[1]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text[caption.end() :])


def check_python(text: str, names: dict[str, object], place: str, line: int) -> None:
    test = doctest.DocTestParser().get_doctest(text, names, place, place, line - 1)
    report: list[str] = []
    doctest.DocTestRunner(optionflags=FLAGS).run(test, out=report.append, clear_globs=False)
    names |= test.globs
    assert not report, "".join(report)


def check_shell(text: str, terminal: Terminal, place: str) -> None:
    for line, shown in commands(text):
        printed = terminal(line)
        assert doctest.OutputChecker().check_output(shown, printed, FLAGS), f"{place}: $ {line}\n{printed}"


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: f"{guide.parent.name}/{guide.stem}")
def test_every_block_does_what_it_shows(guide: Path, folder: Path, terminal: Terminal) -> None:
    pytest.importorskip("matplotlib")
    names: dict[str, object] = {}
    for kind, text, line in blocks(guide):
        if kind == "{code-block} python":
            write(folder, text)
        elif kind == "pycon":
            check_python(text, names, guide.name, line)
        elif kind == "console":
            check_shell(text, terminal, f"{guide.name}:{line}")


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: f"{guide.parent.name}/{guide.stem}")
def test_commands_that_are_not_run_are_understood(guide: Path) -> None:
    """Blocks marked sh install or take long: their options are read by the parser all the same."""
    for kind, text, _ in blocks(guide):
        for line in text.splitlines() if kind == "sh" else ():
            if line.startswith("gradproof "):
                app.parse_args(shlex.split(line)[1:], print_error=False, exit_on_error=False)
