"""Deferred matrices as SciPy operators: whatever takes a LinearOperator takes them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.random import default_rng
from numpy.typing import DTypeLike
from scipy.sparse.linalg import LinearOperator

from numerics.arguments import positive_integer
from numerics.arrays import Vectors
from numerics.deferred.matrices import GaussianMatrices, HaarMatrices


class _Deferred(LinearOperator):
    """One deferred matrix; complex vectors are asked by their parts, several columns one after another."""

    def __init__(self, matrices: GaussianMatrices | HaarMatrices) -> None:
        super().__init__(matrices.dtype, matrices.shape[1:])
        self._matrices = matrices

    @property
    def revealed(self) -> tuple[int, int]:
        """Directions asked so far, on the right and on the left."""
        return self._matrices.revealed

    def _matvec(self, x: Vectors) -> Vectors:
        return _by_parts(self._matrices.push, np.asarray(x).reshape(1, -1))

    def _rmatvec(self, u: Vectors) -> Vectors:
        return _by_parts(self._matrices.pull, np.asarray(u).reshape(1, -1))


class DeferredGaussian(_Deferred):
    """A Gaussian matrix of shape (n_out, n_in), entries of variance sigma_w²/n_in, that is never stored.

    matvec and rmatvec answer exactly in law, jointly: asked again, or of a sum, they agree to rounding. After k queries
    the next costs O((n_out + n_in) k), and so much is held; all n_in columns asked, it is a dense matrix.
    Raises ValueError where the shape, sigma_w or the dtype is unlawful, or a vector is not finite.
    Source: Gaussian conditioning, as in Bayati & Montanari, The dynamics of message passing on dense graphs, 2011.

    >>> W = DeferredGaussian((1_000_000, 1_000_000), sigma_w=0.9, seed=0)
    >>> x = np.ones(1_000_000)
    >>> y = W @ x
    >>> bool(np.allclose(W @ (2 * x), 2 * y)), W.revealed
    (True, (1, 0))
    """

    def __init__(
        self, shape: tuple[int, int], sigma_w: float = 1.0, *, seed: int = 0, dtype: DTypeLike = np.float64
    ) -> None:
        super().__init__(GaussianMatrices(default_rng(seed), 1, *_sizes(shape), sigma_w, dtype))


class DeferredHaar(_Deferred):
    """A uniform orthogonal matrix of shape (n_out, n_in), scaled as the ensemble ``haar``, that is never stored.

    Rectangular: orthonormal columns or rows, times the length that gives entries the variance sigma_w²/n_in.
    Costs and errors as for ``DeferredGaussian``.
    Source: Mezzadri, How to generate random matrices from the classical compact groups, 2007.

    >>> W = DeferredHaar((500, 500), seed=0)
    >>> x = np.arange(500.0)
    >>> bool(np.allclose(W.rmatvec(W @ x), x))
    True
    """

    def __init__(
        self, shape: tuple[int, int], sigma_w: float = 1.0, *, seed: int = 0, dtype: DTypeLike = np.float64
    ) -> None:
        super().__init__(HaarMatrices(default_rng(seed), 1, *_sizes(shape), sigma_w, dtype))


def _by_parts(answer: Any, x: Vectors) -> Vectors:
    if np.iscomplexobj(x):
        result: Vectors = answer(x.real)[0] + 1j * answer(x.imag)[0]
        return result
    return answer(x)[0]  # type: ignore[no-any-return]


def _sizes(shape: tuple[int, int]) -> tuple[int, int]:
    if not isinstance(shape, tuple) or len(shape) != 2:
        raise ValueError(f"shape={shape!r}: a matrix has two sizes; pass (n_out, n_in)")
    return positive_integer(shape[0], "n_out"), positive_integer(shape[1], "n_in")
