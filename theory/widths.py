"""Width profiles: n_l, the width of layer l, as a symbol of formulas, and the numbers that stand for it."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import ClassVar

from sympy import Add, Expr, Function, Integer, Mul, Product, Sum, Symbol
from sympy.core.basic import Basic
from sympy.printing.latex import LatexPrinter
from sympy.printing.str import StrPrinter

from theory.symbols import L, l, n
from theory.words import notation

MOST_LAYERS = 1000
WIDEST = 10**9
_SHOWN = 60  # characters of a refused profile


class _OfLayer(Function):
    """A number of each layer, written as one letter with the layer below it."""

    letter: ClassVar[tuple[str, str]]  # in text and in LaTeX
    nargs = 1
    is_commutative = True
    is_number = False  # n_0 is a letter, though no symbol is free in it

    def _sympystr(self, printer: StrPrinter) -> str:
        return f"{self.letter[0]}_{notation.subscript(self.args[0], printer)}"

    def _latex(self, printer: LatexPrinter, exp: str | None = None) -> str:
        text = f"{self.letter[1]}_{notation.subscript(self.args[0], printer)}"
        return f"{text}^{{{exp}}}" if exp else text


class units(_OfLayer):
    """n_l, the width of layer l; units(0) is that of the input.

    >>> from theory.symbols import l
    >>> units(l - 1), units(0).is_positive
    (n_(l-1), True)
    """

    letter = ("n", "n")
    is_integer = True
    is_positive = True


class spread(_OfLayer):
    """c_l with E‖W_l v‖⁴ <= (1 + c_l)(E‖W_l v‖²)² for every unit v, declared by the ensemble for each shape."""

    letter = ("c", "c")
    is_extended_nonnegative = True


class spread_back(_OfLayer):
    """c'_l with E‖W_lᵀ u‖⁴ <= (1 + c'_l)(E‖W_lᵀ u‖²)² for every unit u, by the law of the ensemble."""

    letter = ("c'", "c'")
    is_extended_nonnegative = True


class Profile(tuple[int, ...]):
    """The widths of a network, input first: (n_0, ..., n_L); of one matrix (n_in, n_out).

    >>> Profile.read("4, 8,2").depth, str(Profile((4, 8, 2)))
    (2, '4,8,2')
    """

    @classmethod
    def read(cls, text: str, layers: int | None = None) -> Profile:
        """The profile of a text, its widths separated by commas; ``layers`` fixes their number.

        Raises ValueError naming value, place and remedy: fewer than two widths, more than 1000 layers, or one that is
        no whole number from 1 to 10⁹.
        """
        parts = [part.strip() for part in text.strip().strip("()[]").split(",")]
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
        wanted = f"{layers + 1} widths, input first" if layers else "at least two widths, input first, such as 4,8,2"
        if len(parts) != layers + 1 if layers else len(parts) < 2:
            raise ValueError(f"widths={shown}: {len(parts)} given; pass {wanted}")
        if len(parts) > MOST_LAYERS + 1:
            raise ValueError(f"widths={shown}: {len(parts) - 1} layers; pass at most {MOST_LAYERS}, or n and L")
        for place, part in enumerate(parts):
            if not (re.fullmatch("[0-9]{1,10}", part) and 1 <= int(part) <= WIDEST):
                raise ValueError(
                    f"widths={shown}: n_{place}={part[:_SHOWN]!r} is no width; pass whole numbers of 1 or more"
                )
        return cls(map(int, parts))

    @property
    def depth(self) -> int:
        """The number of layers."""
        return len(self) - 1

    @property
    def shapes(self) -> tuple[tuple[int, int], ...]:
        """(n_out, n_in) of each layer."""
        return tuple((n_out, n_in) for n_in, n_out in pairwise(self))

    @property
    def square(self) -> bool:
        """Whether all widths are equal."""
        return len(set(self)) == 1

    def times(self, factor: int) -> Profile:
        """Every width as many times as large."""
        return Profile(width * factor for width in self)

    def __str__(self) -> str:
        return ",".join(map(str, self))

    __repr__ = __str__


def ends(profile: Profile) -> dict[Symbol, Expr]:
    """What bounds an index in a network of these widths: in place of n the least of them, and the number of layers.

    >>> from theory.symbols import L, l, n
    >>> ends(Profile((4, 8, 2))) == {n: 2, L: 2}
    True
    """
    return {n: Integer(min(profile)), L: Integer(profile.depth)}


def at_each_layer(sides: tuple[Expr, ...], profile: Profile) -> tuple[tuple[Expr, ...], ...]:
    """Expressions for a network of these widths, once for each layer l where they speak of l.

    >>> from theory.symbols import l
    >>> at_each_layer((units(l - 1), units(l)), Profile((4, 8, 2)))
    ((4, 8), (8, 2))
    """
    speaks = any(l in side.free_symbols for side in sides)
    rules = [{l: Integer(layer)} for layer in range(1, profile.depth + 1)] if speaks else [{}]
    return tuple(tuple(at_profile(side.xreplace(rule), profile) for side in sides) for rule in rules)


def equal_widths(expression: Basic) -> Basic:
    """The expression where every n_l is n; sums and products over layers that are then alike are multiplied out.

    >>> from sympy import Product
    >>> from theory.symbols import l
    >>> equal_widths(Product(units(l) + 1, (l, 1, L)))
    (n + 1)**L
    """
    same = expression.xreplace({node: n for node in expression.atoms(units)})
    return same.replace(lambda node: isinstance(node, Sum | Product), _alike)


def _alike(node: Sum | Product) -> Expr:
    (index, low, high), *more = node.limits
    if more or node.function.has(index):
        return node
    count = high - low + 1
    return count * node.function if isinstance(node, Sum) else node.function**count


def at_profile(expression: Expr, profile: Profile) -> Expr:
    """The expression for a network of these widths: L is their number less one, n_l the l-th.

    Sums and products over layers are written out, like terms once. Raises ValueError where it asks for a layer that
    there is not.

    >>> from theory.symbols import l
    >>> at_profile(Sum(1 / units(l), (l, 1, L)), Profile((4, 8, 8)))
    1/4
    """
    fixed = expression.xreplace({L: Integer(profile.depth)})
    written = fixed.replace(lambda node: isinstance(node, Sum | Product), lambda node: _written_out(node, profile))
    return _numbered(written, profile)


def _numbered(expression: Expr, profile: Profile) -> Expr:
    return expression.xreplace({node: _width(node, profile) for node in expression.atoms(units)})


def _width(node: units, profile: Profile) -> Expr:
    (layer,) = node.args
    if layer.free_symbols:
        return node
    if not (layer.is_Integer and 0 <= layer <= profile.depth):
        raise ValueError(f"{node}: no layer of widths {profile}; pass one of 0 to {profile.depth}")
    return Integer(profile[int(layer)])


def _written_out(node: Sum | Product, profile: Profile) -> Expr:
    (index, low, high), *more = node.limits
    if more or not (low.is_Integer and high.is_Integer):
        return node
    steps = range(int(low), int(high) + 1)
    terms = Counter(at_profile(node.function.xreplace({index: Integer(step)}), profile) for step in steps)
    if isinstance(node, Sum):
        return Add(*(count * term for term, count in terms.items()))
    return Mul(*(term**count for term, count in terms.items()))
