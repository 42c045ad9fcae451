"""How a theorem is tried beside its points: what happens without an assumption, and along a parameter."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr, Symbol

from theory.assumptions import Assumption
from theory.systems import System


@dataclass(frozen=True)
class Control:
    """What happens without an assumption: the verdict on this ensemble (or system) must come out refuted.

    ``needed=False`` says that no verdict shows it, with the reason. ``point``: index of the theorem's points.
    ``resolution``: a coarser one than the relation's is enough to refute, and cheaper.
    """

    assumption: Assumption | System
    ensemble: str | None = None
    system: System | None = None
    point: int = 0
    statement: int = 0
    resolution: float | None = None
    needed: bool = True
    reason: str = ""


@dataclass(frozen=True)
class Sweep:
    """The picture of a theorem: the parameter along which its statements (those numbered from 0; none: all that it
    touches) are judged too, the others staying at each of its points, on these ensembles."""

    symbol: Symbol
    values: tuple[Expr | int, ...]
    ensembles: tuple[str, ...] = ("gaussian",)
    statements: tuple[int, ...] = ()
