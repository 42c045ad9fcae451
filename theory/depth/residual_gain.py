"""Mean-square gain of residual layers x + a W x."""

from sympy import Integer, MatMul, Rational, exp, oo, sqrt
from sympy.core.relational import Ge

from theory.assumptions import CENTERED, ISOTROPIC
from theory.definitions import RESIDUAL_LAYERS, UNIT_DIRECTION
from theory.letters import J, W, residuals, v
from theory.observables import SQUARED_GAIN
from theory.proofs.facts import Fact
from theory.quantities import E, P, inner, squared_norm, times
from theory.references import HE_2016, ZHANG_2019
from theory.relations import Mean, Tail
from theory.rules import (
    algebra,
    centered,
    exponential_bound,
    hypothesis,
    isotropy,
    last_factor,
    markov_of_mean,
    residual_square,
    unfold,
)
from theory.statement import Control, Induction, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import L, a, eps, gain_spread, n, sigma_w
from theory.systems import RESIDUAL

PAST = residuals() * v
MOVED = MatMul(W(L + 1), residuals(), v)
GAIN = E(squared_norm(PAST))
PEELED = E(squared_norm(PAST + a * MOVED))
LAYER = 1 + a**2 * sigma_w**2
SQUARES = GAIN + a**2 * E(squared_norm(MOVED))
MEAN = Fact(E(squared_norm(J * v)), "=", LAYER**L)
BOUND = exp(L * a**2 * sigma_w**2)

# (1 + 2a xᵀWx + a²‖Wx‖²)² for unit x, with |xᵀWx| <= ‖Wx‖, E xᵀWx = 0 and E‖Wx‖³ <= (E‖Wx‖² E‖Wx‖⁴)^(1/2)
BRANCH = a * sigma_w
FOURTH = 1 + 6 * BRANCH**2 + 4 * BRANCH**3 * sqrt(1 + gain_spread) + BRANCH**4 * (1 + gain_spread)

THEOREM = Theorem(
    name="residual_gain",
    title="Mean-square gain of residual layers",
    systems=(RESIDUAL,),
    statements=(
        Statement(SQUARED_GAIN, Mean(spread=(FOURTH / LAYER**2) ** L - 1), LAYER**L),
        Statement(SQUARED_GAIN, Tail(level=eps), BOUND / eps, slack=True),
    ),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(a, 0, oo, points=(Rational(1, 4), Rational(1, 5))),
        Parameter(L, 1, oo, points=(2, 3)),
        Parameter(n, 1, oo, points=(3, 6)),
        Parameter(eps, 0, oo, points=(Rational(3, 2), Rational(8, 5))),
    ),
    assumes=frozenset({ISOTROPIC, CENTERED}),
    proof=(
        Step("eq", MEAN.left, "=", GAIN, "J is the product of the layers", unfold, (RESIDUAL_LAYERS,)),
        Induction(
            L,
            GAIN,
            "=",
            LAYER**L,
            base=(
                Step("eq", GAIN.subs(L, 0), "=", E(squared_norm(v)), "the empty product", algebra),
                Step("eq", E(squared_norm(v)), "=", Integer(1), "v is a unit vector", unfold, (UNIT_DIRECTION,)),
            ),
            step=(
                Step("eq", GAIN.subs(L, L + 1), "=", PEELED, "the last layer is I + a W_{L+1}", last_factor),
                Step(
                    "eq",
                    PEELED,
                    "=",
                    SQUARES + 2 * a * E(inner(PAST, MOVED)),
                    "the square of x + a W x",
                    residual_square,
                ),
                Step("eq", SQUARES + 2 * a * E(inner(PAST, MOVED)), "=", SQUARES, "E xᵀWx = 0", centered),
                Step(
                    "eq",
                    SQUARES,
                    "=",
                    GAIN + a**2 * sigma_w**2 * GAIN,
                    "xᵀ E[WᵀW] x = sigma_w² ‖x‖²",
                    isotropy,
                ),
                Step("eq", GAIN + a**2 * sigma_w**2 * GAIN, "=", times(LAYER, GAIN), "one factor", algebra),
                Step("eq", times(LAYER, GAIN), "=", times(LAYER, LAYER**L), "the claim at L", hypothesis),
                Step("eq", times(LAYER, LAYER**L), "=", LAYER ** (L + 1), "exponents add", algebra),
            ),
        ),
        Step(
            "ineq",
            P(Ge(squared_norm(J * v), eps)),
            "<=",
            MEAN.left / eps,
            "Markov's inequality",
            markov_of_mean,
        ),
        Step("eq", MEAN.left / eps, "=", LAYER**L / eps, "the mean found", unfold, (MEAN,)),
        Step("ineq", LAYER**L / eps, "<=", BOUND / eps, "1 + y <= e^y", exponential_bound),
    ),
    references=(HE_2016, ZHANG_2019),
    controls=(
        Control(ISOTROPIC, ensemble="symmetric", resolution=0.02),
        Control(CENTERED, ensemble="permutation"),
    ),
    limits="With a = c/sqrt(L) the mean stays below exp(c² sigma_w²) at every depth, and tends to it; at a fixed a it "
    "grows without bound, however small sigma_w is. A mean: the typical gain lies below it. Layers are "
    "square, as x and W x are added.",
    sweep=Sweep(L, (1, 2, 3, 4), statements=(0,)),
)
