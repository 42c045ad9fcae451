"""A stable network that is highly sensitive to its weight: the derivative grows as the square of the memory."""

from sympy import Integer, Rational, oo

from theory.definitions import FIRST_SENSITIVITY, FIRST_STATE, NEXT_SENSITIVITY, NEXT_STATE
from theory.memory import noise, sensitivity, state
from theory.observables import SQUARED_SENSITIVITY, SQUARED_STATE
from theory.proofs.facts import Fact
from theory.quantities import E, times
from theory.references import ZUCCHET_2024
from theory.relations import Mean
from theory.rules import algebra, common_denominator, hypothesis, moments_apart, unfold, white_noise
from theory.statement import Induction, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import T, memory, step
from theory.systems import MEMORY

KEPT = memory**2
STABLE = Fact(Integer(0), "<", 1 - KEPT)
NEXT = {step: T + 1}
NORMAL = Mean(spread=Integer(2))  # h_T and its derivative are normal of mean 0: E X⁴ = 3 (E X²)²

SQUARE = (1 - KEPT**T) / (1 - KEPT)
CROSSED = memory * (1 - T * KEPT ** (T - 1) + (T - 1) * KEPT**T) / (1 - KEPT) ** 2
FOREVER = (1 + KEPT) / (1 - KEPT) ** 3
UNTIL_NOW = (T**2 - (2 * T**2 - 2 * T - 1) * KEPT + (T - 1) ** 2 * KEPT**2) * KEPT ** (T - 1) / (1 - KEPT) ** 3
FINITE = FOREVER - UNTIL_NOW
OF_STATE = E(state(T) ** 2)
OF_BOTH = E(state(T) * sensitivity(T))
OF_SENSITIVITY = E(sensitivity(T) ** 2)

LATER = memory * state(T) + noise(T + 1)
MOVED = memory * sensitivity(T) + state(T)
FIRST = memory * state(0) + noise(1)
FIRST_MOVED = memory * sensitivity(0) + state(0)

MEAN_SQUARE = Induction(
    T,
    OF_STATE,
    "=",
    SQUARE,
    start=1,
    base=(
        Step("eq", OF_STATE.subs(T, 1), "=", E(FIRST**2), "the first step", unfold, (NEXT_STATE.at({step: 1}),)),
        Step("eq", E(FIRST**2), "=", E(noise(1) ** 2), "from h_0 = 0", unfold, (FIRST_STATE,)),
        Step("eq", E(noise(1) ** 2), "=", Integer(1), "unit noise", white_noise),
    ),
    step=(
        Step("eq", OF_STATE.subs(T, T + 1), "=", E(LATER**2), "the next step", unfold, (NEXT_STATE.at(NEXT),)),
        Step("eq", E(LATER**2), "=", KEPT * OF_STATE + 1, "x_{T+1} is new", white_noise),
        Step("eq", KEPT * OF_STATE + 1, "=", times(KEPT, SQUARE) + 1, "the claim at T", hypothesis),
        Step("eq", times(KEPT, SQUARE) + 1, "=", SQUARE.subs(T, T + 1), "a geometric sum", algebra),
    ),
)
NOW = MEAN_SQUARE.fact.at({T: T})

