"""The Lyapunov spectrum of a Gaussian linear network: exact at every width and every depth."""

from sympy import Derivative, I, Integer, Rational, Subs, gamma, log, oo, polygamma

from theory.activations import LINEAR
from theory.assumptions import GAUSSIAN
from theory.definitions import LINEAR_DEPTH
from theory.letters import J, W, weights
from theory.observables import LYAPUNOV_EXPONENT
from theory.proofs.facts import Fact
from theory.proofs.moves import chi_square_moment
from theory.quantities import E, squared_pivot, times
from theory.references import NEWMAN_1986, OSELEDETS_1968
from theory.relations import Mean
from theory.rules import algebra, calculus, constant_factor, gaussian_pivot, hypothesis, log_moments, unfold
from theory.statement import Control, Each, Induction, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import L, k, n, sigma_w, xi
from theory.systems import DEPTH

DEGREES = n - k + 1
EXPONENT = (log(2 * sigma_w**2 / n) + polygamma(0, DEGREES / 2)) / 2
VARIANCE = polygamma(1, DEGREES / 2) / (4 * L)

POWER = I * xi
FACTOR = (2 * sigma_w**2 / n) ** POWER * gamma(DEGREES / 2 + POWER) / gamma(DEGREES / 2)
TRANSFORM = FACTOR**L
SIZE = E(squared_pivot(weights(), k) ** POWER)
PEELED = E(squared_pivot(W(L + 1) * weights(), k) ** POWER)
SCALED = (sigma_w**2 / n) ** POWER * chi_square_moment(DEGREES, POWER) * SIZE
CHARACTERISTIC = Fact(E(squared_pivot(J, k) ** POWER), "=", TRANSFORM)

LOG = log(squared_pivot(J, k))
TOTAL = L * (log(2 * sigma_w**2 / n) + polygamma(0, DEGREES / 2))
DEVIATION = L * polygamma(1, DEGREES / 2)
MEAN_AS_DERIVATIVE = Subs(Derivative(-I * log(TRANSFORM), xi), xi, 0)
VARIANCE_AS_DERIVATIVE = Subs(Derivative(-log(TRANSFORM), (xi, 2)), xi, 0)

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
    ),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5)), default=1),
        Parameter(L, 1, oo, points=(3, 4)),
        Parameter(n, 1, oo, points=(5, 7)),
        Parameter(k, 1, n, points=(2, 6)),
    ),
    assumes=frozenset({GAUSSIAN}),
    proof=(
        Step("eq", CHARACTERISTIC.left, "=", SIZE, "J is the product of the weights", unfold, (LINEAR_DEPTH,)),
        Induction(
            L,
            SIZE,
            "=",
            TRANSFORM,
            base=(Step("eq", SIZE.subs(L, 0), "=", Integer(1), "the columns of the identity", algebra),),
            step=(
                Step("eq", SIZE.subs(L, L + 1), "=", PEELED, "the last factor is W_{L+1}", algebra),
                Step(
                    "eq",
                    PEELED,
                    "=",
                    SCALED,
                    "X = QR: W Q is as W, its column k across the k - 1 before it is normal in n - k + 1 dimensions",
                    gaussian_pivot,
                ),
                Step("integral", SCALED, "=", times(FACTOR, SIZE), "the moment of a chi-square", calculus),
                Step("eq", times(FACTOR, SIZE), "=", times(FACTOR, TRANSFORM), "the claim at L", hypothesis),
                Step("eq", times(FACTOR, TRANSFORM), "=", TRANSFORM.subs(L, L + 1), "exponents add", algebra),
            ),
        ),
        Step("eq", E(LOG), "=", MEAN_AS_DERIVATIVE, "first cumulant", log_moments, (CHARACTERISTIC,)),
        Step("diff", MEAN_AS_DERIVATIVE, "=", TOTAL, "d/dxi of log Γ(m/2 + i xi) is i ψ", calculus),
        Step("eq", E(LOG / (2 * L)), "=", E(LOG) / (2 * L), "per layer, and of a length", constant_factor),
        Step("eq", E(LOG) / (2 * L), "=", EXPONENT, "the mean found", unfold, (Fact(E(LOG), "=", TOTAL),)),
        Step(
            "eq",
            E((LOG - TOTAL) ** 2),
            "=",
            VARIANCE_AS_DERIVATIVE,
            "second cumulant",
            log_moments,
            (CHARACTERISTIC, Fact(E(LOG), "=", TOTAL)),
        ),
        Step("diff", VARIANCE_AS_DERIVATIVE, "=", DEVIATION, "the second derivative is -ψ_1", calculus),
        Step(
            "eq",
            E((LOG / (2 * L) - EXPONENT) ** 2),
            "=",
            E((LOG - TOTAL) ** 2) / (4 * L**2),
            "per layer, and of a length",
            constant_factor,
        ),
        Step(
            "eq",
            E((LOG - TOTAL) ** 2) / (4 * L**2),
            "=",
            VARIANCE,
            "the variance found",
            unfold,
            (Fact(E((LOG - TOTAL) ** 2), "=", DEVIATION),),
        ),
    ),
    references=(NEWMAN_1986, OSELEDETS_1968),
    controls=(Control(GAUSSIAN, ensemble="haar"),),
    limits="Exact at every depth for the columns: r_1 ... r_k is the volume that k directions span. For the singular "
    "values it is a limit: log(σ_k(J))/L tends to the same number as L grows, almost surely (Oseledets), so that the "
    "ratio of the largest to the smallest grows as exp(L (lambda_1 - lambda_n)); lambda_1 - lambda_2 is about 1/(2n). "
    "Where widths differ, layer l has n_l - k + 1 in place of n - k + 1, for k up to the least width.",
    sweep=Sweep(k, (1, 2, 3, 4, 5)),
    each=Each(k, n, "lambda"),
)
