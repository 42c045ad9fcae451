"""Rewritings behind the rules: each takes an expression and returns what one named axiom makes of it."""

from __future__ import annotations

from collections.abc import Callable

from sympy import (
    Expr,
    Identity,
    Integral,
    KroneckerDelta,
    MatMul,
    MatPow,
    MatrixExpr,
    Mul,
    Pow,
    Rational,
    Sum,
    ZeroMatrix,
    exp,
    oo,
)
from sympy import gamma as gamma_function
from sympy.core.basic import Basic
from sympy.core.relational import GreaterThan

from theory.derivatives import partial, rate
from theory.letters import D, W, W_tied, h
from theory.normal import same
from theory.products import Layer, OrderedProduct
from theory.quantities import E, P, Quantity, departure, norm, radius, smallest, squared_norm
from theory.symbols import gamma, i, n, s, sigma_w, u


def everywhere(expression: Basic, kind: type[Basic], change: Callable[[Basic], Basic | None]) -> Basic:
    """The expression with every node of a kind changed where the change applies."""

    def changed(node: Basic) -> Basic:
        new = change(node)
        return node if new is None else new

    return expression.replace(lambda node: isinstance(node, kind), changed)


def head_and_rest(word: MatrixExpr) -> tuple[MatrixExpr, MatrixExpr] | None:
    """First letter of a written-out matrix word, and the rest."""
    if not isinstance(word, MatMul) or len(word.args) < 2:
        return None
    head, *rest = word.args
    return head, rest[0] if len(rest) == 1 else MatMul(*rest)


def fresh_weight(word: MatrixExpr) -> tuple[MatrixExpr, MatrixExpr] | None:
    """(W_l, rest) where the word starts with a weight matrix that is independent of all that follows."""
    parts = head_and_rest(word)
    if parts is None:
        return None
    head, rest = parts
    if head == W_tied:
        return None if rest.has(W_tied) else parts
    if not (isinstance(head, Layer) and head.name == "W"):
        return None
    return parts if all((head.index - index).is_positive for index in _last_indices(rest)) else None


def _last_indices(word: MatrixExpr) -> list[Expr]:
    """The largest layer index in each letter of a word."""
    products = word.atoms(OrderedProduct)
    bound = {product.index for product in products}
    letters = [letter.index for letter in word.atoms(Layer) if not letter.index.free_symbols & bound]
    return letters + [product.high for product in products]


def _in_expectations(expression: Basic, change: Callable[[Basic], Basic | None]) -> Basic:
    """Squared norms inside expectations changed, and constants taken out of the expectation."""

    def pulled(node: Basic) -> Basic:
        inside = everywhere(node.args[0], squared_norm, change)
        constant, rest = inside.as_independent(Quantity, as_Add=False)
        return constant * E(rest)

    return everywhere(expression, E, pulled)


def isotropy(expression: Basic) -> Basic:
    """E‖W_l X‖² = (n_l/n_{l-1}) sigma_w² E‖X‖² for X independent of W_l."""

    def change(node: Basic) -> Basic | None:
        parts = fresh_weight(node.args[0])
        if parts is None:
            return None
        return parts[0].shape[0] / parts[0].shape[1] * sigma_w**2 * squared_norm(parts[1])

    return _in_expectations(expression, change)


def symmetric_second_moment(expression: Basic) -> Basic:
    """E‖W_l x‖² = Σ_i E(W_i1)² E‖x‖² for GOE: invariance turns x to ‖x‖ e_1, and E W_i1² = (1 + δ_i1) sigma_w²/n."""

    def change(node: Basic) -> Basic | None:
        parts = fresh_weight(node.args[0])
        if parts is None or parts[1].shape[1] != 1:
            return None
        return Sum((1 + KroneckerDelta(i, 1)) * sigma_w**2 / n, (i, 1, n)) * squared_norm(parts[1])

    return _in_expectations(expression, change)


def gaussian_gain(expression: Basic) -> Basic:
    """E‖W_l x‖^{2p} = (sigma_w²/n)^p E[u^p] E‖x‖^{2p}, u ~ chi²_n: W_l x given x is N(0, sigma_w²‖x‖²/n I)."""

    def change(node: Basic) -> Basic | None:
        base, power = node.args[0].as_base_exp()
        parts = fresh_weight(base.args[0]) if isinstance(base, squared_norm) else None
        if parts is None or parts[1].shape[1] != 1:
            return None
        degrees, fan_in = parts[0].shape
        return (sigma_w**2 / fan_in) ** power * chi_square_moment(degrees, power) * E(squared_norm(parts[1]) ** power)

    return everywhere(expression, E, change)


def chi_square_moment(degrees: Expr, power: Expr) -> Integral:
    """E[u^p] of a chi-square variable, as the integral over its density."""
    half = Rational(1, 2) * degrees
    return Integral(u ** (half - 1 + power) * exp(-u / 2) / (2**half * gamma_function(half)), (u, 0, oo))


def markov(expression: Basic) -> Basic:
    """P(X >= a) <= E[X²]/a² for X >= 0, a > 0."""

    def change(node: Basic) -> Basic | None:
        event = node.args[0]
        if not isinstance(event, GreaterThan) or not event.lhs.is_extended_nonnegative or not event.rhs.is_positive:
            return None
        return E(event.lhs**2) / event.rhs**2

    return everywhere(expression, P, change)


