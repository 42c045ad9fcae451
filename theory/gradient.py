"""A derived gradient: an ordered product, the network it belongs to, and its entries for cross-checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sympy import Expr, Function, ImmutableDenseMatrix, MatrixExpr

from theory.activations import Activation
from theory.entries import evaluated, through_depth, through_time
from theory.printing import latex
from theory.sizes import width, widths_of

units = Function("n", integer=True, positive=True)  # units(l) is n_l, the width of layer l


@dataclass(frozen=True)
class Gradient:
    """The gradient `quantity` of a network with `factors` layers, or steps with one W where it is `tied`."""

    quantity: str
    expression: MatrixExpr
    activation: Activation
    factors: Expr
    layer: Expr | None = None
    tied: bool = False

    def explicit(self, widths: Sequence[int] | int) -> ImmutableDenseMatrix:
        """The gradient in the entries of W_l, b_l, h_0, g (through time W, b, u_t, h_0, g_t), with no simplification.

        Equal to direct differentiation once both are multiplied out.
        Shapes: widths input first, one more than layers (a symbolic depth takes its value from them); through time one
        width.
        Raises ValueError where the widths do not fit, or a layer or the number of steps is symbolic.

        >>> from theory.activations import LINEAR
        >>> from theory.gradients import jacobian
        >>> jacobian(depth=2, activation=LINEAR).explicit([1, 1, 1])
        Matrix([[W_1[0, 0]*W_2[0, 0]]])
        """
        return self._through_time(widths) if self.tied else self._through_depth(widths)

    def _through_depth(self, widths: Sequence[int] | int) -> ImmutableDenseMatrix:
        sizes = widths_of(widths, self.factors)
        depth = len(sizes) - 1
        self._require_number(self.layer, "layer")
        if self.layer is not None and self.layer > depth:
            raise ValueError(
                f"widths={sizes}: {depth} layers, and {self.quantity} needs {self.layer}; pass more widths"
            )
        expression = self.expression.subs({self.factors: depth} if self.factors.is_Symbol else {}).doit()
        numbered = expression.xreplace({units(layer): size for layer, size in enumerate(sizes)})
        return evaluated(numbered, through_depth(sizes, self.activation))

    def _through_time(self, widths: Sequence[int] | int) -> ImmutableDenseMatrix:
        one = width(widths, "widths")
        self._require_number(self.factors, "steps")
        return evaluated(self.expression, through_time(one, int(self.factors), self.activation))

    def _require_number(self, size: Expr | None, place: str) -> None:
        if size is not None and not size.is_Integer:
            raise ValueError(f"{self.quantity}: {place}={size} is not a number; pass {place}=2, say, for its entries")

    def latex(self) -> str:
        """The gradient in LaTeX, without its left side."""
        return latex(self.expression)

    def to_dict(self) -> dict[str, str]:
        """What it is, in text and LaTeX, and of which activation."""
        return {
            "quantity": self.quantity,
            "expression": str(self.expression),
            "latex": self.latex(),
            "activation": self.activation.name,
        }

    def _repr_latex_(self) -> str:
        return f"${self.latex()}$"

    def __repr__(self) -> str:
        return f"{self.quantity} = {self.expression}, activation {self.activation.name}"
