"""What a statement holds for every value of: parameters with their domains, and indices that may be gone through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sympy import Expr, Symbol, oo, sympify

MOST_EACH = 10_000  # numbers that `evaluate` lists, one for each value of an index


@dataclass(frozen=True)
class Parameter:
    """A symbol with its domain low < symbol < high (bounds of integers, and of reals where ``closed``, included)
    and its typical values; nothing degenerate, at least two. ``high`` may be another parameter, such as n for an index.
    ``default``: what it is where `evaluate` is not told."""

    symbol: Symbol
    low: Expr | int
    high: Expr | int
    points: tuple[Expr | int, ...]
    closed: bool = False
    default: Expr | int | None = None

    def admits(self, value: Expr) -> bool:
        """Whether an exact value lies in the domain, an end that is another parameter aside (theory/domains.py).

        >>> from sympy import Integer, Rational
        >>> from theory.symbols import sigma_w
        >>> Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))).admits(Integer(0))
        False
        """
        if self.symbol.is_integer and not value.is_integer:
            return False
        inclusive = self.closed or bool(self.symbol.is_integer)
        low, high = (end if sympify(end).is_comparable else value for end in (self.low, self.high))
        return bool(low <= value <= high if inclusive else low < value < high)

    @property
    def domain(self) -> str:
        """The domain in words, for messages and help."""
        kind = "integer" if self.symbol.is_integer else "number"
        sign = "<=" if self.closed or self.symbol.is_integer else "<"
        lower = f"{self.low} {sign} " if self.low != -oo else ""
        upper = f" {sign} {self.high}" if self.high != oo else ""
        return f"{kind}, {lower}{self.symbol}{upper}" if lower or upper else f"any {kind}"


@dataclass(frozen=True)
class Each:
    """An index from 1 to ``high`` whose values `evaluate` goes through, and what the number of each is called.

    >>> from sympy import Integer
    >>> from theory.symbols import k, n
    >>> Each(k, n, "lambda").names({n: Integer(2)})
    ('lambda_1', 'lambda_2')
    """

    symbol: Symbol
    high: Symbol
    name: str

    def names(self, at: Mapping[Symbol, Expr]) -> tuple[str, ...]:
        """One for each value of the index. Raises ValueError where there are more than a listing can hold."""
        count = int(at[self.high])
        if count > MOST_EACH:
            few = f"more than {MOST_EACH} numbers, one for each {self.symbol}; pass {self.symbol}, or a smaller"
            raise ValueError(f"{self.high}={count}: {few} {self.high}")
        return tuple(f"{self.name}_{number}" for number in range(1, count + 1))
