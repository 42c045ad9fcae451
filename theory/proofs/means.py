"""The rules of expectations: over one fresh weight, of products and sums, of multiples, of logarithms."""

from __future__ import annotations

from theory.assumptions import BI_INVARIANT, CENTERED, GAUSSIAN, GOE, ISOTROPIC
from theory.proofs import backward, inference, invariance, moves, pairings, pivots, residual
from theory.proofs.rule import Rule, axiom, from_facts

isotropy = axiom(
    "isotropy", "E over W_l first (independent of the rest): tr(XᵀE[WᵀW]X)", "=", moves.isotropy, ISOTROPIC
)
symmetric_second_moment = axiom(
    "symmetric_second_moment", "orthogonal invariance of GOE", "=", moves.symmetric_second_moment, GOE
)
gaussian_gain = axiom(
    "gaussian_gain", "rotation invariance of the normal law; Muirhead 1982, 1.5", "=", moves.gaussian_gain, GAUSSIAN
)
isotropy_backward = axiom(
    "isotropy_backward",
    "E over W_l first (independent of later layers): tr(XᵀE[WWᵀ]X)",
    "=",
    backward.isotropy_backward,
    ISOTROPIC,
)
rank_one = axiom("rank_one", "tr(b aᵀa bᵀ) = aᵀa bᵀb", "=", backward.rank_one)
independence = axiom("independence", "means of independent factors multiply", "=", backward.independence)
linearity = axiom("linearity", "linearity of expectation", "=", backward.linearity)
termwise = Rule("termwise", "computed", "equal terms have equal sums", backward.is_termwise)
uniform_direction = axiom(
    "uniform_direction",
    "W_l V has the law of W_l, V uniform: E(VX)(VX)ᵀ = ‖X‖² I/n; Muirhead 1982, 1.5",
    "=",
    invariance.uniform_direction,
    BI_INVARIANT,
)
log_moments = from_facts(
    "log_moments",
    "cumulants are derivatives of the log of the characteristic function at 0; Lukacs 1970, 2.3",
    lambda step: any(step.right == value for value in inference.log_cumulants(step)),
)
gaussian_pivot = Rule(
    "gaussian_pivot",
    "axiom",
    "Bartlett decomposition; Muirhead 1982, 3.2.14",
    pivots.is_gaussian_pivot,
    frozenset({GAUSSIAN}),
)
residual_square = axiom("residual_square", "‖x + y‖² and linearity of expectation", "=", residual.residual_square)
centered = axiom("centered", "E over W_l first: xᵀ E[W_l] y = 0", "=", residual.centered, CENTERED)
gaussian_traces = axiom(
    "gaussian_traces",
    "Isserlis 1918: the mean of a product of normal numbers is the sum over all pairings, counted here",
    "=",
    pairings.gaussian_traces,
    GAUSSIAN,
)
constant_factor = from_facts("constant_factor", "linearity of expectation; Billingsley 1995, 16", pivots.is_multiple)
