"""How the norm of a wide Gaussian matrix fluctuates about its limit: the law of Tracy and Widom."""

from sympy import Rational, cbrt, oo
from sympy.core.relational import Le

from theory.assumptions import GAUSSIAN
from theory.definitions import ONE_MATRIX
from theory.distributions import painleve_law, tracy_widom
from theory.letters import J, W_tied
from theory.observables import OPERATOR_NORM
from theory.quantities import P, limit_of, norm
from theory.references import BORNEMANN_2010, FERRARI_SPOHN_2005, JOHNSTONE_2001, MA_2012
from theory.relations import InLaw
from theory.rules import edge_law, fredholm_form, unfold
from theory.statement import Control, Parameter, Statement, Step, Theorem
from theory.symbols import line as x
from theory.symbols import n, sigma_w
from theory.systems import MATRIX

CENTER, SCALE = 4 * n - 2, 2 * cbrt(2 * n - 1)
LEFT = (n * OPERATOR_NORM.symbol**2 / sigma_w**2 - CENTER) / SCALE
OF_J, OF_W = (limit_of(P(Le((n * norm(matrix) ** 2 / sigma_w**2 - CENTER) / SCALE, x)), n) for matrix in (J, W_tied))

THEOREM = Theorem(
    name="norm_fluctuation",
    title="The fluctuation of the norm: the Tracy-Widom law",
    systems=(MATRIX,),
    statements=(
        Statement(
            LEFT,
            InLaw(x, variable=n, distance=n ** Rational(-2, 3) * (Rational(21, 100) + Rational(43, 100) / n)),
            tracy_widom(x),
        ),
    ),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(n, 1, oo, points=(5, 8)),
    ),
    assumes=frozenset({GAUSSIAN}),
    proof=(
        Step("eq", OF_J, "=", OF_W, "one matrix", unfold, (ONE_MATRIX,)),
        Step(
            "cite",
            OF_W,
            "=",
            painleve_law(x),
            "the largest eigenvalue of a white Wishart matrix, with n - 1/2 in place of n in its center and its scale",
            edge_law,
        ),
        Step("cite", painleve_law(x), "=", tracy_widom(x), "as a Fredholm determinant", fredholm_form),
    ),
    references=(MA_2012, JOHNSTONE_2001, FERRARI_SPOHN_2005, BORNEMANN_2010),
    controls=(Control(GAUSSIAN, ensemble="haar"),),
    limits="A limit. At finite n the exact law (norm_law) differs from it by at most n^(-2/3) (0.21 + 0.43/n), found "
    "from that law for n = 2 to 64: by 0.064 at n = 8, 0.037 at n = 16, 0.022 at n = 32, 0.0134 at n = 64; beyond 64 "
    "this is an extrapolation. Norms drawn exactly in law, by the bidiagonal chi model, agree with it: 600000 at "
    "n = 1000 lie 0.0026 from F_1, 300000 at n = 10000 lie 0.0009, 100000 at n = 100000 lie 0.0031, where draws "
    "alone explain 0.0018, 0.0025, 0.0043 in 95 of 100 samples; a center off by 2 is 0.025 away at n = 1000 and "
    "refuted. A verdict allows the stated distance and says so: it can refute a law that is farther off than it.",
)
