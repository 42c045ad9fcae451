"""Files that hold measurements: written whole or not at all, and read within bounds."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

Made = TypeVar("Made")


def write_whole(file: str | Path, text: str) -> Path:
    """Writes the text, whole or, where it fails, not at all. Raises ValueError where it cannot be written."""
    path = Path(file)
    try:
        replace_whole(path, text)
    except OSError as reason:
        raise ValueError(f"{file}: cannot be written: {reason.strerror}; pass a file in a folder of yours") from None
    return path


def replace_whole(path: Path, text: str) -> None:
    """The same; raises OSError, and leaves nothing half written."""
    half = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        half.write_text(text, encoding="utf-8")
        os.replace(half, path)
    except OSError:
        with suppress(OSError):
            half.unlink()
        raise


def read_strictly(file: str | Path, largest: int, made: Callable[[str], Made], remedy: str) -> Made:
    """What is made of the text of a file of at most so many bytes.

    Raises ValueError naming file, reason and remedy, whatever fails: opening, the size, or the making.
    """
    try:
        return made(_bounded(Path(file), largest))
    except RecursionError:
        reason = "nested too deep"
    except OSError as error:
        reason = error.strerror or str(error)
    except ValueError as error:
        reason = str(error)
    raise ValueError(f"{file}: {reason}; {remedy}")


def _bounded(path: Path, largest: int) -> str:
    if path.exists() and not path.is_file():
        raise ValueError("is no file")
    with path.open("rb") as opened:
        content = opened.read(largest + 1)
    if len(content) > largest:
        raise ValueError(f"larger than {largest:,} bytes")
    return content.decode()
