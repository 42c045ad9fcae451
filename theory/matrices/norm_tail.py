"""How rarely the norm of a Gaussian matrix lies above its edge, sigma_w (1 + sqrt(n_out/n_in))."""

from sympy import Rational, exp, oo, sqrt
from sympy.core.relational import Ge

from theory.assumptions import GAUSSIAN
from theory.definitions import WIDE_ONE_MATRIX
from theory.letters import J
from theory.observables import OPERATOR_NORM
from theory.proofs.facts import Fact
from theory.quantities import E, P, norm
from theory.rectangular import J_matrix, W_matrix
from theory.references import DAVIDSON_SZAREK_2001, GORDON_1985, TSIRELSON_1976
from theory.relations import Tail
from theory.rules import equal_widths, gaussian_concentration, gordon, larger_event, unfold
from theory.statement import Control, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import n, sigma_w, t
from theory.systems import MATRIX
from theory.widths import units

LEVEL = sigma_w * (2 + t)
BOUND = exp(-n * t**2 / 2)

EDGE = sigma_w * (1 + sqrt(units(1) / units(0)))
WIDE_LEVEL = sigma_w * (1 + sqrt(units(1) / units(0)) + t)
WIDE_BOUND = exp(-units(0) * t**2 / 2)
MEAN = E(norm(W_matrix))
ABOVE_MEAN = P(Ge(norm(W_matrix), MEAN + sigma_w * t))
TAIL = Fact(P(Ge(norm(J_matrix), WIDE_LEVEL)), "<=", WIDE_BOUND)

THEOREM = Theorem(
    name="norm_tail",
    title="How rarely the norm exceeds its edge",
    systems=(MATRIX,),
    statements=(
        Statement(OPERATOR_NORM, Tail(level=LEVEL), BOUND, slack=True),
        Statement(
            OPERATOR_NORM,
            Tail(level=WIDE_LEVEL),
            WIDE_BOUND,
            system=MATRIX,
            widths=((3, 6), (7, 4)),
            slack=True,
        ),
    ),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(n, 1, oo, points=(3, 7)),
        Parameter(t, 0, oo, points=(Rational(1, 2), Rational(2, 5))),
    ),
    assumes=frozenset({GAUSSIAN}),
    proof=(
        Step("eq", TAIL.left, "=", P(Ge(norm(W_matrix), WIDE_LEVEL)), "one matrix", unfold, (WIDE_ONE_MATRIX,)),
        Step("cite", MEAN, "<=", EDGE, "the mean norm of a Gaussian matrix", gordon),
        Step(
            "ineq",
            P(Ge(norm(W_matrix), WIDE_LEVEL)),
            "<=",
            ABOVE_MEAN,
            "sigma_w t above the edge it is sigma_w t above its mean",
            larger_event,
            (Fact(MEAN, "<=", EDGE),),
        ),
        Step(
            "cite",
            ABOVE_MEAN,
            "<=",
            WIDE_BOUND,
            "the norm is a Lipschitz function of the n_1 n_0 standard normal numbers in W, of constant "
            "sigma_w/sqrt(n_0)",
            gaussian_concentration,
        ),
        Step("ineq", P(Ge(norm(J), LEVEL)), "<=", BOUND, "a square matrix", equal_widths, (TAIL,)),
    ),
    references=(DAVIDSON_SZAREK_2001, GORDON_1985, TSIRELSON_1976),
    controls=(Control(GAUSSIAN, ensemble="spike", point=1),),
    limits="A bound for every n and every t, far from the probability itself: that lies below it already at t = 0, "
    "where the bound says nothing. For a rectangular matrix the edge is sigma_w (1 + sqrt(n_out/n_in)), and the number "
    "of columns n_in alone stands in the exponent: sigma_w t is an excess over the edge, not a share of it.",
    sweep=Sweep(t, tuple(Rational(k, 10) for k in (2, 3, 4, 5, 6, 8))),
)
