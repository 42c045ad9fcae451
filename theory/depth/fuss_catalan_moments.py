"""The singular values of a wide product fill the Fuss-Catalan law: its moments."""

from sympy import Rational, binomial, oo

from theory.activations import LINEAR
from theory.assumptions import FOURTH_MOMENT, IID
from theory.definitions import LINEAR_DEPTH
from theory.free import coefficient, inverse_s, trace_moment
from theory.letters import J, W, weights
from theory.observables import TRACE_MOMENT
from theory.proofs.facts import Fact
from theory.quantities import limit_of, root, times
from theory.references import ALEXEEV_2010, BANICA_2011, MARCHENKO_PASTUR_1967, MULLER_2002, VOICULESCU_1987
from theory.relations import Limit
from theory.rules import (
    algebra,
    binomial_series,
    free_product,
    hypothesis,
    lagrange,
    limit_of_power,
    s_transform_of_wide_iid,
    unfold,
)
from theory.statement import Control, Induction, Parameter, Statement, Step, Theorem
from theory.symbols import L, k, n, sigma_w, z
from theory.systems import DEPTH

FACTOR = sigma_w**2 * (1 + z)
PRODUCT = Fact(inverse_s(weights(), z), "=", FACTOR**L)
MOMENT = sigma_w ** (2 * L * k) * binomial((L + 1) * k, k) / (L * k + 1)
LIMIT = limit_of(trace_moment(J, k), n)
OF_WEIGHTS = limit_of(trace_moment(weights(), k), n)
PEELED = inverse_s(W(L + 1), z) * inverse_s(weights(), z)
EXTRACTED = coefficient(((1 + z) * inverse_s(weights(), z)) ** k, z, k - 1) / k
SERIES = coefficient(((1 + z) * FACTOR**L) ** k, z, k - 1) / k

THEOREM = Theorem(
    name="fuss_catalan_moments",
    title="Moments of the singular values of a wide product",
    systems=(DEPTH(LINEAR),),
    statements=(
        Statement(
            TRACE_MOMENT.symbol ** (1 / (k * L)),
            Limit(n, rate=1 / n, spread=3 / n**2),
            root(MOMENT, k * L),
        ),
    ),
    parameters=(
        Parameter(L, 1, oo, points=(2, 3)),
        Parameter(k, 1, oo, points=(3, 2)),
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5)), default=1),
        Parameter(n, 1, oo, points=(10, 8)),
    ),
    assumes=frozenset({IID, FOURTH_MOMENT}),
    proof=(
        Induction(
            L,
            PRODUCT.left,
            "=",
            PRODUCT.right,
            start=1,
            base=(
                Step("eq", PRODUCT.left.subs(L, 1), "=", inverse_s(W(1), z), "one factor", algebra),
                Step(
                    "cite",
                    inverse_s(W(1), z),
                    "=",
                    FACTOR,
                    "the limiting law of one matrix, of S-transform 1/(sigma_w² (1 + z))",
                    s_transform_of_wide_iid,
                ),
            ),
            step=(
                Step(
                    "eq",
                    PRODUCT.left.subs(L, L + 1),
                    "=",
                    inverse_s(W(L + 1) * weights(), z),
                    "the last factor is W_{L+1}",
                    algebra,
                ),
                Step(
                    "cite",
                    inverse_s(W(L + 1) * weights(), z),
                    "=",
                    PEELED,
                    "independent wide matrices are asymptotically free: S-transforms multiply",
                    free_product,
                ),
                Step(
                    "cite",
                    PEELED,
                    "=",
                    times(FACTOR, inverse_s(weights(), z)),
                    "the law of one matrix",
                    s_transform_of_wide_iid,
                ),
                Step(
                    "eq",
                    times(FACTOR, inverse_s(weights(), z)),
                    "=",
                    times(FACTOR, FACTOR**L),
                    "the claim at L",
                    hypothesis,
                ),
                Step("eq", times(FACTOR, FACTOR**L), "=", FACTOR ** (L + 1), "exponents add", algebra),
            ),
        ),
        Step("eq", LIMIT, "=", OF_WEIGHTS, "J is the product of the weights", unfold, (LINEAR_DEPTH,)),
        Step("eq", OF_WEIGHTS, "=", EXTRACTED, "Lagrange inversion of z S(z)/(1 + z)", lagrange),
        Step("eq", EXTRACTED, "=", SERIES, "the S-transform of the product", unfold, (PRODUCT,)),
        Step(
            "eq",
            SERIES,
            "=",
            sigma_w ** (2 * L * k) * binomial((L + 1) * k, k - 1) / k,
            "the binomial series",
            binomial_series,
        ),
        Step(
            "eq",
            sigma_w ** (2 * L * k) * binomial((L + 1) * k, k - 1) / k,
            "=",
            MOMENT,
            "C(N, k-1)/k = C(N, k)/(N-k+1) for N = (L+1) k",
            algebra,
        ),
        Step(
            "limit",
            limit_of(trace_moment(J, k) ** (1 / (k * L)), n),
            "=",
            root(MOMENT, k * L),
            "a root is continuous",
            limit_of_power,
            (Fact(LIMIT, "=", MOMENT),),
        ),
    ),
    references=(ALEXEEV_2010, MULLER_2002, BANICA_2011, VOICULESCU_1987, MARCHENKO_PASTUR_1967),
    value=MOMENT,
    controls=(
        Control(IID, ensemble="haar", resolution=0.1),
        Control(FOURTH_MOMENT, ensemble="rare", resolution=0.05),
    ),
    limits="L stays fixed while n grows. The same law holds for the powers of one such matrix. At finite n the mean of "
    "a moment lies above its limit, and its median below at first. Judged is the root of order k L, a squared gain per "
    "layer: 3 % of it is about 3 k L % of the moment itself. Of square layers: other ratios of widths have other laws.",
)
