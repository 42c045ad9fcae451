"""The norm of a wide product: its square tends to (L+1)^(L+1)/L^L, in units of sigma_w^(2L)."""

from sympy import Rational, oo

from theory.activations import LINEAR
from theory.assumptions import GAUSSIAN
from theory.definitions import LINEAR_DEPTH
from theory.depth.fuss_catalan_moments import PRODUCT
from theory.free import minimum
from theory.letters import J, weights
from theory.observables import OPERATOR_NORM
from theory.proofs.facts import Fact
from theory.quantities import limit_of, norm, root
from theory.references import BANDEIRA_2023, HAAGERUP_THORBJORNSEN_2005, PENSON_ZYCZKOWSKI_2011
from theory.relations import Limit
from theory.rules import by, least_value, limit_of_power, norm_of_wide_product, unfold
from theory.statement import Control, Parameter, Statement, Step, Theorem
from theory.symbols import L, n, sigma_w, z
from theory.systems import DEPTH

EDGE = sigma_w ** (2 * L) * (L + 1) ** (L + 1) / L**L
SQUARED = Fact(limit_of(norm(J) ** 2, n), "=", EDGE)
OF_WEIGHTS = limit_of(norm(weights()) ** 2, n)
TURNING = minimum((1 + z) / z * PRODUCT.left, z)
EXPLICIT = minimum((1 + z) / z * PRODUCT.right, z)

THEOREM = Theorem(
    name="product_edge",
    title="The norm of a wide product",
    systems=(DEPTH(LINEAR),),
    statements=(
        Statement(
            OPERATOR_NORM.symbol ** (1 / L),
            Limit(n, rate=n ** Rational(-2, 3), spread=Rational(3, 20) * n ** Rational(-4, 3)),
            root(EDGE, 2 * L),
        ),
    ),
    parameters=(
        Parameter(L, 1, oo, points=(2, 3)),
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5)), default=1),
        Parameter(n, 1, oo, points=(8, 7)),
    ),
    assumes=frozenset({GAUSSIAN}),
    proof=(
        Step("eq", SQUARED.left, "=", OF_WEIGHTS, "J is the product of the weights", unfold, (LINEAR_DEPTH,)),
        Step(
            "cite",
            OF_WEIGHTS,
            "=",
            TURNING,
            "no singular value leaves the limiting law, whose right edge is where z S(z)/(1 + z) turns",
            norm_of_wide_product,
        ),
        Step(
            "eq",
            PRODUCT.left,
            "=",
            PRODUCT.right,
            "the S-transform of the product",
            by("fuss_catalan_moments", PRODUCT),
        ),
        Step("eq", TURNING, "=", EXPLICIT, "put in", unfold, (PRODUCT,)),
        Step("eq", EXPLICIT, "=", EDGE, "the derivative is 0 at z = 1/L alone", least_value),
        Step(
            "limit",
            limit_of(norm(J) ** (1 / L), n),
            "=",
            root(EDGE, 2 * L),
            "a root is continuous",
            limit_of_power,
            (SQUARED,),
        ),
    ),
    value=EDGE,
    references=(BANDEIRA_2023, HAAGERUP_THORBJORNSEN_2005, PENSON_ZYCZKOWSKI_2011),
    controls=(Control(GAUSSIAN, ensemble="haar", resolution=0.1),),
    limits="The number of layers stays fixed while n grows. The norm comes to its limit from below, slowly: at rate "
    "n^(-2/3). It exceeds the root of the mean squared singular value, sigma_w^L, by the square root of about "
    "e (L + 1/2), which says nothing about the gradient in a fixed direction. The same edge holds for powers of one "
    "such matrix. Of square layers.",
)
