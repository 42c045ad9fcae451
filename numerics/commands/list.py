"""`gradproof list`."""

from __future__ import annotations

from numerics.commands.terminal import write_json


def list_(*, json: bool = False) -> int:
    """Every theorem: slug, title, relations, how each proof step is held.

    Parameters
    ----------
    json
        Print one JSON object and nothing else.
    """
    from theory import theorem, theorems
    from theory.describing import summarized

    rows = [summarized(theorem(slug)) for slug in theorems()]
    if json:
        write_json({"theorems": rows})
    else:
        from numerics.commands.prose import print_list

        print_list(rows)
    return 0
