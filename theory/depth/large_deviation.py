"""How rare a network is whose gradient does not vanish: exponentially rare in the depth, at a known rate."""

from sympy import Integer, Rational, Sum, exp, gamma, log, oo
from sympy.core.relational import Ge

from theory.activations import LINEAR
from theory.assumptions import GAUSSIAN
from theory.depth.gain_moments import FACTOR, HALF, MOMENT, WIDE, WIDE_MOMENT
from theory.depth.typical_threshold import THRESHOLD, WIDE_THRESHOLD
from theory.letters import J, v
from theory.observables import SQUARED_GAIN
from theory.proofs.facts import Fact
from theory.quantities import P, squared_norm, sup_over
from theory.rectangular import J as J_wide
from theory.rectangular import v as v_wide
from theory.references import CHERNOFF_1952, HANIN_NICA_2020
from theory.relations import Tail
from theory.rules import algebra, best_order, by, each_layer, markov_of_order
from theory.statement import Control, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import L, l, n, p, sigma_w
from theory.systems import DEPTH
from theory.widths import units

# -log E u^p, u the squared gain of one layer
EXPONENT = -(p * log(2 * sigma_w**2 / n) + log(gamma(n / 2 + p)) - log(gamma(n / 2)))
RATE = sup_over(EXPONENT, p)
EXCEEDED = P(Ge(squared_norm(J * v), 1))
EACH = exp(-L * EXPONENT)

# the same of the whole network: layers differ, and share the order p
WIDE_EXPONENT = -Sum(p * log(2 * sigma_w**2 / units(l - 1)) + log(gamma(HALF + p)) - log(gamma(HALF)), (l, 1, L))
WIDE_RATE = sup_over(WIDE_EXPONENT / L, p)
WIDE_EXCEEDED = P(Ge(squared_norm(J_wide * v_wide), 1))
WIDE_EACH = exp(-L * (WIDE_EXPONENT / L))
WIDE_BOUND = Fact(WIDE_EXCEEDED, "<=", exp(-L * WIDE_RATE))

NOTHING = "from the typical threshold on the rate is 0, and nothing is bounded"

THEOREM = Theorem(
    name="large_deviation",
    title="Networks whose gradient does not vanish are exponentially rare",
    systems=(DEPTH(LINEAR),),
    statements=(
        Statement(
            SQUARED_GAIN,
            Tail(level=Integer(1)),
            exp(-L * RATE),
            given=(Fact(sigma_w, "<", THRESHOLD),),
            otherwise=NOTHING,
            slack=True,
        ),
        Statement(
            SQUARED_GAIN,
            Tail(level=Integer(1)),
            WIDE_BOUND.right,
            given=(Fact(sigma_w, "<", WIDE_THRESHOLD),),
            widths=((6, 5, 4), (9, 6, 12, 4)),
            otherwise=NOTHING,
            slack=True,
        ),
    ),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(21, 20))),
        Parameter(L, 1, oo, points=(3, 20)),
        Parameter(n, 1, oo, points=(8, 4)),
    ),
    assumes=frozenset({GAUSSIAN}),
    proof=(
        Step("ineq", EXCEEDED, "<=", MOMENT.left, "Markov's inequality, for any order p > 0", markov_of_order),
        Step("eq", MOMENT.left, "=", FACTOR**L, "the moments of the gain", by("gain_moments", MOMENT)),
        Step("eq", FACTOR**L, "=", EACH, "the logarithm of a product", algebra),
        Step(
            "ineq",
            EXCEEDED,
            "<=",
            exp(-L * RATE),
            "the bound for every p > 0, and so for the best",
            best_order,
            (Fact(EXCEEDED, "<=", EACH),),
        ),
        Step("ineq", WIDE_EXCEEDED, "<=", WIDE_MOMENT.left, "Markov's inequality, at any widths", markov_of_order),
        Step("eq", WIDE_MOMENT.left, "=", WIDE, "the moments of the gain", by("gain_moments", WIDE_MOMENT)),
        Step("eq", WIDE, "=", WIDE_EACH, "the logarithm of a product", each_layer),
        Step(
            "ineq",
            WIDE_EXCEEDED,
            "<=",
            WIDE_BOUND.right,
            "one order p for all layers",
            best_order,
            (Fact(WIDE_EXCEEDED, "<=", WIDE_EACH),),
        ),
    ),
    references=(CHERNOFF_1952, HANIN_NICA_2020),
    controls=(Control(GAUSSIAN, ensemble="haar", point=1),),
    limits="For sigma_w below the typical threshold sigma* = sqrt(n/2) exp(-ψ(n/2)/2); from there on the rate is 0. A "
    "bound at every depth, and the right exponent as L grows (Cramér's theorem); the probability itself is smaller, by "
    "a factor that falls as 1/sqrt(L). At any widths the rate, per layer, is of the whole profile: all layers share "
    "the order p, so that it is at most the mean of the layers' own rates.",
    value=RATE,
    wide_value=WIDE_RATE,
    sweep=Sweep(L, (1, 2, 3)),
)
