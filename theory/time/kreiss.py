"""The Kreiss matrix theorem: how far a stable network's gradient can rise before it falls."""

from sympy import Integer, Rational, Sum, oo

from theory.letters import W_tied
from theory.observables import KREISS_BOUND, KREISS_CONSTANT, LARGEST_POWER
from theory.proofs.facts import Fact
from theory.proofs.resolvents import KREISS, STABLE
from theory.quantities import norm
from theory.references import KREISS_1962, SPIJKER_1991, TREFETHEN_EMBREE_2005
from theory.relations import AtMost
from theory.resolvents import largest_power, resolvent_norm
from theory.rules import below_supremum, geometric_series, kreiss_matrix_theorem, least_upper_bound, neumann
from theory.statement import Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import T, n, sigma_w, y
from theory.systems import MATRIX

LARGEST = largest_power(W_tied)
AT = y * resolvent_norm(W_tied, 1 + y)
SERIES = y * Sum(norm(W_tied ** (T - 1)) * (1 + y) ** (-T), (T, 1, oo))
BOUNDED = y * Sum(LARGEST * (1 + y) ** (-T), (T, 1, oo))

THEOREM = Theorem(
    name="kreiss",
    title="The Kreiss constant bounds every power from both sides",
    systems=(MATRIX,),
    statements=(
        Statement(
            KREISS_CONSTANT,
            AtMost(),
            LARGEST_POWER,
            given=(STABLE,),
            attained=("haar", {"sigma_w": Rational(4, 5), "n": Integer(4)}),
        ),
        Statement(LARGEST_POWER, AtMost(), KREISS_BOUND, given=(STABLE,), slack=True),
    ),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(n, 1, oo, points=(4, 6)),
    ),
    assumes=frozenset(),
    proof=(
        Step("ineq", AT, "<=", SERIES, "Neumann's series of the resolvent, which converges as ρ(W) < 1", neumann),
        Step("ineq", SERIES, "<=", BOUNDED, "no power is larger than the largest", below_supremum),
        Step("eq", BOUNDED, "=", LARGEST, "a geometric series: Σ (1 + y)^(-T) = 1/y", geometric_series),
        Step("ineq", KREISS, "<=", LARGEST, "so for every y > 0", least_upper_bound, (Fact(AT, "<=", LARGEST),)),
        Step(
            "cite",
            LARGEST,
            "<=",
            KREISS_BOUND.definition,
            "Cauchy's integral over |z| = 1 + 1/T, and Spijker's lemma on the arc length of its image",
            kreiss_matrix_theorem,
        ),
    ),
    references=(KREISS_1962, SPIJKER_1991, TREFETHEN_EMBREE_2005),
    limits="For a stable W, ρ(W) < 1: otherwise both sides are infinite, and such draws are left out. 1 is the least "
    "value of both. Where no power exceeds the identity, as for normal W, both are 1; the constant is 1 wherever the "
    "numerical radius is at most 1, and a power may then still reach 2. The factor e n cannot be replaced by one that "
    "grows more slowly in n, but for a given W it is far too large: of the matrices here the largest power is within "
    "a small multiple of the constant. The radius decides where the powers end, the constant how far they rise before.",
    sweep=Sweep(
        sigma_w,
        (Rational(1, 5), Rational(2, 5), Rational(3, 5), Rational(4, 5), Rational(9, 10)),
        ensembles=("gaussian", "triangular", "jordan"),
    ),
)
