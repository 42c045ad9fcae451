"""The exact law of the squared gain of a Gaussian linear network, at every width profile and depth."""

from sympy import I, Integer, Product, Rational, gamma, oo
from sympy.core.relational import Le

from theory.activations import LINEAR
from theory.assumptions import GAUSSIAN
from theory.definitions import WIDE_LINEAR_DEPTH, WIDE_UNIT_DIRECTION
from theory.letters import J, v
from theory.meijer import meijer_law
from theory.observables import SQUARED_GAIN
from theory.proofs.facts import Fact
from theory.proofs.moves import chi_square_moment
from theory.quantities import E, P, law_of_log, squared_norm, times
from theory.rectangular import J as J_wide
from theory.rectangular import W as W_wide
from theory.rectangular import v as v_wide
from theory.rectangular import weights as weights_wide
from theory.references import GIL_PELAEZ_1951, HANIN_NICA_2020, SPRINGER_THOMPSON_1970
from theory.relations import InLaw
from theory.rules import (
    algebra,
    calculus,
    equal_widths,
    gaussian_gain,
    hypothesis,
    inversion,
    mellin_inversion,
    shifted_line,
    unfold,
)
from theory.statement import Control, Induction, Parameter, Statement, Step, Theorem
from theory.symbols import L, l, n, sigma_w, x, xi
from theory.systems import DEPTH
from theory.widths import units

POWER = I * xi
FACTOR = (2 * sigma_w**2 / n) ** POWER * gamma(n / 2 + POWER) / gamma(n / 2)
TRANSFORM = FACTOR**L
CHARACTERISTIC = Fact(E(squared_norm(J * v) ** POWER), "=", TRANSFORM)

WIDE_FACTOR = (2 * sigma_w**2 / units(l - 1)) ** POWER * gamma(units(l) / 2 + POWER) / gamma(units(l) / 2)
WIDE_TRANSFORM = Product(WIDE_FACTOR, (l, 1, L))
WIDE_CHARACTERISTIC = Fact(E(squared_norm(J_wide * v_wide) ** POWER), "=", WIDE_TRANSFORM)
WIDE_LAW = Fact(P(Le(squared_norm(J_wide * v_wide), x)), "=", law_of_log(WIDE_TRANSFORM, xi, x))

MEIJER = meijer_law(WIDE_TRANSFORM, xi, x)

GAIN = E(squared_norm(weights_wide() * v_wide) ** POWER)
PEELED = E(squared_norm(W_wide(L + 1) * weights_wide() * v_wide) ** POWER)
SCALED = (sigma_w**2 / units(L)) ** POWER * chi_square_moment(units(L + 1), POWER) * GAIN
LAST = WIDE_FACTOR.subs(l, L + 1)

THEOREM = Theorem(
    name="gain_law",
    title="The law of the gain: a product of independent chi-squares",
    systems=(DEPTH(LINEAR),),
    statements=(
        Statement(SQUARED_GAIN, InLaw(x), law_of_log(TRANSFORM, xi, x)),
        Statement(SQUARED_GAIN, InLaw(x), WIDE_LAW.right, widths=((8, 13, 5), (9, 6, 12, 5))),
    ),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(L, 1, oo, points=(3, 6)),
        Parameter(n, 1, oo, points=(8, 13)),
    ),
    assumes=frozenset({GAUSSIAN}),
    proof=(
        Step(
            "eq", WIDE_CHARACTERISTIC.left, "=", GAIN, "J is the product of the weights", unfold, (WIDE_LINEAR_DEPTH,)
        ),
        Induction(
            L,
            GAIN,
            "=",
            WIDE_TRANSFORM,
            base=(
                Step("eq", GAIN.subs(L, 0), "=", E(squared_norm(v_wide) ** POWER), "the empty product", algebra),
                Step(
                    "eq",
                    E(squared_norm(v_wide) ** POWER),
                    "=",
                    Integer(1),
                    "v is a unit vector",
                    unfold,
                    (WIDE_UNIT_DIRECTION,),
                ),
                Step("eq", Integer(1), "=", WIDE_TRANSFORM.subs(L, 0), "the product of no factors", algebra),
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
                Step("eq", times(LAST, GAIN), "=", times(LAST, WIDE_TRANSFORM), "the claim at L", hypothesis),
                Step("eq", times(LAST, WIDE_TRANSFORM), "=", WIDE_TRANSFORM.subs(L, L + 1), "one more factor", algebra),
            ),
        ),
        Step(
            "cite",
            WIDE_LAW.left,
            "=",
            MEIJER,
            "the Mellin transform of a product of Gamma variables, inverted",
            mellin_inversion,
            (WIDE_CHARACTERISTIC,),
        ),
        Step("eq", MEIJER, "=", WIDE_LAW.right, "the same integrand, on the line Re s = 0", shifted_line),
        Step(
            "eq",
            CHARACTERISTIC.left,
            "=",
            CHARACTERISTIC.right,
            "all widths equal",
            equal_widths,
            (WIDE_CHARACTERISTIC,),
        ),
        Step(
            "cite",
            P(Le(squared_norm(J * v), x)),
            "=",
            law_of_log(TRANSFORM, xi, x),
            "inversion of the characteristic function of the logarithm",
            inversion,
            (CHARACTERISTIC,),
        ),
    ),
    references=(GIL_PELAEZ_1951, SPRINGER_THOMPSON_1970, HANIN_NICA_2020),
    controls=(Control(GAUSSIAN, ensemble="haar"),),
    limits="Exact at every width and depth for Gaussian weights; other independent entries approach it as n grows.",
)
