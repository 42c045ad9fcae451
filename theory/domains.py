"""Conditions that join parameters: an end of a domain that is another parameter, a statement's own condition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sympy import Expr, Symbol, sympify

from theory.balls.decimals import outward
from theory.balls.evaluation import ball, value_of
from theory.balls.precision import working_precision
from theory.printing import text
from theory.profiles import profiled
from theory.proofs.dependence import is_constant
from theory.proofs.facts import Fact
from theory.statement import Statement, Theorem
from theory.symbols import n
from theory.widths import Profile, at_each_layer, ends, units

DIGITS = 10  # of an end that a refusal tells
PRECISIONS = tuple(64 << 2 * step for step in range(5))


def check_together(theorem: Theorem, values: Mapping[Symbol, Expr], profile: Profile | None = None) -> None:
    """Raises ValueError where values, each lawful by itself, do not fit together; what has no value is left out.

    At a width profile an index that n bounds is bounded by the least width, and conditions are those of the statements
    at widths: one of these must hold there.

    >>> from sympy import Integer
    >>> from theory.depth.mean_square_gain import THEOREM
    >>> check_together(THEOREM, {parameter.symbol: Integer(2) for parameter in THEOREM.parameters})
    """
    known = {**values, **(ends(profile) if profile else {})}
    for fact in _ends(theorem):
        if not _holds(fact, known):
            raise ValueError(_refusal(theorem, fact, "", known, profile))
    for statement in theorem.statements:
        for fact in () if statement.widths or profile else _conditions(statement):
            if not _holds(fact, values):
                raise ValueError(_refusal(theorem, fact, statement.otherwise, values))
    if profile and profiled(theorem) and not fitting(theorem, profile, values):
        raise ValueError(_misfit(theorem, profile, values))


def fitting(theorem: Theorem, profile: Profile, values: Mapping[Symbol, Expr] | None = None) -> tuple[Statement, ...]:
    """The statements at widths whose conditions hold for this profile, or cannot be told without more values.

    >>> from theory.depth.mean_square_gain import THEOREM
    >>> len(fitting(THEOREM, Profile((4, 8))))
    1
    """
    return tuple(each for each in profiled(theorem) if not _failing(each, profile, values or {}))


def _failing(statement: Statement, profile: Profile, values: Mapping[Symbol, Expr]) -> tuple[Fact, ...]:
    """The conditions of a statement, in its own letters, that do not hold at a profile."""
    found = []
    for fact in _conditions(statement):
        layers = at_each_layer((fact.left, fact.right), profile)
        if not all(_holds(Fact(left, fact.op, right), values) for left, right in layers):
            found.append(fact)
    return tuple(found)


def _ends(theorem: Theorem) -> Iterator[Fact]:
    for parameter in theorem.parameters:
        low, high = sympify(parameter.low), sympify(parameter.high)
        yield from (Fact(low, "<=", parameter.symbol) for _ in low.free_symbols)
        yield from (Fact(parameter.symbol, "<=", high) for _ in high.free_symbols)


def _conditions(statement: Statement) -> Iterator[Fact]:
    """The inequalities of parameters and widths that a statement is said on."""
    for fact in statement.given:
        if fact.op != "=" and is_constant(fact.left) and is_constant(fact.right):
            yield fact


def _holds(fact: Fact, values: Mapping[Symbol, Expr]) -> bool:
    """For certain, at a precision that settles it: an order that none does, as of two equal numbers, does not hold.

    What has no value yet is taken to hold.
    """
    if not (fact.left.free_symbols | fact.right.free_symbols) <= values.keys():
        return True
    for bits in PRECISIONS:
        with working_precision(bits):
            left, right = (value_of(side, values) for side in (fact.left, fact.right))
        if left < right or left > right:
            return bool(left < right)
    return fact.op == "<=" and bool(left <= right)


def _misfit(theorem: Theorem, profile: Profile, values: Mapping[Symbol, Expr]) -> str:
    """That no statement at widths speaks of this profile, and what each asks for."""
    unfit = [(each, _failing(each, profile, values)[0]) for each in profiled(theorem)]
    first, fact = unfit[0]
    if not fact.left.has(units):
        (sides,) = at_each_layer((fact.left, fact.right), profile)
        return _refusal(theorem, Fact(sides[0], fact.op, sides[1]), first.otherwise, values, profile)
    asked = " or ".join(_written(fact) for _, fact in unfit)
    needed = f"theorem {theorem.name} needs {asked} for every layer ({first.otherwise})"
    return f"widths={profile!s:.60}: {needed}; pass such widths"


def _written(fact: Fact) -> str:
    """A condition as it is written."""
    return f"{text(fact.left)} {fact.op} {text(fact.right)}"


def _refusal(
    theorem: Theorem, fact: Fact, otherwise: str, values: Mapping[Symbol, Expr], profile: Profile | None = None
) -> str:
    given = ", ".join(f"{symbol}={values[symbol]}" for symbol in sorted(fact.left.free_symbols, key=str))
    needed, why = f"{text(fact.left)} {fact.op} ", f" ({otherwise})" if otherwise else ""
    if fact.right.is_Symbol:
        told, end = f"{fact.right}={values[fact.right]}", str(values[fact.right])
        told = f"{end}, the least of widths {profile!s:.60}" if profile and fact.right == n else told
    else:
        near, end, _ = outward(ball(fact.right, values), DIGITS) or (fact.right,) * 3  # rounded down: within
        told = f"{near} at widths {profile!s:.60}" if profile else f"{text(fact.right)} = {near}"
    return f"{given}: theorem {theorem.name} needs {needed}{told}{why}; pass {needed}{end}"
