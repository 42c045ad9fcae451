"""The number that a theorem's formula gives: a float right to its last place, or certified decimal text."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from sympy import Expr, Integer, Symbol

from theory.arguments import formulas, profile_in, read
from theory.catalog import theorem as find
from theory.certify import Enclosure, enclose
from theory.meijer import on_road
from theory.statement import Theorem
from theory.symbols import l
from theory.widths import Profile, at_profile, ends

Value = float | str | None
FLOAT_DIGITS = 20  # three more than a float64 needs


@dataclass(frozen=True)
class Evaluation:
    """The value of a theorem's formula: decimal text, low <= exact <= high, where digits were asked for, else a float.

    With ``components``, value, low and high are tuples, one entry a component. A value is None where float64 cannot
    hold it; ``note`` then says so, and where the formula is a limit in a size that was given.
    """

    theorem: str
    value: Value | tuple[Value, ...]
    components: tuple[str, ...]
    low: str | tuple[str, ...] | None
    high: str | tuple[str, ...] | None
    digits: int | None
    note: str = ""

    def to_dict(self) -> dict[str, object]:
        """Plain data for JSON: lists, and null where there is nothing; ``note`` only where there is one.

        >>> evaluate("mean_square_gain", {"sigma_w": "1.2", "L": "3"}).to_dict()["value"]
        2.985984
        """
        data = {
            "theorem": self.theorem,
            "value": _plain(self.value),
            "components": list(self.components) or None,
            "low": _plain(self.low),
            "high": _plain(self.high),
            "digits": self.digits,
        }
        return data | ({"note": self.note} if self.note else {})


def _plain(entry: object) -> object:
    return list(entry) if isinstance(entry, tuple) else entry


def evaluate(
    theorem: Theorem | str, values: Mapping[str, str], digits: int | None = None, road: str = "inversion"
) -> Evaluation:
    """The formula of a theorem (or slug) at values given as text, such as {"sigma_w": "0.1", "L": "5/1"}.

    Exact: with digits, low <= exact <= high and high - low <= 10^(1-digits)·|value|; without, the nearest float64 (up
    to ties within 1e-20). Raises NoNumber where the right side is measured, ValueError where the values do not fit.

    Widths, input first, stand in place of n and L where the theorem is stated for them. A law is evaluated by the
    inversion integral of its characteristic function, or on the road "meijer" by the residues of the same Meijer
    G-function: two independent computations.

    >>> evaluate("mean_square_gain", {"sigma_w": "1.2", "L": "3"}, digits=12).value
    '2.985984'
    >>> evaluate("mean_square_gain", {"sigma_w": "1.2", "widths": "4,8,2"}).value
    1.0368
    """
    stated = find(theorem) if isinstance(theorem, str) else theorem
    profile = profile_in(stated, values)
    names, places = _places(stated, read(stated, values), profile)
    rights = formulas(stated, profile)
    asked = FLOAT_DIGITS if digits is None else digits
    rights = on_road(stated, rights, road)
    enclosures = [enclose(_of_layer(right, at, profile), asked, at) for at in places for right in rights]
    told = _of_a_limit(stated, values)
    if digits is None:
        return _as_floats(stated.name, names, enclosures, told)
    columns = [tuple(column) for column in zip(*((e.value, e.low, e.high) for e in enclosures), strict=True)]
    value, low, high = columns if names else (column[0] for column in columns)
    return Evaluation(stated.name, value, names, low, high, digits, told)


def _of_a_limit(theorem: Theorem, values: Mapping[str, str]) -> str:
    """What to tell where a size is given to a formula that is its limit: the number is not of that size."""
    variable = getattr(theorem.statements[0].relation, "variable", None)
    if variable is not None and "widths" in values:
        return "a limit as the widths grow: their ratios alone enter"
    given = values.get(str(variable))
    return f"a limit as {variable} grows: {variable}={given} does not enter" if given else ""


def _of_layer(formula: Expr, at: Mapping[Symbol, Expr], profile: Profile | None) -> Expr:
    """A formula at a profile that speaks of one layer l, at the widths about it."""
    return formula if profile is None or l not in at else at_profile(formula.xreplace({l: at[l]}), profile)


def _places(
    theorem: Theorem, at: Mapping[Symbol, Expr], profile: Profile | None
) -> tuple[tuple[str, ...], list[Mapping[Symbol, Expr]]]:
    """The names of the numbers asked for, and where the formulas are taken: at each value of an index left out."""
    if theorem.each is None or theorem.each.symbol in at:
        return theorem.components, [at]
    names = theorem.each.names(at if profile is None else ends(profile))
    return names, [{**at, theorem.each.symbol: Integer(number)} for number in range(1, len(names) + 1)]


def _as_floats(theorem: str, names: tuple[str, ...], enclosures: list[Enclosure], told: str) -> Evaluation:
    floats = tuple(_as_float(enclosure.value) for enclosure in enclosures)
    lost = [enclosure.value for enclosure, number in zip(enclosures, floats, strict=True) if number is None]
    outside = f"{', '.join(lost)} is outside the range of float64; pass --digits" if lost else ""
    note = "; ".join(filter(None, (told, outside)))
    return Evaluation(theorem, floats if names else floats[0], names, None, None, None, note)


def _as_float(text: str) -> float | None:
    number = float(text)
    vanished = number == 0 and text.strip("-0.") != ""
    return None if math.isinf(number) or vanished else number