def frobenius_bound(expression: Basic) -> Basic:
    """‖M‖² <= ‖M‖_F²."""

    def change(node: Basic) -> Basic | None:
        return squared_norm(node.base.args[0]) if isinstance(node.base, norm) and node.exp == 2 else None

    return everywhere(expression, Pow, change)


def submultiplicativity(expression: Basic) -> Basic:
    """‖AB‖ <= ‖A‖‖B‖, for each written-out word."""

    def change(node: Basic) -> Basic | None:
        word = node.args[0]
        return Mul(*map(norm, word.args)) if isinstance(word, MatMul) else None

    return everywhere(expression, norm, change)


def smallest_product(expression: Basic) -> Basic:
    """σ_min(AB) >= σ_min(A) σ_min(B), B the last letter of the word; σ_min(M) = min over unit u of ‖Mu‖."""

    def change(node: Basic) -> Basic | None:
        word = node.args[0]
        if not isinstance(word, MatMul):
            return None
        return smallest(MatMul(*word.args[:-1])) * smallest(word.args[-1])

    return everywhere(expression, smallest, change)


def slope_bound(expression: Basic) -> Basic:
    """‖D_l‖ <= gamma and ‖D_l X‖_F <= gamma ‖X‖_F, as every slope is at most gamma = sup|phi'|."""

    def of_norm(node: Basic) -> Basic | None:
        return gamma if _is_slope(node.args[0]) else None

    def of_square(node: Basic) -> Basic | None:
        parts = head_and_rest(node.args[0])
        return gamma**2 * squared_norm(parts[1]) if parts and _is_slope(parts[0]) else None

    bounded = everywhere(everywhere(expression, norm, of_norm), squared_norm, of_square)
    return _in_expectations(bounded, lambda node: None)


def _is_slope(letter: Basic) -> bool:
    return isinstance(letter, Layer) and letter.name == "D"


def largest_bound(expression: Basic) -> Basic:
    """‖W_l‖ <= s, the largest of them."""
    return everywhere(expression, norm, lambda node: s if _is_weight(node.args[0]) else None)


def _is_weight(letter: Basic) -> bool:
    return isinstance(letter, Layer) and letter.name == "W"


def smallest_below_norm(expression: Basic) -> Basic:
    """σ_min(M) <= ‖M‖."""
    return everywhere(expression, smallest, lambda node: norm(node.args[0]))


def spectral_mapping(expression: Basic) -> Basic:
    """ρ(W^T) = ρ(W)^T."""
    return everywhere(expression, radius, lambda node: _power(node, lambda w, p: radius(w) ** p))


def radius_below_norm(expression: Basic) -> Basic:
    """ρ(M) <= ‖M‖."""
    return everywhere(expression, radius, lambda node: norm(node.args[0]))


def schur_bound(expression: Basic) -> Basic:
    """‖W^T‖ <= n T^{n-1} (1 + Δ/ρ)^{n-1} ρ^T: W = Q(Λ + N)Qᴴ, N strictly upper, at most n-1 factors N in a word."""

    def bound(w: MatrixExpr, steps: Expr) -> Expr:
        size = w.shape[0]
        return size * steps ** (size - 1) * (1 + departure(w) / radius(w)) ** (size - 1) * radius(w) ** steps

    return everywhere(expression, norm, lambda node: _power(node, bound))


def symmetric_power(expression: Basic) -> Basic:
    """‖W^T‖ = ‖W‖^T for symmetric W, by the spectral theorem."""
    return everywhere(expression, norm, lambda node: _power(node, lambda w, p: norm(w) ** p))


def _power(node: Basic, form: Callable[[MatrixExpr, Expr], Basic]) -> Basic | None:
    word = node.args[0]
    return form(*word.args) if isinstance(word, MatPow) else None


def chain_of_derivatives(expression: Basic) -> Basic:
    """dh_{l+1}/dx = dh_{l+1}/dh_l dh_l/dx; the rate of h_L by W_l is dh_L/dh_l times the rate of h_l."""

    def of_input(node: Basic) -> Basic | None:
        output, source = node.args
        before = h(output.index - 1)
        return None if before == source else partial(output, before) * partial(before, source)

    def of_weight(node: Basic) -> Basic | None:
        output, weight, direction = node.args
        if not isinstance(weight, Layer) or weight.index == output.index:
            return None
        layer = h(weight.index)
        return partial(output, layer) * rate(layer, weight, direction)

    by_weight = everywhere(expression, rate, of_weight)
    return everywhere(expression, partial, of_input) if by_weight == expression else by_weight


def layer_derivative(expression: Basic) -> Basic:
    """dh_l/dh_{l-1} = D_l W_l, dh/dh = I, and the rate of h_l from those of W_l and h_{l-1}; 0 for the input."""
    return everywhere(everywhere(expression, partial, _layer_by_input), rate, _layer_by_weight)


def _layer_by_input(node: Basic) -> Basic | None:
    output, source = node.args
    if output == source:
        return Identity(output.shape[0])
    return D(output.index) * W(output.index) if same(source, h(output.index - 1)) else None


def _layer_by_weight(node: Basic) -> Basic | None:
    output, weight, direction = node.args
    before = h(output.index - 1)
    if output.index == 0:
        return ZeroMatrix(*output.shape)
    if weight == W_tied:
        return D(output.index) * (W_tied * rate(before, W_tied, direction) + direction * before)
    return D(output.index) * direction * before if weight == W(output.index) else None
