"""An SVG made smaller, and fit for a page with others: what shows nothing is left out, each id is its own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from itertools import groupby
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

SVG = "http://www.w3.org/2000/svg"
PATH, TEXT, SPAN, GROUP, USE, DEFS = (f"{{{SVG}}}{name}" for name in ("path", "text", "tspan", "g", "use", "defs"))
UNSEEN = {f"{{{SVG}}}metadata", f"{{{SVG}}}style"}  # Matplotlib's style sheet would hold for the whole page
POINTED = re.compile(r"url\(#([^)]+)\)")

ElementTree.register_namespace("", SVG)  # written without a prefix, by every process from its first picture on


def prune(element: Element) -> None:
    """Takes out what is not seen, and groups that say nothing."""
    for child in list(element):
        prune(child)
        place = list(element).index(child)
        if _unseen(child):
            element.remove(child)
        elif child.tag == GROUP and not set(child.attrib) - {"id"}:
            element[place : place + 1] = list(child)


def _unseen(element: Element) -> bool:
    """Whether it shows nothing and holds nothing that is shown."""
    empty = element.tag in (DEFS, GROUP) and len(element) == 0
    unpainted = element.tag == PATH and element.get("style") == "fill: none" and "id" not in element.attrib
    return element.tag in UNSEEN or empty or unpainted


def join(element: Element) -> None:
    """Neighbors that look alike become one: paths one path, marks a group that says once how they look."""
    for child in element.iterfind(GROUP):
        join(child)
    for run in [list(run) for _, run in groupby(list(element), key=_look)]:
        if len(run) > 1 and run[0].tag in (PATH, USE) and "id" not in run[0].attrib:
            place = list(element).index(run[0])
            joined = _one_path(run) if run[0].tag == PATH else _one_group(run)
            element[place : place + len(run)] = [joined]


def _look(element: Element) -> tuple[str | None, ...]:
    return (element.tag, *(element.get(name) for name in ("style", "clip-path", "id", "transform")))


def _one_path(run: list[Element]) -> Element:
    return Element(PATH, {**run[0].attrib, "d": "".join(path.attrib["d"] for path in run)})


def _one_group(run: list[Element]) -> Element:
    group = Element(GROUP, {"style": run[0].get("style", "")})
    for mark in run:
        mark.attrib.pop("style", None)
        group.append(mark)
    return group


def unique(root: Element, more: str) -> None:
    """Ids that something refers to, numbered in their order behind a hash of the whole and of ``more``; no others."""
    _number(root, "")
    seal = hashlib.sha256(ElementTree.tostring(root) + more.encode()).hexdigest()
    _number(root, f"f{seal[:8]}-")


def _number(root: Element, prefix: str) -> None:
    wanted = {target[1:] for element in root.iter() if (target := element.get("href", "")).startswith("#")}
    for element in root.iter():
        wanted |= {found for value in element.attrib.values() for found in POINTED.findall(value)}
    ids = [name for element in root.iter() if (name := element.get("id")) in wanted]
    names = {old: f"{prefix}{number}" for number, old in enumerate(ids)}
    for element in root.iter():
        _rename(element, names)


def _rename(element: Element, names: Mapping[str, str]) -> None:
    if (old := element.attrib.pop("id", None)) in names:
        element.set("id", names[old])
    for name, value in element.attrib.items():
        if name == "href":
            element.set(name, f"#{names[value[1:]]}")
        elif "url(#" in value:
            element.set(name, POINTED.sub(lambda match: f"url(#{names[match[1]]})", value))
