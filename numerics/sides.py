"""The two sides of a statement as numbers, from what was read."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from sympy import Expr, N, expand_log, log

from numerics.arrays import Norms, Vectors
from numerics.cells import Cell
from numerics.drawing import Group
from numerics.evaluation import vectorized
from numerics.measurement import Reading
from numerics.verdict import NotJudged
from theory.observables import Observable, named

DIGITS = 20  # of the numbers in a formula before it is compiled for float64
Readings = Mapping[tuple[Group, Observable], Reading]


def inputs(cell: Cell, *sides: object) -> tuple[Observable, ...]:
    """The observables that the sides are read from."""
    found = {side for side in sides if isinstance(side, Observable)}
    for side in sides:
        if isinstance(side, Expr):
            found |= {observable for symbol, observable in named().items() if symbol in side.free_symbols}
    return tuple(sorted(found, key=lambda observable: observable.name))


def needs(cell: Cell, group: Group, draws: int, *more: Observable) -> dict[tuple[Group, Observable], int]:
    """What a statement reads from one group, on how many networks."""
    statement = cell.statement
    asked = (*inputs(cell, statement.left, statement.right), *more)
    return {(group, observable): draws for observable in asked}


def column_of(cell: Cell, observable: Observable, reading: Reading) -> Reading:
    """What was read; of an observable with an index, the number that the point of the cell means."""
    if observable.index is None:
        return reading
    place = int(dict(cell.point)[observable.index.name]) - 1
    if not 0 <= place < reading.values.shape[1]:
        raise NotJudged(f"{observable.index}={place + 1}: the {observable.name} has {reading.values.shape[1]} numbers")
    return Reading(reading.values[:, place : place + 1], reading.size[:, place : place + 1], reading.log_scale)


def numbers(cell: Cell, side: Observable | Expr, group: Group, readings: Readings) -> Vectors:
    """A side as plain numbers, (draws, components)."""
    if isinstance(side, Observable):
        return column_of(cell, side, readings[group, side]).plain()
    read = inputs(cell, side)
    function = vectorized(N(cell.exact(side), DIGITS), tuple(observable.symbol for observable in read))
    values: Vectors = function(*(numbers(cell, observable, group, readings) for observable in read))
    return values


def logarithms(cell: Cell, side: Expr, group: Group, readings: Readings) -> Vectors:
    """log of a positive formula of what was read, powers and products taken apart before anything overflows."""
    read = inputs(cell, side)
    formula = N(expand_log(log(cell.exact(side)), force=True), DIGITS)
    with np.errstate(divide="ignore"):
        function = vectorized(formula, tuple(observable.symbol for observable in read))
        values: Vectors = function(*(numbers(cell, observable, group, readings) for observable in read))
    return values


def sides(cell: Cell, group: Group, readings: Readings) -> tuple[Vectors, Vectors, Vectors]:
    """(left, right, size) in the left side's own scale where both have one, so that nothing over- or underflows."""
    statement = cell.statement
    left = column_of(cell, statement.left, readings[group, statement.left])
    if isinstance(statement.right, Observable):
        right = column_of(cell, statement.right, readings[group, statement.right])
        scale = np.exp(right.log_scale - left.log_scale)[:, None]
        return left.values, right.values * scale, np.maximum(left.size, right.size * scale)
    if not inputs(cell, statement.right):
        rights = statement.right if isinstance(statement.right, tuple) else (statement.right,)
        right_values = np.exp(np.array([[cell.log_of(right) for right in rights]]) - left.log_scale[:, None])
        return left.values, right_values, np.maximum(left.size, right_values)
    with np.errstate(over="ignore"):
        right_values = np.exp(logarithms(cell, statement.right, group, readings) - left.log_scale[:, None])
    return left.values, right_values, np.maximum(left.size, right_values)


def finite_draws(left: Vectors, right: Vectors, size: Vectors) -> tuple[tuple[Vectors, Vectors, Vectors], str]:
    """The draws in which not both sides are infinite, and a note that counts the others: nothing is said of them.

    Raises NotJudged where there is none.
    """
    both = (np.isposinf(left) & np.isposinf(right)).all(axis=1)
    if both.all():
        raise NotJudged("both sides are infinite in every draw")
    told = f"both sides are infinite in {both.sum()} of {len(both)} draws" if both.any() else ""
    return (left[~both], right[~both], np.broadcast_to(size, left.shape)[~both]), told


def predicted(cell: Cell) -> float | None:
    """The right side as a number, where nothing measured enters it."""
    right = cell.statement.right
    return cell.number_of(right) if isinstance(right, Expr) and not inputs(cell, right) else None


def ratios(cell: Cell, group: Group, readings: Readings) -> tuple[Norms, float]:
    """left/right, the scale of a long product divided out before anything overflows; and its size, for rounding."""
    statement = cell.statement
    if not isinstance(statement.left, Observable):
        return numbers(cell, statement.left, group, readings)[:, 0] / cell.number_of(statement.right), 1.0
    reading = column_of(cell, statement.left, readings[group, statement.left])
    with np.errstate(over="ignore"):
        scale = np.exp(reading.log_scale - cell.log_of(statement.right))
    nonzero = reading.values[:, 0] != 0
    relative = np.divide(reading.size[:, 0], np.abs(reading.values[:, 0]), out=np.ones(len(scale)), where=nonzero)
    return reading.values[:, 0] * scale, float(np.median(relative))
