"""The derivation functions of theory by name, with options as text."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from inspect import signature
from typing import TYPE_CHECKING

from sympy import Symbol

import theory
from theory.printing import latex, text

if TYPE_CHECKING:
    from theory.activations import Activation
    from theory.gradient import Gradient

FUNCTIONS = ("jacobian", "error_signal", "weight_gradient", "recurrent_gradient")


def derivation(name: str, options: Mapping[str, str]) -> Gradient:
    """The gradient that the derivation function of this name gives; what is not passed has the function's default.

    Raises ValueError where the function has no such option, or refuses its value.

    >>> derivation("jacobian", {"depth": "2", "activation": "linear"})
    dh_2/dh_0 = W_2*W_1, activation linear
    """
    function = getattr(theory, name)
    require(name, options, tuple(signature(function).parameters))
    values: dict[str, object] = dict(options)
    if "activation" in options:
        values["activation"] = activation(options["activation"])
    gradient: Gradient = function(**values)
    return gradient


def told(name: str, options: Mapping[str, str], gradient: Gradient) -> dict[str, str | None]:
    """The gradient as plain data, with the sizes and losses that it is of: null where the derivation has none.

    >>> asked = {"depth": "2", "activation": "linear"}
    >>> told("jacobian", asked, derivation("jacobian", asked))["depth"]
    '2'
    """
    losses = signature(getattr(theory, name)).parameters.get("losses")
    sizes = {
        "depth": None if gradient.tied else str(gradient.factors),
        "layer": None if gradient.layer is None else str(gradient.layer),
        "steps": str(gradient.factors) if gradient.tied else None,
        "losses": options.get("losses", str(losses.default)) if losses else None,
    }
    return {"derivation": name, **gradient.to_dict(), "expression": text(gradient.expression), **sizes}


def relation(gradient: Gradient) -> str:
    """The gradient in LaTeX with its left side.

    >>> relation(derivation("jacobian", {"depth": "1", "activation": "linear"}))
    '\\\\frac{\\\\partial h_{1}}{\\\\partial h_{0}} = W_{1}'
    """
    parts = [latex(Symbol(part.removeprefix("d"))) for part in gradient.quantity.split("/")]
    if len(parts) == 1:
        return f"{latex(Symbol(gradient.quantity))} = {gradient.latex()}"
    return rf"\frac{{\partial {parts[0]}}}{{\partial {parts[1]}}} = {gradient.latex()}"


def require(name: str, options: Mapping[str, str], allowed: tuple[str, ...]) -> None:
    """Raises ValueError where an option is not among those allowed.

    >>> require("jacobian", {"depth": "3"}, ("depth",))
    """
    for option in options:
        if option not in allowed:
            remedy = (
                f"it has {', '.join(f'--{each}' for each in allowed)}" if allowed else "a theorem has none of these"
            )
            raise ValueError(f"--{option}={options[option]!r}: `derive {name}` has no such option; {remedy}")


def activation(name: str) -> Activation:
    """The activation of this name.

    Raises ValueError for an unknown name.

    >>> activation("tanh")
    Activation(name='tanh', formula=tanh(z))
    """
    from theory import activations

    found = {each.name: each for each in vars(activations).values() if isinstance(each, activations.Activation)}
    if name not in found:
        raise ValueError(f"--activation={name!r}: unknown; pass one of {', '.join(sorted(found))}")
    return found[name]


def derivable(name: str) -> bool:
    """Whether the name is a derivation function; otherwise it is taken for a theorem.

    Raises ValueError, naming the nearest of both, where it is neither.

    >>> derivable("jacobian"), derivable("chain_rule")
    (True, False)
    """
    if name in FUNCTIONS:
        return True
    known = (*theory.theorems(), *FUNCTIONS)
    if name not in known:
        nearest = get_close_matches(name, known, n=3, cutoff=0.4) or FUNCTIONS
        raise ValueError(
            f"{name!r}: no such theorem or derivation; nearest: {', '.join(nearest)}; see `gradproof list`"
        )
    return False
