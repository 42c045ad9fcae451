"""The table: a row a number of factors, the product of fresh ones beside the power of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from math import exp
from typing import TYPE_CHECKING

from numerics.growth.logarithm import Logarithm
from numerics.growth.reach import Reach

if TYPE_CHECKING:
    from matplotlib.figure import Figure

STEPS = (1, 2, 4, 8, 16, 32, 64)
SQUARED = ("mean", "typical")  # logarithms of squares; the others are of norms


@dataclass(frozen=True)
class Product:
    """One product J of k factors, as natural logarithms; None where no theorem gives it and nothing was measured.

    mean: log E‖Jv‖², v a fixed unit vector. typical: the median of log‖Jv‖². norm: that of log‖J‖. radius: k times that
    of log ρ(W), of one factor. norms: that of Σ log‖W_l‖, what the norms of the factors alone would tell.
    """

    mean: Logarithm | None
    typical: Logarithm
    norm: Logarithm | None
    radius: Logarithm | None
    norms: Logarithm | None

    def per_factor(self, name: str, k: int) -> float | None:
        """What one of the k factors does to a length: the k-th root, of the square root of what is squared.

        >>> from numerics.growth.logarithm import exactly
        >>> Product(exactly(4.0, "t"), exactly(0.0, "t"), None, None, None).per_factor("mean", 2)
        2.718281828459045
        """
        held = getattr(self, name)
        return None if held is None else exp(held.value / (k * (2 if name in SQUARED else 1)))


NAMES = tuple(field.name for field in fields(Product))


@dataclass(frozen=True)
class Row:
    """k factors: fresh ones through depth, the same one through time."""

    k: int
    depth: Product
    time: Product


@dataclass(frozen=True)
class Both:
    """A number of steps through depth, and through time."""

    depth: Reach
    time: Reach


@dataclass(frozen=True)
class DepthAgainstTime:
    """Both products of one ensemble at one width and sigma_w.

    horizon: the least k at which the median gradient factor ‖Jv‖ leaves [tolerance, 1/tolerance]. overflow_step and
    underflow_step: by dtype, the least k at which it exceeds the largest finite number, or falls below the smallest
    normal one.
    """

    ensemble: str
    n: int
    sigma_w: float
    tolerance: float
    rows: tuple[Row, ...]
    horizon: Both
    overflow_step: Mapping[str, Both]
    underflow_step: Mapping[str, Both]

    def to_dict(self) -> dict[str, object]:
        """Plain data for JSON; -inf, the logarithm of 0, is None."""
        plain = _finite(asdict(self))
        assert isinstance(plain, dict)
        return plain

    def __repr__(self) -> str:
        """Per factor, in lengths, and the horizon."""
        head = f"{self.ensemble}, n={self.n}, sigma_w={self.sigma_w:g}: what one of k factors does to a length"
        lines = [head, "k      " + "".join(f"{name:>9}" for name in (*NAMES, *NAMES)) + "   (depth, then time)"]
        for row in self.rows:
            found = [product.per_factor(name, row.k) for product in (row.depth, row.time) for name in NAMES]
            lines.append(f"{row.k:<7}" + "".join("        –" if one is None else f"{one:9.4f}" for one in found))
        lines.append(f"horizon ({self.tolerance:g}): depth {self.horizon.depth}; time {self.horizon.time}")
        return "\n".join(lines)

    def plot(self) -> Figure:
        """The figure of this table. Raises ImportError without Matplotlib, the extra ``plot``."""
        from numerics.plots.growth import figure

        return figure((self,))


def _finite(data: object) -> object:
    if isinstance(data, dict):
        return {key: _finite(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_finite(value) for value in data]
    return None if isinstance(data, float) and data == -float("inf") else data
