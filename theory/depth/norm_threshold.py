"""The sigma_w at which the norm of a wide product is 1: it drifts from 1/2 toward 1 as the depth grows."""

from sympy import Integer, Rational, oo

from theory.activations import LINEAR
from theory.assumptions import GAUSSIAN
from theory.depth.product_edge import EDGE, SQUARED
from theory.letters import J
from theory.observables import OPERATOR_NORM
from theory.proofs.facts import Fact
from theory.quantities import limit_of, norm
from theory.references import BANDEIRA_2023, PENSON_ZYCZKOWSKI_2011
from theory.relations import Limit
from theory.rules import algebra, by, limit_of_power
from theory.statement import Control, Parameter, Statement, Step, Theorem
from theory.symbols import L, n, sigma_w
from theory.systems import DEPTH

THRESHOLD = (L**L / (L + 1) ** (L + 1)) ** (1 / (2 * L))
SCALED = limit_of(sigma_w * norm(J) ** (-1 / L), n)

THEOREM = Theorem(
    name="norm_threshold",
    title="Where the norm of a wide product is 1",
    systems=(DEPTH(LINEAR),),
    statements=(
        Statement(
            sigma_w * OPERATOR_NORM.symbol ** (-1 / L),
            Limit(n, rate=n ** Rational(-2, 3), spread=Rational(3, 20) * n ** Rational(-4, 3)),
            THRESHOLD,
            given=(Fact(Integer(0), "<", norm(J)),),
        ),
    ),
    parameters=(
        Parameter(L, 1, oo, points=(2, 3)),
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(n, 1, oo, points=(8, 7)),
    ),
    assumes=frozenset({GAUSSIAN}),
    proof=(
        Step("eq", SQUARED.left, "=", SQUARED.right, "the norm of a wide product", by("product_edge", SQUARED)),
        Step(
            "limit", SCALED, "=", sigma_w * EDGE ** (-1 / (2 * L)), "a power is continuous", limit_of_power, (SQUARED,)
        ),
        Step("eq", sigma_w * EDGE ** (-1 / (2 * L)), "=", THRESHOLD, "exponents add", algebra),
    ),
    references=(BANDEIRA_2023, PENSON_ZYCZKOWSKI_2011),
    controls=(Control(GAUSSIAN, ensemble="haar", resolution=0.1),),
    limits="A wide network has ‖J‖ > 1 above the threshold and ‖J‖ < 1 below. It is 1/2 for one layer and tends to 1 "
    "as L grows: the norm of the product finds the true threshold with depth, the product of the norms never does. "
    "Of square layers.",
)
