"""Linear networks do not starve the weights of early layers, only their error signals."""

from sympy import Integer, Product, Rational, Symbol, Transpose, oo

from theory.activations import LINEAR
from theory.assumptions import ISOTROPIC
from theory.definitions import (
    FIXED_GRADIENT,
    NO_BIASES,
    UNIT_INPUT,
    WIDE_LINEAR_LAYER,
    WIDE_LINEAR_SIGNAL,
    WIDE_UNIT_DIRECTION,
    WIDE_UNIT_GRADIENT,
)
from theory.letters import delta as delta_square
from theory.letters import h as h_square
from theory.observables import SQUARED_ERROR_SIGNAL, SQUARED_WEIGHT_GRADIENT
from theory.proofs.facts import Fact
from theory.quantities import E, squared_norm, times
from theory.rectangular import W, delta, h, u, v, weights
from theory.references import RUMELHART_1986, SAXE_2014
from theory.relations import Mean
from theory.rules import (
    algebra,
    equal_widths,
    hypothesis,
    independence,
    isotropy,
    isotropy_backward,
    rank_one,
    unfold,
)
from theory.statement import Control, Induction, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import L, gain_spread, j, l, n, sigma_w
from theory.systems import DEPTH
from theory.widths import spread, spread_back, units

r = Symbol("r", nonnegative=True, integer=True)  # layers above

STATE = Fact(h(l), "=", weights(1, l) * v)
FORWARD = Fact(E(squared_norm(weights(1, l) * v)), "=", units(l) / units(0) * sigma_w ** (2 * l))
BACK = Transpose(weights(L - r + 1, L)) * u
BACKWARD = Fact(E(squared_norm(BACK)), "=", sigma_w ** (2 * r))
SQUARE, GROWN = sigma_w**2, sigma_w**2 * units(l + 1) / units(l)
PUSHED = W(l + 1) * weights(1, l) * v
PULLED = Transpose(W(L - r)) * BACK

ABOVE, BELOW = Transpose(weights(l + 1, L)) * u, weights(1, l - 1) * v
GRADIENT = Fact(
    E(squared_norm(delta(l) * Transpose(h(l - 1)))), "=", units(l - 1) / units(0) * sigma_w ** (2 * (L - 1))
)
APART = E(squared_norm(ABOVE)) * E(squared_norm(BELOW))
SHARES = times(sigma_w ** (2 * (L - l)), units(l - 1) / units(0) * sigma_w ** (2 * (l - 1)))
SIGNAL = Fact(E(squared_norm(delta(l))), "=", sigma_w ** (2 * (L - l)))
SQUARE_GRADIENT = E(squared_norm(delta_square(l) * Transpose(h_square(l - 1))))

# of the layers below l and above: what each adds to the relative variance, forward and backward
BELOW_SPREAD = Product(1 + spread(j), (j, 1, l - 1))
ABOVE_SPREAD = Product(1 + spread_back(j), (j, l + 1, L))
WIDTHS = ((3, 12, 10, 4), (4, 12, 10, 9, 5))  # curvature_growth reads the same networks
RUN = (UNIT_INPUT, NO_BIASES, FIXED_GRADIENT)

THEOREM = Theorem(
    name="weight_gradient_profile",
    title="Linear networks starve no layer of weight gradient",
    systems=(DEPTH(LINEAR),),
    statements=(
        Statement(
            SQUARED_WEIGHT_GRADIENT,
            # ‖delta_l‖² and ‖h_{l-1}‖² are independent: 1 + c a layer above and a layer below, none for W_l itself
            Mean(spread=(1 + gain_spread) ** (L - 1) - 1),
            sigma_w ** (2 * (L - 1)),
            given=RUN,
        ),
        Statement(
            SQUARED_ERROR_SIGNAL,
            Mean(spread=(1 + gain_spread) ** (L - l) - 1),
            SIGNAL.right,
            given=(FIXED_GRADIENT,),
        ),
        Statement(
            SQUARED_WEIGHT_GRADIENT,
            Mean(spread=BELOW_SPREAD * ABOVE_SPREAD - 1),
            GRADIENT.right,
            given=RUN,
            widths=WIDTHS,
        ),
        Statement(
            SQUARED_ERROR_SIGNAL,
            Mean(spread=ABOVE_SPREAD - 1),
            SIGNAL.right,
            given=(FIXED_GRADIENT,),
            widths=WIDTHS,
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
                    (WIDE_LINEAR_LAYER.at({l: l + 1}), NO_BIASES.at({l: l + 1})),
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
                Step("eq", E(squared_norm(v)), "=", Integer(1), "v is a unit vector", unfold, (WIDE_UNIT_DIRECTION,)),
            ),
            step=(
                Step("eq", FORWARD.left.subs(l, l + 1), "=", E(squared_norm(PUSHED)), "the last factor", algebra),
                Step(
                    "eq",
                    E(squared_norm(PUSHED)),
                    "=",
                    GROWN * FORWARD.left,
                    "E[WᵀW] = sigma_w² (n_{l+1}/n_l) I",
                    isotropy,
                ),
                Step("eq", GROWN * FORWARD.left, "=", times(GROWN, FORWARD.right), "the claim at l", hypothesis),
                Step("eq", times(GROWN, FORWARD.right), "=", FORWARD.right.subs(l, l + 1), "n_l cancels", algebra),
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
                Step("eq", E(squared_norm(u)), "=", Integer(1), "u is a unit vector", unfold, (WIDE_UNIT_GRADIENT,)),
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
            (WIDE_LINEAR_SIGNAL, FIXED_GRADIENT, STATE.at({l: l - 1})),
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
        Step("eq", SHARES, "=", GRADIENT.right, "exponents add, the fan-in stays", algebra),
        Step(
            "eq",
            SIGNAL.left,
            "=",
            E(squared_norm(ABOVE)),
            "delta_l = W_{l+1}ᵀ ... W_Lᵀ u",
            unfold,
            (WIDE_LINEAR_SIGNAL, FIXED_GRADIENT),
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
        Step("eq", SQUARE_GRADIENT, "=", sigma_w ** (2 * (L - 1)), "all widths equal", equal_widths, (GRADIENT,)),
        Step(
            "eq",
            E(squared_norm(delta_square(l))),
            "=",
            SIGNAL.right,
            "all widths equal",
            equal_widths,
            (SIGNAL,),
        ),
    ),
    references=(RUMELHART_1986, SAXE_2014),
    controls=(Control(ISOTROPIC, ensemble="symmetric"),),
    limits="dE/dW_l is delta_l h_{l-1}ᵀ (chain_rule). Of linear networks without biases, with a unit input v and a "
    "unit gradient u = dE/dh_L that is held fixed; that of a loss depends on the weights. What the error signal loses "
    "on its way back, E‖delta_l‖² = sigma_w^(2(L-l)), the input of the layer has not lost yet: only the error signals "
    "of early layers starve, their weights do not; where widths differ the gradient of a layer is proportional to its "
    "fan-in n_(l-1), at one power of sigma_w. Of means: a typical gradient is smaller (log_gain).",
    sweep=Sweep(l, (1, 2, 3)),
)
