"""One statement on one ensemble at one point: what is to be judged, and its formulas as numbers there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sympy import Expr, Max, N, Rational, Symbol, log
from sympy.core.basic import Basic

from numerics.ensembles import Ensemble
from numerics.verdict import NotJudged
from theory.activations import ACTIVATIONS, Activation
from theory.assumptions import BI_INVARIANT, IID, Assumption, closure, tacit
from theory.certify import enclose
from theory.domains import check_together
from theory.numbers import parse
from theory.observables import Observable, named
from theory.profiles import REPLACED, profile_of
from theory.quantities import Quantity
from theory.statement import Statement, Theorem
from theory.symbols import gain_spread, gamma, kurtosis, n, n_in, n_out
from theory.systems import System
from theory.widths import Profile, at_profile, spread, spread_back, units

Value = Rational | Profile

DIGITS = 30  # of a formula before it is rounded to a float
# the parameters that networks are drawn with
DRAWING = ("n", "L", "T", "sigma_w", "sigma_b", "widths", "a", "b", "lambda")


@dataclass(frozen=True)
class Cell:
    """A judgment to be made. ``resolution`` None: the relation's own; ``lacks``: the assumption a control drops."""

    theorem: Theorem
    number: int
    system: System
    ensemble: Ensemble
    point: tuple[tuple[str, Value], ...]
    resolution: float | None = None
    lacks: str | None = None
    neighbor: bool = False  # judge the smallest wrong neighbor of the statement instead

    @property
    def statement(self) -> Statement:
        return self.theorem.statements[self.number]

    @property
    def drawn_at(self) -> tuple[tuple[str, Value], ...]:
        """The part of the point that the networks, or their readers, depend on: cells that share it share networks."""
        asked = {*DRAWING, *(symbol.name for found in _measured(self.statement.left) for symbol in found.reads)}
        return tuple(sorted((name, value) for name, value in self.point if name in asked))

    @property
    def profile(self) -> Profile | None:
        """The widths of the networks, where they are not one n."""
        return next((value for value in dict(self.point).values() if isinstance(value, Profile)), None)

    def at(self, name: str, value: Value) -> Cell:
        """The same cell with one parameter replaced."""
        return replace(self, point=tuple((k, value if k == name else v) for k, v in self.point))

    def numbers(self) -> dict[Symbol, Expr]:
        """Every symbol of a formula that is known here: parameters, the ensemble's declarations, gamma."""
        symbols = {parameter.symbol.name: parameter.symbol for parameter in self.theorem.parameters}
        known: dict[Symbol, Expr] = {symbols[name]: value for name, value in self.point if name in symbols}
        declared = {kurtosis: self.ensemble.kurtosis, gain_spread: self.ensemble.gain_spread}
        values = {symbol: formula.subs({n_in: n, n_out: n}).subs(known) for symbol, formula in declared.items()}
        slope = self.system.activation.slope_bound if self.system.activation else 1
        return {**known, **values, gamma: slope}

    def exact(self, formula: Expr) -> Expr:
        """The formula with everything known put in."""
        known = formula.subs(self.numbers())
        return known if self.profile is None else at_profile(self._declared(known), self.profile)

    def _declared(self, formula: Expr) -> Expr:
        """The formula with the spread c_l of each layer as the ensemble declares it of its shape."""
        spreads = formula.atoms(spread, spread_back)
        if spreads and self.ensemble.gain_spread.has(n):
            raise NotJudged(f"{self.ensemble.name}: gain_spread is declared for square weights alone")
        return formula.xreplace({node: self._of_layer(node) for node in spreads})

    def _of_layer(self, node: spread | spread_back) -> Basic:
        (layer,) = node.args
        declared = transposed_spread(self.ensemble) if isinstance(node, spread_back) else self.ensemble.gain_spread
        return declared.xreplace({n_out: units(layer), n_in: units(layer - 1)})

    def number_of(self, formula: Expr | int) -> float:
        """The formula as a float, rounded from 30 digits; infinite where it is beyond float64."""
        if not isinstance(formula, Expr):
            return float(formula)
        exact = self.exact(formula)  # what SymPy only carries along has an enclosure, if any number
        return float(enclose(exact, DIGITS).value if exact.has(Quantity) else N(exact, DIGITS))

    def log_of(self, formula: Expr) -> float:
        """log of a positive formula: finite however large it is."""
        exact = log(self.exact(formula))
        return float(enclose(exact, DIGITS).value if exact.has(Quantity) else N(exact, DIGITS))


