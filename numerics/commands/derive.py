"""`gradproof derive`."""

from __future__ import annotations

from collections.abc import Callable

from numerics.commands.options import Folder, Size, whole
from numerics.commands.terminal import say, write_json


def derive(
    slug: str,
    /,
    *,
    depth: Size | None = None,
    layer: Size | None = None,
    steps: Size | None = None,
    losses: str | None = None,
    activation: str | None = None,
    theorems: Folder | None = None,
    latex: bool = False,
    json: bool = False,
) -> int:
    """A theorem with its checked proof, or a gradient: jacobian, error_signal, weight_gradient, recurrent_gradient.

    Exit status 1 where a proof step has a gap.

    Parameters
    ----------
    slug
        A theorem (see `gradproof list`) or one of the four gradients.
    depth
        Of a gradient through depth: a number of layers, or L for any.
    layer
        Of error_signal and weight_gradient: a layer, or l for any.
    steps
        Of recurrent_gradient: a number of time steps, or T for any; of a theorem: write its formula out at T = this.
    losses
        Of recurrent_gradient: all (a loss at every step) or last.
    activation
        Of a gradient: linear or tanh.
    theorems
        Also the theorems of this folder of yours: each <slug>.py in it is run, and holds a THEOREM.
    latex
        Print LaTeX, one relation a line.
    json
        Print one JSON object and nothing else.
    """
    from numerics.commands.derivation import derivable, require
    from theory.catalog import search

    search(theorems)
    named = {"depth": depth, "layer": layer, "steps": steps, "losses": losses, "activation": activation}
    options = {name: value for name, value in named.items() if value is not None}
    if derivable(slug):
        return _derive_gradient(slug, options, latex, json)
    require(slug, options, ("steps",))
    return _derive_theorem(slug, latex, json, steps)


def _derive_gradient(name: str, options: dict[str, str], latex: bool, json: bool) -> int:
    from numerics.commands.derivation import derivation, relation, told
    from numerics.commands.prose import print_gradient

    gradient = derivation(name, options)
    if json:
        write_json(told(name, options, gradient))
    elif latex:
        say(relation(gradient))
    else:
        print_gradient(gradient)
    return 0


def _derive_theorem(slug: str, latex: bool, json: bool, steps: Size | None) -> int:
    from numerics.commands.prose import print_theorem, print_theorem_latex
    from theory import theorem
    from theory.describing import at_steps, described
    from theory.sizes import MOST_FACTORS

    found = theorem(slug)
    told = described(found) | (
        {} if steps is None else {"at_steps": at_steps(found, whole(steps, "--steps", 1, MOST_FACTORS["steps"]))}
    )
    show: Callable[[dict[str, object]], None] = write_json if json else print_theorem_latex if latex else print_theorem
    show(told)
    return 1 if told["gaps"] else 0
