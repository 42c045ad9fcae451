"""The derivative of a norm by a scale of the weights: differences beside complex steps, and planted steps refused."""

from dataclasses import replace

import numpy as np
import pytest
from sympy import Derivative, Integer, Rational, Subs, Symbol

from numerics import ensembles
from numerics.measurement import read
from numerics.systems import get
from theory import LINEAR, theorem
from theory.evaluating import evaluate
from theory.letters import W_tied
from theory.observables import NORM_BY_LAYER_SCALE, NORM_BY_SCALE
from theory.proofs.normal import same
from theory.proofs.scaling import by_a_scale, homogeneity
from theory.quantities import norm
from theory.symbols import T, a, n

ELASTICITY = theorem("weight_elasticity")
POINT = {"n": 5, "T": 6, "L": 6, "sigma_w": 0.9}


def at(function, place=1):
    return Subs(Derivative(function, a), a, place)


def test_evaluate_gives_that_of_the_norm() -> None:
    assert evaluate("weight_elasticity", {"T": "50"}, digits=5).value == "50"


@pytest.mark.parametrize("kind, observable", [("time", NORM_BY_SCALE), ("depth", NORM_BY_LAYER_SCALE)])
def test_complex_steps_agree_with_differences_of_the_norm_itself(kind: str, observable: object) -> None:
    sample = get(kind).draw(ensembles.get("gaussian"), LINEAR, POINT, 4, np.random.default_rng(5))
    weights, step = sample.network.weights, 1e-6

    def size(scales: list[float]) -> np.ndarray:
        product = np.eye(5)
        for scale, weight in zip(scales, weights, strict=True):
            product = scale * weight @ product
        return np.linalg.norm(product, 2, axis=(1, 2))

    found = read(observable, sample).plain()
    for column in range(found.shape[1]):
        every = kind == "time"
        up, down = ([1 + sign * step * (every or k == column) for k in range(6)] for sign in (1, -1))
        assert found[:, column] == pytest.approx((size(up) - size(down)) / (2 * step), rel=1e-8)


def test_what_vanishes_has_no_derivative() -> None:
    """W^T = 0: both sides are 0, where an elasticity would divide by it."""
    sample = get("time").draw(ensembles.get("gaussian"), LINEAR, POINT, 1, np.random.default_rng(0))
    shift = np.diag(np.ones(4), 1)[None]
    nilpotent = replace(sample, network=replace(sample.network, weights=(shift,) * 6))
    assert read(NORM_BY_SCALE, nilpotent).plain() == 0


def test_only_a_positive_constant_leaves_a_norm() -> None:
    signed = Symbol("c", real=True)
    assert homogeneity(norm(a * W_tied)) == a * norm(W_tied)
    assert homogeneity(norm((a * W_tied) ** T)) == a**T * norm(W_tied**T)
    for word in (signed * W_tied, norm(W_tied) * W_tied, W_tied):
        assert homogeneity(norm(word)) == norm(word)


def test_a_magnitude_that_the_scale_is_in_is_no_number() -> None:
    for function in (norm(a * W_tied), a * norm(a * W_tied)):
        assert by_a_scale(at(function)) == at(function)
    assert same(by_a_scale(at(a**T * norm(W_tied), Rational(2))), T * 2 ** (T - 1) * norm(W_tied))


@pytest.mark.parametrize("number, wrong", [(1, n * norm(W_tied**T)), (1, T * norm(W_tied ** (T - 1))), (3, Integer(0))])
def test_planted_steps_are_refused(number: int, wrong: object) -> None:
    steps = list(ELASTICITY.proof)
    steps[number] = replace(steps[number], right=wrong)
    assert ELASTICITY.gaps() == () and replace(ELASTICITY, proof=tuple(steps)).gaps()
