"""The dependency graph: every theorem in its place, none upon another."""

from __future__ import annotations

import re
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradproof_docs.book import Book, bound
from gradproof_docs.collecting import SHIPPED
from gradproof_docs.pages.graph import narrow, wide
from gradproof_docs.pages.layers import Frame, components, layered, ordered, place
from numerics.stored import read
from theory.catalog import theorem, theorems

NAMESPACE = "{http://www.w3.org/2000/svg}"
FRAMES = (Frame(964, (205, 88), 48, 20, down=False), Frame(358, (171, 104), 34, 16, down=True))


def book() -> Book:
    return bound(map(theorem, theorems()), {slug: read(SHIPPED / f"{slug}.json") for slug in theorems()})


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, list[str]]:
    """Nodes that build on two earlier ones at most."""
    names = [f"n{number}" for number in range(draw(st.integers(1, 14)))]
    found: dict[str, list[str]] = {}
    for name in names:
        found[name] = draw(st.lists(st.sampled_from(list(found)), max_size=2, unique=True)) if found else []
    return found


@given(graphs())
def test_a_node_stands_after_all_that_it_builds_on(uses: dict[str, list[str]]) -> None:
    layer = layered(uses)
    assert all(layer[other] < layer[node] for node, others in uses.items() for other in others)
    groups = components(uses)
    assert sorted(node for group in groups for node in group) == sorted(uses)
    for group in groups:
        assert all(other in group for node in group for other in uses[node])
        assert sorted(node for row in ordered(group, uses) for node in row) == sorted(group)


@given(graphs(), st.sampled_from(FRAMES))
def test_boxes_do_not_overlap(uses: dict[str, list[str]], frame: Frame) -> None:
    placed = place(components(uses), uses, frame, 0)
    for (ax, ay), (bx, by) in combinations(placed.corners.values(), 2):
        assert abs(ax - bx) >= frame.box[0] - 1e-6 or abs(ay - by) >= frame.box[1] - 1e-6
    assert all(y + frame.box[1] <= placed.bottom + 1e-6 and x >= -1e-6 for x, y in placed.corners.values())
    if frame.down:
        assert all(x + frame.box[0] <= frame.width + 1e-6 for x, _ in placed.corners.values())


def test_a_circle_is_told() -> None:
    with pytest.raises(ValueError, match="a, b: they build on each other"):
        layered({"a": ["b"], "b": ["a"]})


@pytest.mark.parametrize("drawn", [wide, narrow])
def test_the_picture_holds_every_theorem_inside_its_frame(drawn) -> None:
    root = ElementTree.fromstring(drawn(book()))
    left, top, width, height = map(float, root.attrib["viewBox"].split())
    links = root.findall(f"{NAMESPACE}a")
    assert {link.attrib["href"] for link in links} == {f"theorems/{slug}.html" for slug in theorems()}
    for link in links:
        box = {key: float(value) for key, value in link[0].attrib.items() if key in ("x", "y", "width", "height")}
        assert left <= box["x"] and box["x"] + box["width"] <= left + width
        assert top <= box["y"] and box["y"] + box["height"] <= top + height
        for line in link.findall(f"{NAMESPACE}text"):
            assert box["y"] < float(line.attrib["y"]) < box["y"] + box["height"]
            assert len(line.text or "") * 7 <= box["width"]
    used = sum(len(book().builds_on(slug)) for slug in theorems())
    assert len(root.findall(f"{NAMESPACE}path")) == used > 0


def test_it_is_drawn_in_the_colors_of_the_page() -> None:
    for drawn in (wide(book()), narrow(book())):
        assert not re.search(r"#[0-9a-f]{3,6}|rgb|font-family|<script|style=", drawn)
        assert set(re.findall(r"var\((--[\w-]+)", drawn)) <= {
            f"--fig-{n}" for n in ("ink", "muted", "panel", *"123456")
        }
    assert set(re.findall(r'id="([^"]*)"', wide(book()))).isdisjoint(re.findall(r'id="([^"]*)"', narrow(book())))
