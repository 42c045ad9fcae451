"""Orthogonal linear networks keep every direction: all singular values of J are sigma_w^L."""

from sympy import Identity as Eye
from sympy import Rational, Transpose, oo, sqrt

from theory.activations import LINEAR, TANH
from theory.assumptions import ORTHOGONAL
from theory.definitions import COLUMNS, FALLING, LINEAR_DEPTH, ORTHOGONALITY, RISING, ROWS, WIDE_LINEAR_DEPTH
from theory.letters import I, J, W, weights
from theory.observables import SINGULAR_VALUES
from theory.proofs.facts import Fact
from theory.quantities import singular
from theory.rectangular import J as J_wide
from theory.rectangular import W as W_wide
from theory.rectangular import weights as weights_wide
from theory.references import SAXE_2014
from theory.relations import Identity
from theory.rules import algebra, hypothesis, isometry, unfold
from theory.statement import Control, Induction, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import L, l, n, sigma_w
from theory.systems import DEPTH
from theory.widths import units

GRAM = Transpose(weights()) * weights()
CLAIM = Fact(GRAM, "=", sigma_w ** (2 * L) * I)
START = CLAIM.at({L: 0})
PEELED = Transpose(weights()) * Transpose(W(L + 1)) * W(L + 1) * weights()

RISEN = Transpose(weights_wide()) * weights_wide()
GROWTH = units(L) / units(0) * sigma_w ** (2 * L)
RISEN_CLAIM = Fact(RISEN, "=", GROWTH * Eye(units(0)))
RISEN_PEELED = Transpose(weights_wide()) * Transpose(W_wide(L + 1)) * W_wide(L + 1) * weights_wide()
RISE = units(L + 1) / units(L) * sigma_w**2

FALLEN = weights_wide() * Transpose(weights_wide())
FALLEN_CLAIM = Fact(FALLEN, "=", sigma_w ** (2 * L) * Eye(units(L)))
FALLEN_PEELED = W_wide(L + 1) * weights_wide() * Transpose(weights_wide()) * Transpose(W_wide(L + 1))
FALL = sigma_w ** (2 * L) * W_wide(L + 1) * Transpose(W_wide(L + 1))
OTHERWISE = "other widths have no single value"

THEOREM = Theorem(
    name="orthogonal_isometry",
    title="Orthogonal weights: dynamical isometry of linear networks",
    systems=(DEPTH(LINEAR),),
    statements=(
        Statement(SINGULAR_VALUES, Identity(), sigma_w**L),
        Statement(
            SINGULAR_VALUES,
            Identity(),
            sqrt(GROWTH),
            given=(RISING,),
            widths=((3, 5, 7), (2, 4, 6, 9)),
            otherwise=OTHERWISE,
        ),
        Statement(
            SINGULAR_VALUES,
            Identity(),
            sigma_w**L,
            given=(FALLING,),
            widths=((7, 5, 3), (9, 6, 4, 2)),
            otherwise=OTHERWISE,
        ),
    ),
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
        Induction(
            L,
            RISEN,
            "=",
            RISEN_CLAIM.right,
            base=(
                Step(
                    "eq",
                    RISEN_CLAIM.left.subs(L, 0),
                    "=",
                    RISEN_CLAIM.right.subs(L, 0),
                    "the empty product is the identity",
                    algebra,
                ),
            ),
            step=(
                Step("eq", RISEN.subs(L, L + 1), "=", RISEN_PEELED, "the last factor is W_{L+1}", algebra),
                Step(
                    "eq",
                    RISEN_PEELED,
                    "=",
                    RISE * RISEN,
                    "W_{L+1} has orthogonal columns, as widths never fall",
                    unfold,
                    (COLUMNS.at({l: L + 1}),),
                ),
                Step("eq", RISE * RISEN, "=", RISEN_CLAIM.right.subs(L, L + 1), "the claim at L", hypothesis),
            ),
        ),
        Induction(
            L,
            FALLEN,
            "=",
            FALLEN_CLAIM.right,
            base=(
                Step(
                    "eq",
                    FALLEN_CLAIM.left.subs(L, 0),
                    "=",
                    FALLEN_CLAIM.right.subs(L, 0),
                    "the empty product is the identity",
                    algebra,
                ),
            ),
            step=(
                Step("eq", FALLEN.subs(L, L + 1), "=", FALLEN_PEELED, "the last factor is W_{L+1}", algebra),
                Step("eq", FALLEN_PEELED, "=", FALL, "the claim at L", hypothesis),
                Step(
                    "eq",
                    FALL,
                    "=",
                    FALLEN_CLAIM.right.subs(L, L + 1),
                    "W_{L+1} has orthogonal rows, as widths never rise",
                    unfold,
                    (ROWS.at({l: L + 1}),),
                ),
            ),
        ),
        Step("eq", singular(J_wide), "=", singular(weights_wide()), "at any widths", unfold, (WIDE_LINEAR_DEPTH,)),
        Step("eq", singular(weights_wide()), "=", sqrt(GROWTH), "of JᵀJ, n_0 of them", isometry, (RISEN_CLAIM,)),
        Step("eq", singular(weights_wide()), "=", sigma_w**L, "of JJᵀ, n_L of them", isometry, (FALLEN_CLAIM,)),
    ),
    references=(SAXE_2014,),
    controls=(Control(ORTHOGONAL, ensemble="gaussian"), Control(DEPTH(LINEAR), system=DEPTH(TANH))),
    limits="Linear networks only: slopes below 1 break it. A QR factor without its sign fix is orthogonal but "
    "not Haar. Where widths differ there is one value if they never fall, sigma_w^L sqrt(n_L/n_0), and if they never "
    "rise, sigma_w^L; after a fall and then a rise it is one for those that are not 0. A rise that is followed by a "
    "fall turns the space that is cut off, and the singular values spread.",
    sweep=Sweep(L, (1, 2, 3, 4, 6, 8), ensembles=("haar", "signed_permutation")),
)
