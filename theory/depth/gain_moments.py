"""Every moment of the squared gain of a Gaussian linear network, at every width and depth."""

from sympy import Integer, Rational, gamma, oo

from theory.activations import LINEAR
from theory.assumptions import GAUSSIAN
from theory.definitions import LINEAR_DEPTH, UNIT_DIRECTION
from theory.letters import J, W, v, weights
from theory.observables import SQUARED_GAIN
from theory.proofs.facts import Fact
from theory.proofs.moves import chi_square_moment
from theory.quantities import E, squared_norm, times
from theory.references import HANIN_NICA_2020, SAXE_2014
from theory.relations import Mean
from theory.rules import algebra, calculus, gaussian_gain, hypothesis, unfold
from theory.statement import Control, Induction, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import L, n, p, sigma_w
from theory.systems import DEPTH

FACTOR = (2 * sigma_w**2 / n) ** p * gamma(n / 2 + p) / gamma(n / 2)
GAIN = E(squared_norm(weights() * v) ** p)
PEELED = E(squared_norm(W(L + 1) * weights() * v) ** p)
SCALED = (sigma_w**2 / n) ** p * chi_square_moment(n, p) * GAIN
MOMENT = Fact(E(squared_norm(J * v) ** p), "=", FACTOR**L)
# E X^(4p)/(E X^(2p))² - 1 of one layer's chi-square, to the power L: the formula at 2p over its square at p
SPREAD = (gamma(n / 2 + 2 * p) * gamma(n / 2) / gamma(n / 2 + p) ** 2) ** L - 1

THEOREM = Theorem(
    name="gain_moments",
    title="Every moment of the gain",
    systems=(DEPTH(LINEAR),),
    statements=(Statement(SQUARED_GAIN.symbol**p, Mean(spread=SPREAD), FACTOR**L),),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(L, 1, oo, points=(3, 6)),
        Parameter(n, 1, oo, points=(8, 13)),
        Parameter(p, 0, oo, points=(Rational(3, 2), Rational(3, 4))),
    ),
    assumes=frozenset({GAUSSIAN}),
    proof=(
        Step("eq", MOMENT.left, "=", GAIN, "J is the product of the weights", unfold, (LINEAR_DEPTH,)),
        Induction(
            L,
            GAIN,
            "=",
            FACTOR**L,
            base=(
                Step("eq", GAIN.subs(L, 0), "=", E(squared_norm(v) ** p), "the empty product", algebra),
                Step("eq", E(squared_norm(v) ** p), "=", Integer(1), "v is a unit vector", unfold, (UNIT_DIRECTION,)),
            ),
            step=(
                Step("eq", GAIN.subs(L, L + 1), "=", PEELED, "the last factor is W_{L+1}", algebra),
                Step(
                    "eq",
                    PEELED,
                    "=",
                    SCALED,
                    "given x, W x is N(0, sigma_w²‖x‖²/n I): ‖Wx‖² = (sigma_w²/n)‖x‖² u with u ~ chi²_n",
                    gaussian_gain,
                ),
                Step("integral", SCALED, "=", times(FACTOR, GAIN), "the moment of a chi-square", calculus),
                Step("eq", times(FACTOR, GAIN), "=", times(FACTOR, FACTOR**L), "the claim at L", hypothesis),
                Step("eq", times(FACTOR, FACTOR**L), "=", (FACTOR**L).subs(L, L + 1), "exponents add", algebra),
            ),
        ),
    ),
    references=(SAXE_2014, HANIN_NICA_2020),
    controls=(Control(GAUSSIAN, ensemble="haar", resolution=0.1),),
    limits="Exact at every width and depth for Gaussian weights; at p = 1 it is sigma_w^(2L) for all isotropic "
    "weights (mean_square_gain). A high moment of a deep network is carried by networks so rare that no plain average "
    "over draws sees them.",
    sweep=Sweep(L, (1, 2, 3, 4)),
)
