"""Both formats, every real type, names and order: what is read."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import save_file

from numerics.weights import read
from numerics.weights.pairing import pair

Write = Callable[..., Path]
Chain = Callable[..., dict[str, np.ndarray]]
Refused = Callable[..., str]


STORED = Path(__file__).parents[2] / "data" / "digits_tanh_10x64.npz"


@pytest.mark.parametrize("kind", ["npz", "safetensors"])
def test_both_formats_give_the_layers_that_were_stored(kind: str, tmp_path: Path, chain: Chain) -> None:
    tensors = chain(5, 4, 4, 3)
    path = tmp_path / f"weights.{kind}"
    if kind == "npz":
        np.savez_compressed(path, **tensors)
    else:
        save_file(tensors, path)
    file = read(path)
    assert file.names == ("layer1.weight", "layer2.weight", "layer3.weight")
    for layer, (weight, bias) in enumerate(file.layers, start=1):
        np.testing.assert_array_equal(weight, tensors[f"layer{layer}.weight"])
        np.testing.assert_array_equal(bias, tensors[f"layer{layer}.bias"])
    assert (file.findings, file.ignored, len(file.runs)) == ((), (), 1)


def test_a_fortran_ordered_matrix_is_read_as_it_was(npz: Write) -> None:
    weight = np.asfortranarray(np.arange(6.0).reshape(2, 3))
    np.testing.assert_array_equal(read(npz(W_1=weight)).layers[0][0], weight)


@pytest.mark.parametrize("dtype", ["<f2", "<f4", ">f8", "longdouble", "i1", "<i8", "u1", ">u4"])
def test_every_real_type_becomes_float64(dtype: str, npz: Write) -> None:
    stored = np.array([[1, 2], [3, 4]]).astype(dtype)
    weight = read(npz(W_1=stored)).layers[0][0]
    assert weight.dtype == np.float64
    np.testing.assert_array_equal(weight, [[1, 2], [3, 4]])


@pytest.fixture
def bfloat16(safetensors: Write) -> Write:
    """bfloat16(x, ...): one matrix with one row, the upper halves of these float32."""

    def write(*values: float) -> Path:
        halves = (np.array(values, dtype="<f4").view("<u4") >> 16).astype("<u2").tobytes()
        header = {"W_1": {"dtype": "BF16", "shape": [1, len(values)], "data_offsets": [0, len(halves)]}}
        return safetensors(header, halves)

    return write


def test_bfloat16_is_widened_exactly(bfloat16: Write) -> None:
    # Each is a bfloat16: 8 bits of significand. 3.390625 = 0x40590000 as float32, by hand.
    values = [1.0, -0.5, 3.390625, 2.0**-130, 0.0]
    np.testing.assert_array_equal(read(bfloat16(*values)).layers[0][0], [values])


def test_bfloat16_not_finite_is_a_finding(bfloat16: Write, refused: Refused) -> None:
    refused(bfloat16(1.0, np.nan), "W_1: NaN in 1 entry, the first at [0, 1]")


def test_half_precision_in_safetensors(tmp_path: Path) -> None:
    path = tmp_path / "weights.safetensors"
    save_file({"0.weight": np.array([[0.5, 2.0]], np.float16)}, path)
    np.testing.assert_array_equal(read(path).layers[0][0], [[0.5, 2.0]])


@pytest.mark.parametrize(
    "weight, bias",
    [
        ("layer{}.weight", "layer{}.bias"),
        ("coefs_{}", "intercepts_{}"),
        ("W_{}", "b_{}"),
        ("W{}", "b{}"),
        ("{}.weight", "{}.bias"),
        ("net.{}.kernel", "net.{}.bias"),
    ],
)
def test_weight_and_bias_meet_by_stem_in_natural_order(weight: str, bias: str) -> None:
    numbers = [10, 2, 1, 20]
    pairs = pair([weight.format(i) for i in numbers], [bias.format(i) for i in reversed(numbers)])
    assert [(each.weight, each.bias) for each in pairs] == [(weight.format(i), bias.format(i)) for i in sorted(numbers)]


@given(st.sets(st.integers(0, 10**6), min_size=1, max_size=20), st.randoms(use_true_random=False))
def test_order_is_that_of_the_numbers_however_stored(numbers: set[int], random: object) -> None:
    names = [f"block{i}.weight" for i in numbers]
    random.shuffle(names)  # type: ignore[attr-defined]
    assert [each.weight for each in pair(names, [])] == [f"block{i}.weight" for i in sorted(numbers)]


def test_arrays_without_names_are_layers_in_order(tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    np.savez(path, np.ones((4, 5)), np.ones((3, 4)))
    assert read(path).names == ("arr_0", "arr_1")


def test_two_names_for_one_layer_are_refused(npz: Write, refused: Refused) -> None:
    refused(npz(**{"W_1": np.ones((2, 2)), "w.1": np.ones((2, 2))}), "weights.npz: ", "W_1", "w.1", "claim")


def test_what_belongs_to_no_layer_is_said(npz: Write, chain: Chain) -> None:
    extra = {"accuracy": np.float64(0.99), "weight_hh_l0": np.ones((7, 7)), "b_9": np.ones(4), "classes": np.arange(3)}
    assert set(read(npz(**chain(2, 3), **extra)).ignored) == set(extra)


def test_only_recurrent_weights_are_no_chain(npz: Write, refused: Refused) -> None:
    refused(npz(weight_hh_l0=np.ones((3, 3))), "no usable weight matrix")


def test_the_stored_digits_network_is_read_whole() -> None:
    file = read(STORED)
    assert STORED.stat().st_size < 500_000
    assert [weight.shape for weight, _ in file.layers] == [(64, 64)] * 10 + [(10, 64)]
    assert all(bias is not None and bias.shape == (len(weight),) for weight, bias in file.layers)
    assert file.layout_note.startswith("layout out-in") and not file.findings and not file.ignored
