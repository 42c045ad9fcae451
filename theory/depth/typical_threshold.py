"""Where the typical gradient neither grows nor shrinks: above sigma_w = 1 at every finite width."""

from sympy import Rational, Sum, exp, log, oo, polygamma, sqrt

from theory.activations import LINEAR
from theory.assumptions import GAUSSIAN
from theory.depth.log_gain import LOG, MEAN, VARIANCE, WIDE_LOG, WIDE_MEAN, WIDE_VARIANCE, WIDTHS
from theory.observables import LOG_GAIN
from theory.proofs.facts import Fact
from theory.quantities import E, over
from theory.references import COHEN_NEWMAN_1984, NEWMAN_1986
from theory.relations import Mean
from theory.rules import algebra, by, each_layer
from theory.statement import Control, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import L, l, n, sigma_w
from theory.systems import DEPTH
from theory.widths import units

THRESHOLD = sqrt(n / 2) * exp(-polygamma(0, n / 2) / 2)
DISTANCE = 2 * L * log(over(sigma_w, THRESHOLD), evaluate=False)
TYPICAL = Fact(E(LOG), "=", MEAN)

UNITS = Sum(log(2 / units(l - 1)) + polygamma(0, units(l) / 2), (l, 1, L))  # E log‖Jv‖² at sigma_w = 1
WIDE_THRESHOLD = exp(-UNITS / (2 * L))
WIDE_DISTANCE = 2 * L * log(over(sigma_w, WIDE_THRESHOLD), evaluate=False)
WIDE_TYPICAL = Fact(E(WIDE_LOG), "=", WIDE_MEAN)

THEOREM = Theorem(
    name="typical_threshold",
    title="The typical threshold of Gaussian depth",
    systems=(DEPTH(LINEAR),),
    statements=(
        Statement(LOG_GAIN, Mean(spread=VARIANCE, scale=1), DISTANCE),
        Statement(LOG_GAIN, Mean(spread=WIDE_VARIANCE, scale=1), WIDE_DISTANCE, widths=WIDTHS),
    ),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(L, 1, oo, points=(3, 6)),
        Parameter(n, 1, oo, points=(8, 13)),
    ),
    assumes=frozenset({GAUSSIAN}),
    proof=(
        Step("eq", TYPICAL.left, "=", MEAN, "the mean of the logarithm", by("log_gain", TYPICAL)),
        Step("eq", MEAN, "=", DISTANCE, "2 log sigma* = log(n/2) - ψ(n/2)", algebra),
        Step("eq", WIDE_TYPICAL.left, "=", WIDE_MEAN, "at any widths", by("log_gain", WIDE_TYPICAL)),
        Step("eq", WIDE_MEAN, "=", WIDE_DISTANCE, "2L log sigma_w apart, the rest is -2L log sigma*", each_layer),
    ),
    references=(COHEN_NEWMAN_1984, NEWMAN_1986),
    controls=(Control(GAUSSIAN, ensemble="haar"),),
    limits="E log‖Jv‖² is 0 at sigma_w = sigma* = sqrt(n/2) exp(-ψ(n/2)/2) and nowhere else. For 1 < sigma_w < sigma* "
    "the mean square sigma_w^(2L) explodes while E log‖Jv‖² falls to minus infinity with L, and ‖Jv‖ to 0 almost "
    "surely: the mean and the typical gradient go opposite ways. As n grows sigma* = 1 + 1/(2n) + 7/(24n²) + ...: an "
    "asymptotic expansion, which bounds nothing. At any widths sigma* is the geometric mean of "
    "sqrt(n_(l-1)/2) exp(-ψ(n_l/2)/2) over the layers: about (n_0/n_L)^(1/(2L)), as a network that widens gains by its "
    "shape, times 1 + (1/(2L)) Σ 1/n_l.",
    value=THRESHOLD,
    wide_value=WIDE_THRESHOLD,
    sweep=Sweep(sigma_w, tuple(Rational(k, 20) for k in (16, 18, 20, 21, 22, 24, 26))),
)
