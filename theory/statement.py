"""Theorems as data: statements, parameters, and proofs whose every step is checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sympy import Expr, Rational, Tuple
from sympy.core.basic import Basic
from sympy.core.relational import Ge, Le

from theory.assumptions import Assumption
from theory.controls import Control, Sweep
from theory.observables import Observable, resolve
from theory.parameters import Each, Parameter
from theory.printing import latex
from theory.proofs.facts import Fact
from theory.proofs.proof import HELD, Induction, Move, Step, weakest
from theory.quantities import E, P, limit_of
from theory.rectangular import at_widths
from theory.relations import InLaw, Limit, Mean, Relation, Tail
from theory.systems import System
from theory.widths import Profile

__all__ = [
    "HELD",
    "Control",
    "Each",
    "Induction",
    "Move",
    "Parameter",
    "Statement",
    "Step",
    "Sweep",
    "Theorem",
    "weakest",
]


@dataclass(frozen=True)
class Statement:
    """left relation right, on the conditions ``given``: parameters in a range, or 0 < a quantity of W or J.

    left: Observable or expression in symbols of observables; right: expression, Observable, or a tuple of expressions,
    one for each part of a left side whose definition is a SymPy Tuple.
    ``attained``: (ensemble, point) where an inequality is an equality; ``slack``: nowhere known.
    ``widths``: the statement is of a network of widths n_0, ..., n_L, whatever they are, and is judged at the theorem's
    points with n and L replaced by these profiles, one a point.
    ``system``: where it is judged, None for each of the theorem's. ``assumes``: what it needs
    beside the theorem's own. ``otherwise``: what is so where a condition on the
    parameters fails, told with the refusal.
    """

    left: Observable | Expr
    relation: Relation
    right: Observable | Expr | tuple[Expr, ...]
    given: tuple[Fact, ...] = ()
    attained: tuple[str, Mapping[str, Expr | int]] | None = None
    slack: bool = False
    system: System | None = None
    widths: tuple[tuple[int, ...], ...] = ()
    otherwise: str = ""
    assumes: frozenset[Assumption] = frozenset()

    def goals(self) -> tuple[Fact, ...]:
        """What a proof must end with, one fact for each part of the sides."""
        left = self._resolved()
        lefts = tuple(left) if isinstance(left, Tuple) else (left,)
        rights = self.right if isinstance(self.right, tuple) else (self.right,)
        pairs = zip(lefts, rights, strict=True)
        return tuple(Fact(self._measured(part), self.relation.sign, self._predicted(right)) for part, right in pairs)

    def promises(self) -> tuple[Fact, ...]:
        """What its judge relies on and the proof must also reach: right <= left <= right (1 + remainder)."""
        remainder = self.relation.remainder if isinstance(self.relation, Limit) else None
        if remainder is None:
            return ()
        left, right = resolve(self.left), self._predicted(self.right)
        return Fact(right, "<=", left), Fact(left, "<=", right * (1 + remainder.definition))

    def _resolved(self) -> Basic:
        """The left side in the letters of a network, at its widths where the statement is of these."""
        left = resolve(self.left)
        kind = self.system.kind if self.system else "depth"
        return at_widths(left, kind) if self.widths else left

    def _measured(self, left: Basic) -> Basic:
        relation = self.relation
        if isinstance(relation, Mean):
            return E(left)
        if isinstance(relation, InLaw):
            event = P(Le(left, relation.argument))
            return event if relation.variable is None else limit_of(event, relation.variable)
        if isinstance(relation, Tail):
            return P(Ge(left, relation.level))
        return limit_of(left, relation.variable) if isinstance(relation, Limit) else left

    @staticmethod
    def _predicted(right: Observable | Expr) -> Basic:
        return right.definition if isinstance(right, Observable) else right

    def latex(self) -> str:
        """The statement as one relation, its conditions behind it."""
        sign = {"=": "=", "<=": r"\le", "<": "<"}
        facts = (*self.goals(), *self.given)
        return r",\quad ".join(f"{latex(fact.left)} {sign[fact.op]} {latex(fact.right)}" for fact in facts)


@dataclass(frozen=True, eq=False)
class Theorem:
    """A theorem: what it says, of which systems, under which assumptions, and why.

    ``value``: what `evaluate` prints (with ``components``, one each) where it is not the right side of a statement,
    such as the threshold or the rate that the statement is written with; ``wide_value``: at a width profile. ``each``:
    an index that may be left out there, for a number for each of its values.
    """

    name: str
    title: str
    systems: tuple[System, ...]
    statements: tuple[Statement, ...]
    parameters: tuple[Parameter, ...]
    assumes: frozenset[Assumption]
    proof: tuple[Move, ...]
    references: tuple[str, ...]
    components: tuple[str, ...] = ()
    controls: tuple[Control, ...] = ()
    limits: str = ""
    sweep: Sweep | None = None
    value: Expr | tuple[Expr, ...] | None = None
    wide_value: Expr | tuple[Expr, ...] | None = None
    each: Each | None = None

    @property
    def formula(self) -> Expr | Observable | tuple[Expr, ...]:
        """Right side of the first statement."""
        return self.statements[0].right

    @property
    def values(self) -> tuple[Expr, ...]:
        """The parts of the value; none where `evaluate` prints right sides."""
        return _parts(self.value)

    @property
    def wide_values(self) -> tuple[Expr, ...]:
        """The parts of the value at a width profile; none where `evaluate` prints right sides there."""
        return _parts(self.wide_value)

    def goals(self, statement: int) -> tuple[Fact, ...]:
        """What the proof of one statement ends with."""
        return self.statements[statement].goals()

    @property
    def assumes_in_all(self) -> frozenset[Assumption]:
        """The theorem's assumptions and those that single statements need beside them."""
        return self.assumes.union(*(statement.assumes for statement in self.statements))

    def points(self) -> tuple[dict[str, Expr], ...]:
        """The typical points: the i-th points of all parameters together; one empty point without parameters."""
        if not self.parameters:
            return ({},)
        columns = zip(*(parameter.points for parameter in self.parameters), strict=True)
        names = [parameter.symbol.name for parameter in self.parameters]
        return tuple(dict(zip(names, map(Rational, column), strict=True)) for column in columns)

    def points_of(self, statement: Statement) -> tuple[dict[str, Expr | Profile], ...]:
        """The typical points of a statement: the theorem's, or these with its widths in place of n and L."""
        if not statement.widths:
            return tuple(dict(point) for point in self.points())
        kept = [{name: value for name, value in point.items() if name not in ("n", "L")} for point in self.points()]
        return tuple({**point, "widths": Profile(own)} for point, own in zip(kept, statement.widths, strict=True))

    def gaps(self) -> tuple[str, ...]:
        """What does not follow, each in one line; empty when every step is checked and reaches its statement."""
        return self._gaps

    @cached_property
    def _gaps(self) -> tuple[str, ...]:
        from theory.proofs.checking import gaps

        return gaps(self)

    @cached_property
    def held(self) -> str:
        """How the theorem is held: as its weakest step, or "gap"."""
        return "gap" if self.gaps() else weakest(self.proof)

    def latex(self) -> str:
        """Each statement as one relation, a line each."""
        return "\n".join(statement.latex() for statement in self.statements)

    def _repr_latex_(self) -> str:
        return "\n".join(f"$\\displaystyle {statement.latex()}$\n" for statement in self.statements)

    def __repr__(self) -> str:
        return f"Theorem({self.name!r}, held: {self.held})"


def _parts(value: Expr | tuple[Expr, ...] | None) -> tuple[Expr, ...]:
    return value if isinstance(value, tuple) else () if value is None else (value,)
