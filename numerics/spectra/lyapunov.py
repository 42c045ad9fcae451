"""Lyapunov exponents: the rates at which a product stretches, one a direction, by QR factorizations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isqrt, log
from numbers import Integral

import numpy as np

from numerics.arrays import Matrices, Vectors
from numerics.chain import Chain
from numerics.spectra.graded import scaled_factor


@dataclass(frozen=True, eq=False)
class LyapunovSpectrum:
    """Exponents, largest first, and how far each is known; both (draws, r), r the narrowest width."""

    exponents: Vectors
    standard_error: Vectors


def lyapunov_spectrum(chain: Chain | Sequence[Matrices], skip: int = 0) -> LyapunovSpectrum:
    """λ_i = 1/L Σ_l log R_ii of the QR factorizations F_l Q_{l-1} = Q_l R, Q_0 = I; -inf where the product is singular.

    standard_error, for fresh factors: the deviation of the L logarithms over sqrt(L). Exact in expectation where the
    steps are independent, as for weights whose law no rotation changes (Gaussian, Haar); for other laws the steps are
    weakly dependent and it is approximate. Through time nothing is drawn from step to step: there it is the deviation
    of the means of floor(sqrt(L)) stretches of time over the root of their number, which tells how far the exponents
    still move; their limits are the logarithms of the moduli of the eigenvalues. inf where fewer than two are averaged.

    skip: factors that turn Q but are not averaged.
    Exact to rounding of each R_ii beside its column; see log_singular_values for how that is amplified.
    Shapes: weights (draws, n_l, n_{l-1}) -> two (draws, r).
    Raises ValueError where two layers do not fit, an entry is not finite, or skip leaves no factor.
    Source: Benettin, Galgani, Giorgilli & Strelcyn 1980; Newman, The distribution of Lyapunov exponents, 1986.

    >>> lyapunov_spectrum((np.array([[[2.0, 1.0], [0.0, 0.5]]]),) * 10).exponents / np.log(2)
    array([[ 1., -1.]])
    """
    chain = chain if isinstance(chain, Chain) else Chain(tuple(chain))
    depth = len(chain.weights)
    if not isinstance(skip, Integral) or not 0 <= skip < depth:
        raise ValueError(f"skip={skip}: a chain of {depth} factors keeps at least one; pass 0 <= skip < {depth}")
    logs = step_logs(chain)[:, skip:]
    fresh = len({id(weight) for weight in chain.weights}) == depth
    parts = logs if fresh else _stretches(logs)
    with np.errstate(invalid="ignore"):
        exponents, error = logs.mean(axis=1), _error_of_mean(parts)
    order = np.argsort(-exponents, axis=1, kind="stable")
    return LyapunovSpectrum(np.take_along_axis(exponents, order, 1), np.take_along_axis(error, order, 1))


def step_logs(chain: Chain) -> Vectors:
    """log |R_ii| of each step F_l Q_{l-1} = Q_l R, Q_0 = I, r the narrowest width; -inf where R_ii = 0: (draws, L, r).

    Exact to rounding of each R_ii beside its column.

    >>> step_logs(Chain((np.array([[[2.0, 1.0], [0.0, 0.5]]]),) * 3)) / np.log(2)
    array([[[ 1., -1.],
            [ 1., -1.],
            [ 1., -1.]]])
    """
    frame = np.eye(chain.weights[0].shape[2])[None]
    rank = min(frame.shape[1], *(weight.shape[1] for weight in chain.weights))
    logs = []
    for factor in chain.factors:
        values, powers = scaled_factor(*factor)
        frame, triangle = np.linalg.qr(values @ frame)
        diagonal = np.abs(np.diagonal(triangle, axis1=1, axis2=2))[:, :rank]
        with np.errstate(divide="ignore"):
            logs.append(np.log(diagonal) + log(2) * powers[:, None])
    return np.stack(np.broadcast_arrays(*logs), axis=1)


def _stretches(logs: Vectors) -> Vectors:
    """Means over floor(sqrt(L)) stretches of equal length, the latest ones where it does not divide."""
    count = isqrt(logs.shape[1])
    length = logs.shape[1] // count
    late = logs[:, logs.shape[1] - count * length :]
    return np.asarray(late.reshape(len(logs), count, length, -1).mean(axis=2))


def _error_of_mean(parts: Vectors) -> Vectors:
    count = parts.shape[1]
    if count < 2:
        return np.full((len(parts), parts.shape[2]), np.inf)
    deviation: Vectors = np.std(parts, axis=1, ddof=1)
    return deviation / np.sqrt(count)
