"""Linear networks do not starve the weights of early layers, only their error signals."""

from sympy import Integer, Rational, Symbol, Transpose, oo

from theory.activations import LINEAR
from theory.assumptions import ISOTROPIC
from theory.definitions import (
    FIXED_GRADIENT,
    LINEAR_LAYER,
    LINEAR_SIGNAL,
    NO_BIASES,
    UNIT_DIRECTION,
    UNIT_GRADIENT,
    UNIT_INPUT,
)
from theory.letters import W, delta, h, u, v, weights
from theory.observables import SQUARED_ERROR_SIGNAL, SQUARED_WEIGHT_GRADIENT
from theory.proofs.facts import Fact
from theory.quantities import E, squared_norm, times
from theory.references import RUMELHART_1986, SAXE_2014
from theory.relations import Mean
from theory.rules import algebra, hypothesis, independence, isotropy, isotropy_backward, rank_one, unfold
from theory.statement import Control, Induction, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import L, gain_spread, l, n, sigma_w
from theory.systems import DEPTH

r = Symbol("r", nonnegative=True, integer=True)  # layers above

STATE = Fact(h(l), "=", weights(1, l) * v)
FORWARD = Fact(E(squared_norm(weights(1, l) * v)), "=", sigma_w ** (2 * l))
BACK = Transpose(weights(L - r + 1, L)) * u
BACKWARD = Fact(E(squared_norm(BACK)), "=", sigma_w ** (2 * r))
SQUARE = sigma_w**2
PUSHED = W(l + 1) * weights(1, l) * v
PULLED = Transpose(W(L - r)) * BACK

ABOVE, BELOW = Transpose(weights(l + 1, L)) * u, weights(1, l - 1) * v
GRADIENT = Fact(E(squared_norm(delta(l) * Transpose(h(l - 1)))), "=", sigma_w ** (2 * (L - 1)))
APART = E(squared_norm(ABOVE)) * E(squared_norm(BELOW))
SHARES = times(sigma_w ** (2 * (L - l)), sigma_w ** (2 * (l - 1)))
SIGNAL = E(squared_norm(delta(l)))

