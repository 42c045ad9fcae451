"""Powers of one Gaussian matrix as inert nodes: the sum over pairings of its mean square, and how widely it spreads.

For whole T they are counted on request (theory/loops.py) and kept in memory; nothing is stored.
"""

from __future__ import annotations

from typing import Any

from sympy import Expr, Integer, Rational
from sympy.printing.latex import LatexPrinter

from theory.loops import power_loops
from theory.quantities import Special

MOST_STEPS = 16  # 14 s and 70,000 traces; each further step takes 2.5 times as long
REAL, COMPLEX = Integer(1), Integer(2)  # the real dimension of an entry
EXACT_SPREADS = {1: 6, 2: 9}  # by this dimension: most steps whose fourth moment is counted, in about a second


class pairing_sum(Special):
    """Σ over all pairings of the 2T letters of tr Gᵀ...Gᵀ G...G of n^(its loops): pairing_sum(T, n).

    It is E‖G^T‖_F² of an n x n matrix of independent N(0, 1); at n = 1 the number (2T-1)!! of all pairings.
    """

    latex_form = r"\sum_{{\pi\in\mathcal{{P}}_{{2 {0}}}}} {1}^{{\ell(\pi)}}"
    text_form = "Σ_(π in P_(2 {0})) {1}^ℓ(π)"

    def _latex(self, printer: LatexPrinter, exp: str | None = None) -> str:
        text = rf"\left({super()._latex(printer)}\right)"
        return rf"{text}^{{{exp}}}" if exp else text

    def doit(self, **hints: Any) -> Expr:
        """The polynomial in n, for a whole number T; left as it is for a symbol. Raises ValueError where T > 16.

        >>> from theory.symbols import n
        >>> pairing_sum(2, n).doit()
        n**3 + 2*n
        """
        steps, size = self.args
        if not steps.is_Integer:
            return self
        return sum((number * size**count for count, number in counted(int(steps)).items()), Integer(0))


def counted(steps: int) -> dict[int, int]:
    """The pairings of W^T by their loops. Raises ValueError, with the cost, beyond the steps that it can do.

    >>> counted(3)
    {4: 1, 2: 10, 1: 4}
    """
    if steps > MOST_STEPS:
        cost = f"the pairings are counted one trace after another, 14 s at T={MOST_STEPS} and 2.5 times more each step"
        raise ValueError(f"T={steps}: {cost}; pass T <= {MOST_STEPS}")
    return dict(sorted(power_loops(steps).items(), reverse=True))


class power_spread(Special):
    """An upper bound of Var‖G^T v‖²/(E‖G^T v‖²)² for a unit vector v: power_spread(dimension, T, n).

    dimension: 1 for real entries, 2 for complex ones. With A = G^T, and v uniform on the sphere by invariance,

        E‖Av‖⁴ = (2 E tr((A A*)²) + E(tr A A*)²)/(n (n + 2)) if real, (E tr((A A*)²) + E(tr A A*)²)/(n (n + 1)) if not:

    counted, and exact, up to T = 6 and 9. Beyond them 9^T - 1, or 4^T - 1: each coordinate f of G^T v is a polynomial
    of degree T in normal numbers, E f⁴ <= 9^T (E f²)², of complex ones E|f|⁴ <= 4^T (E|f|²)²; by the inequality of
    Cauchy and Schwarz the same is true of ‖G^T v‖.

    Source: Janson, Gaussian Hilbert Spaces, Cambridge 1997, chapter 5 (hypercontractivity).
    """

    latex_form, text_form = r"c_{{{0}}}({1},\,{2})", "c_{0}({1}, {2})"


def spread_of(dimension: int, steps: int, size: int) -> Rational:
    """The value of power_spread at whole numbers, exact.

    >>> spread_of(1, 1, 4), spread_of(2, 30, 4) == 4**30 - 1
    (1/2, True)
    """
    if steps > EXACT_SPREADS[dimension]:
        return Integer({1: 9, 2: 4}[dimension] ** steps - 1)
    mean, square, trace = (_at(size, steps, traces, dimension) for traces in ((1,), (2,), (1, 1)))
    twice = 2 // dimension
    return Rational(size**2 * (twice * square + trace), size * (size + twice) * mean**2) - 1


def _at(size: int, steps: int, traces: tuple[int, ...], dimension: int) -> int:
    found = power_loops(steps, traces, complex_entries=dimension == 2)
    return sum(number * size**count for count, number in found.items())
