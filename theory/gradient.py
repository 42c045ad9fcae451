"""A derived gradient: an ordered product, the network it belongs to, and its entries for cross-checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sympy import Expr, ImmutableDenseMatrix, MatrixExpr
from sympy.printing.pretty.pretty import PrettyPrinter
from sympy.printing.pretty.stringpict import prettyForm
from sympy.printing.printer import Printer

from theory.activations import Activation
from theory.entries import evaluated, through_depth, through_time
from theory.sizes import width, widths_of
from theory.widths import units as units
from theory.words import writing


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
        Shapes: widths input first, one more than layers: they decide a symbolic depth, and `jacobian("L")` takes as
        many layers as they name. Through time one width, which decides no number of steps: that must be an int.
        Raises ValueError where the widths do not fit, or a layer or the number of steps stays symbolic.

        >>> from theory.activations import LINEAR
        >>> from theory.gradients import jacobian
        >>> jacobian(depth=2, activation=LINEAR).explicit([1, 1, 1])
        Matrix([[W_1[0, 0]*W_2[0, 0]]])
        """
        return self._through_time(widths) if self.tied else self._through_depth(widths)

    def _through_depth(self, widths: Sequence[int] | int) -> ImmutableDenseMatrix:
        sizes = widths_of(widths, self.factors)
        depth = len(sizes) - 1
        decided = {self.factors: depth} if self.factors.is_Symbol else {}
        self._require_decided(self.factors.subs(decided), "depth", 'pass depth=2, say, or "L": widths decide it')
        if self.layer is not None:
            self._require_layer(self.layer.subs(decided), sizes)
        expression = self.expression.subs(decided).doit()
        numbered = expression.xreplace({units(layer): size for layer, size in enumerate(sizes)})
        return evaluated(numbered, through_depth(sizes, self.activation))

    def _through_time(self, widths: Sequence[int] | int) -> ImmutableDenseMatrix:
        one = width(widths, "widths")
        self._require_decided(
            self.factors, "steps", "steps must be an int, which one width does not decide: pass steps=2, say"
        )
        return evaluated(self.expression, through_time(one, int(self.factors), self.activation))

    def _require_layer(self, layer: Expr, sizes: list[int]) -> None:
        self._require_decided(layer, "layer", "pass layer=2, say, for its entries")
        if layer > len(sizes) - 1:
            raise ValueError(
                f"widths={sizes}: {len(sizes) - 1} layers, and {self.quantity} needs {layer}; pass more widths"
            )
        if layer < 1:
            raise ValueError(f"widths={sizes}: {self.quantity} is at layer {layer} then; pass more widths")

    def _require_decided(self, size: Expr, place: str, remedy: str) -> None:
        if not size.is_Integer:
            raise ValueError(f"{self.quantity}: {place}={size} is not a number; {remedy}")

    def latex(self) -> str:
        """The gradient in LaTeX, without its left side."""
        return writing.latex(self.expression)

    def to_dict(self) -> dict[str, str]:
        """What it is, in text and LaTeX, and of which activation."""
        return {
            "quantity": self.quantity,
            "expression": writing.text(self.expression),
            "latex": self.latex(),
            "activation": self.activation.name,
        }

    def _repr_latex_(self) -> str:
        return f"${self.latex()}$"

    def __repr__(self) -> str:
        return f"{self.quantity} = {writing.text(self.expression)}, activation {self.activation.name}"

    # SymPy's printers go by the name of a class, and theirs of this name is the gradient of a scalar field

    def _latex(self, printer: Printer) -> str:
        return self.latex()

    def _pretty(self, printer: PrettyPrinter) -> prettyForm:
        return printer._print(self.expression)

    def _sympystr(self, printer: Printer) -> str:
        return repr(self)
