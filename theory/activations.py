"""Activations: phi as one SymPy expression; its slope and sup|phi'| are derived from it, never passed in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sympy import Expr, I, Lambda, Rational, Symbol, sech, tanh
from sympy.core.function import Function, FunctionClass

from theory.extrema import NotDerivable, supremum
from theory.sizes import shown

z = Symbol("z", real=True)  # the argument of every activation
# where a formula must be a real number
PLACES = [Rational(place, 3) for place in (0, 1, -1, 3, -3, 7, -7, 30, -30, 3000, -3000)]


@dataclass(frozen=True)
class Activation:
    """An activation phi(z), given by its name and a SymPy formula in `activations.z`.

    Raises ValueError where the name is empty, or the formula is not a SymPy expression in z alone that is a real number
    at every real z (text is never evaluated as code).

    >>> from sympy import atan
    >>> arctan = Activation("atan", atan(z))
    >>> arctan.derivative, arctan.slope_bound
    (1/(z**2 + 1), 1)
    """

    name: str
    formula: Expr

    def __post_init__(self) -> None:
        if not self.name or not isinstance(self.name, str):
            raise ValueError(f"name={self.name!r}: an activation needs a name; pass a text such as 'tanh'")
        fault = _fault(self.formula)
        if fault:
            raise ValueError(f"activation {self.name}: formula={shown(self.formula)} {fault}")

    @cached_property
    def derivative(self) -> Expr:
        """phi'(z), exact, with sech(z)**2 for the slope of tanh: 1 - tanh(z)**2 cancels where tanh is near 1.

        >>> TANH.derivative
        sech(z)**2
        """
        return self.formula.replace(tanh, _tanh).diff(z).replace(_tanh, tanh)

    @cached_property
    def slope_bound(self) -> Expr:
        """sup|phi'| over the reals, an exact SymPy number: the largest of |phi'| at its critical points and at +-oo.

        Raises ValueError where SymPy cannot find all critical points, or phi' is unbounded or not continuous.

        >>> LINEAR.slope_bound, TANH.slope_bound
        (1, 1)
        """
        try:
            bound = supremum(self.derivative, z)
        except NotDerivable as reason:
            raise ValueError(
                f"activation {self.name}: sup|phi'| cannot be derived from {self.formula} ({reason}); "
                "use a formula whose slope is continuous, bounded and has critical points that SymPy can solve for"
            ) from None
        return bound

    def __str__(self) -> str:
        return self.name


def activation_of(value: Activation | str) -> Activation:
    """The activation itself, or the one of this module that has the name.

    Raises ValueError for any other name or value.

    >>> activation_of("tanh") is TANH
    True
    """
    known = {each.name: each for each in ACTIVATIONS}
    if isinstance(value, Activation):
        return value
    if isinstance(value, str) and value in known:
        return known[value]
    names = ", ".join(f'"{name}"' for name in sorted(known))
    raise ValueError(f"activation={shown(value)}: unknown; pass one of {names}, or Activation(name, formula)")


def _fault(formula: object) -> str:
    """What keeps the formula from being an activation, and the remedy; empty where nothing does."""
    if isinstance(formula, Lambda | FunctionClass) or (callable(formula) and not isinstance(formula, Expr)):
        return "is a function without its argument; pass its value at theory.activations.z, such as tanh(z)"
    if not isinstance(formula, Expr) or formula.is_Matrix:
        return "is not a SymPy expression of one number; pass one in theory.activations.z, such as tanh(z)"
    foreign = ", ".join(sorted(map(str, formula.free_symbols - {z})))
    if foreign:
        return f"has {foreign}, which is another symbol; write the formula in theory.activations.z alone"
    if z not in formula.free_symbols:
        return "does not depend on theory.activations.z; pass one that does, such as tanh(z)"
    if formula.has(I):
        return "is complex; pass a formula that is real for real z, without I"
    # SymPy's is_real says "real and finite" of a formula, but also of an unknown function that is declared so
    places = PLACES[:2] if formula.is_real else PLACES
    bad = next((place for place in places if not _real(formula.subs(z, place))), None)
    return "" if bad is None else f"is no real number at z={bad}; pass a formula that is real for every real z"


def _real(value: Expr) -> bool:
    number = value.evalf(chop=True)
    return bool(number.is_comparable and number.is_finite)


class _tanh(Function):
    """tanh, whose derivative SymPy would write 1 - tanh**2."""

    def fdiff(self, argindex: int = 1) -> Expr:
        return sech(self.args[0]) ** 2


LINEAR = Activation("linear", z)
TANH = Activation("tanh", tanh(z))
ACTIVATIONS = (LINEAR, TANH)  # a statement about any activation is judged with each
