"""A sufficient condition for vanishing: norms below 1/gamma. Its converse is only necessary for exploding."""

from sympy import Rational, oo

from theory.definitions import DEPTH_JACOBIAN
from theory.letters import D, J, W, slopes_weights
from theory.observables import LARGEST_WEIGHT_NORM, OPERATOR_NORM
from theory.quantities import norm, times
from theory.references import BENGIO_1994, PASCANU_2013
from theory.relations import AtMost
from theory.rules import algebra, hypothesis, largest_bound, slope_bound, submultiplicativity, unfold
from theory.statement import Induction, Parameter, Statement, Step, Theorem
from theory.symbols import L, gamma, n, s, sigma_b, sigma_w
from theory.systems import ANY, DEPTH

CHAIN = slopes_weights()
BOUND = (gamma * LARGEST_WEIGHT_NORM.symbol) ** L
LAST = D(L + 1) * W(L + 1)

THEOREM = Theorem(
    name="vanishing_by_norm",
    title="Vanishing by the norm",
    systems=(DEPTH(ANY),),
    statements=(
        Statement(
            OPERATOR_NORM,
            AtMost(),
            BOUND,
            attained=("haar", {"sigma_w": Rational(6, 5), "L": 4, "n": 6, "sigma_b": 0}),
        ),
    ),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(sigma_b, 0, oo, points=(Rational(1, 10), Rational(1, 3)), closed=True),
        Parameter(L, 1, oo, points=(3, 6)),
        Parameter(n, 1, oo, points=(8, 13)),
    ),
    assumes=frozenset(),
    proof=(
        Step("eq", norm(J), "=", norm(CHAIN), "the chain rule", unfold, (DEPTH_JACOBIAN,)),
        Induction(
            L,
            norm(CHAIN),
            "<=",
            BOUND,
            base=(Step("eq", norm(CHAIN.subs(L, 0)), "=", BOUND.subs(L, 0), "‖I‖ = 1", algebra),),
            step=(
                Step("eq", norm(CHAIN.subs(L, L + 1)), "=", norm(LAST * CHAIN), "the last factor", algebra),
                Step(
                    "ineq",
                    norm(LAST * CHAIN),
                    "<=",
                    norm(D(L + 1)) * norm(W(L + 1)) * norm(CHAIN),
                    "‖AB‖ <= ‖A‖‖B‖",
                    submultiplicativity,
                ),
                Step(
                    "ineq",
                    norm(D(L + 1)) * norm(W(L + 1)) * norm(CHAIN),
                    "<=",
                    gamma * norm(W(L + 1)) * norm(CHAIN),
                    "‖D_l‖ <= gamma = sup|phi'|",
                    slope_bound,
                ),
                Step(
                    "ineq",
                    gamma * norm(W(L + 1)) * norm(CHAIN),
                    "<=",
                    gamma * s * norm(CHAIN),
                    "s is the largest ‖W_l‖",
                    largest_bound,
                ),
                Step("ineq", gamma * s * norm(CHAIN), "<=", times(gamma * s, BOUND), "the claim at L", hypothesis),
                Step("eq", times(gamma * s, BOUND), "=", BOUND.subs(L, L + 1), "exponents add", algebra),
            ),
        ),
    ),
    references=(BENGIO_1994, PASCANU_2013),
    limits="Sufficient for vanishing where gamma s < 1; s > 1/gamma is only necessary for exploding, not sufficient.",
)
