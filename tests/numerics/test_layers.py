"""Arrays that do not fit are named: which layers, which shapes, which entry."""

import numpy as np
import pytest

from numerics.chain import Chain
from numerics.layers import check_finite


def broken(position: tuple[int, int, int], value: float) -> np.ndarray:
    weight = np.ones((2, 3, 3))
    weight[position] = value
    return weight


@pytest.mark.parametrize(
    ("weights", "slopes", "message"),
    [
        ((), None, r"weights=\(\): a chain has at least one layer"),
        ((np.ones((3, 3)),), None, r"W_1 has shape \(3, 3\): pass an array \(draws, n_out, n_in\)"),
        ((np.ones((1, 3, 0)),), None, r"W_1 has shape \(1, 3, 0\)"),
        (
            (np.ones((1, 3, 3)), np.ones((1, 4, 3)), np.ones((1, 2, 5))),
            None,
            "layers 2 and 3 do not fit: W_2 is 4 x 3 and gives 4 outputs, W_3 is 2 x 5 and takes 5; make them equal",
        ),
        ((np.ones((2, 3, 3)), np.ones((4, 3, 3))), None, "W_1 has 2 draws and W_2 has 4: pass as many, or 1 for all"),
        ((np.ones((2, 3, 3)), broken((1, 0, 2), np.nan)), None, r"W_2\[1, 0, 2\]=nan: not finite; pass finite entries"),
        ((broken((0, 2, 1), -np.inf),), None, r"W_1\[0, 2, 1\]=-inf: not finite"),
        ((np.ones((1, 3, 3)),), (), "slopes has 0 entries for 1 layers"),
        ((np.ones((1, 3, 3)),), (np.ones((1, 4)),), r"slopes of layer 1 has shape \(1, 4\): W_1 has 3 outputs"),
    ],
)
def test_bad_chains_are_named(
    weights: tuple[np.ndarray, ...], slopes: tuple[np.ndarray, ...] | None, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Chain(weights, slopes)


def test_bad_vectors_and_splits_are_named() -> None:
    chain = Chain((np.ones((1, 3, 2)),))
    with pytest.raises(ValueError, match=r"v has shape \(1, 3\): the chain has n_0=2; pass \(draws, 2\)"):
        chain.push(np.ones((1, 3)))
    with pytest.raises(ValueError, match=r"g has shape \(3,\): the chain has n_L=3"):
        chain.pull(np.ones(3))
    with pytest.raises(ValueError, match=r"v\[0, 1\]=nan: not finite"):
        chain.push(np.array([[0.0, np.nan]]))
    with pytest.raises(ValueError, match=r"layer=1: a chain of 1 layers splits after"):
        chain.split(1)


def test_finite_entries_may_have_an_infinite_sum() -> None:
    check_finite(np.array([1.7e308, 1.7e308]), "W_1")
    check_finite(np.array([1j, 2.0]), "z_1")
    with pytest.raises(ValueError, match=r"z_1\[1\]=\(?nan"):
        check_finite(np.array([1.0, complex(np.nan, 0)]), "z_1")
