"""Powers of a Jordan block, exactly: they grow for a while whatever its eigenvalue."""

from sympy import Identity, ImmutableMatrix, Integer, MatMul, Rational, oo, sqrt

from theory import relations
from theory.assumptions import GIVEN
from theory.definitions import JORDAN_BLOCK
from theory.letters import W_jordan
from theory.observables import LARGEST_OF_POWER, SMALLEST_OF_POWER
from theory.quantities import norm, smallest
from theory.references import HORN_JOHNSON_2013, TREFETHEN_EMBREE_2005
from theory.rules import algebra, entries, hypothesis, two_by_two, unfold
from theory.statement import Control, Induction, Parameter, Statement, Step, Sweep, Theorem
from theory.symbols import T, a, b
from theory.systems import JORDAN

X = T * b / (2 * a)
LARGEST = a**T * (sqrt(1 + X**2) + X)
SMALLEST = a**T * (sqrt(1 + X**2) - X)

BLOCK = JORDAN_BLOCK.right
POWER = ImmutableMatrix([[a**T, T * a ** (T - 1) * b], [0, a**T]])
NEXT = POWER.xreplace({T: T + 1})

FIRST = (W_jordan**T).xreplace({T: Integer(0)})

POWERS = Induction(
    T,
    W_jordan**T,
    "=",
    POWER,
    base=(
        Step("eq", FIRST, "=", Identity(2), "no factor", algebra),
        Step("eq", Identity(2), "=", ImmutableMatrix.eye(2), "written out", entries),
    ),
    step=(
        Step("eq", W_jordan ** (T + 1), "=", MatMul(W_jordan, W_jordan**T), "one factor more", algebra),
        Step("eq", MatMul(W_jordan, W_jordan**T), "=", MatMul(W_jordan, POWER), "the claim at T", hypothesis),
        Step("eq", MatMul(W_jordan, POWER), "=", MatMul(BLOCK, POWER), "the block", unfold, (JORDAN_BLOCK,)),
        Step("eq", MatMul(BLOCK, POWER), "=", NEXT, "row by column", entries),
    ),
)

THEOREM = Theorem(
    name="jordan_transient",
    title="Powers of a Jordan block: the hump before the decay",
    systems=(JORDAN,),
    statements=(
        Statement(LARGEST_OF_POWER, relations.Identity(), LARGEST),
        Statement(SMALLEST_OF_POWER, relations.Identity(), SMALLEST),
    ),
    parameters=(
        Parameter(a, 0, oo, points=(Rational(9, 10), Rational(6, 5))),
        Parameter(b, 0, oo, points=(2, Rational(1, 2)), closed=True),
        Parameter(T, 1, oo, points=(20, 7)),
    ),
    assumes=frozenset({GIVEN}),
    proof=(
        POWERS,
        Step("eq", norm(W_jordan**T), "=", norm(POWER), "the power written out", unfold, (POWERS.fact,)),
        Step("eq", norm(POWER), "=", LARGEST, "of 2 x 2: from the trace of MMᵀ and det M", two_by_two),
        Step("eq", smallest(W_jordan**T), "=", smallest(POWER), "the power written out", unfold, (POWERS.fact,)),
        Step("eq", smallest(POWER), "=", SMALLEST, "of 2 x 2: from the trace of MMᵀ and det M", two_by_two),
    ),
    references=(HORN_JOHNSON_2013, TREFETHEN_EMBREE_2005),
    components=("largest", "smallest"),
    controls=(Control(GIVEN, ensemble="gaussian"),),
    limits="The eigenvalue a alone decides the end, T b/(2a) the way there: for a < 1 the norm rises to about "
    "T = 1/log(1/a) and falls after it. The sign of a or of b changes no singular value. No formula divides by a "
    "difference of eigenvalues: W is defective, and its power is written out by induction. The powers of a Jordan "
    "block of m rows grow as C(T, m-1) b^(m-1) a^(T-m+1), which at a = 1 is T^(m-1): at a radius of 1 the norm need "
    "not stay bounded.",
    sweep=Sweep(T, (1, 2, 4, 8, 16, 32, 64), ensembles=("given",)),
)
