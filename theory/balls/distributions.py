"""Which function gives the value of which special node, from balls of its parts and whole numbers of its parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flint import arb, fmpq
from sympy import Expr

from theory.balls.gammas import gamma_probability
from theory.balls.inversion import invert
from theory.balls.residues import sum_residues
from theory.balls.tracy_widom import tracy_widom_probability
from theory.balls.wishart import norm_probability
from theory.distributions import gamma_product, norm_cdf, tracy_widom
from theory.meijer import meijer_law
from theory.powers import counted, pairing_sum, power_spread, spread_of
from theory.quantities import Special, law_of_log

Enclose = Callable[[Expr], arb]
Whole = Callable[[Expr], int]
Enclosed = Callable[[Expr, Enclose, Whole], arb | fmpq]

LAWS: Mapping[type[Special], Enclosed] = {
    meijer_law: lambda node, enclose, whole: sum_residues(node, enclose),
    law_of_log: lambda node, enclose, whole: invert(node, enclose),
    norm_cdf: lambda node, enclose, whole: norm_probability(node, whole(node.args[0]), whole(node.args[1]), enclose),
    gamma_product: lambda node, enclose, whole: gamma_probability(whole(node.args[0]), enclose(node.args[1])),
    tracy_widom: lambda node, enclose, whole: tracy_widom_probability(node.args[0], enclose),
    pairing_sum: lambda node, enclose, whole: _pairings(*map(whole, node.args)),
    power_spread: lambda node, enclose, whole: _spread(*map(whole, node.args)),
}


def _pairings(steps: int, size: int) -> fmpq:
    return fmpq(sum(number * size**count for count, number in counted(steps).items()))


def _spread(dimension: int, steps: int, size: int) -> fmpq:
    value = spread_of(dimension, steps, size)
    return fmpq(int(value.p), int(value.q))
