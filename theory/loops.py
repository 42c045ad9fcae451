"""Means of traces of powers of a Gaussian matrix: its letters paired in all ways, and counted by the loops they close.

The entries of G are independent of mean 0 and variance 1, normal, or complex normal with E G_ij² = 0. By Isserlis the
mean of a product of traces of words in G and its adjoint is a sum over the ways to pair their letters: a pairing that
closes c loops of indices gives n^c. The first letter G of the first trace is paired with each other letter in turn (the
loop equations, or integration by parts in that entry), which cuts one trace in two or joins two in one:

    with G* of the same trace   tr G A G* B      -> tr A · tr B        with G   tr G A G B      -> tr A B*
    with G* of another trace    tr G A · tr G* B -> tr A B             with G   tr G A · tr G B -> tr A B*

Complex letters pair with their adjoints alone. Traces that differ by a rotation, real ones by a transposition too, have
one mean, which is kept: powers of T factors lead to about 2^T different ones instead of (2T-1)!! pairings.

Source: Isserlis 1918; 't Hooft 1974 (loops); Migdal 1983 (loop equations).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

Word = tuple[int, ...]  # a trace, around: 0 for G, 1 for its adjoint
Words = tuple[Word, ...]
Count = Mapping[int, int]  # pairings by the number of loops that they close


def loops(words: Words, complex_entries: bool = False) -> Count:
    """{c: pairings with c loops} of a product of traces, so that its mean is Σ count·n^c; exact.

    >>> loops(((0, 0, 1, 1),)) == {3: 1, 1: 2}  # E tr G G Gᵀ Gᵀ = n³ + 2n
    True
    >>> loops(((0, 0, 1, 1),), complex_entries=True) == {3: 1, 1: 1}
    True
    """
    empty = sum(not word for word in words)
    found = _counted(_kept(words, complex_entries), complex_entries, {(): {0: 1}})
    return {count + empty: number for count, number in found.items()}


@lru_cache(maxsize=128)
def power_loops(steps: int, traces: tuple[int, ...] = (1,), complex_entries: bool = False) -> Count:
    """Loops of products of traces of powers of A A*, A = G^steps: (2, 1) is tr((A A*)²) tr(A A*).

    >>> power_loops(2) == {3: 1, 1: 2}
    True
    """
    return loops(tuple(((0,) * steps + (1,) * steps) * power for power in traces), complex_entries)


def _counted(words: Words, complex_entries: bool, known: dict[Words, Count]) -> Count:
    if words in known:
        return known[words]
    total: Counter[int] = Counter()
    for paired in _first_paired(words, complex_entries):
        closed = sum(not word for word in paired)
        for count, number in _counted(_kept(paired, complex_entries), complex_entries, known).items():
            total[count + closed] += number
    known[words] = total
    return total


def _first_paired(words: Words, complex_entries: bool) -> Iterator[Words]:
    """What is left when the first letter is paired with each other letter that it can be paired with."""
    (letter, *rest), *others = words
    body = tuple(rest)
    for place, partner in enumerate(body):
        before, after = body[:place], body[place + 1 :]
        if partner != letter:
            yield (before, after, *others)
        elif not complex_entries:
            yield (before + adjoint(after), *others)
    for number, other in enumerate(others):
        left = (*others[:number], *others[number + 1 :])
        for place, partner in enumerate(other):
            opened = other[place + 1 :] + other[:place]
            if partner != letter:
                yield (body + opened, *left)
            elif not complex_entries:
                yield (body + adjoint(opened), *left)


def adjoint(word: Word) -> Word:
    """The word of the adjoint: its letters in the opposite order, each turned into the other.

    >>> adjoint((0, 0, 1))
    (0, 1, 1)
    """
    return tuple(1 - letter for letter in reversed(word))


def _kept(words: Words, complex_entries: bool) -> Words:
    """The traces with letters in one order and one form each: what their mean is kept under."""
    return tuple(sorted(_least(word, complex_entries) for word in words if word))


@lru_cache(maxsize=100_000)
def _least(word: Word, complex_entries: bool) -> Word:
    forms = (word,) if complex_entries else (word, adjoint(word))
    return min(form[start:] + form[:start] for form in forms for start in range(len(word)))
