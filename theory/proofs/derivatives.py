"""Derivatives of one layer with respect to another, and the layer's own derivative computed entry by entry."""

from __future__ import annotations

from functools import lru_cache

from sympy import Derivative, Expr, Function, IndexedBase, KroneckerDelta, MatrixExpr, Subs, Sum, Symbol, expand, true
from sympy.printing.latex import LatexPrinter


class partial(MatrixExpr):
    """The Jacobian matrix dy/dx of one vector by another; dx/dx is the identity by rule, not by construction."""

    @property
    def shape(self) -> tuple[Expr, Expr]:
        return self.args[0].shape[0], self.args[1].shape[0]

    def _latex(self, printer: LatexPrinter) -> str:
        output, source = map(printer._print, self.args)
        return rf"\frac{{\partial {output}}}{{\partial {source}}}"

    def _sympystr(self, printer: LatexPrinter) -> str:
        output, source = map(printer._print, self.args)
        return f"d({output})/d({source})"


class rate(MatrixExpr):
    """The derivative of a vector y at eps = 0 when the weights W become W + eps V: rate(y, W, V)."""

    @property
    def shape(self) -> tuple[Expr, Expr]:
        return self.args[0].shape  # type: ignore[no-any-return]

    def _latex(self, printer: LatexPrinter) -> str:
        return r"\partial_{{{1} \to {1} + \varepsilon {2}}}\, {0}".format(*map(printer._print, self.args))

    def _sympystr(self, printer: LatexPrinter) -> str:
        output, weight, direction = map(printer._print, self.args)
        return f"d({output}) along {weight} + eps {direction}"


@lru_cache(maxsize=1)
def layer_derivative_holds() -> bool:
    """Whether d/deps phi(Σ_k (W + eps V)_ik (h + eps p)_k + b_i) at eps = 0 is phi'(z_i) Σ_k (W_ik p_k + V_ik h_k).

    Computed by SymPy for one entry of a layer of symbolic width. p and V are free: V = 0 and p a unit vector give
    dh_l/dh_{l-1} = D_l W_l, p = 0 gives the derivative by the weights.

    >>> layer_derivative_holds()
    True
    """
    i, j, k, m = (Symbol(name, integer=True, positive=True) for name in "ijkm")
    eps, y = Symbol("eps", real=True), Symbol("y", real=True)
    W, V, h, p, b = map(IndexedBase, "WVhpb")
    phi = Function("phi")
    z = Sum((W[i, k] + eps * V[i, k]) * (h[k] + eps * p[k]), (k, 1, m)) + b[i]
    slope = Subs(Derivative(phi(y), y), y, z.subs(eps, 0))
    expected = slope * Sum(W[i, k] * p[k] + V[i, k] * h[k], (k, 1, m))
    along = Derivative(phi(z), eps).doit().subs(eps, 0).doit()
    column = Sum(W[i, k] * KroneckerDelta(j, k), (k, 1, m)).doit().xreplace({j <= m: true})
    return bool(expand(along - expected) == 0 and column == W[i, j])
