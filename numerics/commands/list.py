"""`gradproof list`."""

from __future__ import annotations

from numerics.commands.options import Folder
from numerics.commands.terminal import write_json


def list_(*, theorems: Folder | None = None, json: bool = False) -> int:
    """Every theorem: slug, title, relations, how each proof step is held.

    Parameters
    ----------
    theorems
        Also the theorems of this folder of yours: each <slug>.py in it is run, and holds a THEOREM.
    json
        Print one JSON object and nothing else.
    """
    from theory import catalog, theorem
    from theory.describing import summarized

    catalog.search(theorems)
    rows = [summarized(theorem(slug)) for slug in catalog.theorems()]
    if json:
        write_json({"theorems": rows})
    else:
        from numerics.commands.prose import print_list

        print_list(rows)
    return 0
