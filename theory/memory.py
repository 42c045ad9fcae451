"""A scalar memory h_t = lambda h_{t-1} + x_t from h_0 = 0, driven by unit white noise: its letters."""

from __future__ import annotations

from sympy.printing.latex import LatexPrinter
from sympy.printing.precedence import PRECEDENCE
from sympy.printing.str import StrPrinter

from theory.quantities import RealQuantity


class _Stepped(RealQuantity):
    """A number of one step of time."""

    def _sympystr(self, printer: StrPrinter) -> str:
        index = printer._print(self.args[0])
        return self.text_form.format(index if self.args[0].is_Atom else f"({index})")


class state(_Stepped):
    """h_t, what is remembered after step t."""

    latex_form, text_form = r"h_{{{0}}}", "h_{0}"


class noise(_Stepped):
    """x_t, the input of step t: independent, standard normal."""

    latex_form, text_form = r"x_{{{0}}}", "x_{0}"


class sensitivity(_Stepped):
    """dh_t/dlambda, how the state moves with the weight."""

    latex_form, text_form = r"\frac{{\mathrm{{d}} h_{{{0}}}}}{{\mathrm{{d}}\lambda}}", "dh_{0}/dlambda"
    precedence = PRECEDENCE["Mul"]

    def _latex(self, printer: LatexPrinter, exp: str | None = None) -> str:
        text = super()._latex(printer)
        return rf"\left({text}\right)^{{{exp}}}" if exp else text
