"""A sufficient condition for vanishing: norms below 1/gamma. Its converse is only necessary for exploding."""

from sympy import Rational, oo

from theory.letters import D, J, W
from theory.observables import LARGEST_WEIGHT_NORM, OPERATOR_NORM, PRODUCT_OF_NORMS
from theory.proofs.facts import Fact
from theory.quantities import norm, times
from theory.references import BENGIO_1994, PASCANU_2013
from theory.relations import AtMost
from theory.rules import algebra, by, hypothesis, largest_bound, slope_bound
from theory.statement import Induction, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import L, gamma, n, s, sigma_b, sigma_w
from theory.systems import ANY, DEPTH

NORMS = PRODUCT_OF_NORMS.definition
BOUND = (gamma * LARGEST_WEIGHT_NORM.symbol) ** L
LAST = norm(W(L + 1))

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
        Step("ineq", norm(J), "<=", NORMS, "the norm of a product", by("norm_bounds", Fact(norm(J), "<=", NORMS))),
        Induction(
            L,
            NORMS,
            "<=",
            BOUND,
            base=(Step("eq", NORMS.subs(L, 0), "=", BOUND.subs(L, 0), "the empty product", algebra),),
            step=(
                Step("eq", NORMS.subs(L, L + 1), "=", norm(D(L + 1)) * LAST * NORMS, "the last factor apart", algebra),
                Step(
                    "ineq",
                    norm(D(L + 1)) * LAST * NORMS,
                    "<=",
                    gamma * LAST * NORMS,
                    "‖D_l‖ <= gamma = sup|phi'|",
                    slope_bound,
                ),
                Step("ineq", gamma * LAST * NORMS, "<=", gamma * s * NORMS, "s is the largest ‖W_l‖", largest_bound),
                Step("ineq", gamma * s * NORMS, "<=", times(gamma * s, BOUND), "the claim at L", hypothesis),
                Step("eq", times(gamma * s, BOUND), "=", BOUND.subs(L, L + 1), "exponents add", algebra),
            ),
        ),
    ),
    references=(BENGIO_1994, PASCANU_2013),
    limits="Sufficient for vanishing where gamma s < 1; s > 1/gamma is only necessary for exploding, not sufficient.",
    sweep=Sweep(L, (1, 2, 4, 8, 12, 16), ensembles=("gaussian", "haar")),
)
