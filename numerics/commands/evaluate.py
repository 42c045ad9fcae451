"""`gradproof evaluate`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from numerics.commands.options import Digits, Folder
from numerics.commands.terminal import complain, say, write_json

if TYPE_CHECKING:
    from theory.statement import Theorem

NO_ANSWER = 3


def evaluate(
    slug: str,
    /,
    *values: str,
    digits: Digits | None = None,
    road: Literal["inversion", "meijer"] = "inversion",
    theorems: Folder | None = None,
    json: bool = False,
) -> int:
    """The formula of a theorem as a number; without values, its parameters with their domains.

    Exit status 3 where a theorem has no number of its own.

    Parameters
    ----------
    slug
        A theorem (see `gradproof list`).
    values
        Its parameters as name=value, fractions allowed: sigma_w=4/5 L=3; where the theorem is stated for width
        profiles also widths=4,8,2, input first, in place of n and L.
    digits
        Certified decimal digits, with lower and upper bound.
    road
        How a law is computed: by the inversion of its characteristic function, or, to check it, by the residues of the
        same Meijer G-function.
    theorems
        Also the theorems of this folder of yours: each <slug>.py in it is run, and holds a THEOREM.
    json
        Print one JSON object and nothing else.
    """
    from numerics.commands.options import assignments
    from theory import theorem
    from theory.arguments import NoNumber, required
    from theory.catalog import search

    search(theorems)
    found = theorem(slug)
    try:
        if not values and required(found):
            return _list_arguments(found, json)
        return _evaluate(found, assignments(values), digits, road, json)
    except NoNumber as reason:
        if json:
            write_json({"theorem": slug, "value": None, "note": str(reason)})
        complain(str(reason))
        return NO_ANSWER


def _list_arguments(found: Theorem, json: bool) -> int:
    from numerics.commands.prose import parameter_lines
    from theory.arguments import activations, arguments, required
    from theory.describing import told_parameters
    from theory.profiles import told_widths

    told, needed, choice = told_parameters(arguments(found)), required(found), activations(found)
    if each := found.each:
        every = {"default": f"each from 1 to {each.high}"}
        told = [one | every if one["name"] == each.symbol.name else one for one in told]
    marked = sorted(
        ({**each, "required": each["name"] in needed} for each in told), key=lambda each: not each["required"]
    )
    widths = told_widths(found)
    if json:
        told_all = {"parameters": marked, "activations": list(choice) or None, "widths": widths}
        write_json({"theorem": found.name, **told_all})
        return 0
    say(f"{found.name}: pass name=value for {', '.join(needed)}")
    for each, line in zip(marked, parameter_lines(marked), strict=True):
        left_out = f"else {each['default']}" if "default" in each else "does not occur"
        say(f"  {line}" if each["required"] else f"  {line}; optional ({left_out})")
    if widths:
        say(f"  widths: {widths['domain']}; such as {', '.join(widths['points'])}; in place of {widths['replaces']}")
    if choice:
        say(f"  activation: {' or '.join(choice)}, for gamma = sup|phi'|; optional (else {choice[0]})")
    return 0


def _evaluate(found: Theorem, values: dict[str, str], digits: int | None, road: str, json: bool) -> int:
    from numerics.commands.prose import print_evaluation
    from theory.evaluating import evaluate

    told = evaluate(found, values, digits, road).to_dict()
    show: Callable[[dict[str, object]], None] = write_json if json else print_evaluation
    show(told)
    return 0
