"""Norms, radii with their sensitivity, and norms of high powers."""

from math import asinh, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.chain import Chain
from numerics.spectra import (
    eigenvector_condition,
    log_power_norms,
    operator_norm,
    singular_values,
    smallest_singular_value,
    spectral_radius,
)
from numerics.spectra.radii import EPS, _condition_numbers
from numerics.verdict import rounding

SEEDS = st.integers(0, 2**32 - 1)


def turned(matrix: np.ndarray, seed: int) -> np.ndarray:
    """The same eigenvalues in a random orthonormal basis: no algorithm reads them off a triangle."""
    basis = np.linalg.qr(np.random.default_rng(seed).standard_normal(matrix.shape))[0]
    return (basis @ matrix @ basis.T)[None]


def bidiagonal(radius: float, above: float, width: int) -> np.ndarray:
    return radius * np.eye(width) + above * np.eye(width, k=1)


@given(SEEDS, st.integers(1, 6), st.integers(1, 6))
def test_singular_values_by_a_second_road(seed: int, rows: int, columns: int) -> None:
    matrices = np.random.default_rng(seed).standard_normal((3, rows, columns))
    values = singular_values(matrices)
    squares = np.linalg.eigvalsh(matrices @ matrices.transpose(0, 2, 1))[:, ::-1][:, : values.shape[1]]
    assert (np.abs(values**2 - squares) <= rounding(squares[:, :1])).all()
    assert (np.abs(operator_norm(matrices) - values[:, 0]) <= rounding(values[:, 0])).all()


@given(SEEDS, st.integers(1, 6), st.integers(1, 6))
def test_smallest_singular_value_is_the_least_stretch(seed: int, rows: int, columns: int) -> None:
    rng = np.random.default_rng(seed)
    matrices, v = rng.standard_normal((3, rows, columns)), rng.standard_normal((3, columns, 1))
    stretch = np.linalg.norm(matrices @ v, axis=(1, 2)) / np.linalg.norm(v, axis=(1, 2))
    least, most = smallest_singular_value(matrices), operator_norm(matrices)
    assert (least <= stretch + rounding(most)).all() and (stretch <= most + rounding(most)).all()
    assert rows >= columns or not least.any()


@given(SEEDS, st.integers(1, 8))
def test_norms_and_radii_in_another_orthonormal_basis(seed: int, width: int) -> None:
    matrix = np.random.default_rng(seed).standard_normal((width, width))
    one, two = spectral_radius(matrix[None]), spectral_radius(turned(matrix, seed))
    norm = operator_norm(matrix[None])
    assert np.abs(operator_norm(turned(matrix, seed)) - norm) <= rounding(width * norm)
    turning = 8  # the turned matrix is itself rounded, a few times more than eps
    assert np.abs(one.value - two.value) <= turning * (one.sensitivity + two.sensitivity)


@pytest.mark.parametrize("width", [20, 60, 100])
@pytest.mark.parametrize("above", [1.0, 2.0, 5.0])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_misread_radius_is_covered_by_its_sensitivity(width: int, above: float, seed: int) -> None:
    """Trap: a non-normal matrix. Its eigenvalues are all 1/2, and some are read beyond 1: it would explode."""
    radius = spectral_radius(turned(bidiagonal(0.5, above, width), seed))
    error = np.abs(radius.value - 0.5)
    assert error > 0.02 and error <= radius.sensitivity


def test_the_misread_radius_is_really_misread() -> None:
    radius = spectral_radius(turned(bidiagonal(0.5, 2.0, 100), 0))
    assert radius.value > 1.8 and radius.value - radius.sensitivity <= 0.5


@given(SEEDS, st.integers(2, 30), st.floats(0.1, 3))
def test_sensitivity_covers_triangular_matrices(seed: int, width: int, above: float) -> None:
    rng = np.random.default_rng(seed)
    eigenvalues = rng.uniform(-1, 1, width)
    matrix = np.diag(eigenvalues) + np.triu(above * rng.standard_normal((width, width)), 1)
    radius = spectral_radius(turned(matrix, seed))
    assert np.abs(radius.value - np.abs(eigenvalues).max()) <= radius.sensitivity * 8  # turning rounds a few times more


def test_a_normal_matrix_has_a_sure_radius() -> None:
    spins = np.array([[0.6, -0.8], [0.8, 0.6]])
    radius = spectral_radius(np.kron(np.diag([0.5, 0.25, 0.1]), spins)[None])
    assert np.abs(radius.value - 0.5) <= radius.sensitivity < 1e-14
    assert np.abs(eigenvector_condition(np.kron(np.diag([0.5, 0.25]), spins)[None]) - 1) <= rounding(4)


def test_eigenvector_condition_of_a_triangle_in_closed_form() -> None:
    """[[1, a], [0, 2]]: unit eigenvectors at cosine c = a/sqrt(1 + a²), so that cond² = (1 + c)/(1 - c)."""
    a = 3.0
    c = a / np.sqrt(1 + a * a)
    condition = eigenvector_condition(np.array([[[1.0, a], [0.0, 2.0]]]))
    assert np.abs(condition - np.sqrt((1 + c) / (1 - c))) <= rounding(condition**2)


