"""The command as a process: its door, its exits, and what it loads."""

import os
import pty
import signal
import subprocess
import sys
import time

import pytest

COMMAND = (sys.executable, "-m", "numerics.cli")


def process(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, timeout=60, **options)


def test_help_lists_the_verbs_and_loads_nothing_heavy() -> None:
    code = (
        "import sys; from numerics.cli import run; status = run(['--help']); "
        "heavy = {'sympy', 'numpy', 'scipy', 'flint', 'theory'} & set(sys.modules); "
        "sys.exit(f'loaded {heavy}' if heavy else status)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (answer.returncode, answer.stderr) == (0, "")
    for verb in ("list", "derive", "evaluate", "verify", "docs"):
        assert f" {verb} " in answer.stdout


@pytest.mark.parametrize("verb", ["list", "derive", "evaluate", "verify"])
def test_each_verb_has_help(gradproof, verb: str) -> None:
    answer = gradproof(verb, "--help")
    assert answer.status == 0 and f"gradproof {verb}" in answer.out and "--json" in answer.out


def test_without_a_verb_there_is_help(gradproof) -> None:
    answer = gradproof()
    assert answer.status == 0 and "verify" in answer.out


def test_a_process_exits_with_the_status() -> None:
    answer = process("derive", "jacobain")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "jacobian" in answer.stderr and answer.stderr.count("\n") == 1


@pytest.mark.parametrize("arguments", [["--help"], ["derive", "jacobian"]])
def test_a_closed_pipe_is_quiet(arguments: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    answer = subprocess.run([*COMMAND, *arguments], stdout=writer, stderr=subprocess.PIPE, text=True, timeout=60)
    os.close(writer)
    assert (answer.returncode, answer.stderr) == (141, "")


def test_an_output_without_greek_is_no_failure() -> None:
    answer = process("derive", "unrolling", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert (answer.returncode, answer.stderr) == (0, "")


def test_interrupted(gradproof, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("numerics.commands.report.on_random_networks", interrupt)
    answer = gradproof("verify", "--json")
    assert (answer.status, answer.out, answer.err) == (130, "", "")


def test_interrupted_as_a_process() -> None:
    run = subprocess.Popen([*COMMAND, "verify"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(2)  # in the middle of imports or of draws
    run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=60)
    assert (run.returncode, out, err) == (130, "", "")


def test_an_error_of_ours_is_no_refutation(gradproof, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise TypeError("a\nb")

    monkeypatch.setattr("numerics.commands.report.on_random_networks", fail)
    monkeypatch.delenv("GRADPROOF_TRACEBACK", raising=False)
    answer = gradproof("verify")
    assert (answer.status, answer.out, answer.err.count("\n")) == (70, "", 1)
    assert "internal error: TypeError: a b; please report" in answer.err and "GRADPROOF_TRACEBACK=1" in answer.err
    monkeypatch.setenv("GRADPROOF_TRACEBACK", "1")
    assert "Traceback" in gradproof("verify").err


def test_a_terminal_has_colors_and_a_pipe_has_none() -> None:
    arguments = ["verify", "orthogonal_isometry", "--ensemble", "haar"]
    ours, theirs = pty.openpty()
    environment = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR")}
    environment["TERM"] = "xterm-256color"
    status = subprocess.run([*COMMAND, *arguments], stdout=theirs, stderr=subprocess.PIPE, env=environment).returncode
    os.close(theirs)
    with os.fdopen(ours, "rb") as terminal:
        shown = terminal.read1(1 << 16)
    assert status == 0 and b"\x1b[32m" in shown
    piped = process(*arguments, env=environment)
    assert "✓ consistent" in piped.stdout and "\x1b" not in piped.stdout + piped.stderr and piped.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nope"], "nope"),
        (["list", "--nope"], "--nope"),
        (["verify", "--nope"], "gradproof verify --help"),
        (["list", "extra"], "extra"),
        (["derive"], "SLUG"),
        (["verify", "--seed"], "--seed"),
        (["verify", "--seed", "1", "--seed", "2"], "--seed"),
        (["verify", "--layout", "sideways"], "--layout"),
        (["evaluate", "log_gain", "--digits"], "--digits"),
    ],
)
def test_what_cannot_be_parsed_is_one_line(refuses, arguments: list[str], told: str) -> None:
    assert told.lower() in refuses(*arguments).lower()


def test_a_message_cannot_leave_its_line(refuses) -> None:
    assert "\x1b" not in refuses("derive", "a\nb\x1b[31m")
