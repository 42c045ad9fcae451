"""One tensor at fault is a finding; the rest of the file is still used."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from numerics.weights import read

Write = Callable[..., Path]
Chain = Callable[..., dict[str, np.ndarray]]
Refused = Callable[..., str]


def test_nan_and_infinity_are_findings_and_the_rest_is_used(npz: Write, chain: Chain) -> None:
    tensors = chain(4, 4, 4, 4)
    tensors["layer2.weight"][1, 2:] = [np.nan, np.inf]
    tensors["layer2.weight"][3, 0] = np.nan
    file = read(npz(**tensors))
    assert [(f.tensor, f.kind, f.count, f.first_index) for f in file.findings] == [
        ("layer2.weight", "NaN", 2, (1, 2)),
        ("layer2.weight", "infinity", 1, (1, 3)),
    ]
    assert (file.names, file.positions) == (("layer1.weight", "layer3.weight"), (0, 2))
    assert [len(run) for run in file.runs] == [1, 1]


def test_a_bias_that_is_not_finite_leaves_its_weight(npz: Write, chain: Chain) -> None:
    tensors = chain(4, 3)
    tensors["layer1.bias"][0] = -np.inf
    file = read(npz(**tensors))
    assert file.layers[0][1] is None and str(file.findings[0]).startswith(
        "layer1.bias: infinity in 1 entry, the first at [0]"
    )


def test_a_matrix_with_nan_still_tells_the_layout(npz: Write) -> None:
    file = read(npz(W_1=np.full((2, 3), np.nan), b_1=np.ones(3), W_2=np.array([[0.0, 1, 2], [3, 4, 5], [6, 7, 8]])))
    assert file.layout_note.startswith("layout in-out") and file.layers[0][0][0, 1] == 3.0


@pytest.mark.parametrize(
    "tensor, kind",
    [
        (np.array([[1.0, {}]], dtype=object), "object array, which only unpickling could read"),
        (np.ones((2, 2), complex), "complex (complex128)"),
        (np.array([["a", "b"]]), "not numeric (<U1)"),
        (np.ones((2, 2), bool), "not numeric (bool)"),
        (np.ones((2, 2), "m8[s]"), "not numeric"),
        (np.ones((2, 2), [("x", "f8")]), "not numeric"),
        (np.ones((0, 3)), "empty, shape (0, 3)"),
        (np.ones((2, 2, 3, 3)), "shape (2, 2, 3, 3) where a matrix is read"),
        (np.ones(3), "shape (3,) where a matrix is read"),
    ],
)
def test_a_tensor_that_is_no_real_matrix_is_a_finding_or_refused_alone(
    tensor: np.ndarray,
    kind: str,
    npz: Write,
    chain: Chain,
    refused: Refused,
) -> None:
    file = read(npz(**chain(2, 3, 3), **{"layer3.weight": tensor}))
    assert [finding.tensor for finding in file.findings] == ["layer3.weight"] and len(file.layers) == 2
    assert file.findings[0].kind.startswith(kind)
    refused(npz(**{"layer3.weight": tensor}), "weights.npz: no usable weight matrix", "layer3.weight", kind)


def test_a_bias_that_is_no_vector_is_a_finding(npz: Write) -> None:
    file = read(npz(W_1=np.ones((3, 2)), b_1=np.ones((1, 3))))
    assert file.findings[0].kind == "shape (1, 3) where a vector is read" and file.layers[0][1] is None


def test_a_pickle_is_never_opened(tmp_path: Path, npz: Write, refused: Refused) -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, tuple[str, str]]:
            return open, (str(tmp_path / "sprung"), "w")

    refused(npz(W_1=np.array([[Trap()]], dtype=object)), "W_1", "object array")
    assert not (tmp_path / "sprung").exists()


def test_safetensors_types_that_are_not_real_numbers(safetensors: Write, refused: Refused) -> None:
    header = {"W_1": {"dtype": "BOOL", "shape": [1, 2], "data_offsets": [0, 2]}}
    refused(safetensors(header, b"\0\1"), "weights.safetensors", "W_1", "not a real type read here (BOOL)")


def test_safetensors_types_that_only_some_parsers_know(safetensors: Write, refused: Refused) -> None:
    header = {"W_1": {"dtype": "F8_E4M3", "shape": [1, 2], "data_offsets": [0, 2]}}
    refused(safetensors(header, b"\0\1"), "weights.safetensors")
