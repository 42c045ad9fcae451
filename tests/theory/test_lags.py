"""Long lags and tied curvature: other roads to what is read, cases of equality, planted steps that are refused."""

from dataclasses import replace

import numpy as np
import pytest
from sympy import Integer, Sum

from numerics import ensembles
from numerics.judging import design
from numerics.measurement import read
from numerics.systems import get
from theory import LINEAR, TANH, rules, theorem
from theory.letters import D, W_tied, g, h, slopes_tied
from theory.observables import LONG_LAGS, LONG_LAGS_BOUND, SHARE, SUM_OF_CURVATURES, TIED_CURVATURE
from theory.proofs.lags import constant_out, mean_of_squares, tied_product_bound, transposed_norm, triangle_inequality
from theory.quantities import largest, norm, squared_norm
from theory.symbols import T, gamma, k, l
from theory.words.sums import MatrixSum

LAGS, CURVATURE = theorem("lag_energy"), theorem("tied_curvature")
POINT = {"n": 4, "T": 6, "sigma_w": 0.7, "sigma_b": 0.3, "k": 2}
STEP = 1e-6


def sample(activation, **changed):
    return get("time").draw(ensembles.get("gaussian"), activation, {**POINT, **changed}, 3, np.random.default_rng(4))


@pytest.mark.parametrize("activation", [LINEAR, TANH])
def test_long_lags_are_what_is_left_without_the_last_steps(activation) -> None:
    """The gradient by W of the steps up to T - k alone, entry by entry by central differences."""
    drawn = sample(activation)
    (weight, *_), gradient = drawn.network.weights, np.zeros((3, 4, 4))
    for i in range(4):
        for j in range(4):
            moved = []
            for sign in (1, -1):
                other = weight.copy()
                other[:, i, j] += sign * STEP
                steps = (other,) * 4 + (weight,) * 2
                last = replace(drawn.driven, weights=steps).forward(drawn.h0).h[-1]
                moved.append((drawn.g * last).sum(axis=1))
            gradient[:, i, j] = (moved[0] - moved[1]) / (2 * STEP)
    found = read(LONG_LAGS, drawn).plain()[:, 0]
    assert found == pytest.approx(np.linalg.norm(gradient, 2, axis=(1, 2)), rel=1e-6)
    assert (found <= read(LONG_LAGS_BOUND, drawn).plain()[:, 0]).all()


def test_the_bound_is_the_sum_by_hand() -> None:
    drawn = sample(LINEAR)
    size = np.linalg.norm(drawn.network.weights[0], 2, axis=(1, 2))
    states = np.max([np.linalg.norm(h, axis=1) for h in drawn.states.h[:4]], axis=0)
    assert read(LONG_LAGS_BOUND, drawn).plain()[:, 0] == pytest.approx(states * sum(size**p for p in (2, 3, 4, 5)))


def test_the_whole_gradient_does_not_vanish_with_its_long_lags() -> None:
    """Small weights and 40 steps: lags of 20 and more are nothing, the whole gradient is of the size of the inputs."""
    drawn = sample(LINEAR, sigma_w=0.2, T=40, k=20)
    whole = read(LONG_LAGS, replace(drawn, point={**drawn.point, "k": 0})).plain()
    assert (read(LONG_LAGS, drawn).plain() < 1e-8).all() and (whole > 0.2).all()


def test_tied_curvature_is_the_squared_gradient_and_untied_that_of_each_step() -> None:
    drawn = sample(LINEAR)
    (weight, *_), tied, apart = drawn.network.weights, np.zeros(3), np.zeros(3)
    for i in range(4):
        for j in range(4):
            unit = np.zeros((4, 4))
            unit[i, j] = 1
            terms = []
            for step in range(6):
                vector = drawn.v
                for number in range(6):
                    vector = np.einsum(
                        "dij,dj->di", np.broadcast_to(unit, weight.shape) if number == step else weight, vector
                    )
                terms.append((drawn.g * vector).sum(axis=1))
            tied, apart = tied + np.sum(terms, axis=0) ** 2, apart + np.square(terms).sum(axis=0)
    assert read(TIED_CURVATURE, drawn).plain()[:, 0] == pytest.approx(tied)
    assert read(SUM_OF_CURVATURES, drawn).plain()[:, 0] == pytest.approx(6 * apart)


