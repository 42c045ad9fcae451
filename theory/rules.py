"""The closed list of proof moves. A theorem file names them and defines none.

A rule is **computed** (SymPy reduces the difference of the sides to exactly 0), an **axiom** (a named inequality or
property of expectations with its source, matched on the step's own sides) or **cited** (a theorem of the literature).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sympy.core.basic import Basic

from theory import calculus as _calculus
from theory import facts, moves
from theory.assumptions import GAUSSIAN, GOE, ISOTROPIC, SYMMETRIC, Assumption, closure
from theory.derivatives import layer_derivative_holds
from theory.normal import same

if TYPE_CHECKING:
    from theory.checking import Context
    from theory.facts import Fact
    from theory.statement import Step

Check = Callable[["Step", "Context"], bool]


@dataclass(frozen=True)
class Rule:
    """One move: its name, how a step made with it is held, why it may be believed, and the check of a step."""

    name: str
    held: str
    source: str
    check: Check = field(repr=False)
    needs: frozenset[Assumption] = frozenset()

    def allows(self, step: Step, context: Context) -> bool:
        """Whether the assumptions are there and the step is an instance of this move."""
        return self.needs <= closure(context.assumptions) and self.check(step, context)


def _computed(name: str, source: str, *roads: Check) -> Rule:
    return Rule(name, "computed", source, lambda step, context: any(road(step, context) for road in roads))


def _axiom(name: str, source: str, op: str, move: Callable[[Basic], Basic], *needs: Assumption) -> Rule:
    """An equality or upper bound that the move makes of the left side (for ">=" bounds, of the right side)."""

    def check(step: Step, context: Context) -> bool:
        if step.op != ("=" if op == "=" else "<="):
            return False
        start, end = (step.right, step.left) if op == ">=" else (step.left, step.right)
        moved = move(start)
        return moved != start and same(moved, end) and (op == "=" or facts.increasing(start, move))

    return Rule(name, "axiom", source, check, frozenset(needs))


algebra = _computed("algebra", "noncommutative and commutative algebra", lambda s, c: _equal(s, s.left, s.right))
calculus = _computed(
    "calculus",
    "derivatives, integrals, sums and limits evaluated by SymPy",
    lambda s, c: _equal(s, _calculus.evaluate(s.left), _calculus.evaluate(s.right)),
)
unfold = _computed("unfold", "substitution of the given definitions or earlier facts", lambda s, c: _unfolds(s))
layer_derivative = _computed(
    "layer_derivative",
    "entry by entry, d phi(Σ_k W_ik h_k + b_i) = phi'(z_i) Σ_k (W_ik dh_k + dW_ik h_k)",
    lambda s, c: layer_derivative_holds() and _equal(s, moves.layer_derivative(s.left), s.right),
)
hypothesis = _computed("hypothesis", "the induction hypothesis", lambda s, c: _uses_hypothesis(s, c))
limit_of_bounds = _computed("squeeze", "a quantity between two with the same limit", lambda s, c: _squeezed(s))

chain_of_derivatives = _axiom(
    "chain_of_derivatives", "multivariate chain rule; Rudin, Principles, 9.15", "=", moves.chain_of_derivatives
)
isotropy = _axiom(
    "isotropy", "E over W_l first (independent of the rest): tr(XᵀE[WᵀW]X)", "=", moves.isotropy, ISOTROPIC
)
symmetric_second_moment = _axiom(
    "symmetric_second_moment", "orthogonal invariance of GOE", "=", moves.symmetric_second_moment, GOE
)
gaussian_gain = _axiom(
    "gaussian_gain", "rotation invariance of the normal law; Muirhead 1982, 1.5", "=", moves.gaussian_gain, GAUSSIAN
)
markov = _axiom("markov", "Markov's inequality for the square", "<=", moves.markov)
frobenius_bound = _axiom("frobenius_bound", "‖M‖ <= ‖M‖_F; Golub & Van Loan 2.3", "<=", moves.frobenius_bound)
submultiplicativity = _axiom("submultiplicativity", "Golub & Van Loan 2.3", "<=", moves.submultiplicativity)
smallest_product = _axiom("smallest_product", "min over unit u of ‖ABu‖; Horn & Johnson 7.3", ">=", moves.smallest_product)
smallest_below_norm = _axiom("smallest_below_norm", "minimum below maximum", "<=", moves.smallest_below_norm)
slope_bound = _axiom("slope_bound", "‖D_l‖ = max|phi'(z_i)| <= sup|phi'|", "<=", moves.slope_bound)
largest_bound = _axiom("largest_bound", "each below the largest", "<=", moves.largest_bound)
spectral_mapping = _axiom("spectral_mapping", "Horn & Johnson 1.1.6", "=", moves.spectral_mapping)
radius_below_norm = _axiom("radius_below_norm", "Horn & Johnson 5.6.9", "<=", moves.radius_below_norm)
schur_bound = _axiom("schur_bound", "Schur form; Henrici 1962; Golub & Van Loan 7.3.2", "<=", moves.schur_bound)
symmetric_power = _axiom(
    "symmetric_power", "spectral theorem; Horn & Johnson 2.5.6", "=", moves.symmetric_power, SYMMETRIC
)
isometry = Rule(
    "isometry",
    "axiom",
    "singular values are the square roots of the eigenvalues of MᵀM; Horn & Johnson 2.6.3",
    lambda step, context: any(same(step.right, value) for value in facts.isometric_values(step)),
)
log_moments = Rule(
    "log_moments",
    "axiom",
    "cumulants are derivatives of the log of the characteristic function at 0; Lukacs 1970, 2.3",
    lambda step, context: any(step.right == value for value in facts.log_cumulants(step)),
)


def cited(reference: str) -> Rule:
    """A theorem of the literature: the step is believed, not checked, and every page says so."""
    return Rule("cited", "cited", reference, lambda step, context: reference in context.references)


def inversion(reference: str) -> Rule:
    """The distribution of X from the characteristic function of log X, a given fact: cited, its form checked."""
    return Rule(
        "inversion",
        "cited",
        reference,
        lambda step, context: reference in context.references and facts.is_inversion(step),
    )


def by(slug: str, fact: Fact) -> Rule:
    """What an earlier theorem proved, its assumptions being among this one's; held as its weakest step on the way."""
    from theory.catalog import theorem
    from theory.checking import path
    from theory.statement import weakest

    source = theorem(slug)
    way = None if source.gaps() else path(tuple(move.fact for move in source.proof), fact)
    held = "gap" if way is None else weakest(tuple(source.proof[number] for number in way))

    def check(step: Step, context: Context) -> bool:
        return way is not None and closure(source.assumes) <= context.assumptions and step.fact.key == fact.key

    return Rule(f"theorem {slug}", held, f"theorem {slug}", check)


def _equal(step: Step, left: Basic, right: Basic) -> bool:
    return step.op == "=" and same(left, right)


def _unfolds(step: Step) -> bool:
    if not step.given:
        return False
    left, right = step.left, step.right
    for fact in step.given:
        if fact.op != "=":
            return False
        left, right = facts.substituted(left, fact), facts.substituted(right, fact)
    return step.op == "=" and left != step.left and same(left, right)


def _uses_hypothesis(step: Step, context: Context) -> bool:
    claim = context.hypothesis
    if claim is None:
        return False
    if claim.op == "=" and step.op == "=":
        return any(same(moved, step.right) for moved in facts.instances(claim, step.left))
    return claim.op == step.op == "<=" and facts.scaled_instance(claim, step.left, step.right)


def _squeezed(step: Step) -> bool:
    return step.op == "=" and facts.is_squeeze(step.left, step.right, step.given)
