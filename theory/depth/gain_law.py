"""The exact law of the squared gain of a Gaussian linear network, at every width and depth."""

from sympy import I, Integer, Rational, gamma, oo
from sympy.core.relational import Le

from theory.activations import LINEAR
from theory.assumptions import GAUSSIAN
from theory.definitions import LINEAR_DEPTH, UNIT_DIRECTION
from theory.letters import J, W, v, weights
from theory.observables import SQUARED_GAIN
from theory.proofs.facts import Fact
from theory.proofs.moves import chi_square_moment
from theory.quantities import E, P, law_of_log, squared_norm, times
from theory.references import GIL_PELAEZ_1951, HANIN_NICA_2020
from theory.relations import InLaw
from theory.rules import algebra, calculus, gaussian_gain, hypothesis, inversion, unfold
from theory.statement import Control, Induction, Parameter, Statement, Step, Theorem
from theory.symbols import L, n, sigma_w, x, xi
from theory.systems import DEPTH

POWER = I * xi
FACTOR = (2 * sigma_w**2 / n) ** POWER * gamma(n / 2 + POWER) / gamma(n / 2)
TRANSFORM = FACTOR**L
GAIN = E(squared_norm(weights() * v) ** POWER)
PEELED = E(squared_norm(W(L + 1) * weights() * v) ** POWER)
SCALED = (sigma_w**2 / n) ** POWER * chi_square_moment(n, POWER) * GAIN
CHARACTERISTIC = Fact(E(squared_norm(J * v) ** POWER), "=", TRANSFORM)

THEOREM = Theorem(
    name="gain_law",
    title="The law of the gain: a product of independent chi-squares",
    systems=(DEPTH(LINEAR),),
    statements=(Statement(SQUARED_GAIN, InLaw(x), law_of_log(TRANSFORM, xi, x)),),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(L, 1, oo, points=(3, 6)),
        Parameter(n, 1, oo, points=(8, 13)),
    ),
    assumes=frozenset({GAUSSIAN}),
    proof=(
        Step("eq", CHARACTERISTIC.left, "=", GAIN, "J is the product of the weights", unfold, (LINEAR_DEPTH,)),
        Induction(
            L,
            GAIN,
            "=",
            TRANSFORM,
            base=(
                Step("eq", GAIN.subs(L, 0), "=", E(squared_norm(v) ** POWER), "the empty product", algebra),
                Step(
                    "eq", E(squared_norm(v) ** POWER), "=", Integer(1), "v is a unit vector", unfold, (UNIT_DIRECTION,)
                ),
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
                Step("eq", times(FACTOR, GAIN), "=", times(FACTOR, TRANSFORM), "the claim at L", hypothesis),
                Step("eq", times(FACTOR, TRANSFORM), "=", TRANSFORM.subs(L, L + 1), "exponents add", algebra),
            ),
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
    references=(GIL_PELAEZ_1951, HANIN_NICA_2020),
    controls=(Control(GAUSSIAN, ensemble="haar"),),
    limits="Exact at every width and depth for Gaussian weights; other independent entries approach it as n grows.",
)
