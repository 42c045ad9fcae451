"""Gaussian and Haar matrices by conditioning on what was revealed, a batch of draws at once.

With orthonormal directions V, their images Y = W V, and U with Z = Wᵀ U, a Gaussian W has the law of
Y Vᵀ + U Zᵀ P + P' G P, where P = I - V Vᵀ, P' = I - U Uᵀ and G is a fresh copy: a new unit x̂ has the image
U Zᵀ x̂ + P' G x̂, and G x̂ is one fresh normal vector. A Haar matrix takes V to Y isometrically, and a new x̂ to a
uniform unit vector beside Y.
"""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import DTypeLike

from numerics.arguments import positive_integer, standard_deviation
from numerics.arrays import Exponents, Matrices, Vectors
from numerics.deferred.bases import Pairs, Split, apply, combine, split
from numerics.layers import check_finite


class GaussianMatrices:
    """Independent W (n_out x n_in), one a draw, entries normal of variance sigma_w²/n_in, revealed by push and pull.

    Joint law of all answers exact; each answer exact to rounding of ‖W‖‖x‖. A query costs O((n_out + n_in) k) after k
    others, and memory grows as O((n_out + n_in) k). Answers depend on the seed and on what was asked before.
    Raises ValueError where a width, the draws or sigma_w is none, or a dtype is neither float32 nor float64.
    Source: Gaussian conditioning, as in Bayati & Montanari, The dynamics of message passing on dense graphs, 2011.

    >>> W = GaussianMatrices(np.random.default_rng(0), 1, 3, 2)
    >>> x, u = np.array([[1.0, 2.0]]), np.array([[1.0, 0.0, -1.0]])
    >>> bool(np.allclose((W.pull(u) * x).sum(), (u * W.push(x)).sum()))  # <Wᵀu, x> = <u, Wx>
    True
    """

    def __init__(
        self, rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float = 1.0, dtype: DTypeLike = np.float64
    ) -> None:
        self.shape = (
            positive_integer(draws, "draws"),
            positive_integer(n_out, "n_out"),
            positive_integer(n_in, "n_in"),
        )
        self.dtype = real(dtype)
        self._rng = rng
        self._deviation = standard_deviation(sigma_w, "sigma_w") / sqrt(n_in)
        self._right = Pairs(draws, n_in, n_out, self.dtype)
        self._left = Pairs(draws, n_out, n_in, self.dtype)

    @property
    def revealed(self) -> tuple[int, int]:
        """Directions asked so far, on the right and on the left."""
        return self._right.count, self._left.count

    def push(self, x: Vectors) -> Vectors:
        """W x: (draws, n_in) -> (draws, n_out). Raises ValueError where x has another shape or is not finite."""
        return self._answer(x, self._right, self._left)

    def pull(self, u: Vectors) -> Vectors:
        """Wᵀ u: (draws, n_out) -> (draws, n_in). Raises ValueError where u has another shape or is not finite."""
        return self._answer(u, self._left, self._right)

    def _answer(self, x: Vectors, asked: Pairs, other: Pairs) -> Vectors:
        values, powers = taken(x, (self.shape[0], asked.directions.shape[2]), self.dtype)
        parts = split(values, asked.directions, asked.ranks)
        answer = combine(parts.coefficients, asked.images)
        if parts.length.any():
            image = self._image(parts, other)
            asked.append(parts.unit, image)
            answer += parts.length[:, None] * image
        return np.ldexp(answer, powers)

    def _image(self, parts: Split, other: Pairs) -> Vectors:
        """W x̂ = Σ (Z_j·x̂) U_j + P' ξ of a new unit vector; 0 in a draw that has none."""
        fresh = normals(self._rng, (len(parts.length), other.directions.shape[2]), self.dtype)
        fresh *= self._deviation
        fresh += combine(apply(other.images, parts.unit) - apply(other.directions, fresh), other.directions)
        fresh[parts.length == 0] = 0
        return fresh


