"""The norm of a wide random matrix: twice sigma_w, or sigma_w (1 + sqrt(n_out/n_in))."""

from sympy import Rational, oo, sqrt

from theory.assumptions import FOURTH_MOMENT, IID
from theory.definitions import WIDE_ONE_MATRIX
from theory.letters import J
from theory.observables import OPERATOR_NORM
from theory.proofs.facts import Fact
from theory.quantities import limit_of, norm
from theory.rectangular import J_matrix, W_matrix
from theory.references import BAI_YIN_1988, JOHNSTONE_2001
from theory.relations import Limit
from theory.rules import equal_widths, norm_of_wide_iid, unfold
from theory.statement import Control, Parameter, Statement, Step, Theorem
from theory.symbols import n, sigma_w
from theory.systems import MATRIX
from theory.widths import units

EDGE = Fact(limit_of(norm(J_matrix), units(0)), "=", sigma_w * (1 + sqrt(units(1) / units(0))))
ROOTS, INVERSES = sqrt(units(1)) + sqrt(units(0)), 1 / sqrt(units(1)) + 1 / sqrt(units(0))
FLUCTUATION = (
    Rational(317, 500) * INVERSES ** Rational(1, 3) / ROOTS
)  # of the Tracy-Widom law, whose deviation is 1.268

THEOREM = Theorem(
    name="norm_edge",
    title="The norm of a wide random matrix",
    systems=(MATRIX,),
    statements=(
        Statement(
            OPERATOR_NORM,
            Limit(n, rate=n ** Rational(-2, 3), spread=Rational(4, 25) * n ** Rational(-4, 3)),  # 0.40 n^(-2/3) squared
            2 * sigma_w,
        ),
        Statement(
            OPERATOR_NORM,
            Limit(units(0), rate=units(0) ** Rational(-2, 3), spread=FLUCTUATION**2),
            EDGE.right,
            system=MATRIX,
            widths=((3, 20), (20, 3)),
        ),
    ),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(n, 1, oo, points=(6, 7)),
    ),
    assumes=frozenset({IID, FOURTH_MOMENT}),
    proof=(
        Step("eq", EDGE.left, "=", limit_of(norm(W_matrix), units(0)), "one matrix", unfold, (WIDE_ONE_MATRIX,)),
        Step(
            "cite",
            limit_of(norm(W_matrix), units(0)),
            "=",
            EDGE.right,
            "the largest singular value of iid entries converges almost surely as the widths grow at a fixed ratio",
            norm_of_wide_iid,
        ),
        Step("eq", limit_of(norm(J), n), "=", 2 * sigma_w, "a square matrix", equal_widths, (EDGE,)),
    ),
    references=(BAI_YIN_1988, JOHNSTONE_2001),
    controls=(
        Control(IID, ensemble="haar", resolution=0.1),
        Control(FOURTH_MOMENT, ensemble="rare", resolution=0.05),
    ),
    limits="The norm approaches its limit from below at rate n^(-2/3); it says nothing about the gradient of a deep "
    "network, whose typical size is set by sigma_w. Without a fourth moment it need not converge: of Student t entries "
    "of 3 degrees of freedom it grows as n^(1/6), so slowly, and from draw to draw so unevenly, that sizes up to 256 "
    "refute the limit only by 150000 draws (2.21 ± 0.35 beside 1.6); entries of which two are nonzero in a row, the "
    "control here, are refuted by 10000.",
)