MEAN_PRODUCT = Induction(
    T,
    OF_BOTH,
    "=",
    CROSSED,
    start=1,
    base=(
        Step(
            "eq",
            OF_BOTH.subs(T, 1),
            "=",
            E(state(1) * FIRST_MOVED),
            "the derivative of the first step",
            unfold,
            (NEXT_SENSITIVITY.at({step: 1}),),
        ),
        Step(
            "eq",
            E(state(1) * FIRST_MOVED),
            "=",
            Integer(0),
            "h_0 = 0 whatever lambda is",
            unfold,
            (FIRST_SENSITIVITY, FIRST_STATE),
        ),
    ),
    step=(
        Step(
            "eq",
            OF_BOTH.subs(T, T + 1),
            "=",
            E(LATER * MOVED),
            "the next step and its derivative",
            unfold,
            (NEXT_STATE.at(NEXT), NEXT_SENSITIVITY.at(NEXT)),
        ),
        Step("eq", E(LATER * MOVED), "=", KEPT * OF_BOTH + memory * OF_STATE, "x_{T+1} is new", white_noise),
        Step(
            "eq",
            KEPT * OF_BOTH + memory * OF_STATE,
            "=",
            times(KEPT, CROSSED) + memory * OF_STATE,
            "the claim at T",
            hypothesis,
        ),
        Step(
            "eq",
            times(KEPT, CROSSED) + memory * OF_STATE,
            "=",
            times(KEPT, CROSSED) + times(memory, SQUARE),
            "the mean square of the state",
            unfold,
            (NOW,),
        ),
        Step(
            "eq",
            times(KEPT, CROSSED) + times(memory, SQUARE),
            "=",
            CROSSED.subs(T, T + 1),
            "sums of powers",
            common_denominator,
        ),
    ),
)

GROWN = KEPT * OF_SENSITIVITY + 2 * memory * OF_BOTH + OF_STATE
CLAIMED = times(KEPT, FINITE) + 2 * memory * OF_BOTH + OF_STATE
PUT_IN = times(KEPT, FINITE) + times(2 * memory, CROSSED) + SQUARE

MEAN_SENSITIVITY = Induction(
    T,
    OF_SENSITIVITY,
    "=",
    FINITE,
    start=1,
    base=(
        Step(
            "eq",
            OF_SENSITIVITY.subs(T, 1),
            "=",
            E(FIRST_MOVED**2),
            "the derivative of the first step",
            unfold,
            (NEXT_SENSITIVITY.at({step: 1}),),
        ),
        Step(
            "eq",
            E(FIRST_MOVED**2),
            "=",
            Integer(0),
            "h_0 = 0 whatever lambda is",
            unfold,
            (FIRST_SENSITIVITY, FIRST_STATE),
        ),
    ),
    step=(
        Step(
            "eq",
            OF_SENSITIVITY.subs(T, T + 1),
            "=",
            E(MOVED**2),
            "the derivative of the next step",
            unfold,
            (NEXT_SENSITIVITY.at(NEXT),),
        ),
        Step("eq", E(MOVED**2), "=", GROWN, "the square of a sum", moments_apart),
        Step("eq", GROWN, "=", CLAIMED, "the claim at T", hypothesis),
        Step(
            "eq",
            CLAIMED,
            "=",
            PUT_IN,
            "the other two means",
            unfold,
            (MEAN_PRODUCT.fact.at({T: T}), NOW),
        ),
        Step("eq", PUT_IN, "=", FINITE.subs(T, T + 1), "sums of powers", common_denominator),
    ),
)

THEOREM = Theorem(
    name="memory_sensitivity",
    title="Sensitivity grows as the square of the memory",
    systems=(MEMORY,),
    statements=(
        Statement(SQUARED_SENSITIVITY, NORMAL, FINITE, given=(STABLE,)),
        Statement(SQUARED_STATE, NORMAL, SQUARE, given=(STABLE,)),
    ),
    parameters=(
        Parameter(memory, -1, 1, points=(Rational(4, 5), Rational(-2, 3))),
        Parameter(T, 1, oo, points=(30, 12)),
    ),
    assumes=frozenset(),
    proof=(MEAN_SQUARE, MEAN_PRODUCT, MEAN_SENSITIVITY),
    references=(ZUCCHET_2024,),
    value=FOREVER,
    limits="For one number and white noise, from h_0 = 0; what depends on T vanishes as lambda^(2T): evaluate gives "
    "the number without it. The ratio of the two means tends to (1 + lambda²)/(1 - lambda²)²: with the memory "
    "1/(1 - lambda) of a slow lambda the state moves with its weight as the square of that memory, over 2, while no "
    "gradient ever explodes: dh_T/dh_0 = lambda^T is at most 1. Inputs that are alike from step to step make it worse.",
    sweep=Sweep(memory, (Rational(1, 2), Rational(3, 4), Rational(7, 8), Rational(15, 16)), ensembles=()),
)
