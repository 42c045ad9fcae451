"""Mean-square gain through time of one complex Gaussian matrix, in closed form at every width and number of steps."""

from sympy import Integral, Rational, Sum, binomial, exp, factorial, gamma, oo

from theory.activations import LINEAR
from theory.assumptions import COMPLEX_GAUSSIAN
from theory.definitions import LINEAR_TIME, UNIT_DIRECTION
from theory.letters import J, W_tied, v
from theory.observables import SQUARED_GAIN
from theory.powers import COMPLEX, power_spread
from theory.proofs.facts import Fact
from theory.quantities import E, squared_norm, squared_trace
from theory.references import GINIBRE_1965, ISSERLIS_1918, JANSON_1997, KOSTLAN_1992
from theory.relations import Mean
from theory.rules import (
    algebra,
    calculus,
    ginibre,
    hypothesis,
    trace_by_parts,
    unfold,
    uniform_start_complex,
)
from theory.statement import Control, Induction, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import T, k, n, sigma_w, u
from theory.systems import TIME

POWER = E(squared_norm(W_tied**T))
TRACE = E(squared_trace(W_tied ** (T + 1)))
BY_PARTS = Fact(TRACE, "=", (T + 1) * sigma_w**2 / n * POWER)
SHARE = TRACE / (sigma_w**2 * (T + 1))

FACTOR = (sigma_w**2 / n) ** (T + 1) / (sigma_w**2 * (T + 1))
TAKEN = factorial(T + 1) * binomial(k - 1, T + 1)
INTEGRALS = Sum(Integral(u ** (k + T) * exp(-u) / gamma(k), (u, 0, oo)) - TAKEN, (k, 1, n))
TERM = gamma(k + T + 1) / gamma(k) - TAKEN
TOTAL = Sum(TERM, (k, 1, n))
CLOSED = factorial(T + 1) * (binomial(n + T + 1, T + 2) - binomial(n, T + 2))
MEAN = sigma_w ** (2 * T) * n ** (-T - 1) * factorial(T) * (binomial(n + T + 1, T + 2) - binomial(n, T + 2))

THEOREM = Theorem(
    name="tied_mean_square_gain_complex",
    title="Mean-square gain through time, complex weights",
    systems=(TIME(LINEAR),),
    statements=(Statement(SQUARED_GAIN, Mean(spread=power_spread(COMPLEX, T, n)), MEAN),),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5)), default=1),
        Parameter(T, 1, oo, points=(3, 5)),
        Parameter(n, 1, oo, points=(4, 8)),
    ),
    assumes=frozenset({COMPLEX_GAUSSIAN}),
    proof=(
        Step(
            "eq",
            E(squared_norm(J * v)),
            "=",
            E(squared_norm(W_tied**T * v)),
            "J is the T-th power of W",
            unfold,
            (LINEAR_TIME,),
        ),
        Step(
            "eq",
            E(squared_norm(W_tied**T * v)),
            "=",
            POWER * E(squared_norm(v)) / n,
            "the direction of v plays no part: its mean over the sphere",
            uniform_start_complex,
        ),
        Step("eq", POWER * E(squared_norm(v)) / n, "=", POWER / n, "v is a unit vector", unfold, (UNIT_DIRECTION,)),
        Step(
            "eq",
            TRACE,
            "=",
            BY_PARTS.right,
            "the first W of tr W^(T+1) meets each of the T+1 conjugate ones: by parts, d tr W^(T+1)/dW = (T+1) W^T",
            trace_by_parts,
        ),
        Step("eq", SHARE, "=", POWER / n, "the mean square of a trace by that of a power", unfold, (BY_PARTS,)),
        Step(
            "cite",
            SHARE,
            "=",
            FACTOR * INTEGRALS,
            "tr W^(T+1) is a sum over the eigenvalues, which are determinantal: the moments of Gamma variables of "
            "shapes 1, ..., n, less what two eigenvalues have in common",
            ginibre,
        ),
        Step("integral", FACTOR * INTEGRALS, "=", FACTOR * TOTAL, "Euler's integral", calculus),
        Induction(
            n,
            TOTAL,
            "=",
            CLOSED,
            start=1,
            base=(Step("eq", TOTAL.subs(n, 1), "=", CLOSED.subs(n, 1), "one term", algebra),),
            step=(
                Step("eq", TOTAL.subs(n, n + 1), "=", TOTAL + TERM.subs(k, n + 1), "the last term apart", algebra),
                Step(
                    "eq", TOTAL + TERM.subs(k, n + 1), "=", CLOSED + TERM.subs(k, n + 1), "the claim at n", hypothesis
                ),
                Step("eq", CLOSED + TERM.subs(k, n + 1), "=", CLOSED.subs(n, n + 1), "Pascal's rule, twice", algebra),
            ),
        ),
        Step("eq", FACTOR * TOTAL, "=", FACTOR * CLOSED, "the sum in closed form", unfold, (Fact(TOTAL, "=", CLOSED),)),
        Step("eq", FACTOR * CLOSED, "=", MEAN, "(T+1)!/(T+1) is T!", algebra),
    ),
    references=(GINIBRE_1965, KOSTLAN_1992, ISSERLIS_1918, JANSON_1997),
    controls=(Control(COMPLEX_GAUSSIAN, ensemble="gaussian"),),
    limits="Fresh weights have exactly sigma_w^(2T) at every n; this mean departs from it at T ~ sqrt(n): at T = c "
    "sqrt(n) it is sinh(c²/2)/(c²/2) times as much as n grows, for the products of 1 + j/n and of 1 - j/n "
    "over j <= T + 1 tend to exp(c²/2) and exp(-c²/2). At fixed n it grows faster than any power, for every "
    "sigma_w: in the figure it turns upward at sigma_w = 4/5, where the powers of almost every wide matrix "
    "vanish. Rare matrices carry it: at T = 10 and beyond a judgment has no more than the bound 4^T - 1 of "
    "its relative variance, and is underpowered before a matrix is drawn.",
    sweep=Sweep(T, (1, 2, 3, 4, 5, 6), ensembles=("complex_gaussian",)),
)
