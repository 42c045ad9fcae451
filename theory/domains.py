"""Conditions that join parameters: an end of a domain that is another parameter, a statement's own condition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sympy import Expr, Symbol, sympify

from theory.balls.decimals import outward
from theory.balls.evaluation import ball, value_of
from theory.balls.precision import working_precision
from theory.printing import text
from theory.proofs.dependence import is_constant
from theory.proofs.facts import Fact
from theory.statement import Theorem

DIGITS = 10  # of an end that a refusal tells
PRECISIONS = tuple(64 << 2 * step for step in range(5))


def check_together(theorem: Theorem, values: Mapping[Symbol, Expr]) -> None:
    """Raises ValueError where values, each lawful by itself, do not fit together; what has no value is left out.

    >>> from sympy import Integer
    >>> from theory.depth.mean_square_gain import THEOREM
    >>> check_together(THEOREM, {parameter.symbol: Integer(2) for parameter in THEOREM.parameters})
    """
    for fact, otherwise in _conditions(theorem):
        if (fact.left.free_symbols | fact.right.free_symbols) <= values.keys() and not _holds(fact, values):
            raise ValueError(_refusal(theorem, fact, otherwise, values))


def _conditions(theorem: Theorem) -> Iterator[tuple[Fact, str]]:
    for parameter in theorem.parameters:
        low, high = sympify(parameter.low), sympify(parameter.high)
        yield from ((Fact(low, "<=", parameter.symbol), "") for _ in low.free_symbols)
        yield from ((Fact(parameter.symbol, "<=", high), "") for _ in high.free_symbols)
    for statement in theorem.statements:
        for fact in statement.given:
            if fact.op != "=" and is_constant(fact.left) and is_constant(fact.right):
                yield fact, statement.otherwise


def _holds(fact: Fact, values: Mapping[Symbol, Expr]) -> bool:
    """For certain, at a precision that settles it: an order that none does, as of two equal numbers, does not hold."""
    for bits in PRECISIONS:
        with working_precision(bits):
            left, right = (value_of(side, values) for side in (fact.left, fact.right))
        if left < right or left > right:
            return bool(left < right)
    return fact.op == "<=" and bool(left <= right)


def _refusal(theorem: Theorem, fact: Fact, otherwise: str, values: Mapping[Symbol, Expr]) -> str:
    given = ", ".join(f"{symbol}={values[symbol]}" for symbol in sorted(fact.left.free_symbols, key=str))
    needed, why = f"{text(fact.left)} {fact.op} ", f" ({otherwise})" if otherwise else ""
    if fact.right.is_Symbol:
        told, end = f"{fact.right}={values[fact.right]}", str(values[fact.right])
    else:
        near, end, _ = outward(ball(fact.right, values), DIGITS) or (fact.right,) * 3  # rounded down: within
        told = f"{text(fact.right)} = {near}"
    return f"{given}: theorem {theorem.name} needs {needed}{told}{why}; pass {needed}{end}"
