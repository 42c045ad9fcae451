"""The closed list of proof moves. A theorem file names them and defines none.

A rule is **computed** (SymPy reduces the difference of the sides to exactly 0), an **axiom** (a named inequality or
property of expectations with its source, matched on the step's own sides) or **cited** (a theorem of the literature).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from sympy.core.basic import Basic

from theory import bounds, differentials, inference, moves
from theory import calculus as _calculus
from theory.assumptions import FOURTH_MOMENT, GAUSSIAN, GOE, IID, ISOTROPIC, SYMMETRIC, Assumption, closure
from theory.derivatives import layer_derivative_holds
from theory.facts import Fact, substituted
from theory.letters import W_tied
from theory.normal import same
from theory.quantities import limit_of, norm
from theory.references import BAI_YIN_1988, BAI_YIN_WIGNER_1988, GIL_PELAEZ_1951
from theory.symbols import n, sigma_w

if TYPE_CHECKING:
    from theory.context import Context
    from theory.proof import Step
    from theory.statement import Parameter

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


def _computed(name: str, source: str, check: Check) -> Rule:
    return Rule(name, "computed", source, check)


def _axiom(name: str, source: str, op: str, move: Callable[[Basic], Basic], *needs: Assumption) -> Rule:
    """An equality or upper bound that the move makes of the left side (for ">=" bounds, of the right side)."""

    def check(step: Step, context: Context) -> bool:
        if step.op != ("=" if op == "=" else "<="):
            return False
        start, end = (step.right, step.left) if op == ">=" else (step.left, step.right)
        moved = move(start)
        return moved != start and same(moved, end)

    return Rule(name, "axiom", source, check, frozenset(needs))


def _from_facts(name: str, source: str, follows: Callable[[Step], bool]) -> Rule:
    """An equality that follows from the facts a step names."""
    return Rule(name, "axiom", source, lambda step, context: step.op == "=" and follows(step))


def _cited(name: str, reference: str, follows: Callable[[Step], bool], *needs: Assumption) -> Rule:
    """A theorem of the literature: believed, where the step is what it says and the theorem lists the reference."""

    def check(step: Step, context: Context) -> bool:
        return step.op == "=" and reference in context.references and follows(step)

    return Rule(name, "cited", reference, check, frozenset(needs))


algebra = _computed("algebra", "noncommutative and commutative algebra", lambda s, c: _equal(s, s.left, s.right))
calculus = _computed(
    "calculus",
    "derivatives, integrals, sums and limits evaluated by SymPy",
    lambda s, c: _equal(s, *(_calculus.evaluate(side, c.positive) for side in (s.left, s.right))),
)
unfold = _computed("unfold", "substitution of the given definitions or earlier facts", lambda s, c: _unfolds(s))
layer_derivative = _computed(
    "layer_derivative",
    "entry by entry, d phi(Σ_k W_ik h_k + b_i) = phi'(z_i) Σ_k (W_ik dh_k + dW_ik h_k)",
    lambda s, c: layer_derivative_holds() and _equal(s, differentials.layer_derivative(s.left), s.right),
)
hypothesis = _computed("hypothesis", "the induction hypothesis", lambda s, c: _uses_hypothesis(s, c))
limit_of_bounds = _computed(
    "squeeze",
    "a quantity between two with the same limit",
    lambda s, c: s.op == "=" and inference.is_squeeze(s.left, s.right, s.given),
)

chain_of_derivatives = _axiom(
    "chain_of_derivatives",
    "multivariate chain rule; Rudin, Principles, 9.15",
    "=",
    differentials.chain_of_derivatives,
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
markov = _axiom("markov", "Markov's inequality for the square", "<=", bounds.markov)
frobenius_bound = _axiom("frobenius_bound", "‖M‖ <= ‖M‖_F; Golub & Van Loan 2.3", "<=", bounds.frobenius_bound)
submultiplicativity = _axiom("submultiplicativity", "Golub & Van Loan 2.3", "<=", bounds.submultiplicativity)
smallest_product = _axiom(
    "smallest_product", "min over unit u of ‖ABu‖; Horn & Johnson 7.3", ">=", bounds.smallest_product
)
smallest_below_norm = _axiom("smallest_below_norm", "minimum below maximum", "<=", bounds.smallest_below_norm)
slope_bound = _axiom("slope_bound", "‖D_l‖ = max|phi'(z_i)| <= sup|phi'|", "<=", bounds.slope_bound)
largest_bound = _axiom("largest_bound", "each below the largest", "<=", bounds.largest_bound)
spectral_mapping = _axiom("spectral_mapping", "Horn & Johnson 1.1.6", "=", bounds.spectral_mapping)
radius_below_norm = _axiom("radius_below_norm", "Horn & Johnson 5.6.9", "<=", bounds.radius_below_norm)
schur_bound = _axiom("schur_bound", "Schur form; Henrici 1962; Golub & Van Loan 7.3.2", "<=", bounds.schur_bound)
symmetric_power = _axiom(
    "symmetric_power", "spectral theorem; Horn & Johnson 2.5.6", "=", bounds.symmetric_power, SYMMETRIC
)
isometry = _from_facts(
    "isometry",
    "singular values are the square roots of the eigenvalues of MᵀM; Horn & Johnson 2.6.3",
    lambda step: any(same(step.right, value) for value in inference.isometric_values(step)),
)
log_moments = _from_facts(
    "log_moments",
    "cumulants are derivatives of the log of the characteristic function at 0; Lukacs 1970, 2.3",
    lambda step: any(step.right == value for value in inference.log_cumulants(step)),
)

inversion = _cited("inversion", GIL_PELAEZ_1951, inference.is_inversion)
norm_of_wide_iid = _cited(
    "norm_of_wide_iid",
    BAI_YIN_1988,
    lambda step: step.fact.key == Fact(limit_of(norm(W_tied), n), "=", 2 * sigma_w).key,
    IID,
    FOURTH_MOMENT,
)
norm_of_wide_symmetric = _cited(
    "norm_of_wide_symmetric",
    BAI_YIN_WIGNER_1988,
    lambda step: step.fact.key == Fact(limit_of(norm(W_tied), n), "=", 2 * sigma_w).key,
    GOE,
)


@lru_cache(maxsize=64)
def by(slug: str, fact: Fact) -> Rule:
    """What an earlier theorem proved without conditions; held as the weakest step that it took there.

    Its systems must cover the step's, its assumptions be among this theorem's, its parameters' domains no narrower.
    """
    from theory.catalog import theorem
    from theory.checking import proof_in
    from theory.proof import HELD, weakest

    source = theorem(slug)
    moves_of = {} if source.gaps() else {system: proof_in(source, system, fact) for system in source.systems}
    proofs = {system: found for system, found in moves_of.items() if found}
    held = max((weakest(found) for found in proofs.values()), key=HELD.index, default="gap")

    def check(step: Step, context: Context) -> bool:
        covered = any(system.covers(context.system) for system in proofs)
        wide = all(_admitted(parameter, context) for parameter in source.parameters)
        return covered and wide and closure(source.assumes) <= context.assumptions and step.fact.key == fact.key

    return Rule(f"theorem {slug}", held, f"theorem {slug}", check)


def _admitted(parameter: Parameter, context: Context) -> bool:
    """Whether a parameter of this name is nowhere outside the domain of the earlier theorem."""
    own = [other for other in context.parameters if other.symbol == parameter.symbol]
    return all(parameter.low <= other.low and other.high <= parameter.high for other in own)


def is_listed(rule: Rule, step: Step) -> bool:
    """Whether a rule is one of this closed list, or what `by` makes of an earlier theorem and this very fact."""
    if rule.name.startswith("theorem "):
        return rule == by(rule.name.removeprefix("theorem "), step.fact)
    return any(rule is listed for listed in globals().values())


def _equal(step: Step, left: Basic, right: Basic) -> bool:
    return step.op == "=" and same(left, right)


def _unfolds(step: Step) -> bool:
    left, right = step.left, step.right
    for fact in step.given:
        if fact.op != "=":
            return False
        left, right = substituted(left, fact), substituted(right, fact)
    return step.op == "=" and left != step.left and same(left, right)


def _uses_hypothesis(step: Step, context: Context) -> bool:
    claim = context.hypothesis
    if claim is None:
        return False
    if claim.op == "=" and step.op == "=":
        return any(moved != step.left and same(moved, step.right) for moved in inference.instances(claim, step.left))
    return claim.op == step.op == "<=" and inference.scaled_instance(claim, step.left, step.right)
