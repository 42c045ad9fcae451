"""The command line called as a function: no process a test."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from numerics.cli import run


@dataclass(frozen=True)
class Answer:
    status: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """Standard output, which must be one JSON object and nothing else."""
        return json.loads(self.out, parse_constant=lambda word: pytest.fail(f"{word} is not JSON"))


Gradproof = Callable[..., Answer]


@pytest.fixture
def gradproof(capsys: pytest.CaptureFixture[str]) -> Gradproof:
    def call(*arguments: str) -> Answer:
        status = run(arguments)
        return Answer(status, *capsys.readouterr())

    return call


@pytest.fixture
def refuses(gradproof: Gradproof) -> Callable[..., str]:
    """Calls with bad input: exit 2, nothing on standard output, one line on standard error, which is returned."""

    def call(*arguments: str) -> str:
        answer = gradproof(*arguments)
        assert (answer.status, answer.out) == (2, "")
        assert answer.err.startswith("gradproof: ") and answer.err.count("\n") == 1 and answer.err.endswith("\n")
        return answer.err

    return call
