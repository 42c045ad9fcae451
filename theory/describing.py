"""A theorem with its checked proof as one dictionary: what the commands print, the JSON, and the page of the site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from sympy import Expr, collect, expand

from theory.legend import legend, letters
from theory.powers import pairing_sum
from theory.printing import latex, text
from theory.proofs.context import Context
from theory.proofs.facts import Fact
from theory.rules import algebra, pairings_counted
from theory.statement import HELD, Control, Induction, Move, Parameter, Statement, Step, Theorem
from theory.symbols import T, sigma_w
from theory.widths import Profile

Described = dict[str, Any]
Gaps = Mapping[str, str]  # of each place in the proof that has one, why it does not follow

SIGNS = {"=": "=", "<=": r"\le"}


def summarized(theorem: Theorem) -> Described:
    """A theorem in one row: what it is, how its statements can fail, how its proof is held."""
    return {
        "slug": theorem.name,
        "title": theorem.title,
        "systems": [str(system) for system in theorem.systems],
        "relations": list(dict.fromkeys(type(statement.relation).__name__ for statement in theorem.statements)),
        "steps": held_counts(theorem),
        "held": theorem.held,
    }


def held_counts(theorem: Theorem) -> dict[str, int]:
    """How many proof steps are held in each way, strongest first; those inside an induction are counted, not it.

    >>> from theory import theorem
    >>> held_counts(theorem("mean_square_gain"))
    {'computed': 7, 'axiom': 1}
    """
    gaps = placed(theorem.gaps())
    counts = Counter("gap" if place in gaps else step.held for place, step in _leaves(theorem.proof))
    return {held: counts[held] for held in HELD if counts[held]}


def placed(gaps: tuple[str, ...]) -> dict[str, str]:
    """The gaps that lie in one place of the proof, by that place.

    >>> placed(("step 2.base 1: proves nothing",))
    {'2.base 1': 'proves nothing'}
    """
    found = (re.match(r"step (\d+(?:\.(?:base|step)(?: \d+)?)?): (.*)", gap, re.DOTALL) for gap in gaps)
    return {match[1]: match[2] for match in found if match}


def _leaves(moves: tuple[Move, ...], prefix: str = "") -> Iterator[tuple[str, Step]]:
    for number, move in enumerate(moves, 1):
        place = f"{prefix}{number}"
        if isinstance(move, Induction):
            yield from _leaves(move.base, f"{place}.base ")
            yield from _leaves(move.step, f"{place}.step ")
        else:
            yield place, move


def described(theorem: Theorem) -> Described:
    """All that `derive` shows: statements, assumptions, parameters, each step with how it is held, and the gaps."""
    gaps = placed(theorem.gaps())
    return {
        "theorem": theorem.name,
        "title": theorem.title,
        "held": theorem.held,
        "systems": [str(system) for system in theorem.systems],
        "assumes": [
            {"name": assumption.name, "meaning": assumption.meaning, "latex": assumption.latex}
            for assumption in sorted(theorem.assumes_in_all, key=lambda assumption: assumption.name)
        ],
        "statements": [told_statement(statement) for statement in theorem.statements],
        **({"value": _values(theorem, theorem.values)} if theorem.values else {}),
        **({"wide_value": _values(theorem, theorem.wide_values)} if theorem.wide_values else {}),
        "legend": [asdict(entry) for entry in legend(theorem)],
        "parameters": _parameters(theorem),
        "proof": [_move(move, f"{number}", gaps) for number, move in enumerate(theorem.proof, 1)],
        "gaps": list(theorem.gaps()),
        "controls": [_control(control) for control in theorem.controls],
        "limits": theorem.limits,
        "references": list(theorem.references),
    }


def at_steps(theorem: Theorem, steps: int) -> Described:
    """The formula at a whole number of steps T, written out in the other letters, and how that step is held.

    Raises ValueError where T is not in the formula, or beyond what can be counted.

    >>> from theory import theorem
    >>> at_steps(theorem("tied_mean_square_gain_real"), 2)["right"]
    'sigma_w**4*(1 + 2/n**2)'
    """
    formula = theorem.formula
    if not isinstance(formula, Expr) or T not in formula.free_symbols:
        raise ValueError(f"--steps={steps}: T is not in the formula of {theorem.name}; leave it out")
    left = formula.subs(T, steps)
    right = collect(expand(left.doit(), func=True), sigma_w)
    rule = pairings_counted if left.has(pairing_sum) else algebra
    step = Step("eq", left, "=", right, f"T = {steps}", rule)
    held = rule.allows(step, Context.of(theorem, theorem.systems[0]))
    return {"T": steps, **_sides(step.fact), "rule": rule.name, "held": rule.held if held else "gap"}


def _values(theorem: Theorem, values: tuple[Expr, ...]) -> list[Described]:
    """What `evaluate` prints where it is no right side: each component, or the one without a name."""
    names = theorem.components or (None,)
    return [{"name": name, "text": text(each), "latex": latex(each)} for name, each in zip(names, values, strict=True)]


def told_parameters(parameters: Iterable[Parameter]) -> list[Described]:
    """The parameters with their domains and typical values."""
    return [
        {
            "name": parameter.symbol.name,
            "domain": parameter.domain,
            "points": [str(point) for point in parameter.points],
            **({} if parameter.default is None else {"default": str(parameter.default)}),
        }
        for parameter in parameters
    ]


def _parameters(theorem: Theorem) -> list[Described]:
    """The parameters, and whether they occur in a right side or only say where it is judged."""
    rights = [fact.right for statement in theorem.statements for fact in statement.goals()]
    written = letters(*rights)
    told = zip(told_parameters(theorem.parameters), theorem.parameters, strict=True)
    # a letter that the legend has not is written as its name
    return [{**each, "occurs": bool(written & {own.symbol, own.symbol.name})} for each, own in told]


def told_statement(statement: Statement) -> Described:
    """One statement in text and LaTeX, how it can fail, and where it is judged."""
    return {
        "relation": type(statement.relation).__name__,
        "text": ", ".join(_text(goal) for goal in statement.goals()),
        "latex": statement.latex(),
        "given": [_text(fact) for fact in statement.given],
        "system": str(statement.system) if statement.system else None,
        "widths": [str(Profile(profile)) for profile in statement.widths],
        "assumes": sorted(map(repr, statement.assumes)),
    }


def _move(move: Move, place: str, gaps: Gaps) -> Described:
    told = {"place": place, **_sides(move.fact), "because": move.because}
    if isinstance(move, Induction):
        return {**told, **_induction(move, place, gaps)}
    reason = {"rule": move.rule.name, "source": move.rule.source, "given": [_text(fact) for fact in move.given]}
    return {**told, **reason, "held": "gap" if place in gaps else move.held, "gap": gaps.get(place)}


def _induction(move: Induction, place: str, gaps: Gaps) -> Described:
    inside = {
        name: [_move(step, f"{place}.{name} {number}", gaps) for number, step in enumerate(steps, 1)]
        for name, steps in (("base", move.base), ("step", move.step))
    }
    parts = (place, *(f"{place}.{name}" for name in inside))
    missed = [f"{part}: {gaps[part]}" for part in parts if part in gaps]
    broken = missed or any(step["gap"] for steps in inside.values() for step in steps)
    told = {"held": "gap" if broken else move.held, "gap": "; ".join(missed) or None}
    return {"induction": str(move.variable), "start": str(move.start), **told, **inside}


def _control(control: Control) -> Described:
    return {
        "assumption": str(control.assumption),
        "without": control.ensemble or (str(control.system) if control.system else None),
        "needed": control.needed,
        "reason": control.reason,
    }


def _sides(fact: Fact) -> Described:
    line = f"{latex(fact.left)} {SIGNS[fact.op]} {latex(fact.right)}"
    return {"left": text(fact.left), "op": fact.op, "right": text(fact.right), "latex": line}


def _text(fact: Fact) -> str:
    return f"{text(fact.left)} {fact.op} {text(fact.right)}"
