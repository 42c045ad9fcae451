"""The Lyapunov spectrum of a Gaussian linear network: exact at every width and every depth."""

from sympy import Derivative, I, Integer, Product, Rational, Subs, Sum, gamma, log, oo, polygamma

from theory.activations import LINEAR
from theory.assumptions import GAUSSIAN
from theory.definitions import WIDE_LINEAR_DEPTH
from theory.letters import J
from theory.observables import LYAPUNOV_EXPONENT
from theory.proofs.facts import Fact
from theory.proofs.moves import chi_square_moment
from theory.quantities import E, squared_pivot, times
from theory.rectangular import J as J_wide
from theory.rectangular import W as W_wide
from theory.rectangular import weights as weights_wide
from theory.references import NEWMAN_1986, OSELEDETS_1968
from theory.relations import Mean
from theory.rules import (
    algebra,
    calculus,
    constant_factor,
    equal_widths,
    gaussian_pivot,
    hypothesis,
    log_moments,
    log_of_product,
    unfold,
)
from theory.statement import Control, Each, Induction, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import L, k, l, n, sigma_w, xi
from theory.systems import DEPTH
from theory.widths import units

DEGREES = n - k + 1
EXPONENT = (log(2 * sigma_w**2 / n) + polygamma(0, DEGREES / 2)) / 2
VARIANCE = polygamma(1, DEGREES / 2) / (4 * L)
DEVIATION = L * polygamma(1, DEGREES / 2)

POWER = I * xi
FREE = units(l) - k + 1
FACTOR = (2 * sigma_w**2 / units(l - 1)) ** POWER * gamma(FREE / 2 + POWER) / gamma(FREE / 2)
LAST = FACTOR.subs(l, L + 1)
TRANSFORM = Product(FACTOR, (l, 1, L))
SIZE = E(squared_pivot(weights_wide(), k) ** POWER)
PEELED = E(squared_pivot(W_wide(L + 1) * weights_wide(), k) ** POWER)
SCALED = (sigma_w**2 / units(L)) ** POWER * chi_square_moment(FREE.subs(l, L + 1), POWER) * SIZE
CHARACTERISTIC = Fact(E(squared_pivot(J_wide, k) ** POWER), "=", TRANSFORM)

WIDE_LOG = log(squared_pivot(J_wide, k))
TOTAL = Sum(log(2 * sigma_w**2 / units(l - 1)) + polygamma(0, FREE / 2), (l, 1, L))
WIDE_DEVIATION = Sum(polygamma(1, FREE / 2), (l, 1, L))
WIDE_EXPONENT = TOTAL / (2 * L)
WIDE_VARIANCE = WIDE_DEVIATION / (4 * L**2)
MEAN_AS_DERIVATIVE = Subs(Derivative(-I * log(TRANSFORM), xi), xi, 0)
MEAN_BY_LAYERS = Sum(Subs(Derivative(-I * log(FACTOR), xi), xi, 0), (l, 1, L))
VARIANCE_AS_DERIVATIVE = Subs(Derivative(-log(TRANSFORM), (xi, 2)), xi, 0)
VARIANCE_BY_LAYERS = Sum(Subs(Derivative(-log(FACTOR), (xi, 2)), xi, 0), (l, 1, L))

MEAN = Fact(E(WIDE_LOG / (2 * L)), "=", WIDE_EXPONENT)
SQUARE = Fact(E((WIDE_LOG / (2 * L) - WIDE_EXPONENT) ** 2), "=", WIDE_VARIANCE)
LOG = log(squared_pivot(J, k))
WIDTHS = ((4, 3, 5), (8, 6, 7))