class HaarMatrices:
    """Independent uniform orthogonal W, one a draw; rectangular: orthonormal columns or rows, as the ensemble ``haar``.

    Scaled as the ensemble, entries of variance sigma_w²/n_in. Law, costs and errors as for Gaussian matrices.
    Source: Mezzadri, How to generate random matrices from the classical compact groups, 2007.

    >>> W = HaarMatrices(np.random.default_rng(0), 1, 4, 4, 2.0)
    >>> x = np.array([[3.0, 0.0, 4.0, 0.0]])
    >>> bool(np.allclose(W.pull(W.push(x)), 4 * x))  # WᵀW = sigma_w² I
    True
    """

    def __init__(
        self, rng: Generator, draws: int, n_out: int, n_in: int, sigma_w: float = 1.0, dtype: DTypeLike = np.float64
    ) -> None:
        self.shape = (
            positive_integer(draws, "draws"),
            positive_integer(n_out, "n_out"),
            positive_integer(n_in, "n_in"),
        )
        self.dtype = real(dtype)
        self._rng, longer = rng, max(n_out, n_in)
        self._scale = standard_deviation(sigma_w, "sigma_w") * sqrt(longer / n_in)
        self._pairs = Pairs(draws, longer, longer, self.dtype)

    @property
    def revealed(self) -> tuple[int, int]:
        """Directions asked so far, on the right and on the left: here each serves both."""
        return self._pairs.count, self._pairs.count

    def push(self, x: Vectors) -> Vectors:
        """W x: (draws, n_in) -> (draws, n_out). Raises ValueError where x has another shape or is not finite."""
        return self._answer(x, flipped=False)

    def pull(self, u: Vectors) -> Vectors:
        """Wᵀ u: (draws, n_out) -> (draws, n_in). Raises ValueError where u has another shape or is not finite."""
        return self._answer(u, flipped=True)

    def _answer(self, x: Vectors, flipped: bool) -> Vectors:
        """W is the leading block of a square uniform matrix: x is continued by zeros, and the answer is cut."""
        draws, *sizes = self.shape
        size_out, size_in = reversed(sizes) if flipped else sizes
        values, powers = taken(x, (draws, size_in), self.dtype)
        pairs = self._pairs
        asked, images = (pairs.images, pairs.directions) if flipped else (pairs.directions, pairs.images)
        parts = split(np.pad(values, ((0, 0), (0, max(sizes) - size_in))), asked, pairs.ranks)
        answer = combine(parts.coefficients, images)
        if parts.length.any():
            image = self._image(parts, images)
            pairs.append(*((image, parts.unit) if flipped else (parts.unit, image)))
            answer += parts.length[:, None] * image
        return np.ldexp(self._scale * answer[:, :size_out], powers)

    def _image(self, parts: Split, images: Matrices) -> Vectors:
        """Uniform on the unit sphere beside the known images; 0 in a draw that has no new direction."""
        fresh = normals(self._rng, (len(images), images.shape[2]), self.dtype)
        unit = split(fresh, images, self._pairs.ranks).unit
        unit[parts.length == 0] = 0
        return unit


def _shape(draws: int, n_out: int, n_in: int) -> tuple[int, int, int]:
    return positive_integer(draws, "draws"), positive_integer(n_out, "n_out"), positive_integer(n_in, "n_in")


def real(dtype: DTypeLike) -> np.dtype[Any]:
    """The dtype where it is float32 or float64. Raises ValueError naming another.

    >>> real("float32")
    dtype('float32')
    """
    found = np.dtype(dtype)
    if found not in (np.dtype(np.float32), np.dtype(np.float64)):
        raise ValueError(f"dtype={found}: deferred matrices are real; pass numpy.float32 or numpy.float64")
    return found


def normals(rng: Generator, shape: tuple[int, ...], dtype: np.dtype[Any]) -> Vectors:
    """Standard normal numbers of either precision."""
    drawn: Vectors = rng.standard_normal(shape, dtype=dtype.type)
    return drawn


def taken(x: Vectors, shape: tuple[int, int], dtype: np.dtype[Any]) -> tuple[Vectors, Exponents]:
    """x / 2**powers with the largest entry of each draw in [1/2, 1), so that no square over- or underflows; (draws, 1).

    Raises ValueError where the shape is another or an entry is not finite or not real, naming it.

    >>> taken(np.array([[6.0, 0.0]]), (1, 2), np.dtype(np.float64))
    (array([[0.75, 0.  ]]), array([[3]], dtype=int32))
    """
    if np.shape(x) != shape:
        raise ValueError(f"x has shape {np.shape(x)}: pass (draws, n) = {shape}")
    if np.iscomplexobj(x):
        raise ValueError("x is complex: pass its real and its imaginary part, one after the other")
    values = np.asarray(x, dtype)
    check_finite(values, "x")
    powers = np.frexp(np.abs(values).max(axis=1, keepdims=True))[1]
    return np.ldexp(values, -powers), powers
