"""Vanishing for every sigma_w below 1/gamma, whatever the norm of the weights."""

from sympy import Rational, oo
from sympy.core.relational import Ge

from theory.assumptions import ISOTROPIC
from theory.definitions import WIDE_DEPTH_JACOBIAN
from theory.letters import J
from theory.observables import OPERATOR_NORM
from theory.proofs.facts import Fact
from theory.quantities import E, P, norm, squared_norm, times
from theory.rectangular import D, W, slopes_weights
from theory.rectangular import J as J_wide
from theory.references import SAXE_2014
from theory.relations import Tail
from theory.rules import algebra, equal_widths, frobenius_bound, hypothesis, isotropy, markov, slope_bound, unfold
from theory.statement import Control, Induction, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import L, eps, gamma, n, sigma_w
from theory.systems import ANY, DEPTH
from theory.widths import units

SIZE = E(squared_norm(slopes_weights()))
BOUND = n * (gamma * sigma_w) ** (2 * L)
WIDE_BOUND = units(L) * (gamma * sigma_w) ** (2 * L)
GROWTH = units(L + 1) / units(L) * sigma_w**2
WIDE = Fact(P(Ge(norm(J_wide), eps)), "<=", WIDE_BOUND / eps**2)
PEELED = W(L + 1) * slopes_weights()

THEOREM = Theorem(
    name="vanishing_by_moment",
    title="Vanishing by the second moment, whatever the norm",
    systems=(DEPTH(ANY),),
    statements=(
        Statement(
            OPERATOR_NORM,
            Tail(level=eps),
            BOUND / eps**2,
            attained=("sparse", {"n": 1, "L": 1, "sigma_w": Rational(3, 4), "eps": Rational(3, 2)}),
        ),
        Statement(
            OPERATOR_NORM,
            Tail(level=eps),
            WIDE.right,
            attained=("rademacher", {"widths": (1, 4), "sigma_w": Rational(3, 4), "eps": Rational(3, 2)}),
            widths=((8, 13, 5), (9, 6, 12, 30)),
        ),
    ),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(L, 1, oo, points=(3, 6)),
        Parameter(n, 1, oo, points=(8, 13)),
        Parameter(eps, 0, oo, points=(Rational(3, 2), Rational(23, 2))),
    ),
    assumes=frozenset({ISOTROPIC}),
    proof=(
        Step("ineq", WIDE.left, "<=", E(norm(J_wide) ** 2) / eps**2, "Markov's inequality", markov),
        Step(
            "ineq",
            E(norm(J_wide) ** 2) / eps**2,
            "<=",
            E(squared_norm(J_wide)) / eps**2,
            "‖J‖ <= ‖J‖_F",
            frobenius_bound,
        ),
        Step(
            "eq", E(squared_norm(J_wide)) / eps**2, "=", SIZE / eps**2, "the chain rule", unfold, (WIDE_DEPTH_JACOBIAN,)
        ),
        Induction(
            L,
            SIZE / eps**2,
            "<=",
            WIDE_BOUND / eps**2,
            base=(Step("eq", SIZE.subs(L, 0) / eps**2, "=", units(0) / eps**2, "‖I‖_F² = n_0", algebra),),
            step=(
                Step(
                    "eq",
                    SIZE.subs(L, L + 1) / eps**2,
                    "=",
                    E(squared_norm(D(L + 1) * PEELED)) / eps**2,
                    "the last factor is D_{L+1} W_{L+1}",
                    algebra,
                ),
                Step(
                    "ineq",
                    E(squared_norm(D(L + 1) * PEELED)) / eps**2,
                    "<=",
                    gamma**2 * E(squared_norm(PEELED)) / eps**2,
                    "every slope is at most gamma",
                    slope_bound,
                ),
                Step(
                    "eq",
                    gamma**2 * E(squared_norm(PEELED)) / eps**2,
                    "=",
                    gamma**2 * GROWTH * SIZE / eps**2,
                    "tr(MᵀE[WᵀW]M) = (n_{L+1}/n_L) sigma_w² ‖M‖_F² for M independent of W_{L+1}",
                    isotropy,
                ),
                Step(
                    "ineq",
                    gamma**2 * GROWTH * SIZE / eps**2,
                    "<=",
                    times(gamma**2 * GROWTH, WIDE_BOUND / eps**2),
                    "the claim at L",
                    hypothesis,
                ),
                Step(
                    "eq",
                    times(gamma**2 * GROWTH, WIDE_BOUND / eps**2),
                    "=",
                    WIDE_BOUND.subs(L, L + 1) / eps**2,
                    "exponents add, and n_L cancels",
                    algebra,
                ),
            ),
        ),
        Step("ineq", P(Ge(norm(J), eps)), "<=", BOUND / eps**2, "all widths equal", equal_widths, (WIDE,)),
    ),
    references=(SAXE_2014,),
    controls=(Control(ISOTROPIC, ensemble="spike"),),
    limits="A bound on a probability: it is far from attained at large width. It does not say that anything explodes.",
    sweep=Sweep(L, (3, 4, 5)),
)
