"""Do the arrays of a network fit each other? Said with the two layers and their shapes where they do not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from operator import is_, itemgetter

import numpy as np

from numerics.arrays import Matrices, NotFinite, Vectors


def distinct(weights: Sequence[Matrices]) -> tuple[tuple[int, Matrices], ...]:
    """Each array once, with the first layer it stands at: a matrix that returns many thousand times is looked at once.

    >>> W = np.ones((1, 2, 2))
    >>> [layer for layer, _ in distinct((W, W, W.copy(), W))]
    [1, 3]
    """
    if all(map(partial(is_, weights[0]), weights)):
        return ((1, weights[0]),)
    last = {id(weight): (layer, weight) for layer, weight in reversed([*enumerate(weights, 1)])}
    return tuple(sorted(last.values(), key=itemgetter(0)))


def check_layers(weights: Sequence[Matrices]) -> None:
    """Raises ValueError unless each layer is (draws, n_out, n_in) and takes what the one before gives.

    >>> check_layers((np.ones((1, 3, 2)), np.ones((1, 2, 4))))
    Traceback (most recent call last):
    ValueError: layers 1 and 2 do not fit: W_1 is 3 x 2 and gives 3 outputs, W_2 is 2 x 4 and takes 4; make them equal
    """
    if not weights:
        raise ValueError("weights=(): a chain has at least one layer; pass a tuple of arrays (draws, n_out, n_in)")
    if len(distinct(weights)) == 1:
        weights = weights[:2]  # as the first two fit, so do all
    for layer, weight in enumerate(weights, 1):
        if weight.ndim != 3 or 0 in weight.shape:
            raise ValueError(f"W_{layer} has shape {weight.shape}: pass an array (draws, n_out, n_in), no length 0")
    for layer, (before, after) in enumerate(pairwise(weights), 1):
        if before.shape[1] != after.shape[2]:
            raise ValueError(_misfit(layer, before.shape, after.shape))
    check_draws({f"W_{layer}": weight for layer, weight in enumerate(weights, 1)})


def _misfit(layer: int, before: tuple[int, ...], after: tuple[int, ...]) -> str:
    return (
        f"layers {layer} and {layer + 1} do not fit: "
        f"W_{layer} is {before[1]} x {before[2]} and gives {before[1]} outputs, "
        f"W_{layer + 1} is {after[1]} x {after[2]} and takes {after[2]}; make them equal"
    )


def check_draws(arrays: dict[str, Matrices | Vectors]) -> None:
    """Raises ValueError unless all leading lengths are equal or 1, naming two that differ."""
    first: tuple[str, int] | None = None
    for name, array in arrays.items():
        draws = len(array)
        if first is None and draws != 1:
            first = (name, draws)
        if first and draws not in (1, first[1]):
            raise ValueError(f"{first[0]} has {first[1]} draws and {name} has {draws}: pass as many, or 1 for all")


def check_rows(weights: Sequence[Matrices], rows: Sequence[Vectors | None] | None, name: str) -> None:
    """Raises ValueError unless rows is None or holds one (draws, n_out) array, or None, for each layer."""
    if rows is None:
        return
    if len(rows) != len(weights):
        raise ValueError(f"{name} has {len(rows)} entries for {len(weights)} layers: pass one for each layer")
    for layer, (weight, row) in enumerate(zip(weights, rows, strict=True), 1):
        if row is not None and (row.ndim != 2 or row.shape[1] != weight.shape[1]):
            raise ValueError(
                f"{name} of layer {layer} has shape {row.shape}: W_{layer} has {weight.shape[1]} outputs; "
                f"pass (draws, {weight.shape[1]})"
            )


def check_stack(matrices: Matrices, square: str = "") -> None:
    """Raises ValueError unless these are finite matrices, (draws, n, m), and square ones where ``square`` says what
    only such have.

    >>> check_stack(np.ones((3, 3)))
    Traceback (most recent call last):
    ValueError: matrices has shape (3, 3): pass an array (draws, n, m), n and m at least 1; matrices[None] of one matrix
    """
    shape = np.shape(matrices)
    if len(shape) != 3 or 0 in shape[1:]:
        one = "; matrices[None] of one matrix" if len(shape) == 2 else ""
        raise ValueError(f"matrices has shape {shape}: pass an array (draws, n, m), n and m at least 1{one}")
    if square and shape[1] != shape[2]:
        raise ValueError(f"a matrix is {shape[1]} x {shape[2]}: only a square one has {square}")
    check_finite(matrices, "matrices")


def check_finite(array: Matrices | Vectors, place: str, remedy: str = "pass finite entries") -> None:
    """Raises ValueError where an entry is NaN or infinite, with the index of the first one.

    >>> check_finite(np.array([[1.0, np.nan]]), "b_1")
    Traceback (most recent call last):
    numerics.arrays.NotFinite: b_1[0, 1]=nan: not finite; pass finite entries
    """
    with np.errstate(over="ignore", invalid="ignore"):
        if np.isfinite(array.sum()):  # one pass, no temporary; a sum that overflows is looked at entry by entry
            return
    wrong = np.argwhere(~np.isfinite(array))
    if len(wrong):
        index = tuple(map(int, wrong[0]))
        raise NotFinite(f"{place}{list(index)}={array[index]}: not finite; {remedy}")
