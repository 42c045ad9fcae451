"""How rare a network is whose gradient does not vanish: exponentially rare in the depth, at a known rate."""

from sympy import Integer, Rational, exp, gamma, log, oo
from sympy.core.relational import Ge

from theory.activations import LINEAR
from theory.assumptions import GAUSSIAN
from theory.depth.gain_moments import FACTOR, MOMENT
from theory.depth.typical_threshold import THRESHOLD
from theory.letters import J, v
from theory.observables import SQUARED_GAIN
from theory.proofs.facts import Fact
from theory.quantities import P, squared_norm, sup_over
from theory.references import CHERNOFF_1952, HANIN_NICA_2020
from theory.relations import Tail
from theory.rules import algebra, best_order, by, markov_of_order
from theory.statement import Control, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import L, n, p, sigma_w
from theory.systems import DEPTH

# -log E u^p, u the squared gain of one layer
EXPONENT = -(p * log(2 * sigma_w**2 / n) + log(gamma(n / 2 + p)) - log(gamma(n / 2)))
RATE = sup_over(EXPONENT, p)
EXCEEDED = P(Ge(squared_norm(J * v), 1))
EACH = exp(-L * EXPONENT)

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
            otherwise="from the typical threshold on the rate is 0, and nothing is bounded",
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
    ),
    references=(CHERNOFF_1952, HANIN_NICA_2020),
    controls=(Control(GAUSSIAN, ensemble="haar", point=1),),
    limits="For sigma_w below the typical threshold sigma* = sqrt(n/2) exp(-ψ(n/2)/2); from there on the rate is 0. A "
    "bound at every depth, and the right exponent as L grows (Cramér's theorem); the probability itself is smaller, by "
    "a factor that falls as 1/sqrt(L).",
    value=RATE,
    sweep=Sweep(L, (1, 2, 3, 4)),
)
