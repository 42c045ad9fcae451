"""Backpropagation, exactly: the gradient is an ordered product, for every depth and activation."""

from sympy import Rational, Symbol, Transpose, oo

from theory.definitions import DEPTH_JACOBIAN, ERROR_SIGNAL
from theory.letters import D, I, J, V, W, delta, g, h, slopes_weights, v
from theory.observables import ERROR_SIGNAL_PRODUCT, FACTOR_PRODUCT, NETWORK_DERIVATIVE, WEIGHT_DERIVATIVE
from theory.proofs.derivatives import partial, rate
from theory.proofs.facts import Fact
from theory.quantities import inner
from theory.references import RUMELHART_1986
from theory.relations import Identity
from theory.rules import algebra, chain_of_derivatives, hypothesis, layer_derivative, unfold
from theory.statement import Induction, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import L, l, n, sigma_b, sigma_w
from theory.systems import ANY, DEPTH

m = Symbol("m", nonnegative=True, integer=True)  # the layer whose activations are the input
CHAIN = slopes_weights(m + 1, L)
CLAIM = Fact(partial(h(L), h(m)), "=", CHAIN)
SEEN = inner(g, slopes_weights() * v)  # the product between a direction and an error signal
RATE = rate(h(L), W(l), V)
BY_WEIGHT = slopes_weights(l + 1, L) * D(l) * V * h(l - 1)

THEOREM = Theorem(
    name="chain_rule",
    title="The chain rule: a gradient is an ordered product",
    systems=(DEPTH(ANY),),
    statements=(
        Statement(NETWORK_DERIVATIVE, Identity(), FACTOR_PRODUCT),
        Statement(WEIGHT_DERIVATIVE, Identity(), ERROR_SIGNAL_PRODUCT),
    ),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(sigma_b, 0, oo, points=(Rational(1, 10), Rational(1, 3)), closed=True),
        Parameter(L, 1, oo, points=(3, 6)),
        Parameter(n, 1, oo, points=(8, 13)),
    ),
    assumes=frozenset(),
    proof=(
        Induction(
            L,
            CLAIM.left,
            "=",
            CHAIN,
            start=m,
            base=(
                Step("diff", partial(h(m), h(m)), "=", I, "a vector by itself", layer_derivative),
                Step("eq", I, "=", slopes_weights(m + 1, m), "the empty product", algebra),
            ),
            step=(
                Step(
                    "eq",
                    partial(h(L + 1), h(m)),
                    "=",
                    partial(h(L + 1), h(L)) * partial(h(L), h(m)),
                    "h_{L+1} depends on h_m through h_L",
                    chain_of_derivatives,
                ),
                Step(
                    "eq",
                    partial(h(L + 1), h(L)) * partial(h(L), h(m)),
                    "=",
                    partial(h(L + 1), h(L)) * CHAIN,
                    "the claim at L",
                    hypothesis,
                ),
                Step(
                    "diff",
                    partial(h(L + 1), h(L)) * CHAIN,
                    "=",
                    D(L + 1) * W(L + 1) * CHAIN,
                    "d phi(Σ_k W_ik h_k + b_i)/dh_j = phi'(z_i) W_ij",
                    layer_derivative,
                ),
                Step("eq", D(L + 1) * W(L + 1) * CHAIN, "=", CHAIN.subs(L, L + 1), "one factor more", algebra),
            ),
        ),
        Step("eq", inner(g, partial(h(L), h(0)) * v), "=", SEEN, "the claim at m = 0", unfold, (CLAIM.at({m: 0}),)),
        Step("eq", inner(g, J * v), "=", SEEN, "J is defined as this product", unfold, (DEPTH_JACOBIAN,)),
        Step(
            "eq",
            inner(g, RATE),
            "=",
            inner(g, partial(h(L), h(l)) * rate(h(l), W(l), V)),
            "W_l acts through h_l",
            chain_of_derivatives,
        ),
        Step(
            "diff",
            inner(g, partial(h(L), h(l)) * rate(h(l), W(l), V)),
            "=",
            inner(g, partial(h(L), h(l)) * D(l) * V * h(l - 1)),
            "d phi(Σ_k (W + eps V)_ik h_k + b_i) = phi'(z_i) Σ_k V_ik h_k",
            layer_derivative,
        ),
        Step(
            "eq",
            inner(g, partial(h(L), h(l)) * D(l) * V * h(l - 1)),
            "=",
            inner(g, BY_WEIGHT),
            "the claim at m = l",
            unfold,
            (CLAIM.at({m: l}),),
        ),
        Step(
            "eq",
            inner(g, BY_WEIGHT),
            "=",
            inner(D(l) * Transpose(slopes_weights(l + 1, L)) * g, V * h(l - 1)),
            "transposes move to the other side",
            algebra,
        ),
        Step(
            "eq",
            inner(delta(l), V * h(l - 1)),
            "=",
            inner(D(l) * Transpose(slopes_weights(l + 1, L)) * g, V * h(l - 1)),
            "delta_l is the error signal",
            unfold,
            (ERROR_SIGNAL,),
        ),
    ),
    references=(RUMELHART_1986,),
    limits="An identity of calculus: it says nothing about size.",
    sweep=Sweep(L, (1, 2, 4, 8, 16, 32)),
)
