"""Mean-square gain of a deep linear network."""

from sympy import Integer, Rational, oo

from theory.activations import LINEAR
from theory.assumptions import ISOTROPIC
from theory.definitions import LINEAR_DEPTH, UNIT_DIRECTION
from theory.letters import J, W, v, weights
from theory.observables import SQUARED_GAIN
from theory.quantities import E, squared_norm, times
from theory.references import SAXE_2014
from theory.relations import Mean
from theory.rules import algebra, hypothesis, isotropy, unfold
from theory.statement import Control, Induction, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import L, gain_spread, n, sigma_w
from theory.systems import DEPTH

GAIN = E(squared_norm(weights() * v))

THEOREM = Theorem(
    name="mean_square_gain",
    title="Mean-square gain through depth",
    systems=(DEPTH(LINEAR),),
    statements=(Statement(SQUARED_GAIN, Mean(spread=(1 + gain_spread) ** L - 1), sigma_w ** (2 * L)),),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(L, 1, oo, points=(3, 6)),
        Parameter(n, 1, oo, points=(8, 13)),
    ),
    assumes=frozenset({ISOTROPIC}),
    proof=(
        Step("eq", E(squared_norm(J * v)), "=", GAIN, "J is the product of the weights", unfold, (LINEAR_DEPTH,)),
        Induction(
            L,
            GAIN,
            "=",
            sigma_w ** (2 * L),
            base=(
                Step("eq", GAIN.subs(L, 0), "=", E(squared_norm(v)), "the empty product is the identity", algebra),
                Step("eq", E(squared_norm(v)), "=", Integer(1), "v is a unit vector", unfold, (UNIT_DIRECTION,)),
            ),
            step=(
                Step(
                    "eq",
                    GAIN.subs(L, L + 1),
                    "=",
                    E(squared_norm(W(L + 1) * weights() * v)),
                    "the last factor is W_{L+1}",
                    algebra,
                ),
                Step(
                    "eq",
                    E(squared_norm(W(L + 1) * weights() * v)),
                    "=",
                    sigma_w**2 * GAIN,
                    "xᵀ E[WᵀW] x = sigma_w² ‖x‖² for x independent of W_{L+1} (square layer)",
                    isotropy,
                ),
                Step("eq", sigma_w**2 * GAIN, "=", times(sigma_w**2, sigma_w ** (2 * L)), "the claim at L", hypothesis),
                Step(
                    "eq",
                    times(sigma_w**2, sigma_w ** (2 * L)),
                    "=",
                    sigma_w ** (2 * (L + 1)),
                    "exponents add",
                    algebra,
                ),
            ),
        ),
    ),
    references=(SAXE_2014,),
    controls=(Control(ISOTROPIC, ensemble="symmetric"),),
    limits="The mean is carried by rare networks: almost every network's gain lies far below it at large depth "
    "(log_gain), and a plain average over draws does not see it.",
    sweep=Sweep(L, (1, 2, 3, 4, 6, 8, 10), ensembles=("gaussian", "haar")),
)
