"""The second moments of the spectrum of JJᵀ: trace of the square and square of the trace, at every width."""

from sympy import Add, Expr, Mul, Product, Rational, Transpose, oo

from theory.activations import LINEAR
from theory.assumptions import GAUSSIAN
from theory.definitions import WIDE_LINEAR_DEPTH
from theory.letters import J
from theory.observables import SQUARE_OF_TRACE, TRACE_OF_SQUARE
from theory.proofs.facts import Fact
from theory.quantities import E, squared_norm, times
from theory.rectangular import J as J_wide
from theory.rectangular import W as W_wide
from theory.rectangular import weights as weights_wide
from theory.references import HANIN_NICA_2020, ISSERLIS_1918, JAMES_1961
from theory.relations import Mean
from theory.rules import algebra, equal_widths, gaussian_traces, hypothesis, unfold
from theory.statement import Control, Induction, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import L, l, n, sigma_w
from theory.systems import DEPTH
from theory.widths import equal_widths as at_equal_widths
from theory.widths import units

PAST = weights_wide()
WORD = W_wide(L + 1) * PAST
SQUARE = E(squared_norm(PAST * Transpose(PAST)))
TRACE = E(squared_norm(PAST) ** 2)
SQUARE_PEELED = E(squared_norm(WORD * Transpose(PAST) * Transpose(W_wide(L + 1))))
TRACE_PEELED = E(squared_norm(WORD) ** 2)

# the two combinations that a layer multiplies by a number: zonal polynomials of JJᵀ
EVEN: Expr = 2 * SQUARE + TRACE
ODD: Expr = TRACE - SQUARE
EVEN_PEELED, ODD_PEELED = 2 * SQUARE_PEELED + TRACE_PEELED, TRACE_PEELED - SQUARE_PEELED
GROWTH = sigma_w ** (4 * L) * units(L) ** 2
UP, DOWN = Product(1 + 2 / units(l), (l, 0, L)), Product(1 - 1 / units(l), (l, 0, L))
LAYER = sigma_w**4 * units(L + 1) ** 2 / units(L) ** 2
MORE, LESS = LAYER * (1 + 2 / units(L + 1)), LAYER * (1 - 1 / units(L + 1))

WIDE_SQUARE, WIDE_TRACE = GROWTH * (UP - DOWN) / 3, GROWTH * (UP + 2 * DOWN) / 3
OF_SQUARE, OF_TRACE = at_equal_widths(WIDE_SQUARE), at_equal_widths(WIDE_TRACE)
SQUARE_FACT = Fact(E(squared_norm(J_wide * Transpose(J_wide))), "=", WIDE_SQUARE)
TRACE_FACT = Fact(E(squared_norm(J_wide) ** 2), "=", WIDE_TRACE)
FACTS = (Fact(EVEN, "=", GROWTH * UP), Fact(ODD, "=", GROWTH * DOWN))
SQUARE_SPLIT = Mul(Rational(1, 3), Add(EVEN, Mul(-1, ODD, evaluate=False), evaluate=False), evaluate=False)
TRACE_SPLIT = Mul(Rational(1, 3), Add(EVEN, Mul(2, ODD, evaluate=False), evaluate=False), evaluate=False)

# fourth moments, for the spreads: the same with the five zonal polynomials of degree 4
ROW = Product((1 + 2 / units(l)) * (1 + 4 / units(l)) * (1 + 6 / units(l)), (l, 0, L))
HOOK = Product((1 + 2 / units(l)) * (1 + 4 / units(l)) * (1 - 1 / units(l)), (l, 0, L))
BLOCK = Product((1 + 2 / units(l)) * (1 - 1 / units(l)) * (1 + 1 / units(l)), (l, 0, L))
LEG = Product((1 + 2 / units(l)) * (1 - 1 / units(l)) * (1 - 2 / units(l)), (l, 0, L))
COLUMN = Product((1 - 1 / units(l)) * (1 - 2 / units(l)) * (1 - 3 / units(l)), (l, 0, L))
FOURTH_OF_SQUARE = ROW / 105 - 2 * HOOK / 63 + 7 * BLOCK / 90 - 4 * LEG / 45 + COLUMN / 30
FOURTH_OF_TRACE = ROW / 105 + 4 * HOOK / 21 + 2 * BLOCK / 15 + 8 * LEG / 15 + 2 * COLUMN / 15
SPREAD_OF_SQUARE = 9 * FOURTH_OF_SQUARE / (UP - DOWN) ** 2 - 1
SPREAD_OF_TRACE = 9 * FOURTH_OF_TRACE / (UP + 2 * DOWN) ** 2 - 1
WIDTHS = ((6, 9, 5), (8, 12, 7, 9))

