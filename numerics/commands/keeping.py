"""Stored measurements: what `verify --store` writes, and what `verify --against` compares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numerics.commands.report import Report
    from numerics.stored import Measured


def judged(
    judge: Callable[[], Report], slugs: Sequence[str], seed: int, store: str | None, against: str | None
) -> Report:
    """What a run found, compared with the stored measurements and then stored, each where a folder is given.

    Raises ValueError before the run for an unknown theorem, or where a folder cannot be used.
    """
    from numerics.stored import writable
    from numerics.verification import chosen

    named = [found.name for found in chosen(slugs)]
    before = None if against is None else earlier(against, named, alone=bool(slugs))
    if other := sorted({old.seed for old in before or ()} - {seed}):
        raise ValueError(f"--seed={seed}: {against} was measured with seed {other[0]}; pass --seed {other[0]}")
    if store is not None:
        writable(store)
    report = judge()
    if before is not None:
        report = compared(report, seed, before)
    return report if store is None else kept(report, seed, store)


def earlier(folder: str, slugs: Sequence[str], alone: bool) -> tuple[Measured, ...]:
    """The stored measurements of these theorems, and, where not these alone are meant, of all others in the folder.

    Raises ValueError where one is missing or is no measurement.
    """
    from numerics.stored import path_of, read

    if not Path(folder).is_dir():
        raise ValueError(f"{folder}: no such folder; pass the one that --store wrote, such as docs/results")
    found = [] if alone else sorted(path.stem for path in Path(folder).glob("*.json"))
    return tuple(read(path_of(folder, slug)) for slug in dict.fromkeys((*slugs, *found)))


def gathered(report: Report, seed: int) -> tuple[Measured, ...]:
    """What a run found, a theorem at a time."""
    from numerics.stored import Measured, fingerprint, versions
    from theory import theorem

    kinds = (report.verdicts, report.sweep, report.not_judged)
    return tuple(
        Measured(slug, fingerprint(theorem(slug)), seed, versions(), *(_of(slug, every) for every in kinds))
        for slug in report.gaps
    )


def _of(slug: str, every: Iterable[object]) -> tuple[object, ...]:
    return tuple(each for each in every if each.theorem == slug)


def kept(report: Report, seed: int, folder: str) -> Report:
    """The report, its measurements stored, a file a theorem. Raises ValueError where the folder cannot be written."""
    from numerics.stored import write

    return replace(report, stored=tuple(write(folder, each) for each in gathered(report, seed)))


def compared(report: Report, seed: int, before: Sequence[Measured]) -> Report:
    """The report, with its differences from stored measurements."""
    from numerics.stored import differences

    now = {each.theorem: each for each in gathered(report, seed)}
    lines = [
        line
        for old in before
        for line in (differences(old, now[old.theorem]) if old.theorem in now else (_only_stored(old),))
    ]
    return replace(report, differences=(*lines, *_other_versions(before, lines)))


def _only_stored(old: Measured) -> str:
    return f"{old.theorem}: stored, but no theorem of that name was judged; remove the file or pass --theorems"


def _other_versions(before: Sequence[Measured], lines: Sequence[str]) -> list[str]:
    """Where something differs, with which other packages it was measured: a release may change the draws."""
    from numerics.stored import versions

    now = versions()
    told = {
        f"{name} {stored} (now {now.get(name, 'absent')})"
        for old in before
        for name, stored in old.versions.items()
        if lines and now.get(name) != stored
    }
    return [f"measured with {', '.join(sorted(told))}"] if told else []
