"""Files in the safetensors format; its own parser checks the header, and bfloat16 is widened here."""

import json
import math
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError, safe_open

from numerics.weights.declared import Contents, DamagedTensor, Declared, Values, collect, printable, refusal
from numerics.weights.findings import Finding

REAL = {"F64", "F32", "F16", "I64", "I32", "I16", "I8", "U64", "U32", "U16", "U8"}


def read_safetensors(path: Path, typed: str) -> Contents:
    """All numeric tensors as float64, by name.

    Raises ValueError where the parser refuses the file, or it declares more than the limit.
    Source: the safetensors format: eight bytes of header length, a JSON header, then the tensors.
    """
    try:
        with safe_open(str(path), framework="numpy") as file:
            return collect(typed, _entries(path, file))
    except SafetensorError as damage:
        raise ValueError(
            f"{typed}: no safetensors file ({damage}); write it with safetensors.numpy.save_file"
        ) from damage


def _entries(path: Path, file: Any) -> Iterator[Declared | Finding]:
    for name in file.keys():  # noqa: SIM118 - the handle is no dictionary
        stored = file.get_slice(name)
        yield _entry(path, file, name, tuple(stored.get_shape()), stored.get_dtype())


def _entry(path: Path, file: Any, name: str, shape: tuple[int, ...], dtype: str) -> Declared | Finding:
    shown = printable(name)
    if dtype == "BF16":
        return Declared(shown, shape, partial(_load_bfloat16, path, name, shape))
    if dtype in REAL:
        return Declared(shown, shape, partial(_load, file, name))
    kind = f"complex ({dtype})" if dtype.startswith("C") else f"not a real type read here ({dtype})"
    return refusal(shown, shape, kind, "store it as float32 or float64")


def _load(file: Any, name: str) -> Values:
    try:
        return np.asarray(file.get_tensor(name)).astype(np.float64)
    except SafetensorError as damage:
        raise DamagedTensor(str(damage)) from damage


def _load_bfloat16(path: Path, name: str, shape: tuple[int, ...]) -> Values:
    """bfloat16 is the upper half of a float32, so widening it is exact; NumPy has no such type."""
    with path.open("rb") as stream:
        start = 8 + int.from_bytes(stream.read(8), "little")
        begin, end = json.loads(stream.read(start - 8))[name]["data_offsets"]
        if end - begin != 2 * math.prod(shape):
            raise DamagedTensor(f"{end - begin} bytes where shape {shape} takes {2 * math.prod(shape)}")
        stream.seek(start + begin)
        halves = np.frombuffer(stream.read(end - begin), dtype="<u2")
    return (halves.astype("<u4") << 16).view("<f4").reshape(shape).astype(np.float64)
