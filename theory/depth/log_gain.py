"""Mean and variance of the log of the squared gain: what a typical network does."""

from sympy import Derivative, I, Rational, Subs, Sum, log, oo, polygamma

from theory.activations import LINEAR
from theory.assumptions import GAUSSIAN
from theory.depth.gain_law import WIDE_CHARACTERISTIC, WIDE_FACTOR, WIDE_TRANSFORM
from theory.letters import J, v
from theory.observables import LOG_GAIN
from theory.proofs.facts import Fact
from theory.quantities import E, squared_norm
from theory.rectangular import J as J_wide
from theory.rectangular import v as v_wide
from theory.references import HANIN_NICA_2020, NEWMAN_1986
from theory.relations import Mean
from theory.rules import by, calculus, equal_widths, log_moments, log_of_product
from theory.statement import Control, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import L, l, n, sigma_w, xi
from theory.systems import DEPTH
from theory.widths import units

MEAN = L * (log(2 * sigma_w**2 / n) + polygamma(0, n / 2))
VARIANCE = L * polygamma(1, n / 2)
LOG = log(squared_norm(J * v))

WIDE_MEAN = Sum(log(2 * sigma_w**2 / units(l - 1)) + polygamma(0, units(l) / 2), (l, 1, L))
WIDE_VARIANCE = Sum(polygamma(1, units(l) / 2), (l, 1, L))
WIDE_LOG = log(squared_norm(J_wide * v_wide))
WIDE_MEAN_AS_DERIVATIVE = Subs(Derivative(-I * log(WIDE_TRANSFORM), xi), xi, 0)
WIDE_VARIANCE_AS_DERIVATIVE = Subs(Derivative(-log(WIDE_TRANSFORM), (xi, 2)), xi, 0)
MEAN_BY_LAYERS = Sum(Subs(Derivative(-I * log(WIDE_FACTOR), xi), xi, 0), (l, 1, L))
VARIANCE_BY_LAYERS = Sum(Subs(Derivative(-log(WIDE_FACTOR), (xi, 2)), xi, 0), (l, 1, L))
WIDTHS = ((8, 13, 5), (9, 6, 12, 5))

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
        Statement(LOG_GAIN, Mean(spread=WIDE_VARIANCE, scale=1), WIDE_MEAN, widths=WIDTHS),
        Statement(
            (LOG_GAIN.symbol - WIDE_MEAN) ** 2,
            Mean(spread=2 + Sum(polygamma(3, units(l) / 2), (l, 1, L)) / WIDE_VARIANCE**2),
            WIDE_VARIANCE,
            widths=WIDTHS,
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
            WIDE_CHARACTERISTIC.left,
            "=",
            WIDE_TRANSFORM,
            "the characteristic function behind gain_law, at any widths",
            by("gain_law", WIDE_CHARACTERISTIC),
        ),
        Step("eq", E(WIDE_LOG), "=", WIDE_MEAN_AS_DERIVATIVE, "first cumulant", log_moments, (WIDE_CHARACTERISTIC,)),
        Step("diff", WIDE_MEAN_AS_DERIVATIVE, "=", MEAN_BY_LAYERS, "the log of a product", log_of_product),
        Step("diff", MEAN_BY_LAYERS, "=", WIDE_MEAN, "d/dxi of log Γ(n_l/2 + i xi) is i ψ", calculus),
        Step(
            "eq",
            E((WIDE_LOG - WIDE_MEAN) ** 2),
            "=",
            WIDE_VARIANCE_AS_DERIVATIVE,
            "second cumulant",
            log_moments,
            (WIDE_CHARACTERISTIC, Fact(E(WIDE_LOG), "=", WIDE_MEAN)),
        ),
        Step("diff", WIDE_VARIANCE_AS_DERIVATIVE, "=", VARIANCE_BY_LAYERS, "the log of a product", log_of_product),
        Step("diff", VARIANCE_BY_LAYERS, "=", WIDE_VARIANCE, "the second derivative is -ψ_1", calculus),
        Step("eq", E(LOG), "=", MEAN, "all widths equal", equal_widths, (Fact(E(WIDE_LOG), "=", WIDE_MEAN),)),
        Step(
            "eq",
            E((LOG - MEAN) ** 2),
            "=",
            VARIANCE,
            "all widths equal",
            equal_widths,
            (Fact(E((WIDE_LOG - WIDE_MEAN) ** 2), "=", WIDE_VARIANCE),),
        ),
    ),
    references=(NEWMAN_1986, HANIN_NICA_2020),
    components=("mean", "variance"),
    controls=(Control(GAUSSIAN, ensemble="haar"),),
    limits="Between sigma_w = 1 and sqrt(n/2) exp(-ψ(n/2)/2) the mean square explodes while the typical gradient "
    "vanishes.",
    sweep=Sweep(L, (1, 2, 3, 4, 6)),
)
