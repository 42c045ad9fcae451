"""In a linear network neighboring gradients balance, whatever the loss."""

from sympy import Rational, Transpose, oo

from theory.activations import LINEAR, TANH
from theory.definitions import LINEAR_ERROR, LINEAR_LAYER
from theory.letters import W, b, delta, h
from theory.observables import GRADIENT_PUSHED, NEXT_GRADIENT_PULLED
from theory.references import DU_2018, SAXE_2014
from theory.relations import Identity
from theory.rules import algebra, unfold
from theory.statement import Control, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import L, l, n, sigma_b, sigma_w
from theory.systems import DEPTH

PULLED = Transpose(W(l + 1)) * delta(l + 1) * Transpose(h(l))

THEOREM = Theorem(
    name="balanced_gradients",
    title="Balanced gradients of linear networks",
    systems=(DEPTH(LINEAR),),
    statements=(Statement(NEXT_GRADIENT_PULLED, Identity(), GRADIENT_PUSHED),),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(sigma_b, 0, oo, points=(Rational(1, 10), Rational(1, 3)), closed=True),
        Parameter(L, 2, oo, points=(3, 6)),
        Parameter(n, 1, oo, points=(8, 13)),
    ),
    assumes=frozenset(),
    proof=(
        Step("eq", delta(l) * Transpose(h(l)), "=", PULLED, "delta_l = W_{l+1}ᵀ delta_{l+1}", unfold, (LINEAR_ERROR,)),
        Step(
            "eq",
            delta(l) * Transpose(h(l)),
            "=",
            delta(l) * Transpose(W(l) * h(l - 1) + b(l)),
            "h_l = W_l h_{l-1} + b_l",
            unfold,
            (LINEAR_LAYER,),
        ),
        Step(
            "eq",
            delta(l) * Transpose(W(l) * h(l - 1) + b(l)),
            "=",
            delta(l) * Transpose(h(l - 1)) * Transpose(W(l)) + delta(l) * Transpose(b(l)),
            "the transpose of a product; dE/dW_l = delta_l h_{l-1}ᵀ and dE/db_l = delta_l",
            algebra,
        ),
    ),
    references=(SAXE_2014, DU_2018),
    controls=(Control(DEPTH(LINEAR), system=DEPTH(TANH)),),
    limits="Linear activations only. Without biases <W_l, dE/dW_l> is then the same in every layer, and gradient flow "
    "conserves W_{l+1}ᵀW_{l+1} - W_l W_lᵀ.",
    sweep=Sweep(L, (2, 4, 8, 16, 32)),
)
