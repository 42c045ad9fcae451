"""The law of a product of independent Gamma variables as a Meijer G-function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Expr, Product
from sympy.core.basic import Basic
from sympy.printing.latex import LatexPrinter
from sympy.printing.printer import Printer
from sympy.printing.str import StrPrinter

from theory.balls.transforms import gamma_product
from theory.quantities import Distribution, law_of_log

if TYPE_CHECKING:
    from theory.statement import Theorem

ROADS = ("inversion", "meijer")  # the default first


class meijer_law(Distribution):
    """P(X <= x) from the characteristic function F(xi) of log X, a product of Gamma factors: meijer_law(F, xi, x).

    For E X^{i xi} = ∏_l c_l^{i xi} Γ(a_l + i xi)/Γ(a_l) it is, with 0 < c < min a_l and z = x/∏ c_l,
    (1/2πi) ∫_{Re s = c} z^s ∏ Γ(a_l - s)/Γ(a_l) ds/s = G^{L,1}_{1,L+1}(z | 1; a_1, ..., a_L, 0)/∏ Γ(a_l).
    Source: NIST DLMF 16.17.1; Springer & Thompson 1970.
    """

    def _latex(self, printer: LatexPrinter, exp: str | None = None) -> str:
        z, first, last, gammas, count = self._parts(printer)
        lower = first if first == last else rf"{first},\ldots,{last}"
        orders = rf"G^{{{count},1}}_{{1,{count}+1}}"
        return rf"\frac{{{orders}\!\left({z};\,1;\,{lower},0\right)}}{{{gammas}}}"

    def _sympystr(self, printer: StrPrinter) -> str:
        z, first, last, gammas, count = self._parts(printer)
        lower = first if first == last else f"{first}, ..., {last}"
        return f"G^({count},1)_(1,{count}+1)({z} | 1; {lower}, 0)/({gammas})"

    def _parts(self, printer: Printer) -> tuple[str, ...]:
        """z, the first and the last shape, the product of the Γ(a_l), and their number, as the printer writes them."""
        from sympy import gamma

        series, xi, x = self.args
        ((index, low, high),) = series.limits
        shape, scale = layer_of(series, xi)
        z = x * Product(1 / scale, (index, low, high))
        ends = (shape.xreplace({index: end}) for end in (low, high))
        gammas = Product(gamma(shape), (index, low, high))
        return tuple(printer._print(part) for part in (z, *ends, gammas, high - low + 1))


def layer_of(series: Basic, xi: Expr) -> tuple[Expr, Expr]:
    """(a_l, c_l) of a transform ∏_l c_l^{i xi} Γ(a_l + i xi)/Γ(a_l).

    Raises ValueError where it is no such product over one index.
    """
    if not isinstance(series, Product) or len(series.limits) != 1:
        raise ValueError(f"transform {series}: no product over the layers; write it as one")
    product = gamma_product(series.function, xi)
    if len(product.shapes) != 1 or product.shapes[0][1] != 1 or len(product.scales) != 1:
        raise ValueError(
            f"transform {series}: not one Gamma factor a layer; write it as c^(i xi) gamma(a + i xi)/gamma(a)"
        )
    ((base, rate),), ((shape, _),) = product.scales, product.shapes
    return shape, base**rate


def is_mellin_form(node: Basic, transform: Basic, xi: Expr, x: Expr) -> bool:
    """Whether the node is the Meijer G-function that inverts this transform at x; all shapes and scales positive."""
    if not isinstance(node, meijer_law) or node.args != (transform, xi, x):
        return False
    try:
        shape, scale = layer_of(transform, xi)
    except ValueError:
        return False
    return bool(shape.is_positive and scale.is_positive)


def on_road(theorem: Theorem, rights: tuple[Expr, ...], road: str) -> tuple[Expr, ...]:
    """The formulas written for a road: "inversion" as they are, "meijer" with each law as a Meijer G-function.

    Raises ValueError for another road, or where no formula has a second one.
    """
    if road not in ROADS:
        raise ValueError(f"road={road}: no such road; pass {' or '.join(ROADS)}")
    if road == ROADS[0]:
        return rights
    written = tuple(right.replace(law_of_log, meijer_law) for right in rights)
    if written == rights:
        raise ValueError(f"road={road}: theorem {theorem.name} has one road alone; leave the road out")
    return written
