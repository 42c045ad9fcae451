"""The gradient of a recurrent network is the sum of the gradients of the unrolled one."""

from sympy import Integer, Rational, Sum, oo

from theory.letters import D, V, W_tied, g, h, loss, slopes_tied
from theory.observables import BACKPROPAGATED_SUM, TIED_DERIVATIVE, TIED_LOSS_DERIVATIVE, UNROLLED_SUM
from theory.proofs.derivatives import rate
from theory.quantities import inner
from theory.references import WERBOS_1990
from theory.relations import Identity
from theory.rules import algebra, hypothesis, layer_derivative, tied_layer, unfold
from theory.statement import Induction, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import T, l, n, sigma_b, sigma_w, step
from theory.systems import ANY, TIME

LEFT = inner(g, rate(h(T), W_tied, V))
TERM = inner(g, slopes_tied(l + 1) * D(l) * V * h(l - 1))
TOTAL = Sum(TERM, (l, 1, T))
LATER = T + 1
RATE_OF_ALL = Sum(inner(loss(step), rate(h(step), W_tied, V)), (step, 1, T))
SHARE = inner(loss(step), slopes_tied(l + 1, step) * D(l) * V * h(l - 1))  # of the loss of step t, through step l
SHARES = Sum(SHARE, (l, 1, step))
NEXT_RATE = inner(loss(LATER), rate(h(LATER), W_tied, V))
NEXT = D(T + 1) * (W_tied * rate(h(T), W_tied, V) + V * h(T))

UNROLLED = Induction(
    T,
    LEFT,
    "=",
    TOTAL,
    base=(
        Step(
            "diff",
            inner(g, rate(h(0), W_tied, V)),
            "=",
            Integer(0),
            "the input does not depend on W",
            layer_derivative,
        ),
        Step("eq", Integer(0), "=", TOTAL.subs(T, 0), "the empty sum", algebra),
    ),
    step=(
        Step(
            "diff",
            inner(g, rate(h(T + 1), W_tied, V)),
            "=",
            inner(g, NEXT),
            "W acts at step T+1 itself and through h_T",
            tied_layer,
        ),
        Step(
            "eq",
            inner(g, NEXT),
            "=",
            inner(W_tied.T * D(T + 1) * g, rate(h(T), W_tied, V)) + inner(g, D(T + 1) * V * h(T)),
            "transposes move to the other side",
            algebra,
        ),
        Step(
            "eq",
            inner(W_tied.T * D(T + 1) * g, rate(h(T), W_tied, V)) + inner(g, D(T + 1) * V * h(T)),
            "=",
            Sum(TERM.subs(g, W_tied.T * D(T + 1) * g), (l, 1, T)) + inner(g, D(T + 1) * V * h(T)),
            "the claim at T, for Wᵀ D_{T+1} g in place of g",
            hypothesis,
        ),
        Step(
            "eq",
            Sum(TERM.subs(g, W_tied.T * D(T + 1) * g), (l, 1, T)) + inner(g, D(T + 1) * V * h(T)),
            "=",
            TOTAL.subs(T, T + 1),
            "the product to T+1 in every term, and term T+1",
            algebra,
        ),
    ),
)

THEOREM = Theorem(
    name="unrolling",
    title="Unrolling: the recurrent gradient is the tied sum",
    systems=(TIME(ANY),),
    statements=(
        Statement(TIED_DERIVATIVE, Identity(), UNROLLED_SUM),
        Statement(TIED_LOSS_DERIVATIVE, Identity(), BACKPROPAGATED_SUM),
    ),
    parameters=(
        Parameter(sigma_w, 0, oo, points=(Rational(4, 5), Rational(6, 5))),
        Parameter(sigma_b, 0, oo, points=(Rational(1, 10), Rational(1, 3)), closed=True),
        Parameter(T, 1, oo, points=(3, 7)),
        Parameter(n, 1, oo, points=(8, 13)),
    ),
    assumes=frozenset(),
    proof=(
        UNROLLED,
        Induction(
            T,
            RATE_OF_ALL,
            "=",
            Sum(SHARES, (step, 1, T)),
            base=(Step("eq", RATE_OF_ALL.subs(T, 0), "=", Sum(SHARES, (step, 1, 0)), "empty sums", algebra),),
            step=(
                Step("eq", RATE_OF_ALL.subs(T, LATER), "=", RATE_OF_ALL + NEXT_RATE, "the loss of step T+1", algebra),
                Step(
                    "eq",
                    RATE_OF_ALL + NEXT_RATE,
                    "=",
                    Sum(SHARES, (step, 1, T)) + NEXT_RATE,
                    "the claim at T",
                    hypothesis,
                ),
                Step(
                    "eq",
                    Sum(SHARES, (step, 1, T)) + NEXT_RATE,
                    "=",
                    Sum(SHARES, (step, 1, T)) + SHARES.subs(step, LATER),
                    "the first statement for T+1 steps, and g_{T+1} in place of g",
                    unfold,
                    (UNROLLED.fact.at({T: LATER, g: loss(LATER)}),),
                ),
                Step(
                    "eq",
                    Sum(SHARES, (step, 1, T)) + SHARES.subs(step, LATER),
                    "=",
                    Sum(SHARES, (step, 1, LATER)),
                    "term T+1",
                    algebra,
                ),
            ),
        ),
    ),
    references=(WERBOS_1990,),
    limits="The algebra of depth and time is the same; the statistics are not (symmetric_weights).",
    sweep=Sweep(T, (1, 2, 4, 8, 16, 32)),
)
