"""Through time the rate is the spectral radius, not the norm."""

from sympy import Integer, Rational, log, oo

from theory.activations import LINEAR
from theory.letters import W_tied
from theory.observables import ROOT_NORM, SCHUR_REMAINDER, SPECTRAL_RADIUS
from theory.proofs.facts import Fact
from theory.quantities import departure, limit_of, norm, radius, root
from theory.references import GELFAND_1941, HENRICI_1962
from theory.relations import AtMost, Limit
from theory.rules import algebra, calculus, limit_of_bounds, radius_below_norm, schur_bound, spectral_mapping
from theory.statement import Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import T, n, sigma_w
from theory.systems import TIME

RHO = radius(W_tied)
ROOT = norm(W_tied**T) ** (1 / T)
FACTOR = n * T ** (n - 1) * (1 + departure(W_tied) / RHO) ** (n - 1)
UPPER = FACTOR ** (1 / T) * RHO

THEOREM = Theorem(
    name="spectral_rate",
    title="The rate through time is the spectral radius",
    systems=(TIME(LINEAR),),
    statements=(
        Statement(
            ROOT_NORM,
            Limit(T, rate=log(T) / T, remainder=SCHUR_REMAINDER),
            SPECTRAL_RADIUS,
            given=(Fact(Integer(0), "<", RHO),),
        ),
        Statement(
            SPECTRAL_RADIUS,
            AtMost(),
            ROOT_NORM,
            attained=("symmetric", {"sigma_w": Rational(6, 5), "T": 50, "n": 6}),
        ),
    ),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(T, 1, oo, points=(8000, 16000)),
        Parameter(n, 1, oo, points=(8, 13)),
    ),
    assumes=frozenset(),
    proof=(
        Step("eq", radius(W_tied**T) ** (1 / T), "=", root(RHO**T, T), "the radius of a power", spectral_mapping),
        Step("eq", root(RHO**T, T), "=", RHO, "the T-th root of a T-th power", algebra),
        Step("ineq", radius(W_tied**T) ** (1 / T), "<=", ROOT, "ρ(M) <= ‖M‖", radius_below_norm),
        Step(
            "ineq",
            ROOT,
            "<=",
            (FACTOR * RHO**T) ** (1 / T),
            "W = Q(Λ + N)Qᴴ; a nonzero word has at most n-1 letters N, and ‖N‖ <= Δ",
            schur_bound,
        ),
        Step("eq", (FACTOR * RHO**T) ** (1 / T), "=", UPPER, "the root of a product", algebra),
        Step("limit", limit_of(UPPER, T), "=", RHO, "(c T^{n-1})^{1/T} -> 1", calculus),
        Step(
            "limit",
            limit_of(ROOT, T),
            "=",
            RHO,
            "between two quantities with this limit",
            limit_of_bounds,
            (Fact(RHO, "<=", ROOT), Fact(ROOT, "<=", UPPER), Fact(limit_of(UPPER, T), "=", RHO)),
        ),
    ),
    references=(GELFAND_1941, HENRICI_1962),
    limits="A rate: for a while the norm of a power of W can be far above that power of ρ(W). ρ(W) = 1 "
    "decides nothing by itself. A nilpotent W, with ρ(W) = 0, is exactly 0 after n steps.",
    # The bound of the limit sees nothing at small T; the other inequality shows how the norm comes down to the radius.
    sweep=Sweep(T, (1, 4, 16, 64, 256, 1024, 8000), ensembles=("gaussian", "symmetric"), statements=(1,)),
)
