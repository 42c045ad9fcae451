"""The curvature of a deep linear network grows as its depth times a power of the gain."""

from sympy import Rational, Sum, oo, sqrt

from theory.activations import LINEAR
from theory.assumptions import ISOTROPIC
from theory.depth.weight_gradient_profile import ABOVE_SPREAD, BELOW_SPREAD, GRADIENT, RUN, WIDTHS
from theory.observables import GAUSS_NEWTON_CURVATURE
from theory.proofs.facts import Fact
from theory.quantities import E
from theory.rectangular import at_widths
from theory.references import SAXE_2014, SCHRAUDOLPH_2002
from theory.relations import Mean
from theory.rules import by, each_layer, equal_widths, linearity, termwise
from theory.statement import Control, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import L, gain_spread, l, n, sigma_w
from theory.systems import DEPTH
from theory.widths import units

MEANS, EQUAL = Sum(GRADIENT.left, (l, 1, L)), Sum(GRADIENT.right, (l, 1, L))
CURVATURE = L * sigma_w ** (2 * (L - 1))
FAN_INS = Sum(units(l - 1), (l, 1, L))
WIDE_CURVATURE = FAN_INS / units(0) * sigma_w ** (2 * (L - 1))
WIDE_MEAN = Fact(E(at_widths(GAUSS_NEWTON_CURVATURE.definition)), "=", WIDE_CURVATURE)
SHARES = Sum(units(l - 1) * sqrt(BELOW_SPREAD * ABOVE_SPREAD), (l, 1, L)) / FAN_INS

THEOREM = Theorem(
    name="curvature_growth",
    title="Curvature grows with depth",
    systems=(DEPTH(LINEAR),),
    statements=(
        Statement(
            GAUSS_NEWTON_CURVATURE,
            # (E(Σ X_l)²)^(1/2) <= Σ (E X_l²)^(1/2) = L (1 + c)^((L-1)/2) E X_l (Minkowski), each E X_l being the same
            Mean(spread=(1 + gain_spread) ** (L - 1) - 1),
            CURVATURE,
            given=RUN,
        ),
        Statement(
            GAUSS_NEWTON_CURVATURE,
            Mean(spread=SHARES**2 - 1),  # by the same inequality, E X_l being proportional to n_(l-1)
            WIDE_CURVATURE,
            given=RUN,
            widths=WIDTHS,
        ),
    ),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(L, 1, oo, points=(3, 4)),
        Parameter(n, 1, oo, points=(8, 13)),
    ),
    assumes=frozenset({ISOTROPIC}),
    proof=(
        Step("eq", WIDE_MEAN.left, "=", MEANS, "the mean of a sum", linearity),
        Step("eq", GRADIENT.left, "=", GRADIENT.right, "each layer", by("weight_gradient_profile", GRADIENT)),
        Step("eq", MEANS, "=", EQUAL, "for every layer from 1 to L", termwise, (GRADIENT,)),
        Step("eq", EQUAL, "=", WIDE_CURVATURE, "what no layer changes comes out", each_layer),
        Step(
            "eq",
            E(GAUSS_NEWTON_CURVATURE.definition),
            "=",
            CURVATURE,
            "all widths equal: L equal terms",
            equal_widths,
            (WIDE_MEAN,),
        ),
    ),
    references=(SCHRAUDOLPH_2002, SAXE_2014),
    controls=(Control(ISOTROPIC, ensemble="symmetric"),),
    limits="For one sample and one direction u of the output: the Gauss-Newton matrix then has rank one, and this is "
    "its only eigenvalue, the sum over all weights of the squared derivative of uᵀh_L. For a unit input v, a u held "
    "fixed, no biases. Where widths differ the layers share it in proportion to their fan-in n_(l-1).",
    sweep=Sweep(L, (2, 3, 4, 5)),
)
