"""Mean-square gain of a deep linear network."""

from sympy import Integer, Product, Rational, oo

from theory.activations import LINEAR
from theory.assumptions import ISOTROPIC
from theory.definitions import WIDE_LINEAR_DEPTH, WIDE_UNIT_DIRECTION
from theory.letters import J, v
from theory.observables import SQUARED_GAIN
from theory.proofs.facts import Fact
from theory.quantities import E, squared_norm, times
from theory.rectangular import J as J_wide
from theory.rectangular import W as W_wide
from theory.rectangular import v as v_wide
from theory.rectangular import weights as weights_wide
from theory.references import SAXE_2014
from theory.relations import Mean
from theory.rules import algebra, equal_widths, hypothesis, isotropy, unfold
from theory.statement import Control, Induction, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import L, gain_spread, l, n, sigma_w
from theory.systems import DEPTH
from theory.widths import spread, units

GAIN = E(squared_norm(weights_wide() * v_wide))
PEELED = E(squared_norm(W_wide(L + 1) * weights_wide() * v_wide))
MEAN = units(L) / units(0) * sigma_w ** (2 * L)
LAYER = units(L + 1) / units(L) * sigma_w**2
WIDE_MEAN = Fact(E(squared_norm(J_wide * v_wide)), "=", MEAN)

THEOREM = Theorem(
    name="mean_square_gain",
    title="Mean-square gain through depth",
    systems=(DEPTH(LINEAR),),
    statements=(
        Statement(SQUARED_GAIN, Mean(spread=(1 + gain_spread) ** L - 1), sigma_w ** (2 * L)),
        Statement(
            SQUARED_GAIN,
            Mean(spread=Product(1 + spread(l), (l, 1, L)) - 1),
            MEAN,
            widths=((8, 13, 5), (9, 6, 12, 5)),
        ),
    ),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(L, 1, oo, points=(3, 4)),
        Parameter(n, 1, oo, points=(8, 13)),
    ),
    assumes=frozenset({ISOTROPIC}),
    proof=(
        Step("eq", WIDE_MEAN.left, "=", GAIN, "J is the product of the weights", unfold, (WIDE_LINEAR_DEPTH,)),
        Induction(
            L,
            GAIN,
            "=",
            MEAN,
            base=(
                Step(
                    "eq",
                    GAIN.subs(L, 0),
                    "=",
                    E(squared_norm(v_wide)),
                    "the empty product is the identity",
                    algebra,
                ),
                Step(
                    "eq",
                    E(squared_norm(v_wide)),
                    "=",
                    Integer(1),
                    "v is a unit vector",
                    unfold,
                    (WIDE_UNIT_DIRECTION,),
                ),
            ),
            step=(
                Step("eq", GAIN.subs(L, L + 1), "=", PEELED, "the last factor is W_{L+1}", algebra),
                Step(
                    "eq",
                    PEELED,
                    "=",
                    LAYER * GAIN,
                    "xᵀ E[WᵀW] x = sigma_w² (n_{L+1}/n_L) ‖x‖² for x independent of W_{L+1}",
                    isotropy,
                ),
                Step("eq", LAYER * GAIN, "=", times(LAYER, MEAN), "the claim at L", hypothesis),
                Step(
                    "eq",
                    times(LAYER, MEAN),
                    "=",
                    MEAN.subs(L, L + 1),
                    "exponents add, and n_L cancels",
                    algebra,
                ),
            ),
        ),
        Step(
            "eq",
            E(squared_norm(J * v)),
            "=",
            sigma_w ** (2 * L),
            "all widths equal",
            equal_widths,
            (WIDE_MEAN,),
        ),
    ),
    references=(SAXE_2014,),
    controls=(Control(ISOTROPIC, ensemble="symmetric"),),
    limits="The mean is carried by rare networks: almost every network's gain lies far below it at large depth "
    "(log_gain), and a plain average over draws does not see it.",
    sweep=Sweep(L, (1, 2, 3, 4, 6), ensembles=("gaussian", "haar")),
)
