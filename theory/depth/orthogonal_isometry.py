"""Orthogonal linear networks keep every direction: all singular values of J are sigma_w^L."""

from sympy import Rational, Transpose, oo, sqrt

from theory.activations import LINEAR, TANH
from theory.assumptions import ORTHOGONAL
from theory.definitions import LINEAR_DEPTH, ORTHOGONALITY
from theory.letters import I, J, W, weights
from theory.observables import SINGULAR_VALUES
from theory.proofs.facts import Fact
from theory.quantities import singular
from theory.references import SAXE_2014
from theory.relations import Identity
from theory.rules import algebra, hypothesis, isometry, unfold
from theory.statement import Control, Induction, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import L, l, n, sigma_w
from theory.systems import DEPTH

GRAM = Transpose(weights()) * weights()
CLAIM = Fact(GRAM, "=", sigma_w ** (2 * L) * I)
START = CLAIM.at({L: 0})
PEELED = Transpose(weights()) * Transpose(W(L + 1)) * W(L + 1) * weights()

THEOREM = Theorem(
    name="orthogonal_isometry",
    title="Orthogonal weights: dynamical isometry of linear networks",
    systems=(DEPTH(LINEAR),),
    statements=(Statement(SINGULAR_VALUES, Identity(), sigma_w**L),),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(L, 1, oo, points=(3, 6)),
        Parameter(n, 1, oo, points=(8, 13)),
    ),
    assumes=frozenset({ORTHOGONAL}),
    proof=(
        Induction(
            L,
            GRAM,
            "=",
            CLAIM.right,
            base=(Step("eq", START.left, "=", START.right, "the empty product is the identity", algebra),),
            step=(
                Step("eq", GRAM.subs(L, L + 1), "=", PEELED, "the last factor is W_{L+1}", algebra),
                Step(
                    "eq",
                    PEELED,
                    "=",
                    sigma_w**2 * GRAM,
                    "W_{L+1}ᵀ W_{L+1} = sigma_w² I",
                    unfold,
                    (ORTHOGONALITY.at({l: L + 1}),),
                ),
                Step("eq", sigma_w**2 * GRAM, "=", sigma_w ** (2 * L + 2) * I, "the claim at L", hypothesis),
            ),
        ),
        Step("eq", singular(J), "=", singular(weights()), "J is the product of the weights", unfold, (LINEAR_DEPTH,)),
        Step(
            "eq",
            singular(weights()),
            "=",
            sqrt(sigma_w ** (2 * L)),
            "square roots of the eigenvalues of JᵀJ = sigma_w^{2L} I",
            isometry,
            (CLAIM,),
        ),
    ),
    references=(SAXE_2014,),
    controls=(Control(ORTHOGONAL, ensemble="gaussian"), Control(DEPTH(LINEAR), system=DEPTH(TANH))),
    limits="Linear networks only: slopes below 1 break it. A QR factor without its sign fix is orthogonal but "
    "not Haar.",
    sweep=Sweep(L, (1, 2, 3, 4, 6, 8), ensembles=("haar", "signed_permutation")),
)
