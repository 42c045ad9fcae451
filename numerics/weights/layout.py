"""How a file stores its matrices, (n_out, n_in) or (n_in, n_out): decided by shapes, assumed where none decides."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Layout = Literal["out-in", "in-out"]
LAYOUTS: tuple[Layout, Layout] = ("out-in", "in-out")


@dataclass(frozen=True)
class Stored:
    """A layer as stored: its weight's name and shape (None where the tensor was left out unread), its bias's length."""

    name: str
    shape: tuple[int, ...] | None
    bias: int | None


@dataclass(frozen=True)
class Clue:
    """One place where the shapes allow one layout only."""

    layout: Layout
    reason: str


def decide(layers: tuple[Stored, ...], asked: Layout | None) -> tuple[Layout, str]:
    """The layout of the whole file and a note that says how it is known.

    Raises ValueError where a bias fits neither side of its weight, neighbors chain in neither layout, or two clues
    (or a clue and the layout asked for) conflict.

    >>> decide((Stored("W_1", (3, 2), 3),), None)
    ('out-in', 'layout out-in (rows are outputs): W_1 with shape (3, 2) has a bias of length 3')
    >>> decide((Stored("W_1", (2, 2), 2),), None)
    ('out-in', 'layout out-in (rows are outputs), assumed: no shape decides it; in-out would transpose every matrix')
    """
    if asked is not None and asked not in LAYOUTS:
        raise ValueError(f"layout={asked!r}: no such layout; use out-in (rows are outputs) or in-out (columns are)")
    clues = tuple(_bias_clues(layers))
    _agree(
        clues, asked
    )  # before neighbors are compared: it says more about a mixed file than a chain that does not fit
    clues += tuple(_chain_clues(layers))
    _agree(clues, asked)
    first = clues[0] if clues else None
    layout = asked or (first.layout if first else "out-in")
    side = "rows" if layout == "out-in" else "columns"
    note = f"layout {layout} ({side} are outputs)"
    if first:
        return layout, f"{note}: {first.reason}"
    return layout, note + (
        ", as asked" if asked else f", assumed: no shape decides it; {_other(layout)} would transpose every matrix"
    )


def _agree(clues: tuple[Clue, ...], asked: Layout | None) -> None:
    for before, after in pairwise(clues):
        if before.layout != after.layout:
            raise ValueError(
                f"{before.reason}: layout {before.layout}; but {after.reason}: layout {after.layout}; "
                "store every matrix the same way"
            )
    if asked and clues and clues[0].layout != asked:
        raise ValueError(
            f"layout={asked}: {clues[0].reason}, which is layout {clues[0].layout}; ask for that one, or for none"
        )


def _bias_clues(layers: tuple[Stored, ...]) -> Iterator[Clue]:
    for layer in layers:
        if layer.shape is None or layer.bias is None:
            continue
        reason = f"{layer.name} with shape {layer.shape} has a bias of length {layer.bias}"
        if layer.bias not in layer.shape:
            raise ValueError(
                f"{reason}, which fits neither side; store weight and bias of the same layer under one stem"
            )
        if layer.shape[0] != layer.shape[1]:
            yield Clue("out-in" if layer.bias == layer.shape[0] else "in-out", reason)


def _chain_clues(layers: tuple[Stored, ...]) -> Iterator[Clue]:
    for below, above in pairwise(layers):
        if below.shape is None or above.shape is None:
            continue
        fits = [below.shape[0] == above.shape[1], below.shape[1] == above.shape[0]]
        reason = f"{below.name} with shape {below.shape} feeds {above.name} with shape {above.shape}"
        if not any(fits):
            raise ValueError(f"{reason}: no side of one fits the other; store consecutive layers, numbered in order")
        if not all(fits):
            yield Clue(LAYOUTS[fits.index(True)], reason)


def _other(layout: Layout) -> Layout:
    return LAYOUTS[1 - LAYOUTS.index(layout)]
