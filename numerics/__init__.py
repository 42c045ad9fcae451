"""What is measured: networks with exact gradients, judged against the theorems with known error rates.

The door is lazy: a name is imported when it is asked for.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numerics import ensembles
    from numerics.crossings import thresholds
    from numerics.growth import depth_against_time, overflow_gain
    from numerics.norms import norm_probability
    from numerics.sweeping import sweep
    from numerics.verification import verify

_ROOMS = {
    "depth_against_time": "growth",
    "norm_probability": "norms",
    "overflow_gain": "growth",
    "sweep": "sweeping",
    "thresholds": "crossings",
    "verify": "verification",
}

__all__ = ["depth_against_time", "ensembles", "norm_probability", "overflow_gain", "sweep", "thresholds", "verify"]


def __getattr__(name: str) -> object:
    if name == "ensembles":
        return importlib.import_module("numerics.ensembles")
    if name not in _ROOMS:
        raise AttributeError(f"module 'numerics' has no attribute {name!r}")
    return getattr(importlib.import_module(f"numerics.{_ROOMS[name]}"), name)


def __dir__() -> list[str]:
    return __all__
