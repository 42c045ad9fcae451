"""Words of letters and runs: how an ordered product is held while expressions are brought to normal form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, Self

from sympy import Dummy, Expr, MatrixExpr, Transpose

from theory.words.layer import Layer


class Token(Protocol):
    """A letter of a word: a matrix expression, a run, or a sum kept together under a product."""

    def xreplace(self, rule: Mapping[Expr, Expr], /) -> Self: ...
    def has(self, symbol: Expr, /) -> bool: ...
    def transpose(self) -> Self: ...


Word = tuple[Token, ...]


@dataclass(frozen=True)
class Run:
    """pattern(high) ... pattern(low), indices descending; an ascending product counts its index downward."""

    pattern: Word
    low: Expr
    high: Expr

    @property
    def level(self) -> int:
        return 1 + level(self.pattern)

    @property
    def index(self) -> Dummy:
        return position(self.level)

    @property
    def length(self) -> Expr:
        return (self.high - self.low + 1).expand()

    @property
    def constant(self) -> bool:
        """Whether all factors are equal: a power."""
        return not any(token.has(self.index) for token in self.pattern)

    def at(self, place: Expr) -> Word:
        """One factor."""
        return replaced(self.pattern, {self.index: place})

    def xreplace(self, rule: Mapping[Expr, Expr]) -> Run:
        return Run(replaced(self.pattern, rule), *(end.xreplace(rule).expand() for end in (self.low, self.high)))

    def has(self, symbol: Expr) -> bool:
        return any(part.has(symbol) for part in (*self.pattern, self.low, self.high))

    def transpose(self) -> Run:
        return Run(replaced(flipped(self.pattern), {self.index: -self.index}), -self.high, -self.low)


def position(height: int) -> Dummy:
    """The index of a run that holds `height` - 1 levels of others; reserved, so that nothing outside contains it."""
    return Dummy(f"r_{height}", dummy_index=height, integer=True)


def level(word: Word) -> int:
    """How many levels of runs lie within each other."""
    return max((getattr(token, "level", 0) for token in word), default=0)


def replaced(word: Word, rule: Mapping[Expr, Expr]) -> Word:
    return tuple(token.xreplace(rule) for token in word)


def flipped(word: Word) -> Word:
    """The transpose of a word: reversed, each letter transposed."""
    return tuple(transposed(token) for token in reversed(word))


def transposed(token: Token) -> Token:
    """The transpose of one letter, resolved where the letter knows its own."""
    return Transpose(token).doit(deep=False) if isinstance(token, MatrixExpr) else token.transpose()


def direction(run: Run) -> tuple[Expr, Expr] | None:
    """(a, c) of the first letter whose index is a r + c."""
    return next((found for letter in run.pattern if (found := offset(letter, run.index))), None)


def offset(token: Token, index: Dummy) -> tuple[Expr, Expr] | None:
    """(a, c) where the letter's own index is a r + c with an integer a, else None."""
    letter = token.first_letter(index) if hasattr(token, "first_letter") else token
    layer = letter.arg if isinstance(letter, Transpose) else letter
    if not isinstance(layer, Layer):
        return None
    slope = layer.index.coeff(index, 1)
    rest = (layer.index - slope * index).expand()
    return (slope, rest) if slope.is_Integer and slope != 0 and not rest.has(index) else None
