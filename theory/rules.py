"""The closed list of proof moves. A theorem file names them and defines none.

A rule is **computed** (SymPy reduces the difference of the sides to exactly 0), an **axiom** (a named inequality or
property of expectations with its source, matched on the step's own sides) or **cited** (a theorem of the literature).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Expr, sqrt
from sympy.core.basic import Basic

from theory.assumptions import (
    FOURTH_MOMENT,
    GOE,
    IID,
    SYMMETRIC,
)
from theory.letters import W_tied
from theory.proofs import (
    bounds,
    differentials,
    inference,
    layerwise,
    residual,
    scaling,
)
from theory.proofs import calculus as _calculus
from theory.proofs.derivatives import layer_derivative_holds
from theory.proofs.earlier import by as by
from theory.proofs.facts import Fact, substituted
from theory.proofs.inequalities import best_order as best_order
from theory.proofs.inequalities import exponential_bound as exponential_bound
from theory.proofs.inequalities import frobenius_bound as frobenius_bound
from theory.proofs.inequalities import markov as markov
from theory.proofs.inequalities import markov_of_mean as markov_of_mean
from theory.proofs.inequalities import markov_of_order as markov_of_order
from theory.proofs.inequalities import radius_below_norm as radius_below_norm
from theory.proofs.inequalities import schur_bound as schur_bound
from theory.proofs.inequalities import slope_bound as slope_bound
from theory.proofs.inequalities import smallest_below_norm as smallest_below_norm
from theory.proofs.inequalities import smallest_product as smallest_product
from theory.proofs.inequalities import submultiplicativity as submultiplicativity
from theory.proofs.lags import below_largest as below_largest
from theory.proofs.lags import cauchy_schwarz as cauchy_schwarz
from theory.proofs.lags import factor_out as factor_out
from theory.proofs.lags import norm_of_transpose as norm_of_transpose
from theory.proofs.lags import sum_of_bounds as sum_of_bounds
from theory.proofs.lags import tied_product as tied_product
from theory.proofs.lags import triangle as triangle
from theory.proofs.laws import de_bruijn as de_bruijn
from theory.proofs.laws import edge_law as edge_law
from theory.proofs.laws import fredholm_form as fredholm_form
from theory.proofs.laws import gaussian_concentration as gaussian_concentration
from theory.proofs.laws import gordon as gordon
from theory.proofs.laws import incomplete_gammas as incomplete_gammas
from theory.proofs.laws import kostlan as kostlan
from theory.proofs.laws import larger_event as larger_event
from theory.proofs.laws import regularized_gammas as regularized_gammas
from theory.proofs.laws import wishart_density as wishart_density
from theory.proofs.means import centered as centered
from theory.proofs.means import constant_factor as constant_factor
from theory.proofs.means import gaussian_gain as gaussian_gain
from theory.proofs.means import gaussian_pivot as gaussian_pivot
from theory.proofs.means import gaussian_traces as gaussian_traces
from theory.proofs.means import independence as independence
from theory.proofs.means import isotropy as isotropy
from theory.proofs.means import isotropy_backward as isotropy_backward
from theory.proofs.means import linearity as linearity
from theory.proofs.means import log_moments as log_moments
from theory.proofs.means import rank_one as rank_one
from theory.proofs.means import residual_square as residual_square
from theory.proofs.means import symmetric_second_moment as symmetric_second_moment
from theory.proofs.means import termwise as termwise
from theory.proofs.means import uniform_direction as uniform_direction
from theory.proofs.memory import common_denominator as common_denominator
from theory.proofs.memory import moments_apart as moments_apart
from theory.proofs.memory import white_noise as white_noise
from theory.proofs.normal import same
from theory.proofs.resolvents import below_supremum as below_supremum
from theory.proofs.resolvents import geometric_series as geometric_series
from theory.proofs.resolvents import kreiss_matrix_theorem as kreiss_matrix_theorem
from theory.proofs.resolvents import least_upper_bound as least_upper_bound
from theory.proofs.resolvents import neumann as neumann
from theory.proofs.rule import Rule as Rule
from theory.proofs.rule import axiom, cited, computed, from_facts
from theory.proofs.tied import ginibre as ginibre
from theory.proofs.tied import pairings_counted as pairings_counted
from theory.proofs.tied import pairings_of_power as pairings_of_power
from theory.proofs.tied import trace_by_parts as trace_by_parts
from theory.proofs.tied import uniform_start_complex as uniform_start_complex
from theory.proofs.tied import uniform_start_real as uniform_start_real
from theory.proofs.two_by_two import entries as entries
from theory.proofs.two_by_two import two_by_two as two_by_two
from theory.proofs.wide import binomial_series as binomial_series
from theory.proofs.wide import difference_of_limits as difference_of_limits
from theory.proofs.wide import free_product as free_product
from theory.proofs.wide import lagrange as lagrange
from theory.proofs.wide import least_value as least_value
from theory.proofs.wide import limit_of_power as limit_of_power
from theory.proofs.wide import mass_of_curve as mass_of_curve
from theory.proofs.wide import norm_of_wide_product as norm_of_wide_product
from theory.proofs.wide import norms_of_wide_layers as norms_of_wide_layers
from theory.proofs.wide import radius_of_wide_iid as radius_of_wide_iid
from theory.proofs.wide import s_transform_of_wide_iid as s_transform_of_wide_iid
from theory.proofs.wide import single_ring as single_ring
from theory.proofs.wide import stieltjes_inversion as stieltjes_inversion
from theory.proofs.wide import trigonometry as trigonometry
from theory.proofs.wide import wide_gain as wide_gain
from theory.proofs.wide import wide_power as wide_power
from theory.quantities import limit_of, norm
from theory.rectangular import W_matrix
from theory.references import (
    BAI_YIN_1988,
    BAI_YIN_WIGNER_1988,
    GIL_PELAEZ_1951,
    SPRINGER_THOMPSON_1970,
)
from theory.symbols import n, sigma_w
from theory.widths import units

if TYPE_CHECKING:
    from theory.proofs.context import Context
    from theory.proofs.proof import Step


algebra = computed("algebra", "noncommutative and commutative algebra", lambda s, c: _equal(s, s.left, s.right))
calculus = computed(
    "calculus",
    "derivatives, integrals, sums and limits evaluated by SymPy",
    lambda s, c: _equal(s, *(_calculus.evaluate(side, c.positive, c.within) for side in (s.left, s.right))),
)
unfold = computed("unfold", "substitution of the given definitions or earlier facts", lambda s, c: _unfolds(s))
layer_derivative = computed(
    "layer_derivative",
    "entry by entry, d phi(Σ_k W_ik h_k + b_i) = phi'(z_i) Σ_k (W_ik dh_k + dW_ik h_k)",
    lambda s, c: layer_derivative_holds() and _equal(s, differentials.layer_derivative(s.left), s.right),
)
hypothesis = computed("hypothesis", "the induction hypothesis", lambda s, c: _uses_hypothesis(s, c))
limit_of_bounds = computed(
    "squeeze",
    "a quantity between two with the same limit",
    lambda s, c: s.op == "=" and inference.is_squeeze(s.left, s.right, s.given),
)

equal_widths = computed(
    "equal_widths", "what holds for all widths, at n_l = n", lambda s, c: layerwise.is_at_equal_widths(s)
)

each_layer = computed(
    "each_layer",
    "sums and products over layers, term by term and factor by factor",
    lambda s, c: _equal(s, *map(layerwise.layers_apart, (s.left, s.right))),
)

chain_of_derivatives = axiom(
    "chain_of_derivatives",
    "multivariate chain rule; Rudin, Principles, 9.15",
    "=",
    differentials.chain_of_derivatives,
)
tied_layer = axiom(
    "tied_layer",
    "multivariate chain rule for W at step t and in h_{t-1}; the layer's own derivative is layer_derivative",
    "=",
    differentials.tied_layer,
)
largest_bound = Rule("largest_bound", "axiom", "each below the largest", lambda s, c: _below_largest(s, c.depth))
spectral_mapping = axiom("spectral_mapping", "Horn & Johnson 1.1.6", "=", bounds.spectral_mapping)
symmetric_power = axiom(
    "symmetric_power", "spectral theorem; Horn & Johnson 2.5.6", "=", bounds.symmetric_power, SYMMETRIC
)
log_of_product = axiom("log_of_product", "(log ∏f)' = Σ f'/f; Rudin, Principles, 5.3", "=", layerwise.log_of_product)
isometry = from_facts(
    "isometry",
    "singular values are the square roots of the eigenvalues of MᵀM; Horn & Johnson 2.6.3",
    lambda step: any(same(step.right, value) for value in inference.isometric_values(step)),
)

mellin_inversion = cited("mellin_inversion", SPRINGER_THOMPSON_1970, layerwise.is_mellin_inversion)
shifted_line = from_facts(
    "shifted_line",
    "Cauchy's theorem from Re s = c to Re s = 0, half the residue at 0; NIST DLMF 16.17.1",
    layerwise.is_shifted_line,
)
WIDE_EDGE = Fact(limit_of(norm(W_matrix), units(0)), "=", sigma_w * (1 + sqrt(units(1) / units(0))))

inversion = cited("inversion", GIL_PELAEZ_1951, inference.is_inversion)
norm_of_wide_iid = cited(
    "norm_of_wide_iid",
    BAI_YIN_1988,
    lambda step: step.fact.key in (Fact(limit_of(norm(W_tied), n), "=", 2 * sigma_w).key, WIDE_EDGE.key),
    IID,
    FOURTH_MOMENT,
)
norm_of_wide_symmetric = cited(
    "norm_of_wide_symmetric",
    BAI_YIN_WIGNER_1988,
    lambda step: step.fact.key == Fact(limit_of(norm(W_tied), n), "=", 2 * sigma_w).key,
    GOE,
)

last_factor = axiom("last_factor", "a product is its last factor times the others", "=", residual.last_factor)
homogeneity = axiom("homogeneity", "‖cM‖ = c‖M‖ for c > 0; Horn & Johnson 5.1", "=", scaling.homogeneity)
by_a_scale = computed(
    "by_a_scale",
    "a derivative by a scale, the norms beside it being numbers",
    lambda s, c: (moved := scaling.by_a_scale(s.left)) != s.left and _equal(s, moved, s.right),
)


def is_listed(rule: Rule, step: Step) -> bool:
    """Whether a rule is one of this closed list, or what `by` makes of an earlier theorem and this very fact."""
    if rule.name.startswith("theorem "):
        return rule == by(rule.name.removeprefix("theorem "), step.fact)
    return any(rule is listed for listed in globals().values())


def _equal(step: Step, left: Basic, right: Basic) -> bool:
    return step.op == "=" and same(left, right)


def _below_largest(step: Step, depth: Expr) -> bool:
    moved = bounds.largest_bound(step.left, depth)
    return step.op == "<=" and moved != step.left and same(moved, step.right)


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
