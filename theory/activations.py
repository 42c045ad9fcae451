"""Activations: phi as one SymPy expression; its slope and sup|phi'| are derived from it, never passed in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sympy import Expr, Symbol, sech, tanh
from sympy.core.function import Function

from theory.extrema import NotDerivable, supremum

z = Symbol("z", real=True)  # the argument of every activation


@dataclass(frozen=True)
class Activation:
    """An activation phi(z), given by its name and a SymPy formula in `activations.z`.

    Raises ValueError where the name is empty, or the formula is not a SymPy expression in z alone (text is never
    evaluated as code).

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
        if not isinstance(self.formula, Expr):
            raise ValueError(
                f"activation {self.name}: formula={self.formula!r} is not a SymPy expression; "
                "pass one in theory.activations.z, such as tanh(z)"
            )
        foreign = self.formula.free_symbols - {z}
        if foreign:
            unknown = ", ".join(sorted(map(str, foreign)))
            raise ValueError(
                f"activation {self.name}: {unknown} is another symbol; write the formula in theory.activations.z alone"
            )

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


class _tanh(Function):
    """tanh, whose derivative SymPy would write 1 - tanh**2."""

    def fdiff(self, argindex: int = 1) -> Expr:
        return sech(self.args[0]) ** 2


LINEAR = Activation("linear", z)
TANH = Activation("tanh", tanh(z))
