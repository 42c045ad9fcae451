"""What is true: derivations of gradient products through depth and time, every proof step checked.

The door is lazy: a name is imported when it is asked for.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from theory.activations import LINEAR, TANH, Activation
    from theory.catalog import theorem, theorems
    from theory.gradients import error_signal, jacobian, recurrent_gradient, weight_gradient

_ROOMS = {
    "jacobian": "gradients",
    "error_signal": "gradients",
    "weight_gradient": "gradients",
    "recurrent_gradient": "gradients",
    "theorem": "catalog",
    "theorems": "catalog",
    "Activation": "activations",
    "LINEAR": "activations",
    "TANH": "activations",
}

__all__ = [
    "LINEAR",
    "TANH",
    "Activation",
    "error_signal",
    "jacobian",
    "recurrent_gradient",
    "theorem",
    "theorems",
    "weight_gradient",
]


def __getattr__(name: str) -> object:
    if name not in _ROOMS:
        raise AttributeError(f"module 'theory' has no attribute {name!r}")
    return getattr(importlib.import_module(f"theory.{_ROOMS[name]}"), name)


def __dir__() -> list[str]:
    return __all__
