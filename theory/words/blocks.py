"""Products whose factor is a sum: (I + a W_L) ... (I + a W_1). The sum is kept together as one letter, a block.

The longest word w of the factor F = c w + rest decides how such a product takes in what stands beside it:
w(k+1) F(k)...F(1) = (F(k+1)...F(1) - rest(k+1) F(k)...F(1)) / c(k+1), and the mirror image on the right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from sympy import Dummy, Expr, MatrixExpr, S

from theory.words.runs import Run, Word, flipped, level, offset, replaced

Terms = tuple[tuple[Expr, Word], ...]


@dataclass(frozen=True)
class Block:
    """A sum of scalars times words, the longest word first."""

    terms: Terms
    shape: tuple[Expr, Expr]

    @property
    def level(self) -> int:
        return max(level(word) for _, word in self.terms)

    def xreplace(self, rule: Mapping[Expr, Expr]) -> Block:
        rows, cols = self.shape
        terms = tuple((scalar.xreplace(rule), replaced(word, rule)) for scalar, word in self.terms)
        return Block(terms, (rows.xreplace(rule), cols.xreplace(rule)))

    def has(self, symbol: Expr) -> bool:
        return any(part.has(symbol) for scalar, word in self.terms for part in (scalar, *word))

    def transpose(self) -> Block:
        return block(((scalar, flipped(word)) for scalar, word in self.terms), self.shape[::-1])

    def first_letter(self, index: Dummy) -> MatrixExpr | None:
        """The first letter of the longest word that depends on the index."""
        return next((token for token in self.terms[0][1] if offset(token, index)), None)


def block(terms: Iterable[tuple[Expr, Word]], shape: tuple[Expr, Expr]) -> Block:
    return Block(tuple(sorted(terms, key=_length_then_letters, reverse=True)), shape)


def _length_then_letters(term: tuple[Expr, Word]) -> tuple[int, list[str], str]:
    names = [getattr(getattr(token, "arg", token), "name", "") for token in term[1]]
    return len(term[1]), names, str(term[1])


def opened(word: Word) -> Terms | None:
    """The word as a sum, where a block in it stands alone or a product of blocks can take in its neighbors."""
    for place, token in enumerate(word):
        if isinstance(token, Block):
            return _around(word[:place], token.terms, word[place + 1 :])
        if isinstance(token, Run) and isinstance(token.pattern[0], Block) and token.pattern[0].terms[0][1]:
            found = _from_left(word, place, token) or _from_right(word, place, token)
            if found is not None:
                return found
    return None


def _around(before: Word, terms: Terms, after: Word) -> Terms:
    return tuple((scalar, before + word + after) for scalar, word in terms)


def _factor(run: Run, place: Expr) -> Terms:
    return cast(Block, run.at(place)[0]).terms


def _from_left(word: Word, place: int, run: Run) -> Terms | None:
    (lead, longest), *rest = _factor(run, run.high + 1)
    before, after = word[: place - len(longest)], word[place + 1 :]
    if place < len(longest) or word[place - len(longest) : place] != longest:
        return None
    whole = ((S.One, (Run(run.pattern, run.low, run.high + 1),)),)
    others = tuple((-scalar, (*other, run)) for scalar, other in rest)
    return tuple((scalar / lead, term) for scalar, term in _around(before, whole + others, after))


def _from_right(word: Word, place: int, run: Run) -> Terms | None:
    (lead, longest), *rest = _factor(run, run.low - 1)
    before, after = word[:place], word[place + 1 + len(longest) :]
    if word[place + 1 : place + 1 + len(longest)] != longest:
        return None
    whole = ((S.One, (Run(run.pattern, run.low - 1, run.high),)),)
    others = tuple((-scalar, (run, *other)) for scalar, other in rest)
    return tuple((scalar / lead, term) for scalar, term in _around(before, whole + others, after))
