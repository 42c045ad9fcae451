"""The norm of a wide random matrix: twice sigma_w."""

from sympy import Rational, oo

from theory.assumptions import FOURTH_MOMENT, IID
from theory.definitions import ONE_MATRIX
from theory.letters import J, W_tied
from theory.observables import OPERATOR_NORM
from theory.quantities import limit_of, norm
from theory.references import BAI_YIN_1988, JOHNSTONE_2001
from theory.relations import Limit
from theory.rules import norm_of_wide_iid, unfold
from theory.statement import Control, Parameter, Statement, Step, Theorem
from theory.symbols import n, sigma_w
from theory.systems import MATRIX

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
    ),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(n, 1, oo, points=(8, 10)),
    ),
    assumes=frozenset({IID, FOURTH_MOMENT}),
    proof=(
        Step("eq", limit_of(norm(J), n), "=", limit_of(norm(W_tied), n), "one matrix", unfold, (ONE_MATRIX,)),
        Step(
            "cite",
            limit_of(norm(W_tied), n),
            "=",
            2 * sigma_w,
            "the largest singular value of iid entries converges almost surely to sigma_w (1 + sqrt(n_out/n_in))",
            norm_of_wide_iid,
        ),
    ),
    references=(BAI_YIN_1988, JOHNSTONE_2001),
    controls=(
        Control(IID, ensemble="haar", resolution=0.1),
        Control(FOURTH_MOMENT, ensemble="rare", resolution=0.05),
    ),
    limits="The norm approaches its limit from below at rate n^(-2/3); it says nothing about the gradient of a deep "
    "network, whose typical size is set by sigma_w.",
)
