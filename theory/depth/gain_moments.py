"""Every moment of the squared gain of a Gaussian linear network, at every width profile and depth."""

from sympy import Integer, Product, Rational, gamma, oo

from theory.activations import LINEAR
from theory.assumptions import GAUSSIAN
from theory.definitions import WIDE_LINEAR_DEPTH, WIDE_UNIT_DIRECTION
from theory.letters import J, v
from theory.observables import SQUARED_GAIN
from theory.proofs.facts import Fact
from theory.proofs.moves import chi_square_moment
from theory.quantities import E, squared_norm, times
from theory.rectangular import J as J_wide
from theory.rectangular import W as W_wide
from theory.rectangular import v as v_wide
from theory.rectangular import weights as weights_wide
from theory.references import HANIN_NICA_2020, SAXE_2014
from theory.relations import Mean
from theory.rules import algebra, calculus, equal_widths, gaussian_gain, hypothesis, unfold
from theory.statement import Control, Induction, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import L, l, n, p, sigma_w
from theory.systems import DEPTH
from theory.widths import units

FACTOR = (2 * sigma_w**2 / n) ** p * gamma(n / 2 + p) / gamma(n / 2)
MOMENT = Fact(E(squared_norm(J * v) ** p), "=", FACTOR**L)
# E X^(4p)/(E X^(2p))² - 1 of one layer's chi-square, to the power L: the formula at 2p over its square at p
SPREAD = (gamma(n / 2 + 2 * p) * gamma(n / 2) / gamma(n / 2 + p) ** 2) ** L - 1

HALF = units(l) / 2
WIDE_FACTOR = (2 * sigma_w**2 / units(l - 1)) ** p * gamma(HALF + p) / gamma(HALF)
WIDE = Product(WIDE_FACTOR, (l, 1, L))
WIDE_MOMENT = Fact(E(squared_norm(J_wide * v_wide) ** p), "=", WIDE)
WIDE_SPREAD = Product(gamma(HALF + 2 * p) * gamma(HALF) / gamma(HALF + p) ** 2, (l, 1, L)) - 1

GAIN = E(squared_norm(weights_wide() * v_wide) ** p)
PEELED = E(squared_norm(W_wide(L + 1) * weights_wide() * v_wide) ** p)
SCALED = (sigma_w**2 / units(L)) ** p * chi_square_moment(units(L + 1), p) * GAIN
LAST = WIDE_FACTOR.subs(l, L + 1)

THEOREM = Theorem(
    name="gain_moments",
    title="Every moment of the gain",
    systems=(DEPTH(LINEAR),),
    statements=(
        Statement(SQUARED_GAIN.symbol**p, Mean(spread=SPREAD), FACTOR**L),
        Statement(SQUARED_GAIN.symbol**p, Mean(spread=WIDE_SPREAD), WIDE, widths=((8, 13, 5), (9, 6, 12, 5))),
    ),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(L, 1, oo, points=(3, 6)),
        Parameter(n, 1, oo, points=(8, 13)),
        Parameter(p, 0, oo, points=(Rational(3, 2), Rational(3, 4))),
    ),
    assumes=frozenset({GAUSSIAN}),
    proof=(
        Step("eq", WIDE_MOMENT.left, "=", GAIN, "J is the product of the weights", unfold, (WIDE_LINEAR_DEPTH,)),
        Induction(
            L,
            GAIN,
            "=",
            WIDE,
            base=(
                Step("eq", GAIN.subs(L, 0), "=", E(squared_norm(v_wide) ** p), "the empty product", algebra),
                Step(
                    "eq",
                    E(squared_norm(v_wide) ** p),
                    "=",
                    Integer(1),
                    "v is a unit vector",
                    unfold,
                    (WIDE_UNIT_DIRECTION,),
                ),
                Step("eq", Integer(1), "=", WIDE.subs(L, 0), "the product of no factors", algebra),
            ),
            step=(
                Step("eq", GAIN.subs(L, L + 1), "=", PEELED, "the last factor is W_{L+1}", algebra),
                Step(
                    "eq",
                    PEELED,
                    "=",
                    SCALED,
                    "given x, W x is N(0, sigma_w²‖x‖²/n_L I): ‖Wx‖² = (sigma_w²/n_L)‖x‖² u, u ~ chi²_{n_{L+1}}",
                    gaussian_gain,
                ),
                Step("integral", SCALED, "=", times(LAST, GAIN), "the moment of a chi-square", calculus),
                Step("eq", times(LAST, GAIN), "=", times(LAST, WIDE), "the claim at L", hypothesis),
                Step("eq", times(LAST, WIDE), "=", WIDE.subs(L, L + 1), "one more factor", algebra),
            ),
        ),
        Step("eq", MOMENT.left, "=", MOMENT.right, "all widths equal", equal_widths, (WIDE_MOMENT,)),
    ),
    references=(SAXE_2014, HANIN_NICA_2020),
    controls=(Control(GAUSSIAN, ensemble="haar", resolution=0.1),),
    limits="Exact at every width and depth for Gaussian weights; at p = 1 it is sigma_w^(2L) for all isotropic "
    "weights (mean_square_gain). A high moment of a deep network is carried by networks so rare that no plain average "
    "over draws sees them.",
    sweep=Sweep(L, (1, 2, 3, 4)),
)
