"""The spectral radius of a wide random matrix: sigma_w, half of its norm."""

from sympy import Rational, log, oo, sqrt

from theory.assumptions import FOURTH_MOMENT, IID
from theory.letters import W_tied
from theory.observables import SPECTRAL_RADIUS
from theory.quantities import limit_of, radius
from theory.references import ALT_2021, BAI_YIN_1986, BORDENAVE_2022, RIDER_SINCLAIR_2014
from theory.relations import Limit
from theory.rules import radius_of_wide_iid
from theory.statement import Control, Parameter, Statement, Step, Theorem
from theory.symbols import n, sigma_w
from theory.systems import MATRIX

THEOREM = Theorem(
    name="radius_edge",
    title="The spectral radius of a wide random matrix",
    systems=(MATRIX,),
    statements=(
        Statement(
            SPECTRAL_RADIUS,
            # |ρ - sigma_w| is below n^(-1/2+eps) (Alt, Erdős & Krüger); Gaussian ρ scatters by (n log n)^(-1/2) (Rider)
            Limit(n, rate=1 / sqrt(n * log(n)), spread=2 * n ** Rational(-4, 3), resolution=Rational(1, 10)),
            sigma_w,
        ),
    ),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(n, 1, oo, points=(7, 7)),
    ),
    assumes=frozenset({IID, FOURTH_MOMENT}),
    proof=(
        Step(
            "cite",
            limit_of(radius(W_tied), n),
            "=",
            sigma_w,
            "the eigenvalues fill the disc of radius sigma_w, and none stays outside it",
            radius_of_wide_iid,
        ),
    ),
    references=(BORDENAVE_2022, BAI_YIN_1986, ALT_2021, RIDER_SINCLAIR_2014),
    controls=(
        Control(IID, ensemble="symmetric", resolution=0.3),
        Control(
            FOURTH_MOMENT,
            needed=False,
            reason="for one law of the entries a finite variance is enough (Bordenave, Chafaï & García-Zelada 2022); a "
            "bounded fourth moment keeps out entries that grow rare with n, of which nothing is cited",
        ),
    ),
    limits="Measured at 10 %: for real matrices no exact law at finite n is used here, the way to the limit is slow "
    "(about n^(-1/2), up to logarithms) and not monotone. It says nothing about one step: the norm is 2 sigma_w.",
)
