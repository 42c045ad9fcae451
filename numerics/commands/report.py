"""What one run of `verify` found, and the exit status that it deserves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING, Any

from numerics.commands.terminal import progress

if TYPE_CHECKING:
    from pathlib import Path

    from numerics.planning import Unjudged
    from numerics.verdict import Verdict
    from numerics.weights import Layout, WeightFile
    from numerics.weights.profile import LayerProfile

OUTCOMES = ("consistent", "refuted", "underpowered")
CONSISTENT, WRONG, UNDERPOWERED = 0, 1, 4


@dataclass(frozen=True)
class Report:
    """Verdicts, the gaps of the proofs judged (by slug), what could not be judged, what the weight file had.

    sweep: the verdicts along the theorems' figures; stored: the files written; differences: from stored measurements,
    None where nothing was compared.
    """

    verdicts: tuple[Verdict, ...]
    gaps: Mapping[str, tuple[str, ...]]
    draws: int
    seconds: float
    not_judged: tuple[Unjudged, ...] = ()
    file: WeightFile | None = None
    layers: tuple[LayerProfile, ...] = field(default=())
    sweep: tuple[Verdict, ...] = ()
    stored: tuple[Path, ...] = ()
    differences: tuple[str, ...] | None = None

    @property
    def counts(self) -> dict[str, int]:
        """Verdicts by outcome; controls apart, by whether they were refuted as they must be."""
        told = counted(verdict for verdict in self.verdicts if not verdict.control)
        controls = [verdict.outcome == "refuted" for verdict in self.verdicts if verdict.control]
        return {**told, "controls_refuted": sum(controls), "controls_missed": len(controls) - sum(controls)}

    @property
    def status(self) -> int:
        """0 all consistent; 1 a refutation (controls excepted), a gap, a finding or a difference; 4 otherwise any
        unable to tell."""
        counts, sweep = self.counts, counted(self.sweep)
        found = self.file.findings if self.file else ()
        if counts["refuted"] or sweep["refuted"] or any(self.gaps.values()) or found or self.differences:
            return WRONG
        blind = counts["underpowered"] or sweep["underpowered"] or counts["controls_missed"]
        return UNDERPOWERED if blind else CONSISTENT

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        told: dict[str, Any] = {
            "verdicts": [verdict.to_dict() for verdict in self.verdicts],
            "counts": self.counts,
            "sweep": [verdict.to_dict() for verdict in self.sweep],
            "sweep_counts": counted(self.sweep),
            "not_judged": [asdict(cell) for cell in self.not_judged],
            "gaps": {slug: list(gaps) for slug, gaps in self.gaps.items() if gaps},
            "draws": self.draws,
            "seconds": round(self.seconds, 3),
        }
        if self.stored:
            told["stored"] = [str(path) for path in self.stored]
        if self.differences is not None:
            told["differences"] = list(self.differences)
        return told if self.file is None else {**told, "weights": self._weights(self.file)}

    def _weights(self, file: WeightFile) -> dict[str, Any]:
        return {
            "layout": file.layout_note,
            "layers": [layer.to_dict() for layer in self.layers],
            "findings": [asdict(finding) for finding in file.findings],
            "ignored": list(file.ignored),
        }


def counted(verdicts: Iterable[Verdict]) -> dict[str, int]:
    """How many verdicts have each outcome."""
    found = Counter(verdict.outcome for verdict in verdicts)
    return {outcome: found[outcome] for outcome in OUTCOMES}


def on_random_networks(
    slugs: Sequence[str],
    ensemble: str | None,
    resolution: float | None,
    seed: int,
    control: bool,
    sweep: bool,
    workers: int,
) -> Report:
    """Judges theorems (none named: all) on networks drawn at random; progress on standard error.

    Raises ValueError for an unknown name, or an ensemble that a named theorem does not cover.
    """
    from numerics.planning import Plan, told_apart
    from numerics.sweeping import prepare_sweep
    from numerics.verification import prepare

    start = perf_counter()
    plan = prepare(slugs or None, ensemble, resolution=resolution, seed=seed, control=control)
    swept = prepare_sweep(slugs or None, seed) if sweep else Plan((), (), seed)
    both = Plan((*plan.tasks, *swept.tasks), (*plan.not_judged, *swept.not_judged), seed)  # networks in common once
    with progress("drawing") as shown:
        found = both.judged(workers, shown)
    verdicts, empty = told_apart(found[: len(plan.tasks)])
    along, blank = told_apart(found[len(plan.tasks) :])
    judged = dict.fromkeys(cell.theorem for cell in (*found, *both.not_judged))
    not_judged = (*both.not_judged, *empty, *blank)
    return Report(verdicts, _gaps(judged), both.draws, perf_counter() - start, not_judged, sweep=along)


def on_weights(path: str, slugs: Sequence[str], layout: Layout | None, seed: int) -> Report:
    """Judges theorems that assume nothing random (none named: all of these) on the layers of a weight file.

    Raises ValueError where the file cannot be used, or a named theorem assumes something random.
    """
    from numerics.trained import verify_weights
    from numerics.weights.profile import profiles

    start = perf_counter()
    verdicts, not_judged, file = verify_weights(path, slugs, layout, seed)
    gaps = _gaps(dict.fromkeys(verdict.theorem for verdict in verdicts))
    draws = max((verdict.draws for verdict in verdicts), default=0)
    return Report(verdicts, gaps, draws, perf_counter() - start, not_judged, file=file, layers=profiles(file))


def _gaps(slugs: Iterable[str]) -> dict[str, tuple[str, ...]]:
    from theory import theorem

    return {slug: theorem(slug).gaps() for slug in slugs}