def test_a_scalar_chain_attains_it() -> None:
    drawn = sample(LINEAR, n=1, T=5)
    w = drawn.network.weights[0][:, 0, 0]
    assert read(TIED_CURVATURE, drawn).plain()[:, 0] == pytest.approx((5 * w**4) ** 2)
    assert read(SUM_OF_CURVATURES, drawn).plain()[:, 0] == pytest.approx((5 * w**4) ** 2)


def test_the_mean_of_two_steps() -> None:
    """2 sigma_w² (1 + <g, v>²/n): the exact second moments of Gaussian entries, by hand, against 200,000 draws."""
    n, rng = 3, np.random.default_rng(0)
    g_, v_ = np.array([1.0, 0, 0]), np.array([0.6, 0.8, 0])
    w = rng.standard_normal((200_000, n, n)) / np.sqrt(n)
    gradient = np.einsum("dji,j,k->dik", w, g_, v_) + np.einsum("i,dkj,j->dik", g_, w, v_)
    squares = np.square(gradient).sum(axis=(1, 2))
    error = squares.std() / np.sqrt(len(squares))
    assert abs(squares.mean() - 2 * (1 + 0.36 / n)) < 5 * error < 0.03


def test_the_moves_take_what_they_say_and_no_more() -> None:
    total = norm(MatrixSum(SHARE, l, 1, T - k))
    assert triangle_inequality(total) == Sum(norm(SHARE), (l, 1, T - k))
    assert triangle_inequality(-total) == -total
    assert mean_of_squares(total) == total
    assert transposed_norm(norm(W_tied.T)) == norm(W_tied) and transposed_norm(squared_norm(W_tied.T)).args
    assert tied_product_bound(norm(slopes_tied(l + 1))) == (gamma * norm(W_tied)) ** (T - l)
    assert tied_product_bound(norm(slopes_tied(l + 1).T)) == norm(slopes_tied(l + 1).T)
    assert constant_out(Sum(gamma * norm(h(l)), (l, 1, T))) == gamma * Sum(norm(h(l)), (l, 1, T))
    assert constant_out(Sum(gamma + norm(h(l)), (l, 1, T))) == Sum(gamma + norm(h(l)), (l, 1, T))


def planted(found, number, **parts):
    steps = list(found.proof)
    steps[number] = replace(steps[number], **parts)
    return replace(found, proof=tuple(steps)).gaps()


def test_planted_steps_are_refused() -> None:
    """Of cauchy_schwarz, triangle, norm_of_transpose, tied_product, below_largest, sum_of_bounds and factor_out."""
    assert LAGS.gaps() == CURVATURE.gaps() == ()
    assert planted(CURVATURE, 0, right=SUM_OF_CURVATURES.definition / T)
    assert planted(LAGS, 0, right=LAGS.proof[0].right / 2)
    for number, step in enumerate(LAGS.proof):
        assert planted(LAGS, number, right=step.right / 2)
    wrong = LAGS.proof[4].right.replace(lambda node: isinstance(node, largest), lambda node: norm(h(l)))
    assert planted(LAGS, 4, right=wrong)
    beyond = LAGS.proof[6].right.replace(
        lambda node: isinstance(node, largest), lambda node: largest(norm(h(l - 1)), l, Integer(1))
    )
    assert planted(LAGS, 6, right=beyond)
    assert planted(LAGS, 6, given=())
    assert rules.triangle.held == "axiom" and norm(D(l)) != norm(g)


@pytest.mark.parametrize("found", [LAGS, CURVATURE])
def test_verdicts_are_designed(found) -> None:
    from numerics.verification import all_cells

    assert all(design(cell, 0).draws == 64 for cell in all_cells(found))
