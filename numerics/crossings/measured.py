"""Thresholds by draws: the median of the norm, and the growth of one vector through long chains of fresh matrices."""

from __future__ import annotations

from math import exp, inf, sqrt
from zlib import crc32

import numpy as np
from numpy.random import Generator
from scipy.special import stdtrit
from sympy import oo

from numerics.arrays import Norms, Vectors
from numerics.crossings.threshold import MISS, Threshold
from numerics.ensembles import Ensemble
from numerics.judges.median import interval, middle
from numerics.shortcuts import operator_norms
from numerics.spectra import operator_norm

CHAINS = 64  # independent, side by side
SKIPPED = 8  # factors of each until the direction of its vector has forgotten where it began
ENTRIES = 2**25  # drawn for the chains of one width, about; for its norms half as many
MOST, FEWEST = 2**10, 2**4  # factors of each chain
NORMS = 2**13  # matrices whose norm is taken, at most
SHORT = 2**12  # norms of wide Gaussian matrices, drawn without the matrices
WIDEST = 256  # a block of chains takes 8 CHAINS n² bytes
WIDEST_SHORT = 10**6
ZERO = 1e-12  # a part of ‖W‖ that rounding leaves of a vector which W takes to 0
ENDED = "a gradient became exactly 0 in the draws: in the end almost every one does, whatever sigma_w"


def norm(ensemble: Ensemble, n: int, seed: int) -> Threshold:
    """sigma_w where the median of ‖W‖ is 1: one over the sample median at sigma_w = 1, its interval by order
    statistics."""
    rng = _rng(ensemble, n, seed, "norm")
    blocks = min(NORMS // CHAINS, _depth(n) // 2)
    return _where_one(np.concatenate([operator_norm(_draw(ensemble, n, rng)) for _ in range(blocks)]))


def gaussian_norm(ensemble: Ensemble, n: int, seed: int) -> Threshold:
    """The same for Gaussian matrices of any width, from norms drawn by the bidiagonal model."""
    return _where_one(operator_norms(_rng(ensemble, n, seed, "norm"), SHORT, n, n))


def _where_one(norms: Norms) -> Threshold:
    ordered = np.sort(norms)
    low, high = interval(ordered, MISS)
    value, most, least = (1 / float(each) if each > 0 else inf for each in (middle(ordered), low, high))
    return Threshold(value, least, most, draws=len(norms))


def typical(ensemble: Ensemble, n: int, mean: Threshold, seed: int) -> Threshold:
    """sigma_w where the mean of the log gain of a long product is 0: exp(-λ), λ the largest Lyapunov exponent.

    λ is the mean of log ‖Wu‖ at sigma_w = 1 over chains of fresh matrices, u the direction that a chain has reached;
    its interval is Student's t over the chains, whose means are all but normal. E‖Wu‖² = mean^-2 for every u: where
    ‖Wu‖² has a variance, half its distance from that is taken off each logarithm, which leaves λ as it is and most of
    the noise behind. inf where a vector became 0.
    """
    logs = _log_steps(ensemble, n, mean.value**-2, seed)
    draws = CHAINS * _depth(n)
    if logs is None:
        return Threshold(inf, inf, inf, draws=draws, note=ENDED)
    chains = logs.mean(axis=0)
    rate, error = float(chains.mean()), float(chains.std(ddof=1)) / sqrt(CHAINS)
    reach = float(-stdtrit(CHAINS - 1, MISS / 2)) * error
    return Threshold(exp(-rate), exp(-rate - reach), exp(-rate + reach), draws=draws)


def _log_steps(ensemble: Ensemble, n: int, square: float, seed: int) -> Vectors | None:
    """log ‖Wu‖ of each step of each chain, less what is known of its noise: (steps, CHAINS); None where one is 0."""
    rng, steady = _rng(ensemble, n, seed, "typical"), ensemble.gain_spread != oo
    u = rng.standard_normal((CHAINS, n))
    logs = []
    for _ in range(SKIPPED + _depth(n)):
        u /= np.linalg.norm(u, axis=1, keepdims=True)
        u = np.matmul(_draw(ensemble, n, rng), u[:, :, None])[:, :, 0]
        squares = np.einsum("di,di->d", u, u)
        if squares.min() < ZERO**2:
            return None
        logs.append((np.log(squares) - steady * (squares - square)) / 2)
    return np.array(logs[SKIPPED:])


def _depth(n: int) -> int:
    """Factors of each chain."""
    return max(FEWEST, min(MOST, ENTRIES // (CHAINS * n**2)))


def _draw(ensemble: Ensemble, n: int, rng: Generator) -> Vectors:
    return ensemble.draw(rng, CHAINS, n, n, 1.0)


def _rng(ensemble: Ensemble, n: int, seed: int, what: str) -> Generator:
    """Of this number alone: no other row changes it."""
    return np.random.default_rng(np.random.SeedSequence((seed, crc32(f"{ensemble.name} {n} {what}".encode()))))
