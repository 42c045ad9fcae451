"""The spectrum of a wide product as a whole: its moments, and how much of it lies below a level."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from sympy import Float, N, log

from numerics import spectra
from numerics.measurement import Reading, column
from numerics.systems import Sample
from theory.observables import SHARE_BELOW

DIGITS = 20


def trace_moment(sample: Sample) -> Reading:
    """(1/n) tr (JJᵀ)^k, from powers of JᵀJ: all terms summed are positive or small beside it."""
    product, order = sample.chain.matrix(), int(sample.point["k"])
    gram = product.values.transpose(0, 2, 1) @ product.values
    half = np.linalg.matrix_power(gram, order // 2)
    rest = half @ gram if order % 2 else half
    values = np.einsum("dij,dij->d", half, rest) / gram.shape[1]
    return column(values, values * (1 + order * len(sample.network.weights)), 2 * order * product.log_scale)


def share_below(sample: Sample) -> Reading:
    """The share of the squared singular values below sigma_w^(2L) times the location at phi.

    Between two neighbors, and from 0 to the smallest, it rises in a straight line: at most 1/n above their number.
    """
    product = sample.chain.matrix()
    values = spectra.singular_values(product.values)[:, ::-1] ** 2  # the smallest first
    log_level = _log_level(*(float(sample.point[name]) for name in ("L", "phi", "sigma_w")))
    level = np.exp(log_level - 2 * product.log_scale)[:, None]
    steps = np.diff(values, axis=1, prepend=0.0)
    risen = np.clip(np.divide(level - values + steps, steps, out=np.ones_like(values), where=steps > 0), 0, 1)
    return column(risen.mean(axis=1), np.ones(len(values)))


@lru_cache(maxsize=64)
def _log_level(depth: float, phi: float, sigma_w: float) -> float:
    """log of the level in the observable's own definition."""
    level = SHARE_BELOW.definition.args[1]
    known = {"L": int(depth), "phi": Float(phi, DIGITS), "sigma_w": Float(sigma_w, DIGITS)}
    return float(N(log(level.subs({symbol: known[symbol.name] for symbol in level.free_symbols})), DIGITS))
