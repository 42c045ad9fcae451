"""The rules of wide matrices: limits of norms, gains and radii, and what is computed from S-transforms."""

from __future__ import annotations

from theory.assumptions import BI_INVARIANT, FOURTH_MOMENT, GAUSSIAN, IID, LIMIT_SPECTRUM
from theory.free import inverse_s
from theory.letters import W_tied
from theory.proofs import curves, folk, free, invariance
from theory.proofs.facts import Fact
from theory.proofs.normal import same
from theory.proofs.rule import Rule, cited, computed, from_facts
from theory.quantities import limit_of, radius
from theory.references import (
    ALEXEEV_2010,
    ALEXEEV_POWERS_2010,
    BAI_YIN_1988,
    BANDEIRA_2023,
    BORDENAVE_2022,
    FORRESTER_LIU_2015,
    GUIONNET_ZEITOUNI_2012,
    MARCHENKO_PASTUR_1967,
)
from theory.symbols import n, sigma_w

s_transform_of_wide_iid = cited(
    "s_transform_of_wide_iid",
    MARCHENKO_PASTUR_1967,
    free.moves(inverse_s, free.marchenko_pastur),
    IID,
    FOURTH_MOMENT,
)
free_product = cited("free_product", ALEXEEV_2010, free.moves(inverse_s, free.free_product), IID, FOURTH_MOMENT)
lagrange = from_facts(
    "lagrange",
    "Lagrange inversion: for w = u f(w), [u^k] w = [z^{k-1}] f(z)^k / k; Stanley, Enumerative Combinatorics 2, 5.4.2",
    free.moves(limit_of, free.lagrange),
)
binomial_series = computed(
    "binomial_series", "the recurrence of (1 + z) f' = a f", lambda s, c: free.binomial_series(s)
)
norm_of_wide_product = cited("norm_of_wide_product", BANDEIRA_2023, free.moves(limit_of, free.right_edge), GAUSSIAN)
wide_power = cited("wide_power", ALEXEEV_POWERS_2010, free.moves(inverse_s, free.power_law), IID, FOURTH_MOMENT)
least_value = computed("least_value", "the zero of an increasing derivative", lambda s, c: free.least_value(s))
limit_of_power = from_facts(
    "limit_of_power",
    "continuous mapping; van der Vaart 1998, 2.3",
    lambda step: any(same(step.right, value) for value in free.continuous_values(step)),
)
stieltjes_inversion = cited("stieltjes_inversion", FORRESTER_LIU_2015, curves.stieltjes, IID, FOURTH_MOMENT)
mass_of_curve = computed(
    "mass_of_curve", "the derivative by the end of the integral, and the value 0", curves.lower_end
)
trigonometry = computed("trigonometry", "sines and cosines in exp(i x)", lambda s, c: curves.trigonometric(s))
radius_of_wide_iid = cited(
    "radius_of_wide_iid",
    BORDENAVE_2022,
    lambda step: step.fact.key == Fact(limit_of(radius(W_tied), n), "=", sigma_w).key,
    IID,
    FOURTH_MOMENT,
)

norms_of_wide_layers = cited(
    "norms_of_wide_layers",
    BAI_YIN_1988,
    lambda step: step.fact.key == folk.NORMS.key,
    IID,
    FOURTH_MOMENT,
)
wide_gain = Rule(
    "wide_gain",
    "axiom",
    "law of large numbers, a layer at a time: given X, ‖WX‖_F²/‖X‖_F² has mean sigma_w² and a relative variance of at "
    "most max(2, kurtosis - 1)/n",
    lambda step, context: step.fact.key == folk.GAIN.key,
    frozenset({IID, FOURTH_MOMENT}),
)
difference_of_limits = from_facts(
    "difference_of_limits", "the limit of a difference; Rudin, Principles, 4.4", folk.is_difference_of_limits
)
single_ring = cited(
    "single_ring",
    GUIONNET_ZEITOUNI_2012,
    lambda step: step.fact.key == invariance.SINGLE_RING.key,
    BI_INVARIANT,
    LIMIT_SPECTRUM,
)
