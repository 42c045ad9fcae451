"""The command `gradproof`: parsing and printing only. Verbs import what they need when they run: --help is quick."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from traceback import print_exception

from cyclopts import App, CycloptsError, Parameter

from numerics.commands.derive import derive
from numerics.commands.docs import docs
from numerics.commands.evaluate import evaluate
from numerics.commands.list import list_
from numerics.commands.terminal import complain, help_console
from numerics.commands.thresholds import thresholds
from numerics.commands.verify import verify

BAD_INPUT, INTERNAL_ERROR, INTERRUPTED, CLOSED_PIPE, TERMINATED = 2, 70, 130, 141, 143  # 70: EX_SOFTWARE of sysexits.h
TRACEBACK = "GRADPROOF_TRACEBACK"  # set to anything: an internal error shows where it came from


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("gradproof")
    except PackageNotFoundError:
        return "not installed: run from its source"


app = App(
    name="gradproof",
    help="Theorems about vanishing and exploding gradients: derived with checked steps, judged on networks.",
    version=_version,
    help_format="plaintext",  # markdown takes a fifth of the time that --help may take
    default_parameter=Parameter(negative=()),
)
app.command(list_, name="list")
for verb in (derive, evaluate, verify, thresholds, docs):
    app.command(verb)


def _refuse(message: str) -> int:
    complain(message)
    return BAD_INPUT


def _unparsed(error: CycloptsError) -> str:
    """What the parser says, in our words where it was one of our options that refused the value."""
    if isinstance(error.__cause__, ValueError):
        return str(error.__cause__)
    verb = " ".join(("gradproof", *(error.command_chain or ())))
    return f"{str(error).rstrip('. ')}; see `{verb} --help`"


def _broken(error: Exception) -> int:
    """An error of ours: never the status of a refutation."""
    if os.environ.get(TRACEBACK):
        print_exception(error)
    complain(
        f"internal error: {type(error).__name__}: {error}; please report it with the traceback shown by {TRACEBACK}=1"
    )
    return INTERNAL_ERROR


def run(arguments: Sequence[str]) -> int:
    """Runs one command line and gives its exit status: 0, 1, 3 or 4 as the verb says, 2 for bad input, 70 if we fail.

    >>> run(["list", "--nope"])
    2
    """
    try:
        console = help_console()
        command, bound, *_ = app.parse_args(list(arguments), console=console, print_error=False, exit_on_error=False)
        status = command(*bound.args, **bound.kwargs)
        sys.stdout.flush()
        return status or 0
    except CycloptsError as error:
        return _refuse(_unparsed(error))
    except ValueError as error:
        return _refuse(str(error))
    except BrokenPipeError:
        _silence()
        return CLOSED_PIPE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        return _broken(error)


def _silence() -> None:
    """Nothing more can be written: the interpreter's last flush must not complain about it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _terminated(*_: object) -> None:
    """A request to end is an exception like Ctrl-C: what was begun is cleared away."""
    sys.exit(TERMINATED)


def main() -> None:
    """The entry point of the command."""
    signal.signal(signal.SIGTERM, _terminated)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without σ shows ?, and no traceback
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # the workers share the processors; BLAS threads would only fight them
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
