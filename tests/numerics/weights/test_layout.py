"""Which way the matrices of a file are stored, and which files cannot be a chain."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from numerics.weights import read

Write = Callable[..., Path]
Chain = Callable[..., dict[str, np.ndarray]]
Refused = Callable[..., str]


def test_a_bias_decides_the_layout_of_every_matrix(npz: Write) -> None:
    tensors = {"coefs_0": np.arange(4.0).reshape(2, 2), "coefs_1": np.ones((2, 3)), "intercepts_1": np.ones(3)}
    file = read(npz(**tensors))
    np.testing.assert_array_equal(file.layers[0][0], [[0.0, 2.0], [1.0, 3.0]])
    assert "layout in-out (columns are outputs): coefs_1 with shape (2, 3)" in file.layout_note


def test_neighbors_decide_the_layout(npz: Write) -> None:
    file = read(npz(W_1=np.ones((2, 3)), W_2=np.ones((3, 5))))
    assert [weight.shape for weight, _ in file.layers] == [(3, 2), (5, 3)]


def test_square_matrices_are_assumed_out_in_and_the_note_says_so(npz: Write) -> None:
    file = read(npz(W_1=np.array([[0.0, 1.0], [0.0, 0.0]]), b_1=np.zeros(2)))
    assert "assumed" in file.layout_note and file.layers[0][0][0, 1] == 1.0


def test_the_layout_asked_for_is_used_where_shapes_are_silent(npz: Write) -> None:
    file = read(npz(W_1=np.array([[0.0, 1.0], [0.0, 0.0]])), layout="in-out")
    assert "as asked" in file.layout_note and file.layers[0][0][1, 0] == 1.0


def test_the_layout_asked_for_may_not_contradict_the_shapes(npz: Write, chain: Chain, refused: Refused) -> None:
    refused(npz(**chain(2, 3)), "layout=in-out", "layer1.weight", "(3, 2)", "length 3", layout="in-out")


def test_an_unknown_layout_is_refused(npz: Write, chain: Chain, refused: Refused) -> None:
    refused(npz(**chain(2, 3)), "layout='rows'", "out-in", layout="rows")


def test_two_layouts_in_one_file_are_named(npz: Write, refused: Refused) -> None:
    tensors = {"W_1": np.ones((3, 2)), "b_1": np.ones(3), "W_2": np.ones((3, 5)), "b_2": np.ones(5)}
    refused(npz(**tensors), "W_1", "(3, 2)", "W_2", "(3, 5)", "out-in", "in-out")


def test_layers_that_do_not_chain_are_named_with_their_shapes(npz: Write, refused: Refused) -> None:
    path = npz(W_1=np.ones((4, 3)), W_2=np.ones((6, 5)))
    refused(path, "W_1 with shape (4, 3)", "W_2 with shape (6, 5)")


def test_a_bias_that_fits_neither_side_is_named(npz: Write, refused: Refused) -> None:
    refused(npz(W_1=np.ones((4, 3)), b_1=np.ones(7)), "W_1 with shape (4, 3)", "length 7")
