"""What reaches the terminal: one line for bad input, one JSON object, text that is plain where nobody looks at it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from math import isfinite
from typing import TextIO

from rich.console import Console, RenderableType

WIDE = 10_000  # columns where nothing is wrapped: a file or a pipe has no edge


class _Console(Console):
    """Rich's console, but a closed pipe stays an error: rich would exit 1, which means a refutation here."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def console(stream: TextIO | None = None) -> Console:
    """A console for the stream (standard output): colors and width of a terminal, plain and unwrapped elsewhere."""
    stream = stream or sys.stdout
    plain = not Console(file=stream).is_terminal
    return _Console(file=stream, width=WIDE if plain else None, highlight=False, markup=False, emoji=False)


def help_console() -> Console:
    """The console of --help, whose width is that of a terminal everywhere."""
    return _Console()


def show(renderable: RenderableType, style: str | None = None) -> None:
    """Prints on standard output, no line padded."""
    out = console()
    with out.capture() as captured:
        out.print(renderable, style=style, soft_wrap=isinstance(renderable, str))
    print("\n".join(line.rstrip() for line in captured.get().splitlines()))


def say(text: str = "", style: str | None = None) -> None:
    """One line on standard output, left to the terminal to wrap."""
    show(text, style)


def complain(message: str) -> None:
    """One line on standard error, whatever the message holds."""
    print(f"gradproof: {one_line(message)}", file=sys.stderr)


def one_line(message: str) -> str:
    """The message on one line, control characters escaped.

    >>> one_line("a\\nb\\x1b")
    'a b\\\\x1b'
    """
    joined = " ".join(message.split())
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in joined)


@contextmanager
def progress(doing: str) -> Iterator[Callable[[int, int], None] | None]:
    """Takes (done, total) and shows them on standard error; None where that is no terminal."""
    err = console(sys.stderr)
    if not err.is_terminal:
        yield None
        return
    from rich.progress import Progress

    with Progress(console=err, transient=True) as bars:
        bar = bars.add_task(doing, total=None)
        yield lambda done, total: bars.update(bar, completed=done, total=total)


def write_json(answer: Mapping[str, object]) -> None:
    """The answer as one JSON object; a number that JSON has not is null, with a note beside it."""
    escape = not (sys.stdout.encoding or "").lower().startswith("utf")
    print(json.dumps(finite(answer), allow_nan=False, ensure_ascii=escape, indent=2))


def finite(value: object) -> object:
    """The value with each NaN or infinity null, and a `note` in its object that says which.

    >>> finite({"error": float("inf")})
    {'error': None, 'note': 'error is inf'}
    """
    if isinstance(value, Mapping):
        return _noted({str(key): entry for key, entry in value.items()})
    if isinstance(value, list | tuple):
        return [finite(entry) for entry in value]
    return None if _missing(value) else value


def _noted(entries: dict[str, object]) -> dict[str, object]:
    told = [f"{key} is {entry}" for key, entry in entries.items() if _missing(entry)]
    plain = {key: finite(entry) for key, entry in entries.items()}
    if told:
        plain["note"] = "; ".join([*filter(None, [str(entries.get("note") or "")]), *told])
    return plain


def _missing(value: object) -> bool:
    return isinstance(value, float) and not isfinite(value)
