"""What vanishes through time is the long-lag share of the gradient, not the gradient."""

from sympy import Integer, Rational, Sum, oo

from theory.letters import D, W_tied, g, h, slopes_tied
from theory.observables import LONG_LAGS, LONG_LAGS_BOUND, SHARE
from theory.proofs.facts import Fact
from theory.quantities import largest, norm
from theory.references import BENGIO_1994, PASCANU_2013
from theory.relations import AtMost
from theory.rules import (
    below_largest,
    factor_out,
    norm_of_transpose,
    slope_bound,
    submultiplicativity,
    sum_of_bounds,
    tied_product,
    triangle,
)
from theory.statement import Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import T, gamma, k, l, n, sigma_b, sigma_w
from theory.systems import ANY, TIME

SHARES = Sum(norm(SHARE), (l, 1, T - k))
LETTERS = norm(D(l)) * norm(slopes_tied(l + 1).T) * norm(g) * norm(h(l - 1).T)
TURNED = norm(D(l)) * norm(slopes_tied(l + 1)) * norm(g) * norm(h(l - 1))
SLOPED = gamma * norm(slopes_tied(l + 1)) * norm(g) * norm(h(l - 1))
POWER = (gamma * norm(W_tied)) ** (T - l)
LARGEST = gamma * norm(slopes_tied(l + 1)) * norm(g) * largest(norm(h(l - 1)), l, T - k)
EACH = Fact(norm(SHARE), "<=", gamma * POWER * norm(g) * largest(norm(h(l - 1)), l, T - k))

THEOREM = Theorem(
    name="lag_energy",
    title="What vanishes through time: the long-lag share of the gradient",
    systems=(TIME(ANY),),
    statements=(
        Statement(
            LONG_LAGS,
            AtMost(),
            LONG_LAGS_BOUND,
            given=(Fact(Integer(0), "<", norm(W_tied)),),
            attained=("haar", {"sigma_w": Rational(4, 5), "sigma_b": 0, "T": 5, "k": 4, "n": 6}),
        ),
    ),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(2, 5), Rational(6, 5))),
        Parameter(sigma_b, 0, oo, points=(Rational(1, 10), Rational(1, 3)), closed=True),
        Parameter(T, 1, oo, points=(9, 7)),
        Parameter(k, 1, T, points=(4, 3)),
        Parameter(n, 1, oo, points=(8, 13)),
    ),
    assumes=frozenset(),
    proof=(
        Step("ineq", LONG_LAGS.definition, "<=", SHARES, "the triangle inequality", triangle),
        Step("ineq", norm(SHARE), "<=", LETTERS, "‖AB‖ <= ‖A‖‖B‖", submultiplicativity),
        Step("eq", LETTERS, "=", TURNED, "‖Mᵀ‖ = ‖M‖", norm_of_transpose),
        Step("ineq", TURNED, "<=", SLOPED, "‖D_l‖ <= gamma = sup|phi'|", slope_bound),
        Step("ineq", SLOPED, "<=", LARGEST, "the largest of the states", below_largest),
        Step("ineq", LARGEST, "<=", EACH.right, "T - l factors D W", tied_product),
        Step("ineq", SHARES, "<=", Sum(EACH.right, (l, 1, T - k)), "term by term", sum_of_bounds, (EACH,)),
        Step(
            "eq",
            Sum(EACH.right, (l, 1, T - k)),
            "=",
            LONG_LAGS_BOUND.definition,
            "what no step changes comes out",
            factor_out,
        ),
    ),
    references=(BENGIO_1994, PASCANU_2013),
    limits="With s = ‖W‖ and gamma s < 1 the geometric sum is at most (gamma s)^k/(1 - gamma s), whatever T is: with "
    "k = 1 all but the last step's own share is bounded, and with a large k it vanishes. The whole gradient does not "
    "vanish: the share of lag 0 is D_T g h_(T-1)ᵀ, of norm ‖D_T g‖‖h_(T-1)‖, in which no power of W is. So a network "
    "with small weights still learns, from what is recent. The gradient of the loss of step T; those of other steps "
    "obey the same bound, each with its own T.",
    sweep=Sweep(k, (1, 2, 3, 4, 5, 6), ensembles=("gaussian", "haar")),
)