THEOREM = Theorem(
    name="lyapunov_spectrum",
    title="The Lyapunov spectrum at every width",
    systems=(DEPTH(LINEAR),),
    statements=(
        Statement(LYAPUNOV_EXPONENT, Mean(spread=VARIANCE, scale=1), EXPONENT),
        Statement(
            (LYAPUNOV_EXPONENT.symbol - EXPONENT) ** 2,
            Mean(spread=2 + L * polygamma(3, DEGREES / 2) / DEVIATION**2),
            VARIANCE,
        ),
        Statement(LYAPUNOV_EXPONENT, Mean(spread=WIDE_VARIANCE, scale=1), WIDE_EXPONENT, widths=WIDTHS),
        Statement(
            (LYAPUNOV_EXPONENT.symbol - WIDE_EXPONENT) ** 2,
            Mean(spread=2 + Sum(polygamma(3, FREE / 2), (l, 1, L)) / WIDE_DEVIATION**2),
            WIDE_VARIANCE,
            widths=WIDTHS,
        ),
    ),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5)), default=1),
        Parameter(L, 1, oo, points=(3, 4)),
        Parameter(n, 1, oo, points=(5, 7)),
        Parameter(k, 1, n, points=(2, 6)),
    ),
    assumes=frozenset({GAUSSIAN}),
    proof=(
        Step("eq", CHARACTERISTIC.left, "=", SIZE, "J is the product of the weights", unfold, (WIDE_LINEAR_DEPTH,)),
        Induction(
            L,
            SIZE,
            "=",
            TRANSFORM,
            base=(
                Step("eq", SIZE.subs(L, 0), "=", Integer(1), "the columns of the identity", algebra),
                Step("eq", Integer(1), "=", TRANSFORM.subs(L, 0), "the product of no factors", algebra),
            ),
            step=(
                Step("eq", SIZE.subs(L, L + 1), "=", PEELED, "the last factor is W_{L+1}", algebra),
                Step(
                    "eq",
                    PEELED,
                    "=",
                    SCALED,
                    "X = QR: W Q is as k columns of W, the last of them across the others normal in n_(L+1) - k + 1 "
                    "dimensions",
                    gaussian_pivot,
                ),
                Step("integral", SCALED, "=", times(LAST, SIZE), "the moment of a chi-square", calculus),
                Step("eq", times(LAST, SIZE), "=", times(LAST, TRANSFORM), "the claim at L", hypothesis),
                Step("eq", times(LAST, TRANSFORM), "=", TRANSFORM.subs(L, L + 1), "one more factor", algebra),
            ),
        ),
        Step("eq", E(WIDE_LOG), "=", MEAN_AS_DERIVATIVE, "first cumulant", log_moments, (CHARACTERISTIC,)),
        Step("diff", MEAN_AS_DERIVATIVE, "=", MEAN_BY_LAYERS, "the log of a product", log_of_product),
        Step("diff", MEAN_BY_LAYERS, "=", TOTAL, "d/dxi of log Γ(m/2 + i xi) is i ψ", calculus),
        Step("eq", MEAN.left, "=", E(WIDE_LOG) / (2 * L), "per layer, and of a length", constant_factor),
        Step("eq", E(WIDE_LOG) / (2 * L), "=", WIDE_EXPONENT, "the mean", unfold, (Fact(E(WIDE_LOG), "=", TOTAL),)),
        Step(
            "eq",
            E((WIDE_LOG - TOTAL) ** 2),
            "=",
            VARIANCE_AS_DERIVATIVE,
            "second cumulant",
            log_moments,
            (CHARACTERISTIC, Fact(E(WIDE_LOG), "=", TOTAL)),
        ),
        Step("diff", VARIANCE_AS_DERIVATIVE, "=", VARIANCE_BY_LAYERS, "the log of a product", log_of_product),
        Step("diff", VARIANCE_BY_LAYERS, "=", WIDE_DEVIATION, "the second derivative is -ψ_1", calculus),
        Step(
            "eq",
            SQUARE.left,
            "=",
            E((WIDE_LOG - TOTAL) ** 2) / (4 * L**2),
            "per layer, and of a length",
            constant_factor,
        ),
        Step(
            "eq",
            E((WIDE_LOG - TOTAL) ** 2) / (4 * L**2),
            "=",
            WIDE_VARIANCE,
            "the variance found",
            unfold,
            (Fact(E((WIDE_LOG - TOTAL) ** 2), "=", WIDE_DEVIATION),),
        ),
        Step("eq", E(LOG / (2 * L)), "=", EXPONENT, "all widths equal", equal_widths, (MEAN,)),
        Step("eq", E((LOG / (2 * L) - EXPONENT) ** 2), "=", VARIANCE, "all widths equal", equal_widths, (SQUARE,)),
    ),
    references=(NEWMAN_1986, OSELEDETS_1968),
    controls=(Control(GAUSSIAN, ensemble="haar"),),
    limits="Exact at every depth for the columns: r_1 ... r_k is the volume that k directions span. For the singular "
    "values it is a limit: log(σ_k(J))/L tends to the same number as L grows, almost surely (Oseledets), so that the "
    "ratio of the largest to the smallest grows as exp(L (lambda_1 - lambda_n)); lambda_1 - lambda_2 is about 1/(2n). "
    "Where widths differ k goes up to the least of them, n_0 included: the rank of J.",
    sweep=Sweep(k, (1, 2, 3, 4, 5)),
    each=Each(k, n, "lambda"),
)
