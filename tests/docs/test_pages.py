"""The pages as text: everything that a theorem has is on its page, and the text depends on nothing else."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
from sympy import Integer

pytest.importorskip("matplotlib", reason="could not import 'matplotlib'")

from gradproof_docs.book import Book, Entry, bound
from gradproof_docs.collecting import SHIPPED
from gradproof_docs.pages.digits import number
from gradproof_docs.pages.markup import escape
from gradproof_docs.pages.prose import heading, prose
from gradproof_docs.pages.site import pages
from gradproof_docs.pages.tex import safe
from gradproof_docs.pages.theorem import page
from numerics.expected import complete
from numerics.stored import read
from theory.catalog import theorem, theorems
from theory.describing import described
from theory.legend import legend
from theory.relations import AtMost, Tail
from theory.statement import Control, Induction, Step, Theorem

ROOT = Path(__file__).parents[2]
SLUGS = theorems()


@lru_cache(maxsize=1)
def book() -> Book:
    return bound(map(theorem, SLUGS), {slug: read(SHIPPED / f"{slug}.json") for slug in SLUGS})


@lru_cache(maxsize=1)
def made() -> dict[str, str]:
    return pages(book())


def text(slug: str) -> str:
    return made()[f"theorems/{slug}.md"]


def rewritten(slug: str, **changes: object) -> str:
    """The page of a theorem that differs from the real one."""
    entry = book().entry(slug)
    return paged(replace(entry.theorem, **changes), entry)


def paged(changed: Theorem, entry: Entry) -> str:
    others = {other.slug: other.measured for other in book().entries}
    known = [other.theorem for other in book().entries if other.slug != entry.slug]
    new = bound([changed, *known], others)
    return page(new, new.entry(entry.slug))


def all_steps(theorem: Theorem) -> list[Step]:
    found = []
    for move in theorem.proof:
        found += [*move.base, *move.step] if isinstance(move, Induction) else [move]
    return found


def ungrouped(tex: str) -> str:
    """A formula without what stands in braces."""
    while (shorter := re.sub(r"\{[^{}]*\}", "", tex)) != tex:
        tex = shorter
    return tex


def unclosed(page_text: str) -> list[str]:
    """What is wrong with the fences of a page: each must be closed, and be longer than those inside it."""
    stack: list[int] = []
    code = False
    for place, line in enumerate(page_text.splitlines(), 1):
        if line.startswith("```"):
            code = not code
        elif not code and (opened := re.match(r"(:{3,})\{[\w-]+\}", line)):
            if stack and stack[-1] <= len(opened[1]):
                return [f"line {place}: as long as the fence around it"]
            stack.append(len(opened[1]))
        elif not code and re.fullmatch(r":{3,}", line) and (not stack or stack.pop() != len(line)):
            return [f"line {place}: closes nothing"]
    return ["open at the end"] * bool(stack or code)


@pytest.mark.parametrize("wrong", [":::{a}\n", ":::", ":::{a}\n:::{b}\n:::\n:::", "```\n", "::::{a}\n:::\n"])
def test_a_fence_without_its_end_is_seen(wrong: str) -> None:
    assert unclosed(wrong)


def test_the_pages_are_those_of_the_catalog() -> None:
    assert {name for name in made() if name.startswith("theorems/")} == {
        "theorems/index.md", *(f"theorems/{slug}.md" for slug in SLUGS)
    }  # fmt: skip
    for slug in SLUGS:
        assert f"{{thm}}`{slug}`" in made()["theorems/index.md"]
        assert f"{{card}} {slug}\n" in made()["generated/gallery.md"]
        assert f"{{thm}}`{slug}`" in made()["generated/table.md"]
        assert all(
            f'href="theorems/{slug}.html"' in made()[f"figures/{name}.svg"] for name in ("graph", "graph-narrow")
        )


def test_fences_balance() -> None:
    assert {name: unclosed(told) for name, told in made().items() if name.endswith(".md") and unclosed(told)} == {}


@pytest.mark.parametrize("slug", SLUGS)
def test_every_part_of_a_theorem_is_on_its_page(slug: str) -> None:
    found, shown = theorem(slug), text(slug)
    assert shown.startswith(f"# {escape(found.title)}\n")
    for statement in described(found)["statements"]:
        for relation in statement["latex"].split(r",\quad "):
            assert safe(relation.replace(" < ", r" \lt ")) in shown
    for assumption in found.assumes:
        assert f"**{escape(assumption.name)}**" in shown and safe(assumption.latex) in shown
    for entry in legend(found):
        assert safe(entry.latex) in shown and prose(entry.meaning) in shown
    for reference in found.references:
        assert escape(reference) in shown
    assert prose(found.limits, SLUGS) in shown


@pytest.mark.parametrize("slug", SLUGS)
def test_every_step_is_on_its_page(slug: str) -> None:
    found, shown = theorem(slug), text(slug)
    steps = all_steps(found)
    inductions = sum(isinstance(move, Induction) for move in found.proof)
    assert shown.count("{step} ") == len(steps) + inductions
    assert shown.count("\n:open:\n") == 1
    for step in steps:
        assert f". {heading(step.because)}\n:held: {step.held}\n" in shown
    for told in described(found)["proof"]:
        for move in (told, *told.get("base", ()), *told.get("step", ())):
            assert safe(move["latex"]) in shown


@pytest.mark.parametrize("slug", SLUGS)
def test_every_verdict_and_control_is_on_its_page(slug: str) -> None:
    entry, shown = book().entry(slug), text(slug)
    measured = entry.measured
    judged = shown.split("## Assumptions")[0]
    rows = [line for line in judged.splitlines() if "{badge}`" in line and line.startswith("| ")]
    ensembles = {(verdict.statement, verdict.ensemble) for verdict in entry.verdicts}
    assert len(rows) == len(measured.verdicts) + len(measured.sweep) + len(ensembles)
    assumed = shown.split("## Assumptions")[1].split("## Derivation")[0]
    assert assumed.count("*Without it:*") == len({repr(c.assumption) for c in entry.theorem.controls})
    assert assumed.count("{badge}`refuted`") == sum(verdict.control for verdict in measured.verdicts)


@pytest.mark.parametrize("slug", SLUGS)
def test_mathematics_is_one_plain_relation_a_display(slug: str) -> None:
    shown = text(slug)
    assert "aligned" not in shown and r"\begin" not in shown and "\\\\\n" not in shown.replace("}$\\\n", "")
    displays = re.findall(r":::\{math\}\n\n(.*)\n:::", shown)
    assert displays and shown.count("{math}") == len(displays)  # each on one line
    for told in displays:
        assert len(re.findall(r" = | \\le ", ungrouped(told))) <= 1, told
        assert not re.search(r"nan|zoo|\bError|Traceback|None\b|ERROR", told)
    assert "None" not in re.sub(r"```.*?```", "", shown, flags=re.DOTALL) and not re.search(r"\bnan\b", shown)


def test_sections_come_in_their_order() -> None:
    order = ["# ", ":::{theorem}", "## Evidence", "{evidence}", "{fold} All", "## Assumptions", "## Derivation"]
    order += ["## Limits", "## Reproduce", "## References"]
    places = [text("mean_square_gain").index(part) for part in order]
    assert places == sorted(places)


def test_the_rates_of_judging_are_said_once() -> None:
    shown = text("norm_bounds")
    assert shown.count("9.8×10{sup}`−10`") == 1 == shown.count("0.999")


def test_neighbors_are_linked_both_ways() -> None:
    assert book().builds_on("log_gain") == ("gain_law",) and "log_gain" in book().used_by("gain_law")
    assert "builds on {thm}`gain_law`" in text("log_gain") and "used by {thm}`log_gain`" in text("gain_law")


def test_a_gap_is_the_badge_and_is_told() -> None:
    true = theorem("mean_square_gain")
    induction = true.proof[1]
    wrong = replace(induction.base[1], right=Integer(2))
    shown = rewritten("mean_square_gain", proof=(true.proof[0], replace(induction, base=(induction.base[0], wrong))))
    assert "{badge}`gap`" in shown.split("## Evidence")[0] and ":outcome: gap" in shown
    assert "the proof has 4 gaps" in shown and "**Gap:**" in shown and shown.count(":held: gap") == 2
    assert "the proof has 0" not in text("mean_square_gain") and ":held: gap" not in text("mean_square_gain")


@pytest.mark.parametrize("outcome", ["refuted", "underpowered"])
def test_a_verdict_that_is_not_consistent_is_the_badge(outcome: str) -> None:
    entry = book().entry("log_gain")
    planted = (replace(entry.verdicts[0], outcome=outcome), *entry.measured.verdicts[1:])
    new = bound([theorem("log_gain")], {"log_gain": replace(entry.measured, verdicts=planted)})
    told = new.badge(new.entries[0])
    assert told.outcome == outcome and f"7 of 8 verdicts consistent, 1 {outcome}" in told.rule
    assert f":outcome: {outcome}" in page(new, new.entries[0])


def test_a_refuted_verdict_along_the_figure_refutes() -> None:
    entry = book().entry("log_gain")
    planted = (replace(entry.measured.sweep[0], outcome="refuted"), *entry.measured.sweep[1:])
    new = bound([theorem("log_gain")], {"log_gain": replace(entry.measured, sweep=planted)})
    assert new.badge(new.entries[0]).outcome == "refuted"


def test_a_control_that_is_missing_or_not_refuted_could_not_tell() -> None:
    entry = book().entry("log_gain")
    tamed = tuple(replace(v, outcome="consistent") if v.control else v for v in entry.measured.verdicts)
    for verdicts in (entry.verdicts, tamed, ()):
        new = bound([theorem("log_gain")], {"log_gain": replace(entry.measured, verdicts=verdicts)})
        assert new.badge(new.entries[0]).outcome == "underpowered"
    new = bound([theorem("log_gain")], {"log_gain": replace(entry.measured, verdicts=tamed)})
    assert "{badge}`consistent`, though it ought to be refuted." in page(new, new.entries[0])


def test_an_assumption_that_may_not_be_needed_says_so() -> None:
    (control,) = theorem("log_gain").controls
    shown = rewritten("log_gain", controls=(Control(control.assumption, needed=False, reason="nobody looked"),))
    assert "no verdict here shows that it is needed: nobody looked." in shown


def test_a_theorem_without_measurements_is_refused() -> None:
    with pytest.raises(ValueError, match=r"theorem log_gain: not measured; run `gradproof verify log_gain"):
        bound([theorem("log_gain")], {})


def test_a_theorem_of_which_nothing_was_judged_still_has_its_page() -> None:
    entry = book().entry("chain_rule")
    empty = replace(entry.measured, verdicts=(), sweep=())
    new = bound([theorem("chain_rule")], {"chain_rule": empty})
    shown = page(new, new.entries[0])
    assert "Nothing was judged." in shown and "{evidence}" not in shown and ">>>" not in shown


def test_what_is_not_judged_is_told_with_its_reason() -> None:
    entry = book().entry("norm_bounds")
    shown = text("norm_bounds").split("## Assumptions")[0]
    for cell in entry.measured.not_judged:
        assert escape(cell.reason) in shown


def test_the_page_of_trust_counts_every_step_and_names_every_rule() -> None:
    shown = made()["trust.md"]
    steps = [step for slug in SLUGS for step in all_steps(theorem(slug))]
    assert f"{len(steps)} steps in {len(SLUGS)} theorems" in shown
    for step in steps:
        if step.rule.held in ("axiom", "cited") and not step.rule.name.startswith("theorem "):
            assert f"`{step.rule.name}`" in shown and prose(step.rule.source) in shown
    for constant in ("9.77×10{sup}`−10`", "0.999", "| 64 |", "10{sup}`−9`"):
        assert constant in shown


def test_the_bibliography_says_who_cites() -> None:
    shown = made()["references.md"]
    for slug in SLUGS:
        for reference in theorem(slug).references:
            line = next(line for line in shown.splitlines() if line.startswith(f"- {escape(reference)}"))
            assert f"{{thm}}`{slug}`" in line


def test_every_letter_in_use_is_in_the_notation() -> None:
    shown = made()["notation.md"]
    for entry in book().entries:
        for letter in legend(entry.theorem):
            row = next(line for line in shown.splitlines() if f"| {prose(letter.meaning)} |" in line)
            assert f"<{entry.slug}>" in row


def test_the_text_does_not_depend_on_the_hash_seed() -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import hashlib, test_pages as t;"
        "print(hashlib.sha256(repr(sorted(t.made().items())).encode()).hexdigest())"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"  # this process has another, or a random one
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**environment, "PYTHONHASHSEED": seed}, capture_output=True
    )
    assert run.stdout.decode().strip() == hashlib.sha256(repr(sorted(made().items())).encode()).hexdigest()


@pytest.mark.parametrize("slug", SLUGS)
def test_each_row_tells_its_worst_verdict(slug: str) -> None:
    found, entry = theorem(slug), book().entry(slug)
    for place, statement in enumerate(found.statements):
        for ensemble in {verdict.ensemble for verdict in entry.verdicts}:
            row = [v for v in entry.verdicts if v.statement == place and v.ensemble == ensemble]
            if row and isinstance(statement.relation, AtMost | Tail):
                parts = [v.measured / (v.predicted if isinstance(statement.relation, Tail) else 1) for v in row]
                draws = f"{max(v.draws for v in row):,}".replace(",", "\u202f")
                shown = f"| {number(100 * max(parts), 3)}\u00a0% |"
                lines = [line for line in text(slug).splitlines() if line.startswith(f"| {escape(ensemble)} | ")]
                assert any(shown in line and line.endswith(f"| {draws} |") for line in lines), (place, ensemble)


def test_what_could_not_tell_is_not_consistent() -> None:
    entry = book().entry("log_gain")
    blind = replace(entry.measured.sweep[0], outcome="underpowered")
    one_left = tuple(v for v in entry.measured.verdicts if v.statement == 0 or v.control)
    for changed in (
        replace(entry.measured, sweep=(blind, *entry.measured.sweep[1:])),
        replace(entry.measured, verdicts=one_left),
    ):
        assert book().badge(replace(entry, measured=changed)).outcome == "underpowered"


def test_measurements_that_leave_a_place_out_are_incomplete() -> None:
    for slug in SLUGS:
        measured = book().entry(slug).measured
        assert complete(measured, theorem(slug))
        assert not complete(replace(measured, verdicts=measured.verdicts[1:]), theorem(slug))
        assert not measured.sweep or not complete(replace(measured, sweep=measured.sweep[1:]), theorem(slug))
