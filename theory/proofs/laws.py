"""The rules of the norm and the spectrum of one Gaussian matrix: tails, exact laws, the limit law of its edge."""

from __future__ import annotations

from theory.assumptions import COMPLEX_GAUSSIAN, GAUSSIAN
from theory.proofs import random_matrices, tails
from theory.proofs.rule import cited, computed, from_facts
from theory.references import (
    DE_BRUIJN_1955,
    FERRARI_SPOHN_2005,
    GORDON_1985,
    KOSTLAN_1992,
    MA_2012,
    MUIRHEAD_1982,
    TSIRELSON_1976,
)

gordon = cited("gordon", GORDON_1985, tails.bounds_mean_norm, GAUSSIAN, op="<=")
gaussian_concentration = cited("gaussian_concentration", TSIRELSON_1976, tails.concentrates, GAUSSIAN, op="<=")
larger_event = from_facts("larger_event", "probability grows with the event", tails.holds_event, op="<=")

wishart_density = cited("wishart_density", MUIRHEAD_1982, random_matrices.is_eigenvalue_density, GAUSSIAN)
de_bruijn = cited("de_bruijn", DE_BRUIJN_1955, random_matrices.is_de_bruijn)
edge_law = cited("edge_law", MA_2012, random_matrices.is_edge_law, GAUSSIAN)
fredholm_form = cited("fredholm_form", FERRARI_SPOHN_2005, random_matrices.is_fredholm_form)
kostlan = cited("kostlan", KOSTLAN_1992, random_matrices.is_kostlan, COMPLEX_GAUSSIAN)
incomplete_gammas = computed(
    "incomplete_gammas",
    "derivatives in x of both sides of the recursion, for symbolic shapes",
    lambda s, c: s.op == "=" and random_matrices.is_incomplete_gammas(s),
)
regularized_gammas = computed(
    "regularized_gammas",
    "P(k, x) is γ(k, x)/Γ(k)",
    lambda s, c: s.op == "=" and random_matrices.is_gamma_product(s),
)
