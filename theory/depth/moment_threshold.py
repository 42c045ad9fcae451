"""Where a moment of the gain neither grows nor shrinks with depth: the lower, the higher the moment."""

from sympy import Rational, gamma, oo, sqrt

from theory.activations import LINEAR
from theory.assumptions import GAUSSIAN
from theory.depth.gain_moments import FACTOR, MOMENT, SPREAD
from theory.observables import SQUARED_GAIN
from theory.quantities import over
from theory.references import HANIN_NICA_2020
from theory.relations import Mean
from theory.rules import algebra, by
from theory.statement import Control, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import L, n, p, sigma_w
from theory.systems import DEPTH

THRESHOLD = sqrt(n / 2) * (gamma(n / 2) / gamma(n / 2 + p)) ** (1 / (2 * p))
GROWTH = over(sigma_w, THRESHOLD) ** (2 * p * L)

THEOREM = Theorem(
    name="moment_threshold",
    title="The threshold of a moment",
    systems=(DEPTH(LINEAR),),
    statements=(Statement(SQUARED_GAIN.symbol**p, Mean(spread=SPREAD), GROWTH),),
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
    ),
    references=(HANIN_NICA_2020,),
    controls=(Control(GAUSSIAN, ensemble="haar", resolution=0.1),),
    limits="For each p there is another threshold sigma_p: 1 at p = 1, lower for higher moments (by Lyapunov's "
    "inequality (E X^p)^(1/p) grows with p), tending to the typical threshold sqrt(n/2) exp(-ψ(n/2)/2) as p -> 0. For "
    "sigma_w between two of them one moment explodes while the other vanishes.",
    value=THRESHOLD,
    sweep=Sweep(p, tuple(Rational(k, 4) for k in range(1, 7))),
)
