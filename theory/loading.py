"""A theorem from a file of the user's: code that the user owns, run as a module of a private name."""

from __future__ import annotations

import re
import sys
import traceback
from contextlib import redirect_stdout
from pathlib import Path
from types import ModuleType

from theory.statement import Theorem

SLUG = re.compile(r"[a-z][a-z0-9_]*")
TAKEN = {
    "index": "the page of all theorems",
    **dict.fromkeys(("jacobian", "error_signal", "weight_gradient", "recurrent_gradient"), "a gradient to derive"),
}


def files(folder: str | Path) -> dict[str, Path]:
    """The theorem files of a folder by slug; a name with _ in front is no theorem.

    Raises ValueError where it is no folder that can be read, holds no theorem, or a file name is no slug or is taken.
    """
    place = Path(folder)
    try:
        every = sorted(path for path in place.iterdir() if path.suffix == ".py" and not path.name.startswith("_"))
    except OSError as reason:
        raise ValueError(f"{place}: {reason.strerror}; pass a folder of theorem files, <slug>.py each") from None
    if not every:
        raise ValueError(f"{place}: no theorem file in it; write one as <slug>.py with THEOREM = Theorem(...)")
    for path in every:
        if not SLUG.fullmatch(path.stem):
            raise ValueError(f"{path}: {path.stem!r} is no slug; name the file in lower case, such as my_theorem.py")
        if path.stem in TAKEN:
            raise ValueError(f"{path}: {path.stem!r} names {TAKEN[path.stem]}; give file and theorem another name")
    return {path.stem: path for path in every}


def load(path: Path) -> Theorem:
    """The THEOREM of a file. What the file prints goes to standard error.

    Raises ValueError naming file, place and remedy: an error inside, no THEOREM, another type, another name.
    """
    found = getattr(_module(path), "THEOREM", None)
    if found is None:
        raise ValueError(f"{path}: no THEOREM in it; end it with THEOREM = Theorem(...)")
    if not isinstance(found, Theorem):
        raise ValueError(f"{path}: THEOREM is of type {type(found).__name__}; make it a theory.statement.Theorem")
    if found.name != path.stem:
        raise ValueError(f"{path}: its theorem is named {found.name!r}; give file and theorem one name")
    return found


def _module(path: Path) -> ModuleType:
    """The module of a file, its source read anew each time."""
    module = ModuleType(f"_gradproof_theorem_{path.stem}")
    module.__file__ = str(path)
    try:
        code = compile(path.read_bytes(), str(path), "exec", dont_inherit=True)
        with redirect_stdout(sys.stderr):
            exec(code, vars(module))
    except (Exception, SystemExit) as error:
        told = f"{type(error).__name__}: {error}"
        raise ValueError(f"{path}{_line(error, path)}: {told}; mend the file or leave it out") from error
    return module


def _line(error: BaseException, path: Path) -> str:
    """The line of this file where it went wrong, as ":7"; empty where none is known."""
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return f":{error.lineno}"
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    return f":{lines[-1]}" if lines else ""
