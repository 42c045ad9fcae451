"""P(X <= x) from the characteristic function of log X, enclosed: Gil-Pelaez inversion on a shifted line.

Write Y = log X, y = log x, M(s) = E e^{-sY}, finite for Re s < a, the least shape. For 0 < c < a, a step h
and d = 2π/h, P(Y <= y) e^{-cy} has the Fourier transform M(c + iω)/(c + iω), so Poisson's summation formula reads

    (h/2π) Σ_k e^{s_k y} M(s_k)/s_k = Σ_m P(Y <= y + m d) e^{-cmd},      s_k = c + ikh;  k, m run over all integers.

*Aliases.* The term m = 0 is wanted. The others are >= 0, and P(Y <= t) <= e^{pt} M(p) for 0 <= p < a (Markov), so
with B(p) = e^{py} M(p) and r = e^{-|p-c|d} those above sum to at most B(p) r/(1-r), any p < c; those below too, p > c.

*Truncation.* d/dω log|Γ(b + iω)| = -Σ_j ω/((b+j)² + ω²) <= -arctan(ω/b), decreasing terms against their integral. So
from the term k on, moduli fall at least by e^{-hR} a step, R = Σ m arctan(kh/b), b = a - c: a geometric series.

The upper tail is the same with -Y for Y; c and p then have no upper bound. Every choice of c, h and p gives a true
enclosure (theory/contour.py picks cheap ones), relative to the probability even where it is very small.
The line c = 0 is Gil-Pelaez's own; beside it the pole at s = 0 needs no principal value.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count
from typing import TypeVar

from flint import acb, arb, ctx

from theory.balls.contour import LARGEST, LN2, Plan, Tail, plan
from theory.balls.precision import working_precision
from theory.balls.transforms import GammaProduct, gamma_product
from theory.quantities import law_of_log

Enclose = Callable[..., arb]
Part = TypeVar("Part")
PASSES = 6
PRICE = 2e9  # in the unit of Plan.cost: about 10 seconds


@dataclass(frozen=True)
class _Law:
    """The law of Y in balls: Y less ``offset`` has E e^{-sY} = ∏ (Γ(a - s)/Γ(a))^m, offset = Σ log of the scales."""

    offset: arb
    shapes: tuple[tuple[arb, arb], ...]

    def tail(self, side: int, y: arb) -> Tail:
        return Tail(side, float(side * (y - self.offset).mid()), tuple((float(a), float(m)) for a, m in self.shapes))


def invert(law: law_of_log, enclose: Enclose) -> arb:
    """A ball around the probability, its relative radius about 2^-precision; ``enclose`` gives the parts of the node.

    Raises ValueError where the transform is not a product of Gamma factors, or a shape or power is not within (0, 1e9].
    """
    transform, xi, x = law.args
    product, bits = gamma_product(transform, xi), ctx.prec
    lower, upper = _tails(product, x, enclose)
    size = lower.chernoff()
    for _ in range(PASSES):
        chosen = plan((lower, upper), size - bits * LN2)
        if chosen.cost > PRICE:
            terms = f"{1 + chosen.reach / chosen.step:.0e} terms"
            place = f"{x}={enclose(x).str(3, radius=False)}"
            raise ValueError(
                f"{place}: so far out in the tail, the sum takes {terms}; pass {x} nearer 1, or fewer digits"
            )
        with working_precision(_precision(chosen, lower, size, bits)):
            found = _enclosed(chosen, _bind(product, enclose), enclose(x).log(), size - bits * LN2)
        missing = bits - 8 - min(bits, max(0, found.rel_accuracy_bits()))
        if missing <= 0:
            break
        size -= (missing + 8) * LN2
    return found


def _bind(product: GammaProduct, enclose: Enclose) -> _Law:
    offset = sum((enclose(rate) * enclose(base).log() for base, rate in product.scales), arb(0))
    return _Law(offset, tuple((enclose(shape), enclose(power)) for shape, power in product.shapes))


def _tails(product: GammaProduct, x: object, enclose: Enclose) -> tuple[Tail, Tail]:
    law, y = _bind(product, enclose), enclose(x).log()
    if not y.is_finite():
        raise ValueError(f"{x}: the argument of a law of a positive number must be positive")
    for written, value in zip(_flat(product.shapes), _flat(law.shapes), strict=True):
        if not 0 < value <= LARGEST:
            place = f"{written}={value.str(3, radius=False)}"
            raise ValueError(
                f"{place}: too large for this law, whose parameters lie in (0, {LARGEST:.0e}]; pass smaller parameters"
            )
    return law.tail(1, y), law.tail(-1, y)


def _flat(pairs: Iterable[tuple[Part, Part]]) -> tuple[Part, ...]:
    return tuple(part for pair in pairs for part in pair)


def _precision(chosen: Plan, tail: Tail, size: float, bits: int) -> int:
    """Bits of work: those asked for, those that cancel, and those of the arguments of exp and lgamma."""
    cancelled = max(0.0, chosen.peak - size) / LN2
    depth = sum(power * (1 + abs(math.lgamma(shape))) for shape, power in tail.shapes)
    swing = 2 + abs(tail.offset) * (chosen.c + chosen.reach) + depth * (1 + chosen.reach)
    return int(bits + cancelled + math.log2(swing) + math.log2(2 + chosen.reach / chosen.step)) + 24


def _enclosed(chosen: Plan, law: _Law, y: arb, goal: float) -> arb:
    sums, rest = _sum(chosen, law, y, goal)
    step = arb(chosen.step)
    aliases = _aliases(chosen.near, chosen, law, y) + _aliases(chosen.far, chosen, law, y)
    tail = (step / arb.pi() * sums) - arb(0).union(aliases) + rest.union(-rest)
    return tail if chosen.side > 0 else 1 - tail


def _aliases(p: float, chosen: Plan, law: _Law, y: arb) -> arb:
    ratio = (-abs(arb(p) - arb(chosen.c)) * 2 * arb.pi() / arb(chosen.step)).exp()
    bound = _exponent(acb(p), chosen.side, law, y).real.exp()
    return bound * ratio / (1 - ratio)


def _exponent(s: acb, side: int, law: _Law, y: arb) -> acb:
    """log(e^{sy'} E e^{-sY'}), Y' = side·Y."""
    total = s * side * (y - law.offset)
    for shape, power in law.shapes:
        if not (shape - side * s.real) > 0:
            raise ValueError(f"the line Re s = {s.real.str(6)} is not left of the pole at {shape.str(6)}")
        total += power * ((shape - side * s).lgamma() - shape.lgamma())
    return total


def _sum(chosen: Plan, law: _Law, y: arb, goal: float) -> tuple[arb, arb]:
    """(Σ of half the term 0 and the real parts of those before k, bound of the rest) at the first k that allows it."""
    c, step, small = arb(chosen.c), arb(chosen.step), arb(goal).exp()
    total = _exponent(acb(c), chosen.side, law, y).exp().real / c / 2
    last = 100 + int(4 * chosen.reach / chosen.step)  # too little precision: a wide ball, never an endless sum
    for k in count(1):
        s = acb(c, k * step)
        term = _exponent(s, chosen.side, law, y).exp() / s
        size = abs(term).upper() * step / arb.pi()
        if size < small or k >= last or not size.is_finite():
            rate = sum((m * (k * step / (a - chosen.side * c)).atan() for a, m in law.shapes), arb(0))
            rest = size / (1 - (-step * rate).exp())
            if rest < small or k >= last or not rest.is_finite():
                break
        total += term.real
    return total, rest
