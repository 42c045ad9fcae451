"""How a statement can fail: the relation between its two sides, each judged in its own way (numerics/verdict.py)."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr, Symbol

from theory.observables import Observable
from theory.widths import units


@dataclass(frozen=True)
class Identity:
    """left = right in every draw; one draw off by more than rounding refutes it."""

    sign = "="


@dataclass(frozen=True)
class AtMost:
    """left <= right in every draw; one violation beyond rounding refutes it."""

    sign = "<="


@dataclass(frozen=True)
class Mean:
    """E left = right. ``spread`` bounds Var(left)/scale² from above; ``scale`` None is |right|, 1 an absolute scale."""

    spread: Expr
    scale: Expr | None = None
    sign = "="


@dataclass(frozen=True)
class InLaw:
    """P(left <= argument) = right for every value of the argument; with a ``variable``, as that grows without bound.

    ``distance``: how far the law of left may then be from its limit at the sizes where it is judged, which the judge
    allows: what it can see is counted beyond. A test finds it from the exact law at finite size.
    """

    argument: Symbol
    variable: Symbol | None = None
    distance: Expr | None = None
    sign = "="


@dataclass(frozen=True)
class Limit:
    """left -> right as the variable grows, the difference falling as ``rate``.

    The variable n_0 of a width profile stands for all widths, which grow at fixed ratios.

    Judged by a proved ``remainder`` (an observable with 0 <= left/right - 1 <= remainder in every draw) at one size,
    or by medians at four sizes, extrapolated; ``spread`` is then the planned relative variance of left at each size,
    from the literature; a wrong plan makes a verdict underpowered, never wrong.
    """

    variable: Symbol | units
    rate: Expr
    spread: Expr | None = None
    remainder: Observable | None = None
    resolution: Expr | None = None  # where it is not that of all limits
    sign = "="

    @property
    def name(self) -> str:
        """The parameter that grows, as points name it."""
        return self.variable.name if isinstance(self.variable, Symbol) else "widths"


@dataclass(frozen=True)
class Tail:
    """P(left >= level) <= right."""

    level: Expr
    sign = "<="


Relation = Identity | AtMost | Mean | InLaw | Limit | Tail
