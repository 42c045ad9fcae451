"""The exact law of the spectral radius of a complex Gaussian matrix."""

from sympy import Integral, Product, Rational, exp, gamma, lowergamma, oo
from sympy.core.relational import Le

from theory.assumptions import COMPLEX_GAUSSIAN
from theory.distributions import gamma_product
from theory.letters import W_tied
from theory.observables import SPECTRAL_RADIUS
from theory.quantities import P, radius
from theory.references import KOSTLAN_1992, RIDER_2003
from theory.relations import InLaw
from theory.rules import calculus, kostlan, regularized_gammas
from theory.statement import Control, Parameter, Statement, Step, Theorem
from theory.symbols import k, n, sigma_w, u
from theory.symbols import threshold as s
from theory.systems import MATRIX

REACH = n * s**2 / sigma_w**2
INTEGRALS = Product(Integral(u ** (k - 1) * exp(-u) / gamma(k), (u, 0, REACH)), (k, 1, n))
FACTORS = Product(lowergamma(k, REACH) / gamma(k), (k, 1, n))

THEOREM = Theorem(
    name="radius_law_complex",
    title="The exact law of the spectral radius of a complex Gaussian matrix",
    systems=(MATRIX,),
    statements=(Statement(SPECTRAL_RADIUS, InLaw(s), gamma_product(n, REACH)),),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(n, 1, oo, points=(5, 8)),
    ),
    assumes=frozenset({COMPLEX_GAUSSIAN}),
    proof=(
        Step(
            "cite",
            P(Le(radius(W_tied), s)),
            "=",
            INTEGRALS,
            "the squared moduli of the eigenvalues of W sqrt(n)/sigma_w are, as a set, independent Gamma variables of "
            "shapes 1, ..., n",
            kostlan,
        ),
        Step("integral", INTEGRALS, "=", FACTORS, "the incomplete gamma function", calculus),
        Step("eq", FACTORS, "=", gamma_product(n, REACH), "in its regularized form", regularized_gammas),
    ),
    references=(KOSTLAN_1992, RIDER_2003),
    controls=(Control(COMPLEX_GAUSSIAN, ensemble="gaussian"),),
    limits="Of complex entries alone. The radius of a real Gaussian matrix has no such product, and is measured only. "
    "Rider's Gumbel law, the limit, is no substitute: its scaling is not defined below n = 164, and its Kolmogorov "
    "distance from the exact law is 0.35 at n = 200, 0.27 at n = 1000 and still 0.21 at n = 10000.",
)
