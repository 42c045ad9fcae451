"""Rules of bi-invariant weights: wrong factors, dependent directions and dropped hypotheses are refused."""

import pytest
from sympy import Integer, Product, sqrt

from theory import rules
from theory.assumptions import BI_INVARIANT, ISOTROPIC, LIMIT_SPECTRUM
from theory.letters import W, W_tied, v, weights
from theory.proofs.facts import Fact
from theory.quantities import E, limit_of, radius, squared_norm
from theory.references import GUIONNET_ZEITOUNI_2012
from theory.statement import Step
from theory.symbols import L, l, n
from theory.systems import MATRIX

SIZES = Product(n / squared_norm(W(l)), (l, 1, L))
LAYERS = (Fact(Integer(0), "<", squared_norm(W(l))),)
SHARE = squared_norm(W(2) * v) / squared_norm(W(2))


def step(left, right, rule=rules.uniform_direction):
    return Step("eq", left, "=", right, "", rule)


def test_the_direction_is_uniform(gaps_of):
    assert gaps_of(step(E(SHARE), E(squared_norm(v)) / n), assumes=(BI_INVARIANT,), given=LAYERS) == ()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (E(SHARE), E(squared_norm(v))),  # the factor 1/n forgotten
        (E(SHARE), 2 * E(squared_norm(v)) / n),
        (E(SHARE**2), E(squared_norm(v) ** 2) / n**2),  # a square
        (E(squared_norm(W(2) * W(2) * v) / squared_norm(W(2))), E(squared_norm(W(2) * v)) / n),  # W returns
        (E(squared_norm(W(2) * W(3) * v) / squared_norm(W(2))), E(squared_norm(W(3) * v)) / n),  # a later layer inside
        (E(squared_norm(W(2) * v) / squared_norm(W(1))), E(squared_norm(v)) / n),  # of another layer
        (
            E(squared_norm(W(L) * weights(1, L - 1) * v) / squared_norm(W(L)) * SIZES),
            E(squared_norm(weights(1, L - 1) * v) * SIZES) / n,
        ),  # the product of sizes holds the layer itself
    ],
)
def test_what_is_no_instance_is_refused(gaps_of, left, right):
    assert gaps_of(step(left, right), assumes=(BI_INVARIANT,), given=LAYERS)


def test_invariance_and_a_weight_that_is_not_0_are_needed(gaps_of):
    true = step(E(SHARE), E(squared_norm(v)) / n)
    assert gaps_of(true, assumes=(ISOTROPIC,), given=LAYERS)
    assert gaps_of(true, assumes=(BI_INVARIANT,))


def test_the_single_ring_is_what_it_says(gaps_of):
    ring = limit_of(radius(W_tied) * sqrt(n) / sqrt(squared_norm(W_tied)), n)
    given, both = (Fact(Integer(0), "<", squared_norm(W_tied)),), (BI_INVARIANT, LIMIT_SPECTRUM)

    def found(left, right, assumes=both, references=(GUIONNET_ZEITOUNI_2012,)):
        move = step(left, right, rules.single_ring)
        return gaps_of(move, system=MATRIX, assumes=assumes, given=given, references=references)

    assert found(ring, Integer(1)) == ()
    assert found(ring, Integer(2)) and found(limit_of(radius(W_tied) / sqrt(squared_norm(W_tied)), n), Integer(1))
    assert found(ring, Integer(1), assumes=(BI_INVARIANT,)) and found(ring, Integer(1), assumes=(LIMIT_SPECTRUM,))
    assert found(ring, Integer(1), references=())
