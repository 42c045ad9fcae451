"""The exact law of the norm of a real Gaussian matrix, square or rectangular."""

from sympy import Rational, oo
from sympy.core.relational import Le

from theory.assumptions import GAUSSIAN
from theory.definitions import WIDE_ONE_MATRIX
from theory.distributions import eigenvalue_constant, norm_cdf, ordered_integral, sign_pfaffian
from theory.letters import J
from theory.observables import OPERATOR_NORM
from theory.proofs.facts import Fact
from theory.quantities import P, norm
from theory.rectangular import J_matrix, W_matrix
from theory.references import CHIANI_2014, DE_BRUIJN_1955, MUIRHEAD_1982
from theory.relations import InLaw
from theory.rules import de_bruijn, equal_widths, incomplete_gammas, unfold, wishart_density
from theory.statement import Control, Parameter, Statement, Step, Theorem
from theory.symbols import n, sigma_w
from theory.symbols import threshold as s
from theory.systems import MATRIX
from theory.widths import units

SIZES = (units(1), units(0))
REACH = units(0) * s**2 / (2 * sigma_w**2)
CONSTANT = eigenvalue_constant(*SIZES)
WIDE = norm_cdf(*SIZES, sigma_w, s)
WIDE_LAW = Fact(P(Le(norm(J_matrix), s)), "=", WIDE)

THEOREM = Theorem(
    name="norm_law",
    title="The exact law of the norm of a Gaussian matrix",
    systems=(MATRIX,),
    statements=(
        Statement(OPERATOR_NORM, InLaw(s), norm_cdf(n, n, sigma_w, s)),
        Statement(OPERATOR_NORM, InLaw(s), WIDE, system=MATRIX, widths=((6, 3), (2, 5))),
    ),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(n, 1, oo, points=(5, 8)),
    ),
    assumes=frozenset({GAUSSIAN}),
    proof=(
        Step("eq", WIDE_LAW.left, "=", P(Le(norm(W_matrix), s)), "one matrix", unfold, (WIDE_ONE_MATRIX,)),
        Step(
            "cite",
            P(Le(norm(W_matrix), s)),
            "=",
            CONSTANT * ordered_integral(*SIZES, REACH),
            "the joint density of the eigenvalues of n_0 WWᵀ/(2 sigma_w²), or of WᵀW where that is smaller: a Wishart "
            "matrix of order m, the smaller width; a = (|n_1 - n_0| + 1)/2, and K normalizes the density",
            wishart_density,
        ),
        Step(
            "cite",
            CONSTANT * ordered_integral(*SIZES, REACH),
            "=",
            CONSTANT * sign_pfaffian(*SIZES, REACH),
            "a Vandermonde determinant, integrated over ordered variables; p_i is the Gamma density of shape a + i - 1",
            de_bruijn,
        ),
        Step(
            "eq",
            CONSTANT * sign_pfaffian(*SIZES, REACH),
            "=",
            WIDE,
            "the entries as incomplete gamma functions, each from the one before: the recursion, for every shape",
            incomplete_gammas,
        ),
        Step(
            "eq",
            P(Le(norm(J), s)),
            "=",
            norm_cdf(n, n, sigma_w, s),
            "both widths equal",
            equal_widths,
            (WIDE_LAW,),
        ),
    ),
    references=(CHIANI_2014, MUIRHEAD_1982, DE_BRUIJN_1955),
    controls=(Control(GAUSSIAN, ensemble="rademacher"),),
    limits="Exact for real normal entries, and computed where the smaller side is at most 64. At sigma_w = 1/2 the "
    "probability that the norm is at most 1 falls slowly, from 0.954 at n = 1 through 0.896 at n = 10 to 0.832 as n "
    "grows (norm_fluctuation): never near one half, though 1 is the limit of the norm.",
)
