"""Files that hold stored tables: written whole or not at all, and read within bounds."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def write_whole(file: str | Path, text: str) -> Path:
    """Writes the text, whole or, where it fails, not at all. Raises ValueError where it cannot be written."""
    path = Path(file)
    half = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        half.write_text(text, encoding="utf-8")
        os.replace(half, path)
    except OSError as reason:
        with suppress(OSError):
            half.unlink()
        raise ValueError(f"{file}: cannot be written: {reason.strerror}; pass a file in a folder of yours") from None
    return path


def read_bounded(path: Path, largest: int) -> str:
    """The text of a file of at most so many bytes. Raises ValueError where it has more, OSError as ``open`` does."""
    with path.open("rb") as opened:
        content = opened.read(largest + 1)
    if len(content) > largest:
        raise ValueError(f"larger than {largest:,} bytes")
    return content.decode()
