"""Sphinx in a process of its own, strictly: a warning fails, hashes have a fixed seed, nothing is left running."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

CONFIGURATION = Path(__file__).parent
SHOWN = 5  # warnings told in a message


def make(builder: str, source: Path, target: Path) -> None:
    """Runs a builder of Sphinx from source to target; both lie in one folder, where its doctrees are kept too.

    Raises ValueError with its first warnings where it gives any.
    """
    fresh = [] if (source.parent / "doctrees").exists() else ["-E"]
    command = [sys.executable, "-m", "sphinx", *fresh, "-W", "--keep-going", "-n", "-q", "-j", str(_processes())]
    places = ["-c", str(CONFIGURATION), "-d", str(source.parent / "doctrees"), str(source), str(target)]
    status, said = _run([*command, "-b", builder, *places], source.parent)
    if status:
        raise ValueError(f"{_told(said, source)}; the former site is untouched")
    (target / ".buildinfo").unlink(missing_ok=True)  # of no use to a reader, as the next
    shutil.rmtree(target / "_sources", ignore_errors=True)


def _run(command: list[str], folder: Path) -> tuple[int, str]:
    """Exit status and standard error; whatever ends us ends the process and its children."""
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )
    try:
        said = process.communicate()[1]
    except BaseException:
        _end(process)
        raise
    return process.returncode, said


def _end(process: subprocess.Popen[str]) -> None:
    """Kills the process with those it started."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _processes() -> int:
    """As many as this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _told(said: str, source: Path) -> str:
    """The first warnings on one line, places counted from the source folder."""
    lines = [line for line in said.replace(f"{source.resolve()}{os.sep}", "").splitlines() if line.strip()]
    warnings = [line for line in lines if "WARNING" in line or "ERROR" in line] or lines[-SHOWN:]
    more = f" (and {len(warnings) - SHOWN} more)" if len(warnings) > SHOWN else ""
    return f"Sphinx: {'; '.join(warnings[:SHOWN])}{more}"
