"""What may be asked of the table, and what to say where it may not."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite, log

from numerics.arguments import as_float, positive_integer
from numerics.crossings import MISS, judged
from numerics.ensembles import Ensemble
from numerics.ensembles import get as ensemble_of
from numerics.growth import exact
from numerics.growth.measured import WIDEST
from numerics.judges.median import least_draws

LONGEST = 2**12  # factors
LONGEST_WIDE = 2**8  # of a matrix that is revealed a direction a step
WIDEST_DEFERRED = 10**4  # of Gaussian weights: a minute or two
MOST = 10**4  # draws


def lawful(name: str) -> Ensemble:
    """The ensemble of that name. Raises ValueError where no theorem gives its mean-square gain.

    >>> lawful("haar").name
    'haar'
    """
    law = ensemble_of(name)
    if name not in judged():
        raise ValueError(f"ensemble={name!r}: no theorem gives its mean-square gain; pass one of {', '.join(judged())}")
    return law


def width(law: Ensemble, n: object, longest: int) -> int:
    """The width. Raises ValueError where it is none, or too large for what is to be measured."""
    found = positive_integer(n, "n")
    if found <= WIDEST or exact.is_orthogonal(law):
        return found
    most = WIDEST_DEFERRED if exact.is_gaussian(law) else WIDEST
    if found > most:
        raise ValueError(f"n={found}: ensemble {law.name} is measured up to width {most}; pass n <= {most}")
    if longest > LONGEST_WIDE:
        raise ValueError(
            f"steps={longest}: beyond width {WIDEST} at most {LONGEST_WIDE} steps are measured; pass fewer, "
            f"or n <= {WIDEST}"
        )
    return found


def log_deviation(sigma_w: object) -> float:
    """log sigma_w. Raises ValueError where sigma_w is no number above 0."""
    found = as_float(sigma_w)
    if found is None or not isfinite(found) or found <= 0:
        raise ValueError(f"sigma_w={sigma_w}: growth is compared by factors; pass a finite sigma_w > 0")
    return log(found)


def factors(steps: Sequence[int]) -> tuple[int, ...]:
    """Numbers of factors in order, each once. Raises ValueError where one is none or too large, or there is none.

    >>> factors([4, 1, 4])
    (1, 4)
    """
    found = tuple(sorted({positive_integer(k, "steps") for k in steps}))
    if not found or found[-1] > LONGEST:
        raise ValueError(f"steps={tuple(steps)}: pass numbers of factors from 1 to {LONGEST}, such as (1, 10, 100)")
    return found


def enough(draws: object) -> int:
    """How many draws. Raises ValueError where they are too few for an interval, or too many."""
    found, fewest = positive_integer(draws, "draws"), least_draws(MISS)
    if not fewest <= found <= MOST:
        raise ValueError(f"draws={found}: pass {fewest} to {MOST} draws, for an interval of the median")
    return found


def end(tolerance: object) -> float:
    """-log tolerance² > 0, where the squared gain leaves its range. Raises ValueError unless 0 < tolerance <= 1/2."""
    found = as_float(tolerance)
    if found is None or not 0 < found <= 0.5:
        raise ValueError(
            f"tolerance={tolerance}: a gradient factor leaves [tolerance, 1/tolerance]; pass 0 < tolerance <= 0.5"
        )
    return -2 * log(found)
