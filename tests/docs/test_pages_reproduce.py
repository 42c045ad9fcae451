"""The lines under "Reproduce" run, and print what the page shows."""

from __future__ import annotations

import doctest
import re
from dataclasses import replace
from functools import lru_cache

import pytest

from gradproof_docs.book import Entry, bound
from gradproof_docs.collecting import SHIPPED
from gradproof_docs.pages.reproduce import cheapest, python, reproduce
from numerics.stored import read
from theory.catalog import theorem, theorems
from theory.relations import AtMost, Identity

SLOW = {"norm_edge", "symmetric_weights"}  # limits, measured at sizes up to 256


@lru_cache(maxsize=32)
def entry(slug: str) -> Entry:
    return bound([theorem(slug)], {slug: read(SHIPPED / f"{slug}.json")}).entries[0]


def failures(lines: str) -> int:
    test = doctest.DocTestParser().get_doctest(f"{lines}\n", {}, "page", None, 0)
    return doctest.DocTestRunner(verbose=False).run(test, out=lambda _: None).failed


@pytest.mark.parametrize("slug", [pytest.param(s, marks=pytest.mark.slow) if s in SLOW else s for s in theorems()])
def test_the_lines_run_and_print_what_the_page_shows(slug: str) -> None:
    (shown,) = re.findall(r"```pycon\n(.*?)\n```", reproduce(entry(slug)), re.DOTALL)
    assert failures(shown) == 0


def test_a_line_that_prints_something_else_fails() -> None:
    shown = python(entry("orthogonal_isometry"))
    assert failures(shown.replace("consistent", "refuted")) == 1


@pytest.mark.parametrize("slug", theorems())
def test_the_lines_name_a_stored_cell(slug: str) -> None:
    found, shown = entry(slug), python(entry(slug))
    cells = cheapest(found)
    there = [each for each in found.measured.verdicts if each.point == cells[0].point and not each.control]
    assert {cell.statement for cell in cells} == {each.statement for each in there}  # all that are judged at that point
    law = cells[0].ensemble  # None: a theorem without weights
    assert f"seed={found.measured.seed}" in shown and (f'ensemble="{law}"' in shown) == (law is not None)
    for cell in cells:
        if not isinstance(found.theorem.statements[cell.statement].relation, Identity | AtMost):
            told = {f"{cell.outcome} {cell.measured:{form}}" for form in (".4g", ".4f")}
            assert told & set(shown.splitlines()), cell


def test_the_shell_lines_are_those_of_the_command() -> None:
    told = reproduce(entry("log_gain"))
    assert "gradproof derive log_gain\n" in told and "gradproof verify log_gain --control\n" in told
    own = replace(entry("log_gain"), area="Your own")
    assert "--theorems my_theorems\n" in reproduce(own) and 'search("my_theorems")' in python(own)
