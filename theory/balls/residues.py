"""P(X <= x) as a Meijer G-function, enclosed by its residues: a second road beside the inversion integral.

With z = x/∏ c_l and shapes a_l that are multiples of 1/2,

    P(X <= x) = (1/2πi) ∫_{Re s = c} f(s) ds,   f(s) = z^s/s ∏ Γ(a_l - s)/Γ(a_l),   0 < c < min a_l.

*Residues.* The poles right of the line are at a_l + k, k = 0, 1, ...; shapes that differ by whole numbers share them.
At such a pole s_0, of order M, f(s_0 + ε) is z^{s_0 + ε}/(s_0 + ε) over ∏ Γ(a_l)/Γ(a_l - s_0 - ε): the reciprocal Gamma
functions are entire, M of them vanish at ε = 0, and power series in balls give the coefficient of 1/ε: logarithms of z
included. The contour closes to the right, clockwise: P = -Σ residues.

*Remainder.* On Re s = R, R a multiple of 1/2 plus 1/4, every |sin π(a_l - s)| >= cosh(π Im s)/√2, and by reflection and
|Γ(b + it)| >= Γ(b) cosh(πt)^{-1/2}, b >= 1/2, |Γ(a_l - s)| <= √2 π cosh(πt)^{-1/2}/Γ(1 - a_l + R). As
∫ cosh(πt)^{-1/2} dt <= 4√2/π, the residues beyond R are at most (2√2/π²) z^R/R ∏ √2 π/(Γ(a_l) Γ(1 - a_l + R)).
Source: NIST DLMF 16.17.2, 5.5.3 and 5.6.7. Every precision and every R give a true enclosure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from flint import arb, arb_series, ctx

from theory.balls.precision import working_precision
from theory.balls.transforms import gamma_product
from theory.meijer import meijer_law

Enclose = Callable[..., arb]
PASSES = 8
MOST_POLES = 4000
MOST_ORDER = 200  # layers whose poles fall together


@dataclass(frozen=True)
class _Law:
    """log z, and each shape with how often it occurs."""

    log_z: arb
    shapes: tuple[tuple[Fraction, int], ...]

    @property
    def count(self) -> int:
        return sum(power for _, power in self.shapes)

    def order(self, pole: Fraction) -> int:
        """How many Gamma factors have a pole there."""
        return sum(power for shape, power in self.shapes if _meets(shape, pole))

    def poles(self) -> Iterator[Fraction]:
        """The poles right of the line, in order."""
        pole = min(shape for shape, _ in self.shapes)
        for _ in range(MOST_POLES):
            if self.order(pole):
                yield pole
            pole += Fraction(1, 2)


def sum_residues(law: meijer_law, enclose: Enclose) -> arb:
    """A ball around the probability, of relative radius about 2^-precision; ``enclose`` gives the parts of the node.

    Raises ValueError where a shape is no multiple of 1/2, the layers are too many, or x lies so far out that the series
    would take more than 4000 poles.
    """
    bits, work = ctx.prec, ctx.prec + 64
    for _ in range(PASSES):
        with working_precision(work):
            found = _summed(_bind(law, enclose), bits)
        if found.rel_accuracy_bits() >= bits - 8:
            return found
        work *= 2
    return found


def _bind(law: meijer_law, enclose: Enclose) -> _Law:
    transform, xi, x = law.args
    product = gamma_product(transform, xi)
    argument = enclose(x)
    if not argument > 0:
        raise ValueError(f"{x}: the argument of a law of a positive number must be positive")
    offset = sum((enclose(rate) * enclose(base).log() for base, rate in product.scales), arb(0))
    shapes = tuple((_half(enclose(shape), shape), _whole(enclose(power), power)) for shape, power in product.shapes)
    found = _Law(argument.log() - offset, shapes)
    if found.count > MOST_ORDER:
        raise ValueError(f"road=meijer: {found.count} layers; pass at most {MOST_ORDER}, or leave the road out")
    return found


def _half(value: arb, written: object) -> Fraction:
    twice = (2 * value).unique_fmpz()
    if twice is None or not (2 * value).is_exact() or not value > 0:
        raise ValueError(f"{written}={value.str(6, radius=False)}: the residues need shapes n/2; leave road=meijer out")
    return Fraction(int(twice), 2)


def _whole(value: arb, written: object) -> int:
    count = value.unique_fmpz()
    if count is None or not value.is_exact() or count < 1:
        raise ValueError(f"{written}={value.str(6, radius=False)}: not a number of layers; pass a whole one")
    return int(count)


def _summed(law: _Law, bits: int) -> arb:
    """The residues from the left, until those left out are 2^-bits of the sum."""
    total, small = arb(0), arb(2) ** -(bits + 8)
    for pole in law.poles():
        total -= _residue(law, pole)
        if not total.is_finite():
            return total
        edge = pole + Fraction(1, 4)
        if all(1 - shape + edge >= Fraction(1, 2) for shape, _ in law.shapes):
            rest = _remainder(law, edge)
            if rest < small * abs(total).lower() or rest < small * total.rad():
                return total + rest.union(-rest)
    raise ValueError(
        f"road=meijer: so far out the series takes more than {MOST_POLES} poles; pass x nearer 1, or leave the road out"
    )


def _meets(shape: Fraction, pole: Fraction) -> bool:
    return pole >= shape and (pole - shape).denominator == 1


def _residue(law: _Law, pole: Fraction) -> arb:
    order = law.order(pole)
    before, ctx.cap = ctx.cap, order + 1
    try:
        return _coefficient(law, pole, order)
    finally:
        ctx.cap = before


def _coefficient(law: _Law, pole: Fraction, order: int) -> arb:
    """The coefficient of 1/ε in f(pole + ε)."""
    at = _arb(pole)
    below = arb_series([1])
    for shape, power in law.shapes:
        series = arb_series([_arb(shape - pole), -1]).rgamma()
        lowered = _shifted(series) if _meets(shape, pole) else series
        below *= (lowered * _arb(shape).gamma()) ** power
    above = arb_series([at * law.log_z, law.log_z]).exp() / arb_series([at, 1])
    return (above / below)[order - 1]


def _shifted(series: arb_series) -> arb_series:
    """A series without its constant term, which is 0, over ε."""
    return arb_series(series.coeffs()[1:])


def _remainder(law: _Law, edge: Fraction) -> arb:
    at, root = _arb(edge), arb(2).sqrt()
    bound = (at * law.log_z).exp() / at * 2 * root / arb.pi() ** 2
    for shape, power in law.shapes:
        bound *= (root * arb.pi() * _arb(shape).rgamma() * _arb(1 - shape + edge).rgamma()) ** power
    return abs(bound).upper()


def _arb(number: Fraction) -> arb:
    return arb(number.numerator) / number.denominator
