"""The transforms that `law_of_log` can be inverted from: products of factors (c^{i xi} Γ(a + i xi)/Γ(a))^m."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import E, Expr, I, Integer, Mul, Pow, Symbol, cancel, exp, gamma, simplify

Pairs = tuple[tuple[Expr, Expr], ...]


@dataclass(frozen=True)
class GammaProduct:
    """E X^{i xi} = ∏ base^{i xi rate} ∏ (Γ(shape + i xi)/Γ(shape))^power.

    ``scales``: pairs (base, rate); ``shapes``: pairs (shape, power); all of them free of xi.
    """

    scales: Pairs
    shapes: Pairs


def gamma_product(transform: Expr, xi: Symbol) -> GammaProduct:
    """The factors of a characteristic function in xi: read off, not computed.

    Raises ValueError where it is no such product, or is not 1 at xi = 0.

    >>> t = Symbol("t", real=True)
    >>> gamma_product((2 ** (I * t) * gamma(3 + I * t) / 2) ** 2, t)
    GammaProduct(scales=((2, 2),), shapes=((3, 2),))
    """
    constants, scales, shapes = _Collector(xi).read(transform)
    at_zero = Mul(*constants, *(gamma(shape) ** power for shape, power in shapes))
    if at_zero != 1 and simplify(at_zero) != 1:
        raise ValueError(f"transform {transform}: not 1 at {xi} = 0; pass E X^(i {xi}) of a positive X")
    if not shapes:
        raise ValueError(f"transform {transform}: no factor gamma(a + I*{xi}), so X has no density; pass one that has")
    return GammaProduct(scales, shapes)


class _Collector:
    """Walks down products and powers and sorts the factors."""

    def __init__(self, xi: Symbol) -> None:
        self.xi = xi
        self.constants: list[Expr] = []
        self.scales: list[tuple[Expr, Expr]] = []
        self.shapes: list[tuple[Expr, Expr]] = []

    def read(self, transform: Expr) -> tuple[Pairs | tuple[Expr, ...], Pairs, Pairs]:
        self._collect(transform, Integer(1))
        return tuple(self.constants), tuple(self.scales), tuple(self.shapes)

    def _collect(self, part: Expr, power: Expr) -> None:
        if not part.has(self.xi):
            self.constants.append(part**power)
        elif isinstance(part, Mul):
            for factor in part.args:
                self._collect(factor, power)
        elif isinstance(part, exp):
            self._scale(part, E, part.args[0], power)
        elif isinstance(part, Pow) and not part.base.has(self.xi):
            self._scale(part, part.base, part.exp, power)
        elif isinstance(part, Pow) and part.exp.is_integer:
            self._collect(part.base, power * part.exp)
        else:
            self._shape(part, power)

    def _scale(self, part: Expr, base: Expr, exponent: Expr, power: Expr) -> None:
        rate = cancel(exponent / (I * self.xi))
        if rate.has(self.xi) or base.is_positive is False:
            raise self._unread(part)
        self.scales.append((base, rate * power))

    def _shape(self, part: Expr, power: Expr) -> None:
        shape = (part.args[0] - I * self.xi).expand() if isinstance(part, gamma) else self.xi
        if shape.has(self.xi) or power.is_positive is False:
            raise self._unread(part)
        self.shapes.append((shape, power))

    def _unread(self, part: Expr) -> ValueError:
        form = f"(c**(I*{self.xi})*gamma(a + I*{self.xi})/gamma(a))**m, c, a, m > 0"
        return ValueError(f"transform factor {part}: cannot be inverted with certainty; pass a product of {form}")
