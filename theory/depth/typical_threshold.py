"""Where the typical gradient neither grows nor shrinks: above sigma_w = 1 at every finite width."""

from sympy import Rational, exp, log, oo, polygamma, sqrt

from theory.activations import LINEAR
from theory.assumptions import GAUSSIAN
from theory.depth.log_gain import LOG, MEAN, VARIANCE
from theory.observables import LOG_GAIN
from theory.proofs.facts import Fact
from theory.quantities import E, over
from theory.references import HANIN_NICA_2020, NEWMAN_1986
from theory.relations import Mean
from theory.rules import algebra, by
from theory.statement import Control, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import L, n, sigma_w
from theory.systems import DEPTH

THRESHOLD = sqrt(n / 2) * exp(-polygamma(0, n / 2) / 2)
DISTANCE = 2 * L * log(over(sigma_w, THRESHOLD), evaluate=False)
TYPICAL = Fact(E(LOG), "=", MEAN)

THEOREM = Theorem(
    name="typical_threshold",
    title="The typical threshold of Gaussian depth",
    systems=(DEPTH(LINEAR),),
    statements=(Statement(LOG_GAIN, Mean(spread=VARIANCE, scale=1), DISTANCE),),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(L, 1, oo, points=(3, 6)),
        Parameter(n, 1, oo, points=(8, 13)),
    ),
    assumes=frozenset({GAUSSIAN}),
    proof=(
        Step("eq", TYPICAL.left, "=", MEAN, "the mean of the logarithm", by("log_gain", TYPICAL)),
        Step("eq", MEAN, "=", DISTANCE, "2 log sigma* = log(n/2) - ψ(n/2)", algebra),
    ),
    references=(NEWMAN_1986, HANIN_NICA_2020),
    controls=(Control(GAUSSIAN, ensemble="haar"),),
    limits="E log‖Jv‖² is 0 at sigma_w = sigma* = sqrt(n/2) exp(-ψ(n/2)/2) and nowhere else. For 1 < sigma_w < sigma* "
    "the mean square sigma_w^(2L) explodes while E log‖Jv‖² falls to minus infinity with L, and ‖Jv‖ to 0 almost "
    "surely: the mean and the typical gradient go opposite ways. As n grows sigma* = 1 + 1/(2n) + 7/(24n²) + ...: an "
    "asymptotic expansion, which bounds nothing.",
    value=THRESHOLD,
    sweep=Sweep(sigma_w, tuple(Rational(k, 20) for k in (16, 18, 20, 21, 22, 24, 26))),
)
