"""The density of the squared singular values of a wide product, along a curve; and the share of them below a point."""

from sympy import I, Rational, exp, oo, pi, sin

from theory.activations import LINEAR
from theory.assumptions import FOURTH_MOMENT, IID
from theory.definitions import LINEAR_DEPTH
from theory.depth.fuss_catalan_moments import PRODUCT
from theory.free import DENSITY, END, LOCATION, mass_below, share
from theory.letters import J, weights
from theory.observables import SHARE_BELOW
from theory.proofs.facts import Fact
from theory.quantities import limit_of, times
from theory.references import ALEXEEV_2010, FORRESTER_LIU_2015, PENSON_ZYCZKOWSKI_2011
from theory.relations import Limit
from theory.rules import algebra, by, mass_of_curve, stieltjes_inversion, trigonometry, unfold
from theory.statement import Control, Parameter, Statement, Step, Theorem
from theory.symbols import L, n, phi, sigma_w, z
from theory.systems import DEPTH

LEVEL = sigma_w ** (2 * L) * LOCATION
MASS = (
    1 - (L + 1) * phi / pi + times(L, LOCATION, DENSITY)
)  # 1 - (L+1) phi/pi + (L/pi) sin phi sin((L+1) phi)/sin L phi
BRANCH = sin(phi) * exp(-I * (L + 1) * phi) / sin(L * phi)  # z on the curve
NEXT = Fact(1 + BRANCH, "=", sin((L + 1) * phi) * exp(-I * phi) / sin(L * phi))
CURVE = Fact(((1 + z) / z * PRODUCT.right).xreplace({z: BRANCH}), "=", LEVEL)
OF_WEIGHTS = limit_of(share(weights(), LEVEL), n)
BELOW = mass_below(DENSITY, LOCATION, phi, END)

THEOREM = Theorem(
    name="product_density",
    title="The density of the singular values of a wide product",
    systems=(DEPTH(LINEAR),),
    statements=(
        Statement(
            SHARE_BELOW,
            Limit(n, rate=1 / n, spread=1 / (n * MASS) ** 2),
            MASS,
            given=(Fact(phi, "<", END),),
            otherwise="the density ends there, at 0",
        ),
    ),
    parameters=(
        Parameter(L, 1, oo, points=(2, 3)),
        Parameter(phi, 0, oo, points=(Rational(1, 2), Rational(3, 5))),
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(n, 1, oo, points=(5, 6)),
    ),
    assumes=frozenset({IID, FOURTH_MOMENT}),
    proof=(
        Step(
            "eq",
            limit_of(share(J, LEVEL), n),
            "=",
            OF_WEIGHTS,
            "J is the product of the weights",
            unfold,
            (LINEAR_DEPTH,),
        ),
        Step("eq", PRODUCT.left, "=", PRODUCT.right, "the S-transform", by("fuss_catalan_moments", PRODUCT)),
        Step("eq", NEXT.left, "=", NEXT.right, "written out in exp(i phi)", trigonometry),
        Step(
            "eq",
            CURVE.left,
            "=",
            CURVE.left.xreplace({NEXT.left: NEXT.right}),
            "put in",
            unfold,
            (NEXT,),
        ),
        Step("eq", CURVE.left.xreplace({NEXT.left: NEXT.right}), "=", LEVEL, "powers of exp(i phi) cancel", algebra),
        Step(
            "cite",
            OF_WEIGHTS,
            "=",
            BELOW,
            "(1 + z)/z times 1/S(z) is the inverse of x -> x G(x) - 1, G the resolvent: -Im G/pi on the cut",
            stieltjes_inversion,
            (PRODUCT, CURVE),
        ),
        Step("integral", BELOW, "=", MASS, "the same derivative by phi, and 0 at the end", mass_of_curve),
    ),
    references=(FORRESTER_LIU_2015, ALEXEEV_2010, PENSON_ZYCZKOWSKI_2011),
    value=(LOCATION, DENSITY),
    components=("location", "density"),
    controls=(
        Control(IID, ensemble="haar", resolution=0.1),
        Control(FOURTH_MOMENT, ensemble="rare", point=1, resolution=0.05),
    ),
    limits="phi runs from 0, the right edge, to pi/(L+1), where the location is 0 and the density infinite. Location "
    "and density are of the squared singular values over sigma_w^(2L). The same law holds for powers of one matrix. "
    "Of square layers.",
)
