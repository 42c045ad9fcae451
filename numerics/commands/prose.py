"""Theorems and derivations as text for a reader: rows of `list`, pages of `derive`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from numerics.commands.tables import conditions
from numerics.commands.terminal import say, show
from theory.printing import text

if TYPE_CHECKING:
    from theory.gradient import Gradient

Described = dict[str, Any]

NOT_IN_FORMULA = "; does not occur in the formula"
STYLES = {"gap": "bold red", "sampled": "yellow", "cited": "cyan"}


def print_list(rows: Iterable[Described]) -> None:
    """One row a theorem."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("theorem", "title", "relations", "steps held", "held"):
        table.add_column(heading, no_wrap=heading == "theorem")
    for row in rows:
        counts = ", ".join(f"{held} {count}" for held, count in row["steps"].items())
        held = Text(row["held"], style=STYLES.get(row["held"], ""))
        table.add_row(row["slug"], row["title"], ", ".join(row["relations"]), counts, held)
    show(table)


def print_theorem(told: Described) -> None:
    """The whole page: what it says, of what, and why."""
    say(f"{told['theorem']}: {told['title']}", "bold")
    say(f"held: {told['held']}", STYLES.get(told["held"]))
    for heading, lines in _sections(told):
        say()
        say(heading, "bold")
        for line, style in lines:
            say(f"  {line}", style)


def _sections(told: Described) -> Iterator[tuple[str, list[tuple[str, str | None]]]]:
    yield "systems", _plain(told["systems"])
    yield "assumptions", _plain([f"{each['name']}: {each['meaning']}" for each in told["assumes"]] or ["none"])
    yield "statements", _plain(_statements(told["statements"]))
    if "value" in told:
        yield "value, what evaluate prints", _plain(_named(each) for each in told["value"])
    if "wide_value" in told:
        yield "value at widths", _plain(_named(each) for each in told["wide_value"])
    if "at_steps" in told:
        at = told["at_steps"]
        yield f"formula at T = {at['T']}", _plain([f"{at['right']}  [{at['rule']}, {at['held']}]"])
    yield "letters", _plain(f"{each['letter']}: {each['meaning']}" for each in told["legend"])
    yield "parameters", _plain(parameter_lines(told["parameters"]) or ["none"])
    yield "proof", [line for move in told["proof"] for line in _move(move)]
    yield "gaps", [(gap, STYLES["gap"]) for gap in told["gaps"]] or _plain(["none"])
    if told["limits"]:
        yield "limits", _plain([told["limits"]])
    yield "references", _plain(told["references"])


def _named(value: Described) -> str:
    return f"{value['name']} = {value['text']}" if value["name"] else str(value["text"])


def _plain(lines: Iterable[str]) -> list[tuple[str, str | None]]:
    return [(line, None) for line in lines]


def _statements(statements: list[Described]) -> Iterator[str]:
    for number, each in enumerate(statements, 1):
        where = f" in {each['system']}" if each["system"] else ""
        where += f", at any widths, such as {' or '.join(each['widths'])}" if each["widths"] else ""
        yield f"{number}. {each['text']}  [{each['relation']}{where}]{conditions(each)}"


def parameter_lines(parameters: list[Described]) -> list[str]:
    """One line a parameter: name, domain, typical values."""
    return [_parameter(each) for each in parameters]


def _parameter(told: Described) -> str:
    points = f"; such as {', '.join(told['points'])}" if told["points"] else ""
    return f"{told['name']}: {told['domain']}{points}{'' if told.get('occurs', True) else NOT_IN_FORMULA}"


def _move(move: Described, indent: str = "") -> Iterator[tuple[str, str | None]]:
    style = STYLES.get(move["held"])
    yield f"{indent}{move['place']}. {move['left']} {move['op']} {move['right']}", style
    inner = f"{indent}     "
    if "induction" in move:
        variable = move["induction"]
        yield f"{inner}by induction on {variable} from {move['start']}  [{move['held']}]", style
        for name, heading in (
            ("base", f"{variable} = {move['start']}"),
            ("step", f"from {variable} to {variable} + 1"),
        ):
            yield f"{inner}{name}, {heading}:", None
            for each in move[name]:
                yield from _move(each, f"{inner}  ")
    else:
        source = "" if move["source"] == move["rule"] else f": {move['source']}"
        yield f"{inner}{move['because']}  [{move['rule']}, {move['held']}{source}]", style
    if move["gap"]:
        yield f"{inner}GAP: {move['gap']}", STYLES["gap"]


def print_theorem_latex(told: Described) -> None:
    """The statements, then each proof step, a relation a line; comments of LaTeX say which is which."""
    for number, each in enumerate(told["statements"], 1):
        say(f"% statement {number}, {each['relation']}")
        say(each["latex"])
    if "at_steps" in told:
        say(f"% the formula at T = {told['at_steps']['T']}")
        say(told["at_steps"]["latex"])
    for move in told["proof"]:
        _print_move_latex(move)


def _print_move_latex(move: Described) -> None:
    rule = f"induction on {move['induction']}" if "induction" in move else move["rule"]
    say(f"% {move['place']} {rule}, {move['held']}: {move['because']}")
    say(move["latex"])
    for each in (*move.get("base", ()), *move.get("step", ())):
        _print_move_latex(each)


def print_gradient(gradient: Gradient) -> None:
    """A derived gradient with the activation that it is of, and what its letters mean."""
    say(f"{gradient.quantity} = {text(gradient.expression)}")
    activation = gradient.activation
    say(f"activation {activation.name}: phi(z) = {activation.formula}, phi'(z) = {activation.derivative}")
    if gradient.tied:
        say("z_t = W h_(t-1) + u_t + b, h_t = phi(z_t), D_t = diag phi'(z_t), g_t = dE_t/dh_t, one W at every step")
    else:
        say("z_l = W_l h_(l-1) + b_l, h_l = phi(z_l), D_l = diag phi'(z_l), delta_l = dE/dz_l, g = dE/dh_L")


def print_evaluation(told: Described) -> None:
    """The number, or one for each component; with digits also the bounds that are certain."""
    names = told["components"] or [told["theorem"]]
    values, lows, highs = (_column(told[key], len(names)) for key in ("value", "low", "high"))
    for name, value, low, high in zip(names, values, lows, highs, strict=True):
        shown = "outside float64" if value is None else value
        say(f"{name} = {shown}" if low is None else f"{name} = {shown}  in [{low}, {high}]")
    if told.get("note"):
        say(f"note: {told['note']}")


def _column(entry: object, rows: int) -> list[object]:
    return entry if isinstance(entry, list) else [entry] * rows
