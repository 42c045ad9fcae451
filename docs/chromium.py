"""Headless Chromium, asked over a pipe in its DevTools protocol: no port, no network, a profile that is thrown away."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

if os.name == "posix":
    import fcntl

VARIABLE = "GRADPROOF_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",  # a container's /dev/shm is too small for a book
    "--host-resolver-rules=MAP * ~NOTFOUND",  # whatever a page asks for, no name leads out
)


class BrowserError(RuntimeError):
    """Chromium could not be found, started, or did not do what was asked in time; the message says the remedy."""


def find() -> str:
    """The path of the browser: GRADPROOF_CHROMIUM where set, else the first of its usual names on PATH.

    Raises BrowserError where there is none.
    """
    named = os.environ.get(VARIABLE)
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    where = f"{VARIABLE}={named}: no such program" if named else f"no Chromium on PATH (looked for {', '.join(NAMES)})"
    raise BrowserError(f"{where}; install it (Debian: apt install chromium) or put its path into {VARIABLE}")


def flags(profile: Path) -> list[str]:
    """The arguments of a closed headless browser; root, as in a container, cannot use the sandbox."""
    return [*FLAGS, f"--user-data-dir={profile}", *(["--no-sandbox"] if os.geteuid() == 0 else [])]


class Tab:
    """One empty page of a running browser; every call ends by the deadline (time.monotonic) or raises BrowserError."""

    def __init__(self, incoming: int, outgoing: int, deadline: float, log: Path) -> None:
        self._incoming, self._outgoing, self._deadline, self._log = incoming, outgoing, deadline, log
        self._asked, self._rest, self._session = 0, b"", ""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Ask one thing of the page and wait for the answer; events on the way are passed over."""
        self._asked += 1
        request = {"id": self._asked, "method": method, "params": parameters}
        self._write(json.dumps(request | ({"sessionId": self._session} if self._session else {})).encode() + b"\0")
        while (answer := json.loads(self._read())).get("id") != self._asked:
            pass
        if "error" in answer:
            raise BrowserError(f"Chromium refused {method}: {answer['error']['message']}; a newer one may know it")
        return dict(answer["result"])

    def value(self, expression: str) -> Any:
        """What a script returns in the page, awaited. Raises BrowserError where it throws."""
        answer = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            said = answer["exceptionDetails"].get("exception", {}).get("description", "an exception")
            raise BrowserError(f"a script failed in the page: {said.splitlines()[0]}")
        return answer["result"].get("value")

    def _write(self, message: bytes) -> None:
        try:
            os.write(self._outgoing, message)
        except BrokenPipeError as error:
            raise BrowserError(self._ended()) from error

    def _read(self) -> bytes:
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._incoming], [], [], max(0.0, self._deadline - time.monotonic()))
            if not ready:
                raise BrowserError("Chromium did not answer in time; give it more seconds or look at the page in it")
            piece = os.read(self._incoming, 2**20)
            if not piece:
                raise BrowserError(self._ended())
            self._rest += piece
        message, self._rest = self._rest.split(b"\0", 1)
        return message

    def _ended(self) -> str:
        last = self._log.read_text(errors="replace").strip().splitlines()[-1:]
        return f"Chromium ended before it answered ({''.join(last) or 'it said nothing'}); does it start by hand?"


@contextmanager
def open_tab(seconds: float) -> Iterator[Tab]:
    """A page of a new browser that ends with the block, its profile removed; the whole block has `seconds`.

    Raises BrowserError where there is no browser, or where it ends or is silent.
    """
    if os.name != "posix":
        raise BrowserError("Chromium is driven over two Unix pipes; use Linux, macOS or WSL")
    program, deadline = find(), time.monotonic() + seconds
    room = TemporaryDirectory(prefix="gradproof-", ignore_cleanup_errors=True)
    with room, ExitStack() as processes, ExitStack() as pipes:  # the pipes end first: then so does Chromium, by itself
        (their_read, our_write), (our_read, their_write) = os.pipe(), os.pipe()
        for end in (our_read, our_write):
            pipes.callback(os.close, end)
        process = _started(program, Path(room.name), their_read, their_write)
        processes.callback(_end, process)
        yield Tab(our_read, our_write, deadline, Path(room.name, "log"))


def _started(program: str, room: Path, read: int, write: int) -> subprocess.Popen[bytes]:
    """Chromium with its profile and its log in a room, reading and writing the two ends, which are closed here."""
    try:
        with Path(room, "log").open("wb") as log:
            return subprocess.Popen(
                [program, *flags(room / "profile"), "--remote-debugging-pipe"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                close_fds=False,  # Python's own descriptors end with the child's exec; those two do not
                preexec_fn=lambda: _as_three_and_four(read, write),
            )
    except OSError as error:
        raise BrowserError(f"{program}: {error.strerror}; put the path of Chromium into {VARIABLE}") from error
    finally:
        os.close(read)
        os.close(write)


def _as_three_and_four(read: int, write: int) -> None:
    """In the child: the pipes' ends where Chromium looks for them; copied first, for one may itself be 3 or 4."""
    read, write = (fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (read, write))
    os.dup2(read, 3)
    os.dup2(write, 4)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Let the browser end by itself where it does, then end it and all it started."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(3)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
