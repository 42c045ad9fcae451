"""A stable random matrix shows an exploding gradient for a while: the hump of ‖W^T‖."""

from sympy import Rational, oo, sqrt

from theory.activations import LINEAR
from theory.assumptions import GAUSSIAN
from theory.free import inverse_s, minimum
from theory.letters import W_tied
from theory.observables import ROOT_NORM
from theory.proofs.facts import Fact
from theory.quantities import limit_of, norm, root
from theory.references import ALEXEEV_POWERS_2010, BANDEIRA_2023
from theory.relations import Limit
from theory.rules import least_value, limit_of_power, norm_of_wide_product, unfold, wide_power
from theory.statement import Control, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import T, n, sigma_w, z
from theory.systems import TIME

POWER = Fact(inverse_s(W_tied**T, z), "=", (sigma_w**2 * (1 + z)) ** T)
SQUARE = sigma_w ** (2 * T) * (T + 1) ** (T + 1) / T**T
NORM = sqrt(SQUARE)
SQUARED = Fact(limit_of(norm(W_tied**T) ** 2, n), "=", SQUARE)
TURNING = minimum((1 + z) / z * POWER.left, z)
EXPLICIT = minimum((1 + z) / z * POWER.right, z)

ROOT = limit_of(norm(W_tied**T) ** (1 / T), n)

THEOREM = Theorem(
    name="transient_hump",
    title="A stable random network whose gradient explodes for a while",
    systems=(TIME(LINEAR),),
    statements=(
        Statement(
            ROOT_NORM,
            Limit(n, rate=n ** Rational(-2, 3), spread=Rational(3, 20) * n ** Rational(-4, 3)),
            root(NORM, T),
        ),
    ),
    parameters=(
        Parameter(sigma_w, 0, 1, points=(Rational(4, 5), Rational(9, 10))),
        Parameter(T, 1, oo, points=(2, 4)),
        Parameter(n, 1, oo, points=(9, 8)),
    ),
    assumes=frozenset({GAUSSIAN}),
    proof=(
        Step(
            "cite",
            SQUARED.left,
            "=",
            TURNING,
            "no singular value of W^T leaves the limiting law, whose right edge is where z S(z)/(1 + z) turns",
            norm_of_wide_product,
        ),
        Step(
            "cite",
            POWER.left,
            "=",
            POWER.right,
            "the singular values of a power have the law of those of a product of independent matrices",
            wide_power,
        ),
        Step("eq", TURNING, "=", EXPLICIT, "put in", unfold, (POWER,)),
        Step("eq", EXPLICIT, "=", SQUARE, "the derivative is 0 at z = 1/T alone", least_value),
        Step("limit", ROOT, "=", root(NORM, T), "a root is continuous", limit_of_power, (SQUARED,)),
    ),
    value=NORM,
    references=(ALEXEEV_POWERS_2010, BANDEIRA_2023),
    controls=(Control(GAUSSIAN, ensemble="haar", resolution=0.1),),
    limits="T stays fixed while n grows. The eigenvalues stay within sigma_w < 1, so the network is stable and W^T "
    "vanishes in the end; but 2 sigma_w > 1 is the norm of the first step, and while the T-th root lies above 1 the "
    "gradient in the worst direction has grown. The logarithm of the norm is concave in T, of derivative log sigma_w + "
    "½ log(1 + 1/T): its peak lies at T = sigma_w²/(1 - sigma_w²), which is 1/(2|log sigma_w|) - ½ up to "
    "|log sigma_w|/6 at most, and its height there is (1 - sigma_w²)^(-1/2). A fixed direction sees nothing of it.",
    sweep=Sweep(T, (2, 3, 4, 6, 8), statements=(0,)),
)
