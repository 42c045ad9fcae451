"""The table: a row an ensemble and width."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from numerics import ensembles as folder
from numerics.arguments import positive_integer
from numerics.crossings import exact, measured
from numerics.crossings.threshold import Threshold
from numerics.ensembles import Ensemble
from numerics.verification import check_seed
from theory.assumptions import GAUSSIAN

WIDTHS = (2, 4, 8, 16, 32, 64, 128)
NAMES = ("norm", "typical", "mean")


@dataclass(frozen=True)
class ThresholdRow:
    """The three thresholds of sigma_w of one ensemble, square at width n.

    norm: the median of ‖W‖ is 1, as the folk rule has it. typical: the mean of the log gain is 0, so that the gradient
    of almost every deep network neither grows nor shrinks. mean: the mean of the squared gain is 1.
    """

    ensemble: str
    n: int
    norm: Threshold
    typical: Threshold
    mean: Threshold

    def to_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return asdict(self)


def thresholds(
    ensembles: Sequence[str] | None = None,
    widths: Sequence[int] = WIDTHS,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[ThresholdRow, ...]:
    """Where a linear network through depth stands still by the folk rule, typically and on average, per law and width.

    The norm is that of one factor, and a random number: its median counts. Gaussian weights: norm from its exact law
    (norm_law) up to n = 64, by an exact shortcut beyond; typical_threshold at every n. Orthogonal ones: 1
    (orthogonal_isometry). The mean: 1 for isotropic laws (mean_square_gain), 1/sqrt(1 + 1/n) for GOE
    (symmetric_weights). What no theorem gives is measured, each row from the seed and its own name alone.

    ensembles: names, None for all of ``judged()``. progress is told how many rows of how many are done.
    Raises ValueError for an unknown ensemble or one whose mean no theorem gives, where a width is none or too large, or
    for a seed below 0.

    >>> thresholds(["gaussian"], [8])[0].typical
    1.06725 (theorem typical_threshold)
    """
    check_seed(seed)
    laws = [_lawful(name) for name in (judged() if ensembles is None else dict.fromkeys(ensembles))]
    sizes = [positive_integer(width, "width") for width in dict.fromkeys(widths)]
    for law in laws:
        _measurable(law, max(sizes, default=1))
    found: list[ThresholdRow] = []
    for law in laws:
        for n in sizes:
            found.append(_row(law, n, seed))
            if progress:
                progress(len(found), len(laws) * len(sizes))
    return tuple(found)


def judged() -> tuple[str, ...]:
    """The ensembles that have the three: real square weights whose mean-square gain a theorem gives.

    >>> "haar" in judged(), "complex_gaussian" in judged()
    (True, False)
    """
    return tuple(name for name in folder.names() if exact.mean(folder.get(name), 2))


def _lawful(name: str) -> Ensemble:
    law = folder.get(name)
    if exact.mean(law, 2) is None:
        raise ValueError(
            f"ensemble={name!r}: no theorem gives its mean-square gain; pass some of {', '.join(judged())}"
        )
    return law


def _measurable(law: Ensemble, n: int) -> None:
    """Raises ValueError where a row of that width cannot be had."""
    short = GAUSSIAN in law.satisfies
    most = measured.WIDEST_SHORT if short else measured.WIDEST
    if n > most and not (exact.norm(law, most + 1) and exact.typical(law, most + 1)):
        raise ValueError(f"n={n}: ensemble {law.name} is measured up to width {most}; pass n <= {most}")


def _row(law: Ensemble, n: int, seed: int) -> ThresholdRow:
    mean = exact.mean(law, n)
    assert mean
    by_draws = measured.gaussian_norm if GAUSSIAN in law.satisfies else measured.norm
    norm = exact.norm(law, n) or by_draws(law, n, seed)
    typical = exact.typical(law, n) or measured.typical(law, n, mean, seed)
    return ThresholdRow(law.name, n, norm, typical, mean)
