"""`gradproof verify`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from numerics.commands.options import Folder, Resolution, Seed, Workers
from numerics.commands.terminal import write_json


def verify(
    *slugs: str,
    ensemble: str | None = None,
    control: bool = False,
    sweep: bool = False,
    store: Folder | None = None,
    against: Folder | None = None,
    theorems: Folder | None = None,
    weights: str | None = None,
    layout: Literal["in-out", "out-in"] | None = None,
    resolution: Resolution | None = None,
    seed: Seed = 0,
    workers: Workers | None = None,
    brief: bool = False,
    json: bool = False,
) -> int:
    """Judge theorems on random networks, or on the weights of a trained one: a table of verdicts with their power.

    Exit status 0: all consistent; 1: a refutation (controls excepted), a gap in a proof, NaN in a weight file, a
    difference from stored measurements; 4: otherwise any underpowered, or a control that was not refuted.

    Parameters
    ----------
    slugs
        Theorems (see `gradproof list`); none for all.
    ensemble
        Only weights drawn from this ensemble.
    control
        Also judge where one assumption is missing: this must be refuted.
    sweep
        Also judge along the parameter of each theorem's figure.
    store
        Write what was measured into this folder, a file a theorem; with --control --sweep.
    against
        Compare with what was stored in this folder; with --control --sweep.
    theorems
        Also the theorems of this folder of yours: each <slug>.py in it is run, and holds a THEOREM.
    weights
        Judge on this .npz or .safetensors file instead.
    layout
        How the file stores a matrix: out-in (n_out, n_in) or in-out.
    resolution
        Smallest deviation to be seen by statements about means, laws, limits and tails, such as 0.02.
    seed
        Seed of all draws.
    workers
        Groups of networks drawn at the same time; one a processor unless told. The verdicts do not depend on it.
    brief
        Only what is not as it should be, and the summary.
    json
        Print one JSON object and nothing else.
    """
    from numerics.commands.keeping import judged
    from numerics.commands.options import processors
    from numerics.commands.report import on_random_networks, on_weights
    from theory.catalog import search

    search(theorems)
    _only_slugs(slugs)
    chosen, kept = tuple(dict.fromkeys(slugs)), {"store": store, "against": against}
    if weights is None:
        _only_with_weights(layout)
        _only_whole(kept, control and sweep)
        _only_as_declared({"sweep": sweep, **kept}, ensemble=ensemble, resolution=resolution)
        many = workers or processors()
        report = judged(
            lambda: on_random_networks(chosen, ensemble, resolution, seed, control, sweep, many), chosen, seed, **kept
        )
    else:
        _not_with_weights(ensemble=ensemble, control=control, sweep=sweep, resolution=resolution, **kept)
        report = on_weights(weights, chosen, layout, seed)
    if json:
        write_json(report.to_dict())
    else:
        from numerics.commands.summary import print_report

        print_report(report, brief)
    return report.status


def _only_slugs(slugs: tuple[str, ...]) -> None:
    for each in slugs:
        if "=" in each:
            at = f"verify(slug, point={{{each.partition('=')[0]!r}: ...}})"
            raise ValueError(f"{each}: no theorem; verify judges at a theorem's own points, in Python also {at}")


def _only_with_weights(layout: str | None) -> None:
    if layout is not None:
        raise ValueError(f"--layout={layout!r}: there is no file to read in it; pass --weights FILE too")


def _only_whole(kept: Mapping[str, str | None], whole: bool) -> None:
    for name, folder in kept.items():
        if folder is not None and not whole:
            raise ValueError(f"--{name}={folder!r}: what is stored is whole; pass --control --sweep too")


def _only_as_declared(asked: Mapping[str, object], **options: object) -> None:
    """A sweep and stored measurements are those that the theorems declare."""
    for option in (name for name, value in asked.items() if value not in (None, False)):
        _leave_out(f"only as the theorems declare it with --{option}; leave it or --{option} out", options)


def _not_with_weights(**options: object) -> None:
    _leave_out("only for random networks; leave it or --weights out", options)


def _leave_out(why: str, options: Mapping[str, object]) -> None:
    for name, value in options.items():
        if value not in (None, False):
            given = f"--{name}" if value is True else f"--{name}={value!r}"
            raise ValueError(f"{given}: {why}")
