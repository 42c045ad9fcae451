"""Norms of high powers of one matrix."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

import numpy as np

from numerics.arguments import positive_integer
from numerics.arrays import Matrices, Vectors
from numerics.layers import check_stack
from numerics.scaled import Block, rescale
from numerics.spectra.norms import operator_norm


def log_power_norms(matrices: Matrices, steps: Sequence[int]) -> Vectors:
    """log ‖W^t‖ at the given steps, by repeated squaring with the scale carried as a power of two: nothing overflows.

    Exact to rounding amplified by non-normality (by the largest ‖W^s‖‖W^{t-s}‖/‖W^t‖). -inf where W^t = 0.
    Shapes: (draws, n, n) -> (draws, len(steps)), in the order of steps.
    Raises ValueError where a step is no positive integer, there is none, a matrix not square or an entry not finite.

    >>> log_power_norms(np.array([[[2.0]]]), (1, 10_000)) / log(2)
    array([[1.e+00, 1.e+04]])
    """
    check_stack(matrices, square="powers")
    if not len(steps):
        raise ValueError("steps=(): pass the powers that are asked for, such as (1, 10)")
    squares = [rescale(matrices, np.zeros(1, np.int64))]  # W^1, W^2, W^4, ...
    reached, power, logs = 0, None, {}
    for step in sorted({positive_integer(step, "steps") for step in steps}):
        power, reached = _advance(power, squares, step - reached), step
        with np.errstate(divide="ignore"):
            logs[step] = np.log(operator_norm(power[0])) + power[1] * log(2)
    return np.stack([logs[step] for step in steps], axis=1)


def _advance(power: Block | None, squares: list[Block], by: int) -> Block:
    """power · W^by from the binary digits of ``by``; the list of squares grows as needed."""
    for digit in range(by.bit_length()):
        if digit == len(squares):
            squares.append(_times(squares[-1], squares[-1]))
        if by >> digit & 1:
            power = squares[digit] if power is None else _times(squares[digit], power)
    assert power is not None
    return power


def _times(left: Block, right: Block) -> Block:
    values, exponents = rescale(left[0] @ right[0], left[1] + right[1])
    return values, exponents
