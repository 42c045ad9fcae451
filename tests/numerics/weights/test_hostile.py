"""Truncated, damaged and hostile files: refused in one line, or read without the part that lies."""

import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import save_file

from numerics.weights import declared, read

Write = Callable[..., Path]
Chain = Callable[..., dict[str, np.ndarray]]
Refused = Callable[..., str]


def npy(header: str, content: bytes = b"", version: bytes = b"\x01\x00") -> bytes:
    """The bytes of a .npy member with this text for its header."""
    length = struct.pack("<H" if version == b"\x01\x00" else "<I", len(header) + 1)
    return b"\x93NUMPY" + version + length + header.encode() + b"\n" + content


@pytest.mark.parametrize("name", ["weights.npz", "weights.safetensors"])
@pytest.mark.parametrize(
    "content", [b"", b"\0", b"PK\x03\x04", b"\x80\x04pickle", b"not an archive at all", b"\xff" * 64]
)
def test_what_is_no_archive_is_refused(name: str, content: bytes, tmp_path: Path, refused: Refused) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    refused(path, name)


@pytest.mark.parametrize("name", ["weights.pt", "weights.pkl", "weights.npy", "weights"])
def test_other_formats_are_refused_by_their_ending(name: str, tmp_path: Path, refused: Refused) -> None:
    refused(tmp_path / name, name, ".npz or .safetensors")


def test_missing_files_and_folders_are_refused(tmp_path: Path, refused: Refused) -> None:
    refused(tmp_path / "none.npz", "none.npz: No such file")
    refused(tmp_path / "none.safetensors", "none.safetensors: No such file")
    (tmp_path / "folder.npz").mkdir()
    refused(tmp_path / "folder.npz", "folder.npz")


@pytest.mark.parametrize("kind", ["npz", "safetensors"])
@pytest.mark.parametrize("kept", [0.02, 0.3, 0.7, 0.99])
def test_a_truncated_file_is_refused(kind: str, kept: float, tmp_path: Path, chain: Chain, refused: Refused) -> None:
    path = tmp_path / f"weights.{kind}"
    np.savez(path, **chain(6, 6, 6)) if kind == "npz" else save_file(chain(6, 6, 6), path)
    content = path.read_bytes()
    path.write_bytes(content[: int(kept * len(content))])
    refused(path, path.name)


@pytest.mark.parametrize("width", [6, 64])  # within the first block of the member, and past it
def test_flipped_bytes_are_a_finding_by_checksum(width: int, npz: Write, chain: Chain) -> None:
    tensors = chain(width, width, width)
    path = npz(**tensors)
    content = bytearray(path.read_bytes())
    content[content.find(tensors["layer1.weight"].tobytes()) + 8 * width * width - 1] ^= 1
    path.write_bytes(content)
    file = read(path)
    assert file.names == ("layer2.weight",)
    assert re.match(r"layer1\.weight: damaged, .*Bad CRC-32", str(file.findings[0]))


HUGE = "{'descr': '<f8', 'fortran_order': False, 'shape': (%s), }"


@pytest.mark.parametrize(
    "content",
    [
        npy(HUGE % "2, 2", b"\0" * 31),
        npy(HUGE % "2, 2", b"\0" * 33),
        npy(HUGE % "-2, -2", b"\0" * 32),
        npy(HUGE % "99999999999999, 99999999999999"),
        npy(HUGE % ("9" * 4000 + ", " + "9" * 4000)),
        npy(HUGE % ("1, " * 2000)),
        npy(HUGE % "2.0, 2", b"\0" * 32),
        npy("__import__('os').system('true')"),
        npy("(" * 3000),
        npy("{'descr': '<f8'}"),
        npy("{'descr': 'nonsense', 'fortran_order': False, 'shape': (1, 1), }"),
        npy("{'descr': [('a', '<f8'), ('a', '<f8')], 'fortran_order': False, 'shape': (1, 1), }"),
        npy(HUGE % "1, 1", b"\0" * 8, version=b"\x09\x09"),
        b"\x93NUMPY\x02\x00\xff\xff\xff\xff",
        b"\x93NUM",
        b"",
        b"\x80\x04\x95",
    ],
)
def test_a_header_that_lies_is_a_finding_and_the_rest_is_used(content: bytes, member: Write) -> None:
    file = read(member("layer9.weight", content))
    assert file.names == ("layer1.weight",)
    assert [finding.tensor for finding in file.findings] == ["layer9.weight"]
    assert str(file.findings[0]).startswith("layer9.weight: damaged, ") and "\n" not in str(file.findings[0])


