"""The laws of random weights, one file each; a file is imported when its ensemble is asked for.

To add one, write ``numerics/ensembles/<name>.py`` with a module attribute ``ENSEMBLE``: nothing else changes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import get_close_matches
from importlib import import_module
from math import sqrt
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, TypeAlias

from numerics.arguments import positive_integer, standard_deviation

if TYPE_CHECKING:
    from numpy.random import Generator
    from sympy import Expr

    from numerics.arrays import Matrices
    from theory.assumptions import Assumption

Draw: TypeAlias = "Callable[[Generator, int, int, int, Any], Matrices]"


@dataclass(frozen=True)
class Ensemble:
    """A law of W (n_out x n_in), entries of variance sigma_w²/n_in, and what may be relied upon: each word is tested.

    kurtosis: E w⁴/(E w²)² of an entry, oo where there is no fourth moment.
    gain_spread: c with E‖Wv‖⁴ <= (1 + c)(E‖Wv‖²)² for every unit v, of W, and of the transpose where W is square;
    where W is bi-invariant also of W/‖W‖_F.
    Both may use n_in and n_out; one that uses n is of square W alone. square: there is no other W.
    draw: (rng, draws, n_out, n_in, sigma_w) -> (draws, n_out, n_in).
    """

    name: str
    title: str
    satisfies: frozenset[Assumption]
    kurtosis: Expr
    gain_spread: Expr
    draw: Draw = field(repr=False)
    square: bool = False


GIVEN = "given"  # the matrix that a statement writes: no law, and asked for by the theorems that assume it alone


def names() -> tuple[str, ...]:
    """The names of all ensembles: the files of this folder, but for that of the given matrix, which is no law.

    >>> "gaussian" in names(), "given" in names()
    (True, False)
    """
    return tuple(sorted(module.name for module in iter_modules(__path__) if module.name != GIVEN))


def get(name: str) -> Ensemble:
    """The ensemble of that name.

    Raises ValueError for an unknown name, with the nearest names.

    >>> get("gaussian").kurtosis
    3
    """
    if name not in (*names(), GIVEN):
        near = get_close_matches(str(name), names()) or names()
        raise ValueError(f"ensemble={name!r}: no such file in numerics/ensembles; did you mean {', '.join(near)}?")
    ensemble: Ensemble = import_module(f"{__name__}.{name}").ENSEMBLE
    return ensemble


def entry_deviation(n_out: int, n_in: int, sigma_w: Any) -> float:
    """Standard deviation of an entry, sigma_w/sqrt(n_in), where both widths and sigma_w are lawful.

    Raises ValueError naming the value, its place and the remedy.

    >>> entry_deviation(3, 4, 1.0)
    0.5
    """
    positive_integer(n_out, "n_out")
    return standard_deviation(sigma_w, "sigma_w") / sqrt(positive_integer(n_in, "n_in"))


def require_square(name: str, n_out: int, n_in: int) -> None:
    """Raises ValueError unless n_out = n_in.

    >>> require_square("symmetric", 3, 3)
    """
    if n_out != n_in:
        shape = f"W is {n_out} x {n_in}"
        raise ValueError(f"ensemble {name}: {shape}, and {name} is square; pass equal widths or another ensemble")