THEOREM = Theorem(
    name="second_spectral_moment",
    title="The second moment of the spectrum",
    systems=(DEPTH(LINEAR),),
    statements=(
        Statement(TRACE_OF_SQUARE, Mean(at_equal_widths(SPREAD_OF_SQUARE)), OF_SQUARE),
        Statement(SQUARE_OF_TRACE, Mean(at_equal_widths(SPREAD_OF_TRACE)), OF_TRACE),
        Statement(TRACE_OF_SQUARE, Mean(SPREAD_OF_SQUARE), WIDE_SQUARE, widths=WIDTHS),
        Statement(SQUARE_OF_TRACE, Mean(SPREAD_OF_TRACE), WIDE_TRACE, widths=WIDTHS),
    ),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5)), default=1),
        Parameter(L, 1, oo, points=(2, 3)),
        Parameter(n, 1, oo, points=(6, 8)),
    ),
    assumes=frozenset({GAUSSIAN}),
    proof=(
        Step("eq", SQUARE_FACT.left, "=", SQUARE, "J is the product of the weights", unfold, (WIDE_LINEAR_DEPTH,)),
        Step("eq", TRACE_FACT.left, "=", TRACE, "J is the product of the weights", unfold, (WIDE_LINEAR_DEPTH,)),
        Induction(
            L,
            EVEN,
            "=",
            GROWTH * UP,
            base=(
                Step("eq", EVEN.subs(L, 0), "=", 2 * units(0) + units(0) ** 2, "tr I = tr I² = n_0", algebra),
                Step("eq", 2 * units(0) + units(0) ** 2, "=", (GROWTH * UP).subs(L, 0), "one factor", algebra),
            ),
            step=(
                Step("eq", EVEN.subs(L, L + 1), "=", EVEN_PEELED, "the last factor is W_{L+1}", algebra),
                Step("eq", EVEN_PEELED, "=", times(MORE, EVEN), "three pairings of four weights each", gaussian_traces),
                Step("eq", times(MORE, EVEN), "=", times(MORE, GROWTH * UP), "the claim at L", hypothesis),
                Step("eq", times(MORE, GROWTH * UP), "=", (GROWTH * UP).subs(L, L + 1), "one factor more", algebra),
            ),
        ),
        Induction(
            L,
            ODD,
            "=",
            GROWTH * DOWN,
            base=(
                Step("eq", ODD.subs(L, 0), "=", units(0) ** 2 - units(0), "tr I = tr I² = n_0", algebra),
                Step("eq", units(0) ** 2 - units(0), "=", (GROWTH * DOWN).subs(L, 0), "one factor", algebra),
            ),
            step=(
                Step("eq", ODD.subs(L, L + 1), "=", ODD_PEELED, "the last factor is W_{L+1}", algebra),
                Step("eq", ODD_PEELED, "=", times(LESS, ODD), "three pairings of four weights each", gaussian_traces),
                Step("eq", times(LESS, ODD), "=", times(LESS, GROWTH * DOWN), "the claim at L", hypothesis),
                Step("eq", times(LESS, GROWTH * DOWN), "=", (GROWTH * DOWN).subs(L, L + 1), "one factor more", algebra),
            ),
        ),
        Step("eq", SQUARE, "=", SQUARE_SPLIT, "by the two combinations", algebra),
        Step("eq", SQUARE_SPLIT, "=", WIDE_SQUARE, "both known", unfold, FACTS),
        Step("eq", TRACE, "=", TRACE_SPLIT, "by the two combinations", algebra),
        Step("eq", TRACE_SPLIT, "=", WIDE_TRACE, "both known", unfold, FACTS),
        Step(
            "eq",
            E(squared_norm(J * Transpose(J))),
            "=",
            OF_SQUARE,
            "all widths equal",
            equal_widths,
            (SQUARE_FACT,),
        ),
        Step("eq", E(squared_norm(J) ** 2), "=", OF_TRACE, "all widths equal", equal_widths, (TRACE_FACT,)),
    ),
    references=(ISSERLIS_1918, JAMES_1961, HANIN_NICA_2020),
    controls=(Control(GAUSSIAN, ensemble="haar"),),
    limits="At equal widths and sigma_w = 1 a layer maps both means by the matrix of rows (1 + 1/n, 1/n) and (2/n, 1), "
    "whose eigenvalues are 1 + 2/n and 1 - 1/n: the second moment of the spectrum explodes as (1 + 2/n)^L, carried by "
    "rare networks, where the mean of tr JJᵀ stays n.",
    sweep=Sweep(L, (1, 2, 3)),
)