def test_a_zip_bomb_is_refused_before_it_expands(
    monkeypatch: pytest.MonkeyPatch, member: Write, refused: Refused
) -> None:
    monkeypatch.setattr(declared, "LIMIT", 10**6)
    bomb = npy(HUGE % "1000, 1000", b"\0" * 8_000_000)
    monkeypatch.setattr("numerics.weights.npz._load", lambda *_: pytest.fail("read before the bound was checked"))
    path = member("layer9.weight", bomb)
    assert path.stat().st_size < 20_000
    refused(path, "declares 8000072 bytes", "layer9.weight with shape (1000, 1000)", "limit is 1000000")


def test_the_stated_limit_is_that_of_the_real_files() -> None:
    assert declared.LIMIT == 4 * 2**30


def test_small_types_count_as_the_float64_they_become(
    monkeypatch: pytest.MonkeyPatch, npz: Write, refused: Refused
) -> None:
    monkeypatch.setattr(declared, "LIMIT", 1000)
    refused(npz(W_1=np.ones((20, 20), np.int8)), "declares 3200 bytes")


def test_a_member_that_holds_more_than_it_declares_is_not_expanded(member: Write) -> None:
    path = member("layer9.weight", npy(HUGE % "2, 2", b"\0" * 32 + b"\0" * 10**7))
    content = bytearray(path.read_bytes())
    real = len(npy(HUGE % "2, 2")) + 32 + 10**7
    # The archive now declares 32 bytes of content where ten million are compressed.
    path.write_bytes(bytes(content).replace(struct.pack("<I", real), struct.pack("<I", real - 10**7)))
    file = read(path)
    assert file.names == ("layer1.weight",) and "damaged" in file.findings[0].kind


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_compression_that_expands_without_bound_is_not_read(method: int, member: Write) -> None:
    file = read(member("layer9.weight", npy(HUGE % "1, 1", b"\0" * 8), method))
    assert "compression method" in file.findings[0].kind


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_stored_twice_is_refused(member: Write, refused: Refused) -> None:
    content = npy(HUGE % "3, 2", b"\0" * 48)
    refused(member("layer1.weight", content), "layer1.weight is stored more than once")


def test_a_name_with_a_line_break_stays_on_one_line(member: Write) -> None:
    file = read(member("layer9\n\x1b[2J.weight", b""))
    assert file.findings[0].tensor.isprintable()


@pytest.mark.parametrize(
    "change",
    [
        {"shape": [9, 9]},
        {"data_offsets": [0, 10**12]},
        {"data_offsets": [8, 0]},
        {"shape": [2**62, 2**62]},
        {"shape": [-1, 2]},
        {"dtype": "F99"},
        {"data_offsets": [1, 5]},
    ],
)
@pytest.mark.parametrize("dtype", ["F32", "BF16"])
def test_a_safetensors_header_that_lies_is_refused(
    dtype: str, change: dict[str, object], safetensors: Write, refused: Refused
) -> None:
    size = 2 if dtype == "BF16" else 4
    entry = {"dtype": dtype, "shape": [1, 2], "data_offsets": [0, 2 * size]}
    assert len(read(safetensors({"W_1": entry}, b"\0" * 2 * size)).layers) == 1
    refused(safetensors({"W_1": entry | change}, b"\0" * 2 * size), "weights.safetensors")


@pytest.mark.parametrize("kind", ["npz", "safetensors"])
@given(seed=st.integers(0, 2**32 - 1))
def test_random_damage_is_either_read_or_refused_in_one_line(
    kind: str, seed: int, tmp_path_factory: pytest.TempPathFactory, chain: Chain
) -> None:
    path = tmp_path_factory.mktemp("fuzz") / f"weights.{kind}"
    np.savez_compressed(path, **chain(3, 3, 2)) if kind == "npz" else save_file(chain(3, 3, 2), path)
    content = bytearray(path.read_bytes())
    rng = np.random.default_rng(seed)
    for place in rng.integers(len(content), size=rng.integers(1, 6)):
        content[place] = rng.integers(256)
    path.write_bytes(content)
    try:
        file = read(path)
    except ValueError as refusal:
        assert "\n" not in str(refusal)
    else:
        assert all(np.isfinite(weight).all() for weight, _ in file.layers)
