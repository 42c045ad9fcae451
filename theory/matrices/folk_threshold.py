"""The folk rule, norm above or below one, overestimates the rate of a linear network by log 2."""

from sympy import Rational, Sum, log, oo

from theory.activations import LINEAR
from theory.assumptions import FOURTH_MOMENT, IID
from theory.definitions import LINEAR_DEPTH
from theory.letters import J, W, v, weights
from theory.observables import NORM_EXCESS, SQUARED_GAIN
from theory.proofs.facts import Fact
from theory.quantities import E, limit_of, norm, squared_norm
from theory.references import BAI_YIN_1988, PASCANU_2013, PYTORCH_LINEAR
from theory.relations import Limit, Mean
from theory.rules import algebra, by, difference_of_limits, norms_of_wide_layers, unfold, wide_gain
from theory.statement import Control, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import L, gain_spread, l, n, sigma_w
from theory.systems import DEPTH

NORMS = Sum(log(norm(W(l))), (l, 1, L)) / L
RATE = log(squared_norm(weights()) / n) / (2 * L)
NORM_LIMIT = Fact(limit_of(NORMS, n), "=", log(2 * sigma_w))
RATE_LIMIT = Fact(limit_of(RATE, n), "=", log(sigma_w))
GAIN = Fact(E(squared_norm(J * v)), "=", sigma_w ** (2 * L))
BOTH = log(2 * sigma_w) - log(sigma_w)

THEOREM = Theorem(
    name="folk_threshold",
    title="The folk rule: the norm overestimates the rate by log 2",
    systems=(DEPTH(LINEAR),),
    statements=(
        Statement(NORM_EXCESS, Limit(n, rate=n ** Rational(-2, 3), spread=n ** Rational(-4, 3) / (2 * L)), log(2)),
        Statement(SQUARED_GAIN, Mean(spread=(1 + gain_spread) ** L - 1), sigma_w ** (2 * L)),
    ),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(L, 1, oo, points=(2, 3)),
        Parameter(n, 1, oo, points=(6, 5)),
    ),
    assumes=frozenset({IID, FOURTH_MOMENT}),
    proof=(
        Step(
            "eq",
            limit_of(NORMS - log(squared_norm(J) / n) / (2 * L), n),
            "=",
            limit_of(NORMS - RATE, n),
            "J is the product of the weights",
            unfold,
            (LINEAR_DEPTH,),
        ),
        Step("cite", NORM_LIMIT.left, "=", NORM_LIMIT.right, "each norm tends to 2 sigma_w", norms_of_wide_layers),
        Step("limit", RATE_LIMIT.left, "=", RATE_LIMIT.right, "each layer multiplies by sigma_w²", wide_gain),
        Step(
            "limit",
            limit_of(NORMS - RATE, n),
            "=",
            BOTH,
            "both limits are finite",
            difference_of_limits,
            (NORM_LIMIT, RATE_LIMIT),
        ),
        Step("eq", BOTH, "=", log(2), "sigma_w cancels", algebra),
        Step("eq", GAIN.left, "=", GAIN.right, "the mean gain", by("mean_square_gain", GAIN)),
    ),
    references=(BAI_YIN_1988, PASCANU_2013, PYTORCH_LINEAR),
    controls=(
        Control(IID, ensemble="haar", resolution=0.1),
        Control(FOURTH_MOMENT, ensemble="rare", resolution=0.05),
    ),
    limits="For 1/2 < sigma_w < 1 every norm tends to 2 sigma_w > 1 while the gradient vanishes, as sigma_w^L: there "
    "the rule is wrong. The default of PyTorch's nn.Linear and nn.RNN, uniform on ±1/sqrt(n_in), has sigma_w = "
    "1/sqrt(3), inside this gap. The rate here is that of all directions together, ‖J‖_F²/n, at a fixed depth as n "
    "grows. The mean is carried by rare networks where L is not small beside n.",
    sweep=Sweep(sigma_w, tuple(Rational(k, 20) for k in (8, 10, 12, 14, 16, 18, 20, 24)), statements=(1,)),
)
