"""Draws of both products at sigma_w = 1, in blocks of bounded memory: any other sigma_w shifts each logarithm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
from zlib import crc32

import numpy as np
from numpy.random import Generator

from numerics.arrays import Matrices, Norms, Vectors
from numerics.deferred import GaussianMatrices
from numerics.ensembles import Ensemble
from numerics.scaled import rescale
from numerics.shortcuts import operator_norms
from numerics.spectra import log_power_norms, operator_norm, spectral_radius

BUDGET = 2**26  # bytes of matrices, or of revealed directions, at a time
WIDEST = 256  # matrices are drawn up to this width; of Gaussian ones beyond it only what asks for none
ZERO = 1e-12  # a part of ‖W‖ that rounding leaves of a vector which W takes to 0


@dataclass(frozen=True, eq=False)
class Logs:
    """Logarithms of each draw: gains log‖Jv‖² after every factor, (draws, K); of ``steps`` factors each: norms log‖J‖
    and factors Σ log‖W_l‖, (draws, len(steps)); radii log ρ(W) and how far each may be off, (draws,). None: not asked.
    """

    gains: Vectors
    factors: Vectors
    norms: Vectors | None = None
    radii: Norms | None = None
    off: Norms | None = None


def fresh(law: Ensemble, n: int, steps: Sequence[int], draws: int, rng: Generator) -> Logs:
    """Through depth."""
    blocks = [_fresh(law, n, steps, count, own) for own, count in _blocks(rng, draws, 32 * n * n)]
    gains, factors, norms = (np.concatenate(each) for each in zip(*blocks, strict=True))
    return Logs(gains, factors, norms)


def _fresh(law: Ensemble, n: int, steps: Sequence[int], draws: int, rng: Generator) -> tuple[Vectors, ...]:
    v, product = _start(rng, draws, n), (np.eye(n)[None], np.zeros(1, np.int64))
    gains, factors, norms = [], [], []
    for k in range(1, steps[-1] + 1):
        W = law.draw(rng, draws, n, n, 1.0)
        v, grown = _step(W, v)
        gains.append(grown)
        factors.append(_logs(operator_norm(W)))
        product = rescale(W @ product[0], product[1])
        if k in steps:
            norms.append(_logs(operator_norm(product[0])) + product[1] * log(2))
    places = np.array(steps) - 1
    sums = np.cumsum(factors, axis=0)[places]
    return np.cumsum(gains, axis=0).T, sums.T, np.array(norms).T


def tied(law: Ensemble, n: int, steps: Sequence[int], reach: int, draws: int, rng: Generator) -> Logs:
    """Through time, gains up to ``reach`` steps."""
    blocks = [_tied(law, n, steps, reach, count, own) for own, count in _blocks(rng, draws, 32 * n * n)]
    return Logs(*(np.concatenate(each) for each in zip(*blocks, strict=True)))


def _tied(
    law: Ensemble, n: int, steps: Sequence[int], reach: int, draws: int, rng: Generator
) -> tuple[Vectors, Vectors, Vectors, Norms, Norms]:
    W, v, gains = law.draw(rng, draws, n, n, 1.0), _start(rng, draws, n), []
    for _ in range(reach):
        v, grown = _step(W, v)
        gains.append(grown)
    radius = spectral_radius(W)
    radii = _logs(radius.value)
    with np.errstate(invalid="ignore"):  # a radius of 0 is off by nothing
        off = np.nan_to_num(radii - _logs(np.maximum(radius.value - radius.sensitivity, 0)), nan=0.0)
    factors = _logs(operator_norm(W))[:, None] * np.array(steps)
    return np.cumsum(gains, axis=0).T, factors, log_power_norms(W, steps), radii, off


def wide_gaussian(n: int, steps: Sequence[int], draws: int, rng: Generator) -> Logs:
    """Through time at any width, exact in law and no matrix drawn: gains by deferred matrices, norms by bidiagonals."""
    blocks = [_deferred(n, steps[-1], count, own) for own, count in _blocks(rng, draws, 16 * n * (steps[-1] + 1))]
    return Logs(np.concatenate(blocks), _logs(operator_norms(rng, draws, n, n))[:, None] * np.array(steps))


def _deferred(n: int, reach: int, draws: int, rng: Generator) -> Vectors:
    W, v, gains = GaussianMatrices(rng, draws, n, n), _start(rng, draws, n), []
    for _ in range(reach):
        v, grown = _unit(W.push(v))
        gains.append(grown)
    return np.cumsum(gains, axis=0).T


def wide_gaussian_norms(n: int, steps: Sequence[int], draws: int, rng: Generator) -> Vectors:
    """Σ log‖W_l‖ of fresh Gaussian factors at any width: (draws, len(steps))."""
    norms = operator_norms(rng, draws * steps[-1], n, n).reshape(draws, steps[-1])
    return np.asarray(np.cumsum(_logs(norms), axis=1)[:, np.array(steps) - 1])


def generator(law: Ensemble, n: int, seed: int, product: str) -> Generator:
    """Of this ensemble, width and product alone."""
    return np.random.default_rng(np.random.SeedSequence((seed, crc32(f"{law.name} {n} {product}".encode()))))


def _blocks(rng: Generator, draws: int, each: int) -> Iterator[tuple[Generator, int]]:
    """A generator and how many draws at a time, each of that many bytes: more steps change no earlier one."""
    most = max(1, BUDGET // each)
    sizes = [min(most, draws - first) for first in range(0, draws, most)]
    return zip(rng.spawn(len(sizes)), sizes, strict=True)


def _start(rng: Generator, draws: int, n: int) -> Vectors:
    return _unit(rng.standard_normal((draws, n)))[0]


def _step(W: Matrices, v: Vectors) -> tuple[Vectors, Norms]:
    return _unit(np.matmul(W, v[:, :, None])[:, :, 0])


def _unit(x: Vectors) -> tuple[Vectors, Norms]:
    """The rows at length 1 and log of their squared lengths; what rounding leaves of 0 is 0."""
    lengths = np.linalg.norm(x, axis=1)
    lengths = np.where(lengths < ZERO, 0.0, lengths)
    return x / np.where(lengths > 0, lengths, np.inf)[:, None], 2 * _logs(lengths)


def _logs(values: Norms) -> Norms:
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(values))
