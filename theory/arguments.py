"""What the formula of a theorem is evaluated at: names, domains, and values read from text."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from sympy import Expr, Rational, Symbol, oo, sympify

from theory import symbols
from theory.activations import ACTIVATIONS, TANH, Activation
from theory.domains import check_together, fitting
from theory.numbers import parse
from theory.profiles import profile_of, refuse_both
from theory.quantities import Quantity, Special, law_of_log, sup_over
from theory.statement import Parameter, Theorem
from theory.widths import Profile, at_profile

NAMED = {activation.name: activation for activation in (TANH, *ACTIVATIONS)}  # the default first
NOUNS = {
    "sigma_w": "a standard deviation",
    "sigma_b": "a standard deviation",
    "n": "a width",
    "L": "a depth",
    "T": "a number of steps",
    "s": "a norm or radius",
    "x": "a squared gain",
    "eps": "a level",
    "t": "an excess",
    "k": "an index",
    "a": "a scale",
    "b": "an entry",
    "p": "the order of a moment",
    "phi": "an angle",
}


class NoNumber(ValueError):
    """The theorem has no number of its own: its right side is itself measured."""


def formulas(theorem: Theorem, profile: Profile | None = None) -> tuple[Expr, ...]:
    """What `evaluate` prints: the theorem's value, else the first right side; of its components, one each, in order.

    At a width profile: the value there, else the first right sides that speak of such. Raises NoNumber where one is
    measured, not computed.

    >>> from theory.depth.log_gain import THEOREM
    >>> len(formulas(THEOREM))
    2
    """
    square = (statement for statement in theorem.statements if not statement.widths)
    told = [statement.right for statement in (square if profile is None else fitting(theorem, profile))]
    sides = (theorem.values if profile is None else theorem.wide_values) or told
    rights = [right for side in sides for right in (side if isinstance(side, tuple) else (side,))]
    found = tuple(rights[: len(theorem.components) or 1])
    if not all(isinstance(right, Expr) and _computable(right) for right in found):
        raise NoNumber(f"theorem {theorem.name}: no number of its own, both sides are measured; use `gradproof verify`")
    return found if profile is None else tuple(at_profile(right, profile) for right in found)


def _computable(right: Expr) -> bool:
    return all(isinstance(node, Special | sup_over) for node in right.atoms(Quantity))


def occurring(formula: Expr) -> set[Symbol]:
    """The symbols whose values the formula needs: the frequency of a characteristic function is integrated away.

    >>> from theory.depth.gain_law import THEOREM
    >>> sorted(symbol.name for symbol in occurring(THEOREM.formula))
    ['L', 'n', 'sigma_w', 'x']
    """
    bound = {node.args[1] for node in formula.atoms(law_of_log)}
    return set(formula.free_symbols) - bound


def arguments(theorem: Theorem) -> tuple[Parameter, ...]:
    """The theorem's parameters, then the other symbols of its formulas (of observables, of a distribution's argument).

    >>> from theory.depth.gain_law import THEOREM
    >>> [argument.symbol.name for argument in arguments(THEOREM)]
    ['sigma_w', 'L', 'n', 'x']
    """
    declared = {parameter.symbol for parameter in theorem.parameters} | {symbols.gamma}
    others = set().union(*map(occurring, formulas(theorem))) - declared
    return theorem.parameters + tuple(_argument(symbol) for symbol in sorted(others, key=str))


def _argument(symbol: Symbol) -> Parameter:
    """A symbol that is no parameter, with the domain that its assumptions say."""
    if symbol.is_integer:
        return Parameter(symbol, 1 if symbol.is_positive else 0 if symbol.is_nonnegative else -oo, oo, ())
    return Parameter(symbol, 0 if symbol.is_nonnegative else -oo, oo, (), closed=symbol.is_positive is not True)


def required(theorem: Theorem, profile: Profile | None = None) -> tuple[str, ...]:
    """Names of the arguments that occur in the formulas and have no default; the others may be left out.

    >>> from theory.depth.mean_square_gain import THEOREM
    >>> required(THEOREM)
    ('sigma_w', 'L')
    """
    needed = set().union(*map(occurring, formulas(theorem, profile)))
    free = theorem.each.symbol if theorem.each else None
    asked = (each for each in arguments(theorem) if each.default is None and each.symbol != free)
    return tuple(argument.symbol.name for argument in asked if argument.symbol in needed)


def activations(theorem: Theorem) -> tuple[str, ...]:
    """Names of the activations to choose from, where gamma occurs in the formulas; the first is the default.

    >>> from theory.depth.vanishing_by_norm import THEOREM
    >>> activations(THEOREM)
    ('tanh', 'linear')
    """
    if not any(symbols.gamma in occurring(formula) for formula in formulas(theorem)):
        return ()
    allowed = {system.activation.name if system.activation else "" for system in theorem.systems}
    return tuple(name for name in NAMED if {"", name} & allowed)


def read(theorem: Theorem, values: Mapping[str, str]) -> dict[Symbol, Expr]:
    """The exact value of each symbol, given or by default, and gamma = sup|phi'| of the activation (tanh where free).

    With widths, n and L are not given: the formulas are of that profile. Raises ValueError where a name is unknown or
    missing, a text is not a number, or a number is outside its domain.

    >>> from theory.depth.mean_square_gain import THEOREM
    >>> read(THEOREM, {"sigma_w": "0.1", "L": "3"})
    {sigma_w: 1/10, L: 3}
    """
    known = {argument.symbol.name: argument for argument in arguments(theorem)}
    profile = profile_in(theorem, values)
    for name in values:
        if name not in known and name not in ("activation", "widths"):
            raise ValueError(_unknown(theorem, name, values[name], tuple(known)))
    missing = [name for name in required(theorem, profile) if name not in values]
    if missing:
        domains = "; ".join(f"{name}=... ({known[name].domain})" for name in missing)
        raise ValueError(f"theorem {theorem.name}: {', '.join(missing)} missing; pass {domains}")
    found = {each.symbol: sympify(each.default) for each in known.values() if each.default is not None}
    found |= {known[name].symbol: _admitted(known[name], text) for name, text in values.items() if name in known}
    check_together(theorem, found, profile)
    activation = _activation(theorem, values.get("activation"))
    return found | ({symbols.gamma: activation.slope_bound} if activations(theorem) else {})


def profile_in(theorem: Theorem, values: Mapping[str, str]) -> Profile | None:
    """The width profile given among the values, or None. Raises ValueError as `theory.profiles.profile_of` does."""
    if "widths" not in values:
        return None
    found = profile_of(theorem, values["widths"])
    refuse_both(values)
    return found


def _unknown(theorem: Theorem, name: str, text: str, names: tuple[str, ...]) -> str:
    if name == symbols.gamma.name:
        return f"gamma={text}: gamma = sup|phi'| is computed; pass activation={' or '.join(NAMED)} instead"
    nearest = get_close_matches(name, names, n=1, cutoff=0.4)
    hint = f"nearest: {nearest[0]}; " if nearest else ""
    takes = f"it takes {', '.join(names)}" if names else "it takes none"
    return f"{name}={text}: theorem {theorem.name} has no parameter {name}; {hint}{takes}"


def _admitted(argument: Parameter, text: str) -> Rational:
    value = parse(text, argument.symbol.name)
    if not argument.admits(value):
        raise ValueError(f"{argument.symbol}={text.strip()}: {_refusal(argument, value)}; pass {_remedy(argument)}")
    return value


def _refusal(argument: Parameter, value: Rational) -> str:
    noun = NOUNS.get(argument.symbol.name, "this parameter")
    if argument.symbol.is_integer and not value.is_integer:
        return f"{noun} is a whole number"
    if value < 0 <= argument.low:
        return f"{noun} cannot be negative"
    return f"{noun} cannot be 0" if value == 0 else f"{noun} outside its domain"


def _remedy(argument: Parameter) -> str:
    sign = "=" if argument.closed or argument.symbol.is_integer else ""
    whole = "an integer " if argument.symbol.is_integer else ""
    low = f"{argument.symbol} >{sign} {argument.low}" if argument.low != -oo else ""
    high = f"{argument.symbol} <{sign} {argument.high}" if argument.high != oo else ""
    return whole + (" and ".join(filter(None, (low, high))) or str(argument.symbol))


def _activation(theorem: Theorem, name: str | None) -> Activation:
    """The activation asked for; else tanh where a system leaves it open, and the system's own where it does not."""
    allowed = {system.activation.name if system.activation else "" for system in theorem.systems}
    if name is None:
        return TANH if "" in allowed or not allowed & set(NAMED) else NAMED[min(allowed & set(NAMED))]
    if name not in NAMED:
        nearest = get_close_matches(name, NAMED, n=1, cutoff=0.4)
        hint = f"nearest: {nearest[0]}; " if nearest else ""
        raise ValueError(f"activation={name}: no such activation; {hint}pass {' or '.join(NAMED)}")
    if not {"", name} & allowed:
        spoken = ", ".join(map(str, theorem.systems))
        raise ValueError(f"activation={name}: theorem {theorem.name} speaks of {spoken} only; leave activation out")
    return NAMED[name]
