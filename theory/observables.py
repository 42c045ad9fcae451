"""What can be measured on one network. ``numerics/measurement.py`` has a reader of the same name for each."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Derivative, E, Expr, Product, Subs, Sum, Symbol, Transpose, log, sqrt
from sympy.core.basic import Basic

from theory.free import LOCATION, share, trace_moment
from theory.letters import D, J, V, W, W_jordan, W_tied, b, delta, g, h, loss, powers_tied, slopes_tied, v, weights
from theory.memory import sensitivity, state
from theory.proofs.derivatives import partial, rate
from theory.quantities import (
    departure,
    inner,
    largest,
    norm,
    radius,
    singular,
    smallest,
    squared_norm,
    squared_pivot,
    sup_over,
)
from theory.resolvents import largest_power, resolvent_norm
from theory.symbols import L, T, a, gamma, k, l, n, phi, s, sigma_w, step, y
from theory.words.sums import MatrixSum


@dataclass(frozen=True)
class Observable:
    """A number (or a column of numbers) read from one network; ``definition`` is where a proof starts.

    ``index``: the parameter, counted from 1, that says which number of the column is meant.
    ``reads``: the parameters that its reader needs beyond those that networks are drawn with.
    """

    name: str
    symbol: Symbol
    definition: Basic
    index: Symbol | None = None
    reads: tuple[Symbol, ...] = ()

    def __repr__(self) -> str:
        return self.name


def _observable(
    name: str,
    definition: Basic,
    symbol: Symbol | None = None,
    index: Symbol | None = None,
    reads: tuple[Symbol, ...] = (),
) -> Observable:
    return Observable(name, symbol or Symbol(name, real=True), definition, index, reads)


SQUARED_GAIN = _observable("squared_gain", squared_norm(J * v))
LOG_GAIN = _observable("log_gain", log(squared_norm(J * v)))
OPERATOR_NORM = _observable("operator_norm", norm(J))
SMALLEST_SINGULAR_VALUE = _observable("smallest_singular_value", smallest(J))
TRACE_OF_SQUARE = _observable("trace_of_square", squared_norm(J * Transpose(J)))
SQUARE_OF_TRACE = _observable("square_of_trace", squared_norm(J) ** 2)
SINGULAR_VALUES = _observable("singular_values", singular(J))
LYAPUNOV_EXPONENT = _observable("lyapunov_exponent", log(squared_pivot(J, k)) / (2 * L), index=k)
LARGEST_WEIGHT_NORM = _observable("largest_weight_norm", largest(norm(W(l)), l, L), s)
TRACE_MOMENT = _observable("trace_moment", trace_moment(J, k), reads=(k,))
SHARE_BELOW = _observable("share_below", share(J, sigma_w ** (2 * L) * LOCATION), reads=(phi,))
PRODUCT_OF_NORMS = _observable("product_of_norms", Product(norm(D(l)) * norm(W(l)), (l, 1, L)))
PRODUCT_OF_SMALLEST = _observable("product_of_smallest", Product(smallest(D(l) * W(l)), (l, 1, L)))

# derivatives, measured by differentiating the network itself (complex steps), against the products
NETWORK_DERIVATIVE = _observable("network_derivative", inner(g, partial(h(L), h(0)) * v))
FACTOR_PRODUCT = _observable("factor_product", inner(g, J * v))
WEIGHT_DERIVATIVE = _observable("weight_derivative", inner(g, rate(h(L), W(l), V)))
ERROR_SIGNAL_PRODUCT = _observable("error_signal_product", inner(delta(l), V * h(l - 1)))
TIED_DERIVATIVE = _observable("tied_derivative", inner(g, rate(h(T), W_tied, V)))
TIED_LOSS_DERIVATIVE = _observable(
    "tied_loss_derivative", Sum(inner(loss(step), rate(h(step), W_tied, V)), (step, 1, T))
)
BACKPROPAGATED_SUM = _observable(
    "backpropagated_sum",
    Sum(Sum(inner(loss(step), slopes_tied(l + 1, step) * D(l) * V * h(l - 1)), (l, 1, step)), (step, 1, T)),
)
UNROLLED_SUM = _observable("unrolled_sum", Sum(inner(g, slopes_tied(l + 1) * D(l) * V * h(l - 1)), (l, 1, T)))

# gradients of neighboring layers, dE/dW_l = delta_l h_{l-1}ᵀ
NEXT_GRADIENT_PULLED = _observable("next_gradient_pulled", Transpose(W(l + 1)) * delta(l + 1) * Transpose(h(l)))
GRADIENT_PUSHED = _observable(
    "gradient_pushed", delta(l) * Transpose(h(l - 1)) * Transpose(W(l)) + delta(l) * Transpose(b(l))
)

# sizes of these gradients; one sample's Gauss-Newton matrix has rank one, and the curvature is its eigenvalue
SQUARED_WEIGHT_GRADIENT = _observable("squared_weight_gradient", squared_norm(delta(l) * Transpose(h(l - 1))), index=l)
SQUARED_ERROR_SIGNAL = _observable("squared_error_signal", squared_norm(delta(l)), index=l)
GAUSS_NEWTON_CURVATURE = _observable(
    "gauss_newton_curvature", Sum(squared_norm(delta(l) * Transpose(h(l - 1))), (l, 1, L))
)
# the folk rule: the mean log norm of the factors, less the rate of the product over all directions
NORM_EXCESS = _observable("norm_excess", Sum(log(norm(W(l))), (l, 1, L)) / L - log(squared_norm(J) / n) / (2 * L))

# a gain and a radius in units of the Frobenius norms, each divided by sqrt(n)
NORMALIZED_GAIN = _observable("normalized_gain", squared_norm(J * v) * Product(n / squared_norm(W(l)), (l, 1, L)))
NORMALIZED_RADIUS = _observable("normalized_radius", radius(W_tied) * sqrt(n) / sqrt(squared_norm(W_tied)))

# a scalar memory
SQUARED_STATE = _observable("squared_state", state(T) ** 2)
SQUARED_SENSITIVITY = _observable("squared_sensitivity", sensitivity(T) ** 2)

# one matrix, and its powers
WEIGHT_NORM = _observable("weight_norm", norm(W_tied))
SPECTRAL_RADIUS = _observable("spectral_radius", radius(W_tied))
LARGEST_OF_POWER = _observable("largest_of_power", norm(W_jordan**T))
SMALLEST_OF_POWER = _observable("smallest_of_power", smallest(W_jordan**T))
LARGEST_POWER = _observable("largest_power", largest_power(W_tied))
KREISS_CONSTANT = _observable("kreiss_constant", sup_over(y * resolvent_norm(W_tied, 1 + y), y))
KREISS_BOUND = _observable("kreiss_bound", E * n * sup_over(y * resolvent_norm(W_tied, 1 + y), y))
ROOT_NORM = _observable("root_norm", norm(W_tied**T) ** (1 / T))

# the gradient of the last loss by the one weight matrix, from lags of k steps and more; and its curvature
SHARE = D(l) * Transpose(slopes_tied(l + 1)) * g * Transpose(h(l - 1))
LONG_LAGS = _observable("long_lags", norm(MatrixSum(SHARE, l, 1, T - k)), reads=(k,))
LONG_LAGS_BOUND = _observable(
    "long_lags_bound",
    gamma * norm(g) * largest(norm(h(l - 1)), l, T - k) * Sum((gamma * norm(W_tied)) ** (T - l), (l, 1, T - k)),
    reads=(k,),
)
STEP_GRADIENT = Transpose(powers_tied(l + 1)) * g * Transpose(powers_tied(1, l - 1) * v)
TIED_CURVATURE = _observable("tied_curvature", squared_norm(MatrixSum(STEP_GRADIENT, l, 1, T)))
SUM_OF_CURVATURES = _observable("sum_of_curvatures", T * Sum(squared_norm(STEP_GRADIENT), (l, 1, T)))

# the weights times a scale a, at a = 1: of the one matrix of a recurrent network, and of one layer alone
NORM_BY_SCALE = _observable("norm_by_scale", Subs(Derivative(norm((a * W_tied) ** T), a), a, 1))
NORM_TIMES_STEPS = _observable("norm_times_steps", T * norm(W_tied**T))
NORM_ALONG_VECTORS = _observable("norm_along_vectors", norm(J))  # read by its singular vectors
NORM_BY_LAYER_SCALE = _observable(
    "norm_by_layer_scale", Subs(Derivative(norm(weights(l + 1) * (a * W(l)) * weights(1, l - 1)), a), a, 1)
)

SCHUR_REMAINDER = _observable(
    "schur_remainder", (n * T ** (n - 1) * (1 + departure(W_tied) / radius(W_tied)) ** (n - 1)) ** (1 / T) - 1
)


def named() -> dict[Symbol, Observable]:
    """Every observable by its symbol.

    >>> named()[s].name
    'largest_weight_norm'
    """
    return {o.symbol: o for o in globals().values() if isinstance(o, Observable)}


def resolve(side: Observable | Expr) -> Basic:
    """The definition of an observable; in an expression, of each observable whose symbol occurs.

    >>> resolve(LOG_GAIN.symbol - 1)
    log(‖J*v‖²) - 1
    """
    if isinstance(side, Observable):
        return side.definition
    return side.xreplace({symbol: observable.definition for symbol, observable in named().items()})
