"""What axes and keys are called, in the words of theory: parameters by the legend, observables by their names."""

from __future__ import annotations

from collections.abc import Collection

from sympy import Expr, Pow, Symbol

from numerics.plots.writing import clean, letters, symbol
from theory.legend import LEGEND
from theory.observables import Observable, named
from theory.printing import text
from theory.relations import AtMost, Identity, InLaw, Limit, Mean, Tail
from theory.statement import Statement, Theorem

SHORT = 14  # letters of a definition that still fits behind its words
SPOKEN = {  # names that hold a person's name, or say too little
    "lyapunov_exponent": "Lyapunov exponent",
    "gauss_newton_curvature": "Gauss-Newton curvature",
    "share_below": "share below the level",
    "trace_moment": "spectral moment",
    "trace_of_square": "trace of the square",
    "norm_excess": "excess of the log norms over the rate",
}


def parameter_words(name: str, systems: Collection[str]) -> str:
    """A parameter as the legend calls it in systems of these kinds, and its letter; alone where the legend has none.

    >>> from numerics.plots.writing import plain
    >>> plain(parameter_words("L", {"depth"})), plain(parameter_words("omega", {"depth"}))
    ('depth L', 'omega')
    >>> plain(parameter_words("a", {"residual"})), plain(parameter_words("a", {"matrix"}))
    ('scale of each residual branch a', 'a')
    """
    own = (entry for _, entry in LEGEND if entry.letter == name and not set(systems).isdisjoint(entry.kinds))
    meaning = next((entry.meaning for entry in own), "")
    words = meaning.partition(":")[0].partition(",")[0].removeprefix("a ")
    return f"{words} {symbol(name)}".strip()


def side_words(side: object) -> str:
    """A side of a statement: an observable, or a power of one, by its name; nothing for another formula.

    >>> from theory.observables import OPERATOR_NORM, SQUARED_GAIN
    >>> side_words(OPERATOR_NORM), side_words(SQUARED_GAIN.symbol**3)
    ('operator norm', 'squared gain to the power 3')
    """
    if isinstance(side, Pow) and _observable(side.base):
        return f"{side_words(side.base)} to the power {letters(text(side.exp))}"
    found = _observable(side)
    return clean(SPOKEN.get(found.name) or found.name.replace("_", " ")) if found else ""


def spoken(side: object) -> str:
    """A side of a statement in words, whatever it is."""
    return side_words(side) or formula_words(side) or "left side"


def formula_words(side: object) -> str:
    """A formula in one observable: how far that is from its mean, or that it is on another scale.

    >>> from sympy.abc import n
    >>> from theory.observables import LYAPUNOV_EXPONENT, OPERATOR_NORM
    >>> formula_words((LYAPUNOV_EXPONENT.symbol - n) ** 2), formula_words(n * OPERATOR_NORM.symbol)
    ('squared deviation of the Lyapunov exponent from its mean', 'rescaled operator norm')
    """
    inside = [each for each in getattr(side, "free_symbols", ()) if each in named()]
    if len(inside) != 1 or side == inside[0]:
        return ""
    deviates = isinstance(side, Pow) and side.exp == 2 and inside[0] not in (side.base - inside[0]).free_symbols
    words = side_words(inside[0])
    return f"squared deviation of the {words} from its mean" if deviates else f"rescaled {words}"


def definition_words(side: object) -> str:
    """The definition of an observable where it is short, else nothing."""
    found = _observable(side)
    said = clean(text(found.definition)) if found else ""
    return letters(said) if len(said) <= SHORT and "**" not in said else ""


def _observable(side: object) -> Observable | None:
    return named().get(side) if isinstance(side, Symbol) else side if isinstance(side, Observable) else None


def left_words(statement: Statement, theorem: Theorem, number: int) -> str:
    """The left side in words: its observable and definition, or the theorem's own component."""
    words = " ".join(filter(None, (side_words(statement.left), definition_words(statement.left))))
    own = theorem.components[number] if len(theorem.components) == len(theorem.statements) else ""
    return words or clean(own) or formula_words(statement.left) or "left side"


def right_words(statement: Statement, otherwise: str = "its bound") -> str:
    """The right side in words: its observable, or what a formula is to the left side."""
    return side_words(statement.right) or otherwise


def relative(statement: Statement) -> bool:
    """Whether errors are parts of the predicted number: the scale of a mean may say otherwise."""
    return not isinstance(statement.relation, Mean) or statement.relation.scale is None


def curve_title(theorem: Theorem, statement: Statement, index: int) -> str:
    """What is predicted, in words."""
    words, relation = left_words(statement, theorem, index), statement.relation
    if isinstance(relation, Tail):
        return f"share of networks with {words} ≥ {level_words(relation.level)}"
    if isinstance(relation, InLaw):
        return f"probability of {words} ≤ {symbol(relation.argument.name)}"
    spoken = side_words(statement.left) or formula_words(statement.left)
    return f"mean {words}" if isinstance(relation, Mean) and spoken else words


def ceiling_title(statement: Statement) -> str:
    """What is compared with what may not be exceeded."""
    left, right = side_words(statement.left) or "left side", right_words(statement)
    match statement.relation:
        case AtMost():
            return f"{left} ÷ {right}"
        case Limit():
            return f"distance of {left} ÷ {right} from 1"
        case InLaw():
            return f"Kolmogorov distance of the law of {left}"
    return f"{left} − {right_words(statement, 'predicted')}, relative"


def ceiling_words(statement: Statement) -> str:
    """The same for a sentence."""
    if not isinstance(statement.relation, Identity):
        return ceiling_title(statement)
    left = side_words(statement.left) or "the left side"
    return f"relative difference of {left} and {right_words(statement, 'what is predicted')}"


def level_words(level: Expr | int) -> str:
    """The level of a tail: its letter, or its formula."""
    return symbol(level.name) if isinstance(level, Symbol) else letters(text(level))
