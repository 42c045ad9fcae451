"""NumPy's .npz: a zip of .npy files, read member by member within declared bounds and never unpickled."""

import io
import math
import tokenize
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

import numpy as np

from numerics.weights.declared import LIMIT, Contents, DamagedTensor, Declared, Values, collect, printable, refusal
from numerics.weights.findings import Finding

# What zipfile raises on damaged or encrypted members, and NumPy's header parser on hostile text.
UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, tokenize.TokenError, SyntaxError),
    *(OSError, EOFError, ValueError, TypeError, KeyError, RuntimeError, MemoryError, OverflowError),
)

# The two that np.savez writes. zipfile expands the others without a bound on what one step may produce.
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

HEADER_BYTES = 2**14  # NumPy parses headers up to 10,000 characters, but would first read as many as the file claims


@dataclass(frozen=True)
class Header:
    """The header of one .npy member and how many bytes it takes."""

    shape: tuple[int, ...]
    fortran: bool
    dtype: np.dtype[Any]
    size: int


def read_npz(path: Path, typed: str) -> Contents:
    """All numeric tensors as float64, by name without the ending .npy; ``typed`` is the path in messages.

    Raises ValueError where the file is no zip, or declares more than the limit.
    Source: numpy.lib.format, the .npy format, versions 1.0 to 3.0.
    """
    try:
        archive = zipfile.ZipFile(path)
    except UNREADABLE as damage:
        raise ValueError(
            f"{typed}: no readable zip archive ({_first_line(damage)}); write it with numpy.savez"
        ) from damage
    with archive:
        members = archive.infolist()
        arrays = [member for member in members if member.filename.endswith(".npy")]
        others = tuple(printable(member.filename) for member in members if not member.filename.endswith(".npy"))
        return collect(typed, _entries(archive, arrays), others)


def _entries(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> Iterator[Declared | Finding]:
    for member in members:
        yield _entry(archive, member)


def _entry(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Declared | Finding:
    name = printable(member.filename.removesuffix(".npy"))
    try:
        header = _header(archive, member)
    except DamagedTensor as damage:
        return refusal(name, (), f"damaged, {damage}", "export the file again")
    if reason := _unusable(header.dtype):
        return refusal(name, header.shape, *reason)
    return Declared(name, header.shape, partial(_load, archive, member, header))


def _unusable(dtype: np.dtype[Any]) -> tuple[str, str] | None:
    """Kind of fault and remedy, where the type holds no real numbers."""
    if dtype.hasobject:
        return "object array, which only unpickling could read", "store it with a numeric dtype"
    if dtype.kind == "c":
        return f"complex ({dtype})", "store real weights"
    if dtype.kind not in "fiu":
        return f"not numeric ({dtype})", "store it as float32 or float64"
    return None


def _header(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Header:
    """The member's header, held against the size that the archive declares for it."""
    if member.compress_type not in METHODS:
        raise DamagedTensor(f"compression method {member.compress_type} where stored or deflated is expected")
    try:
        with archive.open(member) as stream:
            header = _parse(io.BytesIO(stream.read(HEADER_BYTES)))
    except UNREADABLE as damage:
        raise DamagedTensor(f"its header cannot be read ({_first_line(damage)})") from damage
    if len(header.shape) > 32 or not all(0 <= length <= LIMIT for length in header.shape):
        raise DamagedTensor("its header declares a shape that no array has")
    declared = header.size + math.prod(header.shape) * header.dtype.itemsize
    if declared != member.file_size and not header.dtype.hasobject:
        raise DamagedTensor(
            f"shape {header.shape} takes {declared} bytes where the archive declares {member.file_size}"
        )
    return header


def _parse(stream: io.BytesIO) -> Header:
    version = np.lib.format.read_magic(stream)
    if version not in {(1, 0), (2, 0), (3, 0)}:
        raise ValueError(f"version {version} of the .npy format")
    parse = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    shape, fortran, dtype = parse(stream)
    return Header(tuple(shape), fortran, dtype, stream.tell())


def _load(archive: zipfile.ZipFile, member: zipfile.ZipInfo, header: Header) -> Values:
    try:
        with archive.open(member) as stream:
            stream.read(header.size)
            stored = stream.read(member.file_size - header.size)
            stream.read(1)  # the checksum is compared where the end is met
    except UNREADABLE as damage:
        raise DamagedTensor(_first_line(damage)) from damage
    if len(stored) != member.file_size - header.size:
        raise DamagedTensor(f"{len(stored)} bytes where {member.file_size - header.size} are declared")
    order: Literal["C", "F"] = "F" if header.fortran else "C"
    with np.errstate(over="ignore"):  # a long double past float64 becomes infinity, which is a finding
        return np.frombuffer(stored, header.dtype).reshape(header.shape, order=order).astype(np.float64)


def _first_line(damage: BaseException) -> str:
    return (str(damage) or type(damage).__name__).splitlines()[0]