THEOREM = Theorem(
    name="weight_gradient_profile",
    title="Linear networks starve no layer of weight gradient",
    systems=(DEPTH(LINEAR),),
    statements=(
        Statement(
            SQUARED_WEIGHT_GRADIENT,
            # ‖delta_l‖² and ‖h_{l-1}‖² are independent: 1 + c a layer above and a layer below, none for W_l itself
            Mean(spread=(1 + gain_spread) ** (L - 1) - 1),
            GRADIENT.right,
            given=(UNIT_INPUT, NO_BIASES, FIXED_GRADIENT),
        ),
        Statement(
            SQUARED_ERROR_SIGNAL,
            Mean(spread=(1 + gain_spread) ** (L - l) - 1),
            sigma_w ** (2 * (L - l)),
            given=(FIXED_GRADIENT,),
        ),
    ),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(L, 1, oo, points=(3, 4)),
        Parameter(n, 1, oo, points=(8, 13)),
        Parameter(l, 1, L, points=(2, 3)),
    ),
    assumes=frozenset({ISOTROPIC}),
    proof=(
        Induction(
            l,
            STATE.left,
            "=",
            STATE.right,
            base=(
                Step("eq", h(0), "=", v, "the input", unfold, (UNIT_INPUT,)),
                Step("eq", v, "=", STATE.right.subs(l, 0), "the empty product", algebra),
            ),
            step=(
                Step(
                    "eq",
                    h(l + 1),
                    "=",
                    W(l + 1) * h(l),
                    "a linear layer without bias",
                    unfold,
                    (LINEAR_LAYER.at({l: l + 1}), NO_BIASES.at({l: l + 1})),
                ),
                Step("eq", W(l + 1) * h(l), "=", PUSHED, "the claim at l", hypothesis),
                Step("eq", PUSHED, "=", weights(1, l + 1) * v, "one factor more", algebra),
            ),
        ),
        Induction(
            l,
            FORWARD.left,
            "=",
            FORWARD.right,
            base=(
                Step("eq", FORWARD.left.subs(l, 0), "=", E(squared_norm(v)), "the empty product", algebra),
                Step("eq", E(squared_norm(v)), "=", Integer(1), "v is a unit vector", unfold, (UNIT_DIRECTION,)),
            ),
            step=(
                Step("eq", FORWARD.left.subs(l, l + 1), "=", E(squared_norm(PUSHED)), "the last factor", algebra),
                Step("eq", E(squared_norm(PUSHED)), "=", SQUARE * FORWARD.left, "E[WᵀW] = sigma_w² I", isotropy),
                Step("eq", SQUARE * FORWARD.left, "=", times(SQUARE, FORWARD.right), "the claim at l", hypothesis),
                Step("eq", times(SQUARE, FORWARD.right), "=", FORWARD.right.subs(l, l + 1), "exponents add", algebra),
            ),
        ),
        Induction(
            r,
            BACKWARD.left,
            "=",
            BACKWARD.right,
            because="induction on the number of layers above",
            base=(
                Step("eq", BACKWARD.left.subs(r, 0), "=", E(squared_norm(u)), "the empty product", algebra),
                Step("eq", E(squared_norm(u)), "=", Integer(1), "u is a unit vector", unfold, (UNIT_GRADIENT,)),
            ),
            step=(
                Step("eq", BACKWARD.left.subs(r, r + 1), "=", E(squared_norm(PULLED)), "the first factor", algebra),
                Step(
                    "eq", E(squared_norm(PULLED)), "=", SQUARE * BACKWARD.left, "E[WWᵀ] = sigma_w² I", isotropy_backward
                ),
                Step("eq", SQUARE * BACKWARD.left, "=", times(SQUARE, BACKWARD.right), "the claim at r", hypothesis),
                Step("eq", times(SQUARE, BACKWARD.right), "=", BACKWARD.right.subs(r, r + 1), "exponents add", algebra),
            ),
        ),
        Step(
            "eq",
            GRADIENT.left,
            "=",
            E(squared_norm(ABOVE * Transpose(BELOW))),
            "delta_l = W_{l+1}ᵀ ... W_Lᵀ u and h_{l-1} = W_{l-1} ... W_1 v",
            unfold,
            (LINEAR_SIGNAL, FIXED_GRADIENT, STATE.at({l: l - 1})),
        ),
        Step(
            "eq",
            E(squared_norm(ABOVE * Transpose(BELOW))),
            "=",
            E(squared_norm(ABOVE) * squared_norm(BELOW)),
            "‖a bᵀ‖_F = ‖a‖‖b‖",
            rank_one,
        ),
        Step(
            "eq",
            E(squared_norm(ABOVE) * squared_norm(BELOW)),
            "=",
            APART,
            "the layers above are independent of those below, and W_l is in neither",
            independence,
        ),
        Step(
            "eq",
            APART,
            "=",
            SHARES,
            "L - l layers above, l - 1 below",
            unfold,
            (BACKWARD.at({r: L - l}), FORWARD.at({l: l - 1})),
        ),
        Step("eq", SHARES, "=", GRADIENT.right, "exponents add, and l leaves", algebra),
        Step(
            "eq",
            SIGNAL,
            "=",
            E(squared_norm(ABOVE)),
            "delta_l = W_{l+1}ᵀ ... W_Lᵀ u",
            unfold,
            (LINEAR_SIGNAL, FIXED_GRADIENT),
        ),
        Step(
            "eq",
            E(squared_norm(ABOVE)),
            "=",
            sigma_w ** (2 * (L - l)),
            "L - l layers above",
            unfold,
            (BACKWARD.at({r: L - l}),),
        ),
    ),
    references=(RUMELHART_1986, SAXE_2014),
    controls=(Control(ISOTROPIC, ensemble="symmetric"),),
    limits="dE/dW_l is delta_l h_{l-1}ᵀ (chain_rule). Of linear networks without biases, with a unit input v and a "
    "unit gradient u = dE/dh_L that is held fixed; that of a loss depends on the weights. What the error signal loses "
    "on its way back, E‖delta_l‖² = sigma_w^(2(L-l)), the input of the layer has not lost yet: only the error signals "
    "of early layers starve, their weights do not. Of means: a typical gradient is smaller (log_gain).",
    sweep=Sweep(l, (1, 2, 3)),
)
