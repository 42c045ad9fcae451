"""Symmetric weights vanish in depth and explode in time at the same sigma_w."""

from sympy import Integer, KroneckerDelta, Rational, Sum, oo

from theory.activations import LINEAR
from theory.assumptions import GOE
from theory.definitions import LINEAR_DEPTH, ONE_MATRIX, UNIT_DIRECTION
from theory.letters import J, W, W_tied, v, weights
from theory.observables import OPERATOR_NORM, ROOT_NORM, SQUARED_GAIN, WEIGHT_NORM
from theory.quantities import E, limit_of, norm, root, squared_norm, times
from theory.references import BAI_YIN_WIGNER_1988, TRACY_WIDOM_1996
from theory.relations import Identity, Limit, Mean
from theory.rules import (
    algebra,
    calculus,
    hypothesis,
    norm_of_wide_symmetric,
    symmetric_power,
    symmetric_second_moment,
    unfold,
)
from theory.statement import Control, Induction, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import L, T, gain_spread, i, n, sigma_w
from theory.systems import DEPTH, MATRIX, TIME

GAIN = E(squared_norm(weights() * v))
PEELED = E(squared_norm(W(L + 1) * weights() * v))
RATE = sigma_w**2 * (1 + 1 / n)
COLUMN = Sum((1 + KroneckerDelta(i, 1)) * sigma_w**2 / n, (i, 1, n))
ROOT = norm(W_tied**T) ** (1 / T)

THEOREM = Theorem(
    name="symmetric_weights",
    title="Symmetric weights: vanish in depth, explode in time",
    systems=(DEPTH(LINEAR), TIME(LINEAR), MATRIX),
    statements=(
        Statement(SQUARED_GAIN, Mean(spread=(1 + gain_spread) ** L - 1), RATE**L, system=DEPTH(LINEAR)),
        Statement(ROOT_NORM, Identity(), WEIGHT_NORM, system=TIME(LINEAR)),
        Statement(
            OPERATOR_NORM,
            Limit(n, rate=n ** Rational(-2, 3), spread=Rational(1, 3) * n ** Rational(-4, 3)),
            2 * sigma_w,
            system=MATRIX,
        ),
    ),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(L, 1, oo, points=(3, 4)),
        Parameter(T, 1, oo, points=(50, 70)),
        Parameter(n, 1, oo, points=(6, 7)),
    ),
    assumes=frozenset({GOE}),
    proof=(
        Step("eq", E(squared_norm(J * v)), "=", GAIN, "J is the product of the weights", unfold, (LINEAR_DEPTH,)),
        Induction(
            L,
            GAIN,
            "=",
            RATE**L,
            base=(
                Step("eq", GAIN.subs(L, 0), "=", E(squared_norm(v)), "the empty product", algebra),
                Step("eq", E(squared_norm(v)), "=", Integer(1), "v is a unit vector", unfold, (UNIT_DIRECTION,)),
            ),
            step=(
                Step("eq", GAIN.subs(L, L + 1), "=", PEELED, "the last factor is W_{L+1}", algebra),
                Step(
                    "eq",
                    PEELED,
                    "=",
                    COLUMN * GAIN,
                    "turn x to ‖x‖ e_1: the second moments of the first column, 2 sigma_w²/n on the diagonal",
                    symmetric_second_moment,
                ),
                Step("eq", COLUMN * GAIN, "=", RATE * GAIN, "n + 1 equal terms", calculus),
                Step("eq", RATE * GAIN, "=", times(RATE, RATE**L), "the claim at L", hypothesis),
                Step("eq", times(RATE, RATE**L), "=", RATE ** (L + 1), "exponents add", algebra),
            ),
        ),
        Step(
            "eq",
            ROOT,
            "=",
            root(norm(W_tied) ** T, T),
            "symmetric W: the norm of a power is the power of the norm",
            symmetric_power,
        ),
        Step("eq", root(norm(W_tied) ** T, T), "=", norm(W_tied), "the T-th root of a T-th power", algebra),
        Step("eq", limit_of(norm(J), n), "=", limit_of(norm(W_tied), n), "one matrix", unfold, (ONE_MATRIX,)),
        Step(
            "cite",
            limit_of(norm(W_tied), n),
            "=",
            2 * sigma_w,
            "the largest eigenvalue of a Wigner matrix converges almost surely to 2 sigma_w",
            norm_of_wide_symmetric,
        ),
    ),
    references=(BAI_YIN_WIGNER_1988, TRACY_WIDOM_1996),
    controls=(Control(GOE, ensemble="gaussian"),),
    limits="For 1/2 < sigma_w < 1 and large n the same matrices vanish in depth (mean square sigma_w^2 a layer) and "
    "explode in time (norm 2 sigma_w a step).",
    sweep=Sweep(L, (1, 2, 3, 4), ensembles=("symmetric",)),
)
