"""‖Jv‖² of Gaussian linear networks from one chi-squared number a layer.

Given h, W h is normal with covariance (sigma_w²/n_{l-1})‖h‖² I: ‖Jv‖² equals in law ∏_l (sigma_w²/n_{l-1}) chi²_{n_l},
the factors independent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.random import Generator
from scipy.special import gammaln

from numerics.arguments import as_float, positive_integer, standard_deviation
from numerics.arrays import Norms
from numerics.shortcuts.profile import log_scales, width_profile

BLOCK = 2**20  # random numbers held at a time


def log_gains(rng: Generator, draws: int, widths: Sequence[int], sigma_w: float = 1.0) -> Norms:
    """log ‖Jv‖² for a unit v, independent draws: L random numbers each. No depth overflows.

    Exact in law; each value exact to rounding of the sum. Shapes: -> (draws,).
    Raises ValueError where draws, a width or sigma_w is none.

    >>> log_gains(np.random.default_rng(0), 3, (4,) * 100_001).shape
    (3,)
    """
    return _sums(rng, positive_integer(draws, "draws"), width_profile(widths), sigma_w, 0.0)


@dataclass(frozen=True, eq=False)
class TiltedGains:
    """log ‖Jv‖² under the tilted law, and log dP/dQ: E f(‖Jv‖²) is the mean of f times exp(log_weight); (draws,)."""

    log_gain: Norms
    log_weight: Norms


def tilted_log_gains(
    rng: Generator, draws: int, widths: Sequence[int], sigma_w: float = 1.0, *, tilt: float
) -> TiltedGains:
    """log ‖Jv‖² drawn with probability proportional to ‖Jv‖^{2 tilt}: each chi²_{n_l} becomes chi²_{n_l + 2 tilt}.

    log_weight = log E‖Jv‖^{2 tilt} - tilt·log‖Jv‖², exactly. The estimate of E‖Jv‖^{2p} is the mean of
    exp(p·log_gain + log_weight): at tilt = p each draw gives the answer and nothing varies; at tilt = 0 it is naive
    Monte Carlo, which fails where the mean rests on draws that hardly ever come.

    Exact in law. Shapes: -> two (draws,).
    Raises ValueError where draws, a width or sigma_w is none, sigma_w = 0, or tilt <= -n_l/2: no such moment.
    Source: Kahn & Marshall, Methods of reducing sample size in Monte Carlo computations, 1953 (importance sampling).

    >>> gains = tilted_log_gains(np.random.default_rng(0), 2, (8,) * 41, tilt=2.0)
    >>> np.exp(2 * gains.log_gain + gains.log_weight) / (1 + 2 / 8) ** 40
    array([1., 1.])
    """
    profile, power = width_profile(widths), _tilt(tilt, widths)
    if standard_deviation(sigma_w, "sigma_w") == 0:
        raise ValueError(f"sigma_w={sigma_w}: every gain is 0 and nothing can be weighed; pass sigma_w > 0")
    logs = _sums(rng, positive_integer(draws, "draws"), profile, sigma_w, power)
    return TiltedGains(logs, log_moment(profile, sigma_w, power) - power * logs)


def log_moment(widths: Sequence[int], sigma_w: float, p: float) -> float:
    """log E‖Jv‖^{2p} = Σ_l p·log(2 sigma_w²/n_{l-1}) + log Γ(n_l/2 + p) - log Γ(n_l/2), exact to rounding.

    Raises ValueError where p <= -n_l/2: no such moment.

    >>> round(log_moment((8,) * 41, 1.0, 2.0) / log(1 + 2 / 8), 9)
    40.0
    """
    profile, power = width_profile(widths), _tilt(p, widths)
    halves = np.array(profile[1:]) / 2
    terms = power * (log_scales(profile, sigma_w) + log(2)) + gammaln(halves + power) - gammaln(halves)
    return float(terms.sum())


def _tilt(tilt: float, widths: Sequence[int]) -> float:
    power, narrowest = as_float(tilt), min(width_profile(widths)[1:])
    if power is None or not -narrowest / 2 < power < np.inf:
        raise ValueError(f"tilt={tilt}: E‖Jv‖^(2 tilt) is infinite or none; pass tilt > {-narrowest / 2}")
    return power


def _sums(rng: Generator, draws: int, profile: tuple[int, ...], sigma_w: float, tilt: float) -> Norms:
    """Σ_l log(sigma_w²/n_{l-1}) + log chi²_{n_l + 2 tilt}; layer by layer, so that no block changes the draws."""
    scales, degrees = log_scales(profile, sigma_w), np.array(profile[1:]) + 2 * tilt
    total, held = np.full(draws, scales.sum()), max(1, BLOCK // draws)
    for first in range(0, len(degrees), held):
        block = degrees[first : first + held, None]
        with np.errstate(divide="ignore"):  # chi²_1 may underflow
            total += np.log(rng.chisquare(block, (len(block), draws))).sum(axis=0)
    return total
