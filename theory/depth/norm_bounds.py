"""The norm of a product between the products of smallest and of largest singular values."""

from sympy import Product, Rational, oo

from theory.definitions import DEPTH_JACOBIAN
from theory.letters import D, J, W, slopes_weights
from theory.observables import OPERATOR_NORM, PRODUCT_OF_NORMS, PRODUCT_OF_SMALLEST, SMALLEST_SINGULAR_VALUE
from theory.quantities import norm, smallest
from theory.references import PASCANU_2013
from theory.relations import AtMost
from theory.rules import algebra, hypothesis, smallest_below_norm, smallest_product, submultiplicativity, unfold
from theory.statement import Induction, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import L, l, n, sigma_b, sigma_w
from theory.systems import ANY, DEPTH

CHAIN = slopes_weights()
NORMS = Product(norm(D(l)) * norm(W(l)), (l, 1, L))
SMALLEST = Product(smallest(D(l) * W(l)), (l, 1, L))
LAST = D(L + 1) * W(L + 1)
EQUALITY = ("haar", {"sigma_w": Rational(6, 5), "L": 4, "n": 6, "sigma_b": 0})

THEOREM = Theorem(
    name="norm_bounds",
    title="Norm bounds on a product",
    systems=(DEPTH(ANY),),
    statements=(
        Statement(OPERATOR_NORM, AtMost(), PRODUCT_OF_NORMS, attained=EQUALITY),
        Statement(PRODUCT_OF_SMALLEST, AtMost(), SMALLEST_SINGULAR_VALUE, attained=EQUALITY),
        Statement(SMALLEST_SINGULAR_VALUE, AtMost(), OPERATOR_NORM, attained=EQUALITY),
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
            NORMS,
            base=(Step("eq", norm(CHAIN.subs(L, 0)), "=", NORMS.subs(L, 0), "‖I‖ = 1", algebra),),
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
                    norm(D(L + 1)) * norm(W(L + 1)) * NORMS,
                    "the claim at L",
                    hypothesis,
                ),
                Step(
                    "eq",
                    norm(D(L + 1)) * norm(W(L + 1)) * NORMS,
                    "=",
                    NORMS.subs(L, L + 1),
                    "the product to L and factor L+1",
                    algebra,
                ),
            ),
        ),
        Step("eq", smallest(J), "=", smallest(CHAIN), "the chain rule", unfold, (DEPTH_JACOBIAN,)),
        Induction(
            L,
            SMALLEST,
            "<=",
            smallest(CHAIN),
            base=(Step("eq", SMALLEST.subs(L, 0), "=", smallest(CHAIN.subs(L, 0)), "σ_min(I) = 1", algebra),),
            step=(
                Step("eq", SMALLEST.subs(L, L + 1), "=", smallest(LAST) * SMALLEST, "factor L+1 apart", algebra),
                Step(
                    "ineq",
                    smallest(LAST) * SMALLEST,
                    "<=",
                    smallest(LAST) * smallest(CHAIN),
                    "the claim at L",
                    hypothesis,
                ),
                Step(
                    "ineq",
                    smallest(LAST) * smallest(CHAIN),
                    "<=",
                    smallest(LAST * CHAIN),
                    "‖ABu‖ >= σ_min(A)‖Bu‖ >= σ_min(A)σ_min(B) for every unit u",
                    smallest_product,
                ),
                Step("eq", smallest(LAST * CHAIN), "=", smallest(CHAIN.subs(L, L + 1)), "the last factor", algebra),
            ),
        ),
        Step("ineq", smallest(J), "<=", norm(J), "the smallest is at most the largest", smallest_below_norm),
    ),
    references=(PASCANU_2013,),
    limits="σ_min(M) is the minimum of ‖Mu‖ over unit u: 0 for a layer with fewer outputs than inputs, where the left "
    "bound says nothing.",
    sweep=Sweep(L, (1, 2, 4, 8, 12, 16), ensembles=("gaussian", "haar")),
)
