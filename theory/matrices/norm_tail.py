"""How rarely the norm of a Gaussian matrix lies above twice sigma_w."""

from sympy import Rational, exp, oo
from sympy.core.relational import Ge

from theory.assumptions import GAUSSIAN
from theory.definitions import ONE_MATRIX
from theory.letters import J, W_tied
from theory.observables import OPERATOR_NORM
from theory.proofs.facts import Fact
from theory.quantities import E, P, norm
from theory.references import DAVIDSON_SZAREK_2001, GORDON_1985, TSIRELSON_1976
from theory.relations import Tail
from theory.rules import gaussian_concentration, gordon, larger_event, unfold
from theory.statement import Control, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import n, sigma_w, t
from theory.systems import MATRIX

LEVEL = sigma_w * (2 + t)
BOUND = exp(-n * t**2 / 2)
MEAN = E(norm(W_tied))

THEOREM = Theorem(
    name="norm_tail",
    title="How rarely the norm exceeds its edge",
    systems=(MATRIX,),
    statements=(Statement(OPERATOR_NORM, Tail(level=LEVEL), BOUND, slack=True),),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(n, 1, oo, points=(3, 7)),
        Parameter(t, 0, oo, points=(Rational(1, 2), Rational(2, 5))),
    ),
    assumes=frozenset({GAUSSIAN}),
    proof=(
        Step("eq", P(Ge(norm(J), LEVEL)), "=", P(Ge(norm(W_tied), LEVEL)), "one matrix", unfold, (ONE_MATRIX,)),
        Step("cite", MEAN, "<=", 2 * sigma_w, "the mean norm of a square Gaussian matrix", gordon),
        Step(
            "ineq",
            P(Ge(norm(W_tied), LEVEL)),
            "<=",
            P(Ge(norm(W_tied), MEAN + sigma_w * t)),
            "above 2 sigma_w + sigma_w t it is above its mean + sigma_w t",
            larger_event,
            (Fact(MEAN, "<=", 2 * sigma_w),),
        ),
        Step(
            "cite",
            P(Ge(norm(W_tied), MEAN + sigma_w * t)),
            "<=",
            BOUND,
            "the norm is a Lipschitz function of n² standard normal numbers, of constant sigma_w/sqrt(n)",
            gaussian_concentration,
        ),
    ),
    references=(DAVIDSON_SZAREK_2001, GORDON_1985, TSIRELSON_1976),
    controls=(Control(GAUSSIAN, ensemble="spike", point=1),),
    limits="A bound for every n and every t, far from the probability itself: that lies below it already at t = 0, "
    "where the bound says nothing. For a rectangular matrix (real, n_out x n_in, variance sigma_w²/n_in) 2 becomes "
    "1 + sqrt(n_out/n_in), and n in the exponent n_in.",
    sweep=Sweep(t, tuple(Rational(k, 10) for k in (2, 3, 4, 5, 6, 8))),
)
