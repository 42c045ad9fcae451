"""Writers of weight files, good and bad, and the one-line refusal that every bad one must meet."""

import json
import struct
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from numerics.weights import read

Chain = Callable[..., dict[str, np.ndarray]]


@pytest.fixture(scope="session")
def chain() -> Chain:
    """chain(n_0, ..., n_L): layer1.weight, layer1.bias, ... of a network with these widths, input first."""

    def tensors(*widths: int) -> dict[str, np.ndarray]:
        rng = np.random.default_rng(0)
        shapes = [(f"layer{i}", n_in, n_out) for i, (n_in, n_out) in enumerate(pairwise(widths), start=1)]
        weights = {f"{name}.weight": rng.standard_normal((n_out, n_in)) for name, n_in, n_out in shapes}
        return weights | {f"{name}.bias": rng.standard_normal(n_out) for name, _, n_out in shapes}

    return tensors


@pytest.fixture
def npz(tmp_path: Path) -> Callable[..., Path]:
    """npz(name=array, ...): the path of weights.npz."""

    def write(**tensors: Any) -> Path:
        path = tmp_path / "weights.npz"
        np.savez(path, **tensors)
        return path

    return write


@pytest.fixture
def member(npz: Callable[..., Path], chain: Chain) -> Callable[..., Path]:
    """member(name, content, method): a .npz with one member of these bytes beside one good layer."""

    def write(name: str, content: bytes, method: int = zipfile.ZIP_DEFLATED) -> Path:
        path = npz(**chain(2, 3))
        with zipfile.ZipFile(path, "a", method) as archive:
            archive.writestr(f"{name}.npy", content)
        return path

    return write


@pytest.fixture
def safetensors(tmp_path: Path) -> Callable[[dict[str, Any], bytes], Path]:
    """safetensors(header, content): the path of weights.safetensors with exactly these bytes."""

    def write(header: dict[str, Any], content: bytes) -> Path:
        text = json.dumps(header).encode()
        path = tmp_path / "weights.safetensors"
        path.write_bytes(struct.pack("<Q", len(text)) + text + content)
        return path

    return write


@pytest.fixture
def refused() -> Callable[..., str]:
    """refused(path, *words): the message of the refusal, one line with each of the words and a remedy at its end."""

    def check(path: Path, *words: str, layout: Any = None) -> str:
        with pytest.raises(ValueError) as caught:
            read(path, layout)
        message = str(caught.value)
        assert "\n" not in message and ";" in message
        assert [word for word in words if word not in message] == []
        return message

    return check
