"""Deferred matrices: one fixed matrix to whoever asks, and the law of a dense one."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import SeedSequence, default_rng

from numerics import ensembles
from numerics.deferred import GaussianMatrices, HaarMatrices
from numerics.deferred.bases import split
from numerics.judges.samples import judge_samples

KINDS = {"gaussian": GaussianMatrices, "haar": HaarMatrices}
TOLERANCE = {"float64": 1e-13, "float32": 1e-4}
kinds = pytest.mark.parametrize("kind", KINDS)


def dense(matrices: Any) -> np.ndarray:
    draws, _, n_in = matrices.shape
    columns = [matrices.push(np.tile(row, (draws, 1))) for row in np.eye(n_in)]
    return np.stack(columns, axis=2)


@given(
    kind=st.sampled_from(sorted(KINDS)),
    dtype=st.sampled_from(sorted(TOLERANCE)),
    n_out=st.integers(1, 7),
    n_in=st.integers(1, 7),
    script=st.lists(st.tuples(st.booleans(), st.sampled_from(["new", "again", "sum", "near", "zero"])), max_size=12),
    seed=st.integers(0, 2**32 - 1),
)
def test_every_answer_is_that_of_one_matrix(
    kind: str, dtype: str, n_out: int, n_in: int, script: list[tuple[bool, str]], seed: int
) -> None:
    """New vectors, the same again, sums, a sum disturbed in its last digits, zero: whatever the order."""
    rng = default_rng(seed)
    matrices = KINDS[kind](rng, 3, n_out, n_in, 1.3, dtype)
    asked: dict[bool, list[tuple[np.ndarray, np.ndarray]]] = {True: [], False: []}
    for forward, how in script:
        size, old = n_in if forward else n_out, [x for x, _ in asked[forward]]
        x = rng.standard_normal((3, size)).astype(dtype)
        if old and how != "new":
            x = {"again": old[0], "sum": sum(old), "near": sum(old) + x * TOLERANCE[dtype], "zero": 0 * x}[how]
        asked[forward].append((x, matrices.push(x) if forward else matrices.pull(x)))
    whole = dense(matrices)
    for forward, pairs in asked.items():
        for x, answer in pairs:
            exact = np.einsum("dij,dj->di" if forward else "dij,di->dj", whole, x)
            scale = 5 * np.linalg.norm(x, axis=1, keepdims=True) + 1e-30
            assert np.abs((answer - exact) / scale).max() < TOLERANCE[dtype]
            assert answer.dtype == dtype


def statistics(
    push: Callable[[np.ndarray], np.ndarray],
    pull: Callable[[np.ndarray], np.ndarray],
    draws: int,
    n_out: int,
    n_in: int,
) -> dict[str, np.ndarray]:
    """Numbers of one draw that rest on several answers, each asked of the ones before."""
    x, u = np.eye(n_in)[:1].repeat(draws, 0), np.ones((draws, n_out)) / np.sqrt(n_out)
    y, w = push(x), pull(u)
    back, on = pull(y), push(w)
    other = push(back - 2 * w)
    return {
        "‖Wx‖": np.linalg.norm(y, axis=1),
        "u·Wx": (u * y).sum(1),
        "‖WᵀWx‖": np.linalg.norm(back, axis=1),
        "Wᵀu·WᵀWx": (w * back).sum(1),
        "WWᵀu·Wx": (on * y).sum(1),
        "W(WᵀWx - 2Wᵀu)": other[:, 0] + other[:, -1],
    }


def drawn(kind: str, shape: tuple[int, int], draws: int, seed: int, fresh: bool = False) -> dict[str, np.ndarray]:
    rng = default_rng(SeedSequence(seed))
    if fresh:  # wrong: every answer from another matrix
        return statistics(
            lambda x: KINDS[kind](rng, draws, *shape, 1.3).push(x),
            lambda u: KINDS[kind](rng, draws, *shape, 1.3).pull(u),
            draws,
            *shape,
        )
    matrices = KINDS[kind](rng, draws, *shape, 1.3)
    return statistics(matrices.push, matrices.pull, draws, *shape)


DRAWS = 50_000  # a Kolmogorov distance of 0.05 is seen


@kinds
@pytest.mark.parametrize("shape", [(3, 3), (2, 4), (4, 2)])
def test_adaptive_questions_have_the_joint_law_of_dense_draws(kind: str, shape: tuple[int, int]) -> None:
    weights = ensembles.get(kind).draw(default_rng(7), DRAWS, *shape, 1.3)
    expected = statistics(
        lambda x: np.einsum("dij,dj->di", weights, x), lambda u: np.einsum("dij,di->dj", weights, u), DRAWS, *shape
    )
    for name, values in drawn(kind, shape, DRAWS, 8).items():
        assert judge_samples(values.round(9), expected[name].round(9)).outcome == "consistent", name


@kinds
def test_a_fresh_matrix_for_every_question_is_told_apart(kind: str) -> None:
    right, wrong = drawn(kind, (3, 3), DRAWS, 1), drawn(kind, (3, 3), DRAWS, 2, fresh=True)
    outcomes = {name: judge_samples(wrong[name].round(9), right[name].round(9)).outcome for name in right}
    assert outcomes["W(WᵀWx - 2Wᵀu)"] == "refuted"  # of uniform orthogonal matrices the others have the same law


def test_no_tiny_remainder_is_divided_by() -> None:
    rows = np.eye(4)[None, :2]
    parts = split(np.array([[3.0, 4.0, 1e-16, 0.0]]), rows, np.array([2]))
    assert parts.length == 0 and not parts.unit.any() and parts.coefficients.tolist() == [[3.0, 4.0]]


def test_a_small_but_real_remainder_is_a_direction_as_orthogonal_as_any() -> None:
    rng = default_rng(0)
    rows = np.linalg.qr(rng.standard_normal((100, 20)))[0].T[None]
    x = rng.standard_normal((1, 20)) @ rows[0] + 1e-12 * rng.standard_normal((1, 100))
    unit = split(x, rows, np.array([20])).unit
    assert np.abs(rows[0] @ unit[0]).max() < 1e-15 and abs(np.linalg.norm(unit) - 1) < 1e-15


@kinds
def test_no_more_directions_are_revealed_than_there_are(kind: str) -> None:
    matrices = KINDS[kind](default_rng(0), 2, 3, 5)
    for _ in range(4):
        matrices.push(default_rng(1).standard_normal((2, 5)))
        matrices.pull(default_rng(2).standard_normal((2, 3)))
    assert matrices.revealed == ((1, 1) if kind == "gaussian" else (2, 2))
    dense(matrices)
    assert matrices.revealed == ((5, 1) if kind == "gaussian" else (5, 5))


@kinds
@pytest.mark.parametrize("size", [1e-300, 1e300])
def test_scale_is_no_matter(kind: str, size: float) -> None:
    x = default_rng(3).standard_normal((1, 4))
    one, two = (KINDS[kind](default_rng(0), 1, 4, 4) for _ in range(2))
    np.testing.assert_allclose(one.push(x * size) / size, two.push(x), rtol=1e-14)


@kinds
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0, 3, 3), "draws=0"),
        ((1, 3, 0), "n_in=0"),
        ((1, 2.5, 3), "n_out=2.5"),
        ((1, 3, 3, -1.0), "sigma_w=-1.0"),
        ((1, 3, 3, 1.0, "complex128"), "dtype=complex128"),
        ((1, 3, 3, 1.0, "int64"), "dtype=int64"),
    ],
)
def test_bad_matrices_are_named(kind: str, arguments: tuple[Any, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        KINDS[kind](default_rng(0), *arguments)


@kinds
def test_bad_vectors_are_named(kind: str) -> None:
    matrices = KINDS[kind](default_rng(0), 1, 3, 2)
    for wrong, message in [
        (np.ones((1, 3)), r"shape \(1, 3\)"),
        (np.ones(2), r"shape \(2,\)"),
        (np.array([[np.nan, 1.0]]), r"x\[0, 0\]=nan"),
        (np.ones((1, 2)) * 1j, "complex"),
    ]:
        with pytest.raises(ValueError, match=message):
            matrices.push(wrong)
    assert matrices.revealed == (0, 0)
