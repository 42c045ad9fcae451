"""Mean-square gain through time of one real Gaussian matrix: all pairings of its 2T letters."""

from sympy import Rational, oo

from theory.activations import LINEAR
from theory.assumptions import GAUSSIAN
from theory.definitions import LINEAR_TIME, UNIT_DIRECTION
from theory.letters import J, W_tied, v
from theory.observables import SQUARED_GAIN
from theory.powers import REAL, pairing_sum, power_spread
from theory.quantities import E, squared_norm
from theory.references import ISSERLIS_1918, JANSON_1997, MIGDAL_1983
from theory.relations import Mean
from theory.rules import algebra, pairings_of_power, unfold, uniform_start_real
from theory.statement import Control, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import T, n, sigma_w
from theory.systems import TIME

POWER = E(squared_norm(W_tied**T))
COUNTED = (sigma_w**2 / n) ** T * pairing_sum(T, n)

THEOREM = Theorem(
    name="tied_mean_square_gain_real",
    title="Mean-square gain through time, real weights",
    systems=(TIME(LINEAR),),
    statements=(
        Statement(
            SQUARED_GAIN, Mean(spread=power_spread(REAL, T, n)), sigma_w ** (2 * T) * n ** (-T - 1) * pairing_sum(T, n)
        ),
    ),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5)), default=1),
        Parameter(T, 1, oo, points=(3, 4)),
        Parameter(n, 1, oo, points=(5, 8)),
    ),
    assumes=frozenset({GAUSSIAN}),
    proof=(
        Step(
            "eq",
            E(squared_norm(J * v)),
            "=",
            E(squared_norm(W_tied**T * v)),
            "J is the T-th power of W",
            unfold,
            (LINEAR_TIME,),
        ),
        Step(
            "eq",
            E(squared_norm(W_tied**T * v)),
            "=",
            POWER * E(squared_norm(v)) / n,
            "the direction of v plays no part: its mean over the sphere",
            uniform_start_real,
        ),
        Step("eq", POWER * E(squared_norm(v)) / n, "=", POWER / n, "v is a unit vector", unfold, (UNIT_DIRECTION,)),
        Step(
            "eq",
            POWER / n,
            "=",
            COUNTED / n,
            "‖W^T‖_F² = tr W ... W Wᵀ ... Wᵀ: its 2T letters in pairs, each pair of the same entry",
            pairings_of_power,
        ),
        Step(
            "eq", COUNTED / n, "=", (sigma_w ** (2 * T) * n ** (-T - 1)) * pairing_sum(T, n), "one power of n", algebra
        ),
    ),
    references=(ISSERLIS_1918, MIGDAL_1983, JANSON_1997),
    controls=(Control(GAUSSIAN, ensemble="rademacher"),),
    limits="The sum is a polynomial in n of positive coefficients, n^(T+1) for large n and (2T-1)!! at n = 1; T = 16 "
    "is the last that is counted, and derive writes it out at a T that is given (its option steps). The mean "
    "is above that of fresh weights, sigma_w^(2T) at every n (mean_square_gain), from T = 2 on, and above "
    "that of complex weights (tied_mean_square_gain_complex), of whose pairings these are more: for every "
    "sigma_w it grows without bound in T, though almost every wide matrix with sigma_w < 1 has powers that "
    "vanish. It departs from the mean of fresh weights at T ~ sqrt(n): at T = c sqrt(n) by the factor "
    "sinh(c²/2)/(c²/2) as n grows. That is so for complex weights; here it is observed in the polynomials up "
    "to T = 15, the difference falling as 1/sqrt(n). Rare matrices carry the mean: at T = 6, n = 4 its "
    "relative variance is 331, and its verdict is underpowered before a matrix is drawn. Its exact value is "
    "what evaluate prints; the logarithm of the gain can be sampled, and tells the typical value instead.",
    sweep=Sweep(T, (1, 2, 3, 4)),
)
