"""Deferred matrices where SciPy expects a LinearOperator."""

from typing import Any

import numpy as np
import pytest
from numpy.random import default_rng
from scipy.sparse.linalg import LinearOperator, aslinearoperator, lsqr, svds

from numerics.deferred import DeferredGaussian, DeferredHaar

KINDS = (DeferredGaussian, DeferredHaar)
kinds = pytest.mark.parametrize("kind", KINDS)


@kinds
def test_scipy_takes_it(kind: type[LinearOperator]) -> None:
    W = kind((40, 30), 1.2, seed=3)
    largest = svds(W, k=1, return_singular_vectors=False, random_state=0)
    whole = W @ np.eye(30)
    np.testing.assert_allclose(largest, np.linalg.norm(whole, 2), rtol=1e-10)
    np.testing.assert_allclose(W.T @ np.eye(40), whole.T, atol=1e-12)
    np.testing.assert_allclose(lsqr(W, whole @ np.ones(30), atol=1e-12, btol=1e-12)[0], np.ones(30), atol=1e-8)
    assert isinstance(W, LinearOperator) and aslinearoperator(W) is W and W.shape == (40, 30)


@kinds
def test_complex_vectors_are_asked_by_their_parts(kind: type[LinearOperator]) -> None:
    W, rng = kind((4, 6)), default_rng(0)
    x = rng.standard_normal(6) + 1j * rng.standard_normal(6)
    u = rng.standard_normal(4) + 1j * rng.standard_normal(4)
    np.testing.assert_allclose(np.vdot(u, W @ x), np.vdot(W.rmatvec(u), x), rtol=1e-12)


@kinds
def test_one_seed_one_matrix(kind: type[LinearOperator]) -> None:
    x = np.arange(1.0, 6.0)
    assert (kind((5, 5), seed=1) @ x == kind((5, 5), seed=1) @ x).all()
    assert (kind((5, 5), seed=1) @ x != kind((5, 5), seed=2) @ x).all()


@kinds
def test_single_precision_stays_single(kind: type[LinearOperator]) -> None:
    W = kind((500, 400), dtype=np.float32)
    assert W.dtype == np.float32 and (W @ np.ones(400, np.float32)).dtype == np.float32


@kinds
@pytest.mark.parametrize("shape", [5, (5,), [5, 5], (5, 0), (5, -1), (2.5, 3)])
def test_bad_shapes_are_named(kind: Any, shape: Any) -> None:
    with pytest.raises(ValueError, match=r"shape=|n_in=|n_out="):
        kind(shape)


@kinds
def test_bad_vectors_are_named(kind: type[LinearOperator]) -> None:
    with pytest.raises(ValueError, match="not finite"):
        kind((3, 3)) @ np.array([1.0, np.inf, 0.0])
    with pytest.raises(ValueError, match="dimension mismatch"):
        kind((3, 3)) @ np.ones(4)
