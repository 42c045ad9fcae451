"""Sharing one weight matrix among T steps raises the curvature at most T-fold."""

from sympy import Rational, oo

from theory.activations import LINEAR
from theory.observables import SUM_OF_CURVATURES, TIED_CURVATURE
from theory.references import SCHRAUDOLPH_2002, WERBOS_1990
from theory.relations import AtMost
from theory.rules import cauchy_schwarz
from theory.statement import Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import T, n, sigma_w
from theory.systems import TIME

THEOREM = Theorem(
    name="tied_curvature",
    title="Tied curvature: at most T times the sum over the steps",
    systems=(TIME(LINEAR),),
    statements=(
        Statement(
            TIED_CURVATURE,
            AtMost(),
            SUM_OF_CURVATURES,
            attained=("haar", {"sigma_w": Rational(6, 5), "T": 5, "n": 1}),
        ),
    ),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(T, 1, oo, points=(3, 7)),
        Parameter(n, 1, oo, points=(8, 13)),
    ),
    assumes=frozenset(),
    proof=(
        Step(
            "ineq",
            TIED_CURVATURE.definition,
            "<=",
            SUM_OF_CURVATURES.definition,
            "Cauchy and Schwarz over the T steps",
            cauchy_schwarz,
        ),
    ),
    references=(SCHRAUDOLPH_2002, WERBOS_1990),
    limits="For one sample, the input v, and the direction g of the output: the squared norm of the derivative of "
    "gᵀh_T by W, which is the only eigenvalue of the Gauss-Newton matrix. Where the steps agree, as in a scalar "
    "chain, it is T times the sum of their own: d(w^T)/dw = T w^(T-1), where T weights at w give a gradient of norm "
    "sqrt(T) w^(T-1). Where they do not, it is near the sum itself, whose mean for independent layers is L "
    "sigma_w^(2L-2) (curvature_growth). At T = 2 and for Gaussian W the mean is exactly 2 sigma_w² (1 + <g, v>²/n): "
    "the one cross term has the mean sigma_w² <g, v>²/n.",
    sweep=Sweep(T, (1, 2, 4, 8, 16), ensembles=("gaussian", "haar")),
)
