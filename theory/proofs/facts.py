"""Facts, their instances, and substitution by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sympy import Expr, MatMul, Symbol, oo, sympify
from sympy.core.basic import Basic

from theory.proofs.dependence import bound_symbols, nonnegative
from theory.proofs.normal import normal


@dataclass(frozen=True)
class Range:
    """A fact holds for every integer value of the symbol from low to high."""

    symbol: Symbol
    low: Expr | int
    high: Expr | int = oo

    def admits(self, values: Mapping[Basic, Basic]) -> bool:
        """Whether the value lies in the range, the values of other symbols being put into its ends."""
        value = values.get(self.symbol, self.symbol)
        others = {symbol: other for symbol, other in values.items() if symbol != self.symbol}
        low, high = (sympify(end).xreplace(others) for end in (self.low, self.high))
        below = high == oo or nonnegative(high - value)
        return bool(value.is_integer) and nonnegative(value - low) and below


@dataclass(frozen=True)
class Fact:
    """left op right; op is "=" or "<=", or "<" in a condition.

    ``ranges``: the symbols that it was proved or defined for all values of; no other letter may be replaced in it.
    ``origin``, ``values``: the general fact that this one is an instance of, and where.
    """

    left: Basic
    op: str
    right: Basic
    ranges: tuple[Range, ...] = field(default=(), compare=False, repr=False)
    origin: Fact | None = field(default=None, compare=False, repr=False)
    values: tuple[tuple[Basic, Basic], ...] = field(default=(), compare=False, repr=False)

    def at(self, values: Mapping[Basic, Basic | int]) -> Fact:
        """The instance with symbols replaced. It is believed where the general fact is known for these values.

        Raises ValueError where a bound symbol would be replaced or captured.
        """
        rule = {symbol: sympify(value) for symbol, value in values.items()}
        captured = bound_symbols(self.left) | bound_symbols(self.right)
        clash = captured & (rule.keys() | set().union(*(value.free_symbols for value in rule.values())))
        if clash:
            raise ValueError(f"{clash.pop()} is bound in {self.left} {self.op} {self.right}; rename it there")
        return Fact(
            self.left.xreplace(rule), self.op, self.right.xreplace(rule), origin=self, values=tuple(rule.items())
        )

    def __str__(self) -> str:
        return f"{self.left} {self.op} {self.right}"

    def is_instance_of(self, general: Fact, free: frozenset[Basic] = frozenset()) -> bool:
        """Whether this is the general fact at its values, and these lie where the general fact was proved.

        ``free``: vectors about which nothing is said anywhere, so that any other of their length may stand there.
        """
        values = dict(self.values)
        fits = all(values[vector].shape == vector.shape for vector in free & values.keys())
        allowed = fits and values.keys() <= {item.symbol for item in general.ranges} | free
        return allowed and general.at(values) == self and all(item.admits(values) for item in general.ranges)

    def renamed(self, rule: Mapping[Basic, Basic]) -> Fact:
        """The fact with a symbol renamed; an instance stays one, at renamed values."""
        values = tuple((symbol, value.xreplace(rule)) for symbol, value in self.values)
        return Fact(self.left.xreplace(rule), self.op, self.right.xreplace(rule), self.ranges, self.origin, values)

    @cached_property
    def key(self) -> tuple[Basic, str, Basic]:
        """Normal forms of both sides: two facts are the same where these are."""
        return normal(self.left), self.op, normal(self.right)


def substituted(expression: Basic, fact: Fact) -> Basic:
    """The expression with the fact's left side replaced by its right; in matrix words also as a part of a word.

    Untouched where a sum, integral or derivative would capture a symbol of the fact.
    """
    if fact.left.is_Number or bound_symbols(expression, limits=False) & _letters(fact):
        return expression
    replaced = expression.xreplace({fact.left: fact.right})
    if not isinstance(fact.left, MatMul):
        return replaced
    word = fact.left.args
    return replaced.replace(lambda node: isinstance(node, MatMul), lambda node: _in_word(node, word, fact.right))


def _letters(fact: Fact) -> set[Basic]:
    return fact.left.free_symbols | fact.right.free_symbols  # type: ignore[no-any-return]


def _in_word(node: MatMul, word: tuple[Basic, ...], new: Basic) -> Basic:
    letters = list(node.args)
    for start in range(len(letters) - len(word) + 1):
        if tuple(letters[start : start + len(word)]) == word:
            return MatMul(*letters[:start], new, *letters[start + len(word) :])
    return node
