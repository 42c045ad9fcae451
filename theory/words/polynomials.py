"""Noncommutative polynomials as data: scalars times words, under sums over bound indices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sympy import Dummy, Expr, S, cancel, powsimp

from theory.words.blocks import opened
from theory.words.merging import reduced
from theory.words.runs import Word, flipped, replaced


@dataclass(frozen=True)
class Key:
    """A word under sums: the k-th of them, from the outside in, takes `summed(k)` from its low to its high."""

    sums: tuple[tuple[Expr, Expr], ...]
    word: Word

    def xreplace(self, rule: Mapping[Expr, Expr]) -> Key:
        sums = tuple((low.xreplace(rule), high.xreplace(rule)) for low, high in self.sums)
        return Key(sums, replaced(self.word, rule))

    def has(self, symbol: Expr) -> bool:
        return any(part.has(symbol) for part in (*self.word, *(end for ends in self.sums for end in ends)))


Polynomial = dict[Key, Expr]
ONE: Polynomial = {Key((), ()): S.One}


def summed(place: int) -> Dummy:
    """The bound index of the sum at a place, counted from the outside."""
    return Dummy(f"j_{place}", dummy_index=place, integer=True)


def collect(terms: Iterable[tuple[Key, Expr]]) -> Polynomial:
    """Words brought to normal form, and the terms of one word added up; those that cancel are gone."""
    total: Polynomial = {}
    waiting = list(terms)
    while waiting:
        key, scalar = waiting.pop()
        word = reduced(key.word)
        parts = opened(word)
        if parts is None:
            settled = Key(key.sums, word)
            total[settled] = total.get(settled, S.Zero) + scalar
        else:
            waiting.extend((Key(key.sums, part), scalar * factor) for factor, part in parts)
    simplified = {key: simplest(scalar) for key, scalar in total.items()}
    return {key: scalar for key, scalar in simplified.items() if scalar != 0}


def simplest(scalar: Expr) -> Expr:
    """A normal form of rational expressions in symbols and their symbolic powers."""
    return scalar if scalar.is_Number or scalar.is_Symbol else powsimp(cancel(scalar.expand()), combine="exp")


def plus(*polynomials: Polynomial) -> Polynomial:
    return collect(term for polynomial in polynomials for term in polynomial.items())


def scaled(polynomial: Polynomial, scalar: Expr) -> Polynomial:
    return collect((key, scalar * own) for key, own in polynomial.items())


def times(left: Polynomial, right: Polynomial) -> Polynomial:
    """The product; the sums of the right factor come inside those of the left one."""
    terms = []
    for first, scalar in left.items():
        for second, other in deeper(right, len(first.sums)).items():
            terms.append((Key(first.sums + second.sums, first.word + second.word), scalar * other))
    return collect(terms)


def transpose(polynomial: Polynomial) -> Polynomial:
    return collect((Key(key.sums, flipped(key.word)), scalar) for key, scalar in polynomial.items())


def deeper(polynomial: Polynomial, levels: int) -> Polynomial:
    """The polynomial as it stands under so many sums more."""
    depth = max((len(key.sums) for key in polynomial), default=0)
    rule = {summed(place): summed(place + levels) for place in range(1, depth + 1)}
    return {key.xreplace(rule): scalar.xreplace(rule) for key, scalar in polynomial.items()}


def under_sum(polynomial: Polynomial, index: Dummy, low: Expr, high: Expr) -> Polynomial:
    """The sum of the polynomial over an index; a term without it is taken so many times."""
    rule = {index: summed(1)}
    terms = []
    for (key, scalar), (own_key, own_scalar) in zip(polynomial.items(), deeper(polynomial, 1).items(), strict=True):
        if key.has(index) or scalar.has(index):
            inner = own_key.xreplace(rule)
            terms.append((Key(((low, high), *inner.sums), inner.word), own_scalar.xreplace(rule)))
        else:
            terms.append((key, scalar * (high - low + 1)))
    return collect(terms)