def transposed_spread(ensemble: Ensemble) -> Expr:
    """c' with E‖Wᵀu‖⁴ <= (1 + c')(E‖Wᵀu‖²)² for every unit u.

    Of independent entries by their kurtosis, which their shape may decide; where the law is invariant under rotations
    Wᵀ is, up to scale, as a matrix of the exchanged shape. Raises NotJudged for any other ensemble.

    >>> from numerics import ensembles
    >>> transposed_spread(ensembles.get("gaussian"))
    2/n_in
    """
    known = closure(ensemble.satisfies)
    if IID in known:
        return Max(2, ensemble.kurtosis - 1) / n_in
    if BI_INVARIANT in known:
        return ensemble.gain_spread.subs({n_in: n_out, n_out: n_in}, simultaneous=True)
    raise NotJudged(f"{ensemble.name}: no spread is declared of its transposed matrices")


def _measured(side: Observable | Expr) -> tuple[Observable, ...]:
    """The observables of a side."""
    if isinstance(side, Observable):
        return (side,)
    return tuple(observable for symbol, observable in named().items() if symbol in side.free_symbols)


def missing(theorem: Theorem, ensemble: Ensemble, statement: Statement | None = None) -> tuple[Assumption, ...]:
    """The assumptions of a theorem that an ensemble does not satisfy; the theorem applies where there is none.

    ``statement``: what this one needs beside them is looked for too.

    >>> from numerics import ensembles
    >>> from theory import theorem
    >>> missing(theorem("log_gain"), ensembles.get("haar"))
    (GAUSSIAN,)
    """
    needed = theorem.assumes | (statement.assumes if statement else frozenset())
    lacking = (needed | tacit(needed)) - closure(ensemble.satisfies) - tacit(ensemble.satisfies)
    return tuple(sorted(lacking, key=lambda assumption: assumption.name))


def systems_of(theorem: Theorem, statement: Statement) -> tuple[System, ...]:
    """The systems that a statement is judged in, each activation apart."""
    named = (statement.system,) if statement.system else theorem.systems
    return tuple(System(system.kind, activation) for system in named for activation in _activations(system))


def _activations(system: System) -> tuple[Activation | None, ...]:
    any_of_them = system.activation is None and system.has_activation
    return ACTIVATIONS if any_of_them else (system.activation,)


def exact_point(theorem: Theorem, point: Mapping[str, object]) -> tuple[tuple[str, Value], ...]:
    """A point as exact numbers, each in its domain; widths, input first, stand in place of n and L.

    Raises ValueError naming the value, its place and the remedy.
    """
    if not isinstance(point, Mapping):
        raise ValueError(f"point={point!r}: pass a dict of parameters, such as {theorem.points()[0]}")
    parameters = {parameter.symbol.name: parameter for parameter in theorem.parameters}
    if "widths" in point:
        parameters = {name: each for name, each in parameters.items() if name not in REPLACED}
        profile = profile_of(theorem, point["widths"])
        own = (("widths", profile),)
        point = {name: value for name, value in point.items() if name != "widths"}
    else:
        profile, own = None, ()
    unknown, absent = sorted(set(point) - set(parameters)), sorted(set(parameters) - set(point))
    if unknown or absent:
        told = f"unknown {', '.join(unknown)}" if unknown else f"missing {', '.join(absent)}"
        raise ValueError(f"point {dict(point)}: {told}; {theorem.name} has parameters {', '.join(parameters)}")
    values = {name: parse(str(value), name) for name, value in point.items()}
    for name, value in values.items():
        if not parameters[name].admits(value):
            raise ValueError(f"{name}={value}: outside its domain; pass {parameters[name].domain}")
    check_together(theorem, {parameters[name].symbol: value for name, value in values.items()}, profile)
    return (*values.items(), *own)
