"""Mean and variance of the log of the squared gain: what a typical network does."""

from sympy import Derivative, I, Rational, Subs, log, oo, polygamma

from theory.activations import LINEAR
from theory.assumptions import GAUSSIAN
from theory.depth.gain_law import CHARACTERISTIC, TRANSFORM
from theory.letters import J, v
from theory.observables import LOG_GAIN
from theory.proofs.facts import Fact
from theory.quantities import E, squared_norm
from theory.references import HANIN_NICA_2020, NEWMAN_1986
from theory.relations import Mean
from theory.rules import by, calculus, log_moments
from theory.statement import Control, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import L, n, sigma_w, xi
from theory.systems import DEPTH

MEAN = L * (log(2 * sigma_w**2 / n) + polygamma(0, n / 2))
VARIANCE = L * polygamma(1, n / 2)
LOG = log(squared_norm(J * v))
MEAN_AS_DERIVATIVE = Subs(Derivative(-I * log(TRANSFORM), xi), xi, 0)
VARIANCE_AS_DERIVATIVE = Subs(Derivative(-log(TRANSFORM), (xi, 2)), xi, 0)

THEOREM = Theorem(
    name="log_gain",
    title="The typical gain: mean and variance of its logarithm",
    systems=(DEPTH(LINEAR),),
    statements=(
        Statement(LOG_GAIN, Mean(spread=VARIANCE, scale=1), MEAN),
        Statement(
            (LOG_GAIN.symbol - MEAN) ** 2,
            Mean(spread=2 + L * polygamma(3, n / 2) / VARIANCE**2),
            VARIANCE,
        ),
    ),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(L, 1, oo, points=(3, 6)),
        Parameter(n, 1, oo, points=(8, 13)),
    ),
    assumes=frozenset({GAUSSIAN}),
    proof=(
        Step(
            "eq",
            CHARACTERISTIC.left,
            "=",
            TRANSFORM,
            "the characteristic function behind gain_law",
            by("gain_law", CHARACTERISTIC),
        ),
        Step("eq", E(LOG), "=", MEAN_AS_DERIVATIVE, "first cumulant", log_moments, (CHARACTERISTIC,)),
        Step("diff", MEAN_AS_DERIVATIVE, "=", MEAN, "d/dxi of log Γ(n/2 + i xi) is i ψ", calculus),
        Step(
            "eq",
            E((LOG - MEAN) ** 2),
            "=",
            VARIANCE_AS_DERIVATIVE,
            "second cumulant",
            log_moments,
            (CHARACTERISTIC, Fact(E(LOG), "=", MEAN)),
        ),
        Step("diff", VARIANCE_AS_DERIVATIVE, "=", VARIANCE, "the second derivative is -ψ_1", calculus),
    ),
    references=(NEWMAN_1986, HANIN_NICA_2020),
    components=("mean", "variance"),
    controls=(Control(GAUSSIAN, ensemble="haar"),),
    limits="Between sigma_w = 1 and sqrt(n/2) exp(-ψ(n/2)/2) the mean square explodes while the typical gradient "
    "vanishes.",
    sweep=Sweep(L, (1, 2, 3, 4, 6, 8, 10)),
)
