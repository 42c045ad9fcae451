"""Traces of W A Wᵀ averaged over a Gaussian W: Isserlis' sum over all pairings of its factors, counted one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from sympy import Expr, MatMul, MatrixExpr, Pow, Transpose
from sympy.core.basic import Basic

from theory.proofs.bounds import everywhere
from theory.proofs.dependence import constant_and_rest, fresh_weight
from theory.proofs.normal import same
from theory.quantities import E, squared_norm
from theory.symbols import sigma_w

Pairs = tuple[tuple[int, int], ...]
Traces = tuple[int, ...]  # (2, 1) is tr(M²) tr(M), longest first


@lru_cache(maxsize=16)
def contractions(traces: Traces) -> Mapping[tuple[int, Traces], int]:
    """E of traces of M = W A Wᵀ, W of independent N(0, 1): how many pairings leave n_out^c times which traces of A.

    Factor number j of a trace is Σ W_ra A_ab W_sb, its W at the places 2j and 2j + 1; s is the r of the next factor.
    Two W that are paired share row and column: what is left are loops, of rows a factor n_out each, of columns a trace.

    >>> contractions((2,)) == {(1, (1, 1)): 1, (2, (2,)): 1, (1, (2,)): 1}
    True
    """
    factors = [(2 * j, 2 * j + 1) for j in range(sum(traces))]
    rows = tuple(pair for start, length in _spans(traces) for pair in _ring(factors[start : start + length]))
    found: Counter[tuple[int, Traces]] = Counter()
    for pairing in pairings(range(2 * len(factors))):
        found[len(_loops(rows, pairing)), _loops(tuple(factors), pairing)] += 1
    return found


def _spans(traces: Traces) -> Iterator[tuple[int, int]]:
    start = 0
    for length in traces:
        yield start, length
        start += length


def _ring(factors: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The second W of a factor stands beside the first of the next one, around the trace."""
    for factor, following in zip(factors, (*factors[1:], factors[0]), strict=True):
        yield factor[1], following[0]


def pairings(places: Sequence[int]) -> Iterator[Pairs]:
    """All ways to put an even number of places into pairs: (2k - 1)!! of them.

    >>> len(list(pairings(range(8))))
    105
    """
    if not places:
        yield ()
        return
    first, *others = places
    for partner in others:
        rest = [place for place in others if place != partner]
        yield from (((first, partner), *pairs) for pairs in pairings(rest))


def _loops(links: Pairs, pairing: Pairs) -> Traces:
    """The loops that links and pairs close, by their number of links, longest first."""
    beside = {place: other for pair in links for place, other in (pair, pair[::-1])}
    paired = {place: other for pair in pairing for place, other in (pair, pair[::-1])}
    lengths, waiting = [], set(beside)
    while waiting:
        place, length = min(waiting), 0
        while place in waiting:
            waiting -= {place, beside[place]}
            place, length = paired[beside[place]], length + 1
        lengths.append(length)
    return tuple(sorted(lengths, reverse=True))


def averaged(traces: Traces, rows: Expr, columns: Expr) -> dict[Traces, Expr]:
    """E of traces of W A Wᵀ as coefficients of traces of A; W is rows x columns, of variance sigma_w²/columns.

    >>> from theory.symbols import n
    >>> averaged((1,), n, n)
    {(1,): sigma_w**2}
    """
    found: dict[Traces, Expr] = {}
    for (loops, left), count in contractions(traces).items():
        found[left] = found.get(left, 0) + count * rows**loops * (sigma_w**2 / columns) ** sum(traces)
    return found


def gaussian_traces(expression: Basic) -> Basic:
    """E‖Y Yᵀ‖_F² and E(‖Y‖_F²)² of Y = W_l X by those of X, independent of W_l: traces of M = Y Yᵀ."""

    def change(node: Basic) -> Basic | None:
        constant, core = constant_and_rest(node.args[0])
        traces, word = _traces_of(core)
        parts = fresh_weight(word) if word is not None else None
        if parts is None:
            return None
        weight, rest = parts
        means = {(2,): E(squared_norm(rest * Transpose(rest))), (1, 1): E(squared_norm(rest) ** 2)}
        found = averaged(traces, *weight.shape)
        return constant * sum(coefficient * means[left] for left, coefficient in found.items())

    return everywhere(expression, E, change)


def _traces_of(core: Basic) -> tuple[Traces, MatrixExpr | None]:
    """((1, 1), Y) of (‖Y‖_F²)², ((2,), Y) of ‖Y Yᵀ‖_F², where Y is a written-out word."""
    if isinstance(core, Pow) and core.exp == 2 and isinstance(core.base, squared_norm):
        return (1, 1), core.base.args[0]
    word = core.args[0] if isinstance(core, squared_norm) else None
    if not isinstance(word, MatMul) or len(word.args) % 2:
        return (), None
    half = MatMul(*word.args[: len(word.args) // 2])
    return ((2,), half) if same(word, half * Transpose(half)) else ((), None)
