"""Where a moment of the gain neither grows nor shrinks with depth: the lower, the higher the moment."""

from sympy import Product, Rational, gamma, oo, sqrt

from theory.activations import LINEAR
from theory.assumptions import GAUSSIAN
from theory.depth.gain_moments import FACTOR, HALF, MOMENT, SPREAD, WIDE, WIDE_MOMENT, WIDE_SPREAD
from theory.observables import SQUARED_GAIN
from theory.quantities import over
from theory.references import HANIN_NICA_2020
from theory.relations import Mean
from theory.rules import algebra, by, each_layer
from theory.statement import Control, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import L, l, n, p, sigma_w
from theory.systems import DEPTH
from theory.widths import units

THRESHOLD = sqrt(n / 2) * (gamma(n / 2) / gamma(n / 2 + p)) ** (1 / (2 * p))
GROWTH = over(sigma_w, THRESHOLD) ** (2 * p * L)

UNITS = Product((2 / units(l - 1)) ** p * gamma(HALF + p) / gamma(HALF), (l, 1, L))  # the moment at sigma_w = 1
WIDE_THRESHOLD = UNITS ** (-1 / (2 * p * L))
WIDE_GROWTH = over(sigma_w, WIDE_THRESHOLD) ** (2 * p * L)

THEOREM = Theorem(
    name="moment_threshold",
    title="The threshold of a moment",
    systems=(DEPTH(LINEAR),),
    statements=(
        Statement(SQUARED_GAIN.symbol**p, Mean(spread=SPREAD), GROWTH),
        Statement(SQUARED_GAIN.symbol**p, Mean(spread=WIDE_SPREAD), WIDE_GROWTH, widths=((8, 13, 5), (9, 6, 12, 5))),
    ),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(L, 1, oo, points=(3, 6)),
        Parameter(n, 1, oo, points=(8, 13)),
        Parameter(p, 0, oo, points=(Rational(3, 2), Rational(3, 4))),
    ),
    assumes=frozenset({GAUSSIAN}),
    proof=(
        Step("eq", MOMENT.left, "=", FACTOR**L, "the moments of the gain", by("gain_moments", MOMENT)),
        Step("eq", FACTOR**L, "=", GROWTH, "sigma_p^(2p) = (n/2)^p Γ(n/2)/Γ(n/2+p)", algebra),
        Step("eq", WIDE_MOMENT.left, "=", WIDE, "at any widths", by("gain_moments", WIDE_MOMENT)),
        Step("eq", WIDE, "=", WIDE_GROWTH, "sigma_w^(2pL) apart, the rest is sigma_p^(-2pL)", each_layer),
    ),
    references=(HANIN_NICA_2020,),
    controls=(Control(GAUSSIAN, ensemble="haar", resolution=0.1),),
    limits="For each p there is another threshold sigma_p: 1 at p = 1, lower for higher moments (by Lyapunov's "
    "inequality (E X^p)^(1/p) grows with p), tending to the typical threshold sqrt(n/2) exp(-ψ(n/2)/2) as p -> 0. For "
    "sigma_w between two of them one moment explodes while the other vanishes. At any widths sigma_p is the geometric "
    "mean of the layers' own; at p = 1 it is (n_0/n_L)^(1/(2L)).",
    value=THRESHOLD,
    wide_value=WIDE_THRESHOLD,
    sweep=Sweep(p, tuple(Rational(k, 4) for k in range(1, 7))),
)
