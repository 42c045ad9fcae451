"""Theorems about width profiles: which they are, what they print there, and the profile that a user gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from theory.statement import Statement, Theorem
from theory.widths import Profile

REPLACED = ("n", "L")  # what a profile stands for


def profiled(theorem: Theorem) -> tuple[Statement, ...]:
    """The statements of a theorem that hold at every width profile.

    >>> from theory.depth.mean_square_gain import THEOREM
    >>> len(profiled(THEOREM))
    1
    """
    return tuple(statement for statement in theorem.statements if statement.widths)


def layers_of(theorem: Theorem) -> int | None:
    """The number of layers that a profile must have: 1 where the theorem is of one matrix."""
    return 1 if all(system.kind == "matrix" for system in theorem.systems) else None


def profile_of(theorem: Theorem, value: object) -> Profile:
    """The profile given as text or as whole numbers.

    Raises ValueError naming value, place and remedy where it is no profile, or the theorem has no statement about one.

    >>> from theory.depth.mean_square_gain import THEOREM
    >>> profile_of(THEOREM, [4, 8, 2])
    4,8,2
    """
    text = str(value) if isinstance(value, str) or not isinstance(value, Sequence) else ",".join(map(str, value))
    if not profiled(theorem):
        takes = ", ".join(parameter.symbol.name for parameter in theorem.parameters) or "no parameters"
        raise ValueError(
            f"widths={text:.60}: theorem {theorem.name} is not stated for width profiles; it takes {takes}"
        )
    return Profile.read(text, layers_of(theorem))


def told_widths(theorem: Theorem) -> dict[str, Any] | None:
    """What a user may pass as widths, for help and for JSON; None where the theorem is not stated for profiles.

    >>> from theory.matrices.norm_edge import THEOREM
    >>> told_widths(THEOREM)["replaces"]
    'n'
    """
    stated = profiled(theorem)
    if not stated:
        return None
    domain = "n_in,n_out" if layers_of(theorem) == 1 else "n_0,n_1,...,n_L, input first"
    replaced = [each.symbol.name for each in theorem.parameters if each.symbol.name in REPLACED]
    points = [str(Profile(own)) for statement in stated for own in statement.widths]
    return {"domain": domain, "points": list(dict.fromkeys(points)), "replaces": " and ".join(replaced)}


def refuse_both(values: Mapping[str, str]) -> None:
    """Raises ValueError where widths are given beside n or L."""
    for name in REPLACED:
        if name in values:
            raise ValueError(
                f"widths={values['widths']:.60}, {name}={values[name]}: widths stand in place of "
                f"{' and '.join(REPLACED)}; leave {name} or widths out"
            )