def test_defective_matrices_say_so_and_stay_finite() -> None:
    matrices = np.array([[[1.0, 1.0], [0.0, 1.0]], [[0.0, 1.0], [0.0, 0.0]], [[0.0, 0.0], [0.0, 0.0]]])
    radius = spectral_radius(matrices)
    assert np.isfinite(radius.value).all() and np.isfinite(radius.sensitivity).all()
    assert (np.abs(radius.value - [1, 0, 0]) <= radius.sensitivity).all()
    assert (eigenvector_condition(matrices)[:2] > 1e15).all()


@pytest.mark.parametrize("a", [0.9, 1.0, 1.1])
@pytest.mark.parametrize("b", [0.0, 1.0, 1e6])
def test_power_norms_of_a_jordan_block_in_closed_form(a: float, b: float) -> None:
    """[[a, b], [0, a]]^T has the singular values a^T (sqrt(1 + x²) ± x), x = Tb/(2a)."""
    steps = (1, 7, 100, 1023, 10_000)
    logs = log_power_norms(np.array([[[a, b], [0.0, a]]]), steps)
    truth = np.array([t * log(a) + asinh(t * b / (2 * a)) for t in steps])
    assert (np.abs(logs - truth) <= rounding(np.array(steps) + np.abs(truth))).all()


@given(SEEDS, st.integers(1, 5), st.lists(st.integers(1, 40), min_size=1, max_size=6))
def test_power_norms_are_those_of_the_chain(seed: int, width: int, steps: list[int]) -> None:
    matrices = np.random.default_rng(seed).standard_normal((2, width, width))
    logs = log_power_norms(matrices, steps)
    assert logs.shape == (2, len(steps))
    for column, step in enumerate(steps):
        dense, size = (Chain((m,) * step).matrix() for m in (matrices, abs(matrices)))
        reached = np.log(operator_norm(dense.values)) + dense.log_scale
        growth = np.exp(np.log(operator_norm(size.values)) + size.log_scale - reached)
        assert (np.abs(logs[:, column] - reached) <= rounding(step * growth)).all()


@pytest.mark.parametrize("size", [1e-200, 0.5, 1.0, 3.0, 1e200])
def test_power_norms_neither_over_nor_underflow(size: float) -> None:
    matrices = size * np.linalg.qr(np.random.default_rng(0).standard_normal((1, 6, 6)))[0]
    logs = log_power_norms(matrices, (10_000, 1, 5_000))
    truth = np.array([10_000, 1, 5_000]) * log(size)
    assert (np.abs(logs - truth) <= rounding(10_000 * 6 + np.abs(truth))).all()


def test_a_nilpotent_matrix_dies() -> None:
    logs = log_power_norms(np.eye(4, k=1)[None], (3, 4, 10_000))
    assert logs[0, 0] == 0 and (logs[0, 1:] == -np.inf).all()


def test_bad_input_is_named() -> None:
    wide, wrong = np.ones((1, 2, 3)), np.array([[[1.0, np.nan], [0.0, 1.0]]])
    for function in (spectral_radius, eigenvector_condition, lambda m: log_power_norms(m, (1,))):
        with pytest.raises(ValueError, match="a matrix is 2 x 3: only a square one"):
            function(wide)
    for function in (operator_norm, smallest_singular_value, spectral_radius, lambda m: log_power_norms(m, (1,))):
        with pytest.raises(ValueError, match=r"matrices\[0, 0, 1\]=nan: not finite"):
            function(wrong)
    for step in (0, -1, 1.5):
        with pytest.raises(ValueError, match=rf"steps={step}: a width or a count is a whole number"):
            log_power_norms(np.ones((1, 1, 1)), (step,))


@pytest.mark.parametrize("shape", [(3, 3), (2, 0, 3), (3,)])
def test_a_stack_of_matrices_has_three_lengths(shape: tuple[int, ...]) -> None:
    readers = (singular_values, operator_norm, smallest_singular_value, spectral_radius, eigenvector_condition)
    for read in (*readers, lambda matrices: log_power_norms(matrices, (1,))):
        with pytest.raises(ValueError, match=r"matrices has shape .*: pass an array \(draws, n, m\)"):
            read(np.ones(shape))
    with pytest.raises(ValueError, match=r"steps=\(\): pass the powers"):
        log_power_norms(np.ones((1, 2, 2)), ())


def test_singular_eigenvectors_are_measured_and_do_not_end_the_run() -> None:
    """Met at seed 8 of spectral_rate: a singular matrix of eigenvectors, and one that a shift by eps makes so."""
    vectors = np.array([np.diag([1.0, 0.0]), np.diag([1.0, -EPS]), np.eye(2)])
    conditions = _condition_numbers(vectors)
    assert (conditions[:2, 1] >= 0.5 / EPS).all() and np.allclose(conditions[2], 1)
