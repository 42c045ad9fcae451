"""How much the gradient feels a scale of the weights: through time T times as much as a scale of one layer's."""

from sympy import Derivative, Rational, Subs, oo

from theory.activations import LINEAR
from theory.definitions import LINEAR_DEPTH
from theory.letters import J, W, W_tied, weights
from theory.observables import NORM_ALONG_VECTORS, NORM_BY_LAYER_SCALE, NORM_BY_SCALE, NORM_TIMES_STEPS
from theory.quantities import norm
from theory.references import BENGIO_1994, PASCANU_2013
from theory.relations import Identity
from theory.rules import algebra, by_a_scale, homogeneity, unfold
from theory.statement import Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import L, T, a, l, n, sigma_w
from theory.systems import DEPTH, TIME

TIED = NORM_BY_SCALE.definition
TIED_APART = Subs(Derivative(a**T * norm(W_tied**T), a), a, 1)
LAYER = NORM_BY_LAYER_SCALE.definition
PRODUCT = norm(weights(l + 1) * W(l) * weights(1, l - 1))
LAYER_APART = Subs(Derivative(a * PRODUCT, a), a, 1)

THEOREM = Theorem(
    name="weight_elasticity",
    title="The elasticity of the gradient in its weights: T through time, 1 a layer",
    systems=(TIME(LINEAR), DEPTH(LINEAR)),
    statements=(
        Statement(NORM_BY_SCALE, Identity(), NORM_TIMES_STEPS, system=TIME(LINEAR)),
        Statement(NORM_BY_LAYER_SCALE, Identity(), NORM_ALONG_VECTORS, system=DEPTH(LINEAR)),
    ),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(T, 1, oo, points=(5, 6)),
        Parameter(L, 1, oo, points=(3, 7)),
        Parameter(n, 1, oo, points=(8, 13)),
    ),
    assumes=frozenset(),
    proof=(
        Step("eq", TIED, "=", TIED_APART, "(aW)^T = a^T W^T", homogeneity),
        Step("eq", TIED_APART, "=", NORM_TIMES_STEPS.definition, "the derivative of a^T at 1 is T", by_a_scale),
        Step("eq", LAYER, "=", LAYER_APART, "one factor is scaled", homogeneity),
        Step("eq", LAYER_APART, "=", PRODUCT, "the derivative of a is 1", by_a_scale),
        Step("eq", PRODUCT, "=", norm(weights()), "layer l stands between those after and before it", algebra),
        Step("eq", norm(J), "=", norm(weights()), "J is the product of the weights", unfold, (LINEAR_DEPTH,)),
    ),
    value=T,
    references=(BENGIO_1994, PASCANU_2013),
    limits="So d log‖dh_T/dh_0‖/d log sigma_w = T, and 1 for one layer of a deep network; all L layers scaled together "
    "have L, as many as there are factors: what is particular of time is that no step can be scaled alone. Linear "
    "networks; where the slopes of tanh move with the weights it is less. The gradient of a scalar chain w^T is "
    "T w^(T-1), of T independent factors at w it has the norm sqrt(T) w^(T-1).",
    sweep=Sweep(T, (1, 2, 3, 4, 6, 8)),
)
