"""Ordered products merged with the letters and products beside them.

Every move below keeps the word equal, and the word on which none applies is unique: runs reach as far to the left as
their letters match, full periods on their right belong to them, and where two different runs overlap the left one has
the letters.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from sympy import Integer, floor

from theory.words.runs import Run, Word, direction, level, offset, replaced


@lru_cache(maxsize=4096)
def reduced(word: Word) -> Word:
    """The word with every run as far to the left, and as long, as its letters allow."""
    while (moved := next(_moves(word), None)) is not None:
        word = moved
    return word


def _moves(word: Word) -> Iterator[Word]:
    """Every word that one move leads to. Runs turn left before any grows right: a run never eats into its own rest."""
    runs = [(place, token) for place, token in enumerate(word) if isinstance(token, Run)]
    for move in (_tidy, _merge, _turn_left, _grow_right):
        for place, run in runs:
            moved = move(word, place, run)
            if moved is not None:
                yield moved


def _tidy(word: Word, place: int, run: Run) -> Word | None:
    """The run written out where its length is a number; else by its shortest period, its first letter at r."""
    tidied: Word = (_shifted(_root(run)),)
    if run.length.is_Integer and run.length >= 0:
        tidied = tuple(letter for step in range(int(run.length)) for letter in run.at(run.high - step))
    return None if tidied == (run,) else word[:place] + tidied + word[place + 1 :]


def _merge(word: Word, place: int, run: Run) -> Word | None:
    """pattern(high..k+1) pattern(k..low) = pattern(high..low)."""
    following = word[place + 1] if place + 1 < len(word) else None
    if not isinstance(following, Run) or following.pattern != run.pattern:
        return None
    if not run.constant and (run.low - 1 - following.high).expand() != 0:
        return None
    whole = Run(run.pattern, run.low - following.length, run.high)
    return (*word[:place], whole, *word[place + 2 :])


def _turn_left(word: Word, place: int, run: Run) -> Word | None:
    """y(k+1) [x(r) y(r)](k..1) = [y(r+1) x(r)](k..1) y(1): one letter in on the left, one out on the right."""
    if place == 0 or word[place - 1] != run.at(run.high + 1)[-1]:
        return None
    last = run.pattern[-1].xreplace({run.index: run.index + 1})
    turned = Run((last, *run.pattern[:-1]), run.low, run.high)
    return (*word[: place - 1], turned, run.at(run.low)[-1], *word[place + 1 :])


def _grow_right(word: Word, place: int, run: Run) -> Word | None:
    """pattern(high..k) pattern(k-1) = pattern(high..k-1), its letters found beside it or in the next run."""
    period = run.at(run.low - 1)
    following = word[place + 1 :]
    if following[: len(period)] != period and level(period) == 0:
        following = _unrolled(following, len(period))
    if following[: len(period)] != period:
        return None
    return (*word[:place], Run(run.pattern, run.low - 1, run.high), *following[len(period) :])


def _unrolled(word: Word, letters: int) -> Word:
    """The word with factors of its first run written out until it starts with that many letters, where it can."""
    for ahead, run in enumerate(word[:letters]):
        if isinstance(run, Run):
            rest = (Run(run.pattern, run.low, run.high - 1), *word[ahead + 1 :])
            head = word[:ahead] + run.at(run.high)
            return head + (rest if len(head) >= letters else _unrolled(rest, letters - len(head)))
    return word


def _shifted(run: Run) -> Run:
    """The run counted so that its first indexed letter has index r; a run of equal factors is counted from 1."""
    if run.constant:
        return Run(run.pattern, Integer(1), run.length)
    slope, rest = direction(run) or (Integer(1), Integer(0))
    shift = sum((floor(c / slope) * term for term, c in rest.as_coefficients_dict().items()), Integer(0))
    pattern = replaced(run.pattern, {run.index: run.index - shift})
    return Run(pattern, (run.low + shift).expand(), (run.high + shift).expand())


def _root(run: Run) -> Run:
    """The run by its shortest period: [W_2r W_2r-1](k..1) = W(2k..1), and (W W)^k = W^2k."""
    size = len(run.pattern)
    for period in (divisor for divisor in range(1, size) if size % divisor == 0):
        times = size // period
        if _repeats(run, period, times):
            pattern = replaced(run.pattern[:period], {run.index: run.index / times})
            return Run(pattern, times * run.low - times + 1, times * run.high)
    return run


def _repeats(run: Run, period: int, times: int) -> bool:
    """Whether the pattern is its first letters again and again, their indices going down evenly."""
    for letter in run.pattern:
        found = offset(letter, run.index)
        if letter.has(run.index) and (found is None or found[0] % times != 0):
            return False
    steps = [{run.index: run.index - Integer(place // period) / times} for place in range(len(run.pattern))]
    return all(run.pattern[place % period].xreplace(step) == run.pattern[place] for place, step in enumerate(steps))
