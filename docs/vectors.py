"""A Matplotlib figure as inline SVG: colors as CSS variables, text as text without a font, ids of its own.

Matplotlib draws with colors that stand for variables; afterwards each is replaced. What a page could not have inline
(a style sheet for everything, metadata, ids that another picture has too) is taken out.
"""

from __future__ import annotations

import re
import warnings
from io import StringIO
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from matplotlib.figure import Figure

from gradproof_docs.elements import SPAN, TEXT, join, prune, unique
from numerics.plots.style import Palette, settings
from numerics.plots.writing import MARKED, SUB, SYMBOL

LINK = "{http://www.w3.org/1999/xlink}href"
SERIES = range(1, 7)
VARIABLES = {
    "#010101": "--fig-ink",
    "#020202": "--fig-muted",
    "#030303": "--fig-grid",
    "#040404": "--fig-panel",
    "#060606": "--fig-refuted",
    **{f"#05050{number}": f"--fig-{number}" for number in SERIES},
    **{f"#07070{number}": f"--fig-{number}-text" for number in SERIES},
}
STANDS_FOR = {variable: color for color, variable in VARIABLES.items()}
PALETTE = Palette(
    ink=STANDS_FOR["--fig-ink"],
    muted=STANDS_FOR["--fig-muted"],
    grid=STANDS_FOR["--fig-grid"],
    panel=STANDS_FOR["--fig-panel"],
    refuted=STANDS_FOR["--fig-refuted"],
    series=tuple(STANDS_FOR[f"--fig-{number}"] for number in SERIES),
    words=tuple(STANDS_FOR[f"--fig-{number}-text"] for number in SERIES),
    write=str,  # marks stay: they become spans
)
SALT = {"svg.fonttype": "none", "svg.hashsalt": "gradproof", "text.parse_math": False}
ROOT = "stroke-linejoin: round; stroke-linecap: butt"  # what Matplotlib's own style sheet says
UNSAID = {("text-anchor", "start"), ("stroke-linecap", "butt"), ("stroke-linejoin", "round")}
COLOR = re.compile(r"#[0-9a-f]{6}")
SIZED = re.compile(r"[\d.]+px")
STEPS = re.compile(r"\s*([MLCQz])\s*")
NUMBERS = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
PLACES = ("d", "x", "y", "cx", "cy", "width", "height", "transform", "points")
LOWERED, RAISED, SMALL = 0.22, -0.38, 0.72  # em of the text around; size of what is lowered or raised


def inline(figure: Figure, name: str, label: str, own: str) -> str:
    """The figure as one line of SVG of the class fig fig-<name>, said in words by its label; ids that are its own."""
    root = ElementTree.fromstring(_drawn(figure))
    for element in root.iter():
        _plain(element)
    prune(root)
    join(root)
    unique(root, own)
    box = root.get("viewBox", "")
    root.attrib.clear()
    root.attrib.update({"class": f"fig fig-{name}", "viewBox": box, "role": "img", "aria-label": label, "style": ROOT})
    return ElementTree.tostring(root, encoding="unicode").replace("\n", " ").replace(" />", "/>")


def _drawn(figure: Figure) -> str:
    """Matplotlib's own SVG, without the time and the version; letters that its font lacks are no matter here."""
    file = StringIO()
    with settings(**SALT), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from")
        nothing: dict[str, Any] = {"Date": None, "Creator": None, "Format": None, "Type": None}
        figure.savefig(file, format="svg", metadata=nothing, facecolor="none")
    return file.getvalue()


def _plain(element: Element) -> None:
    """One element as it stands in a page: short numbers, variables, no white space, its words in spans."""
    for name in (name for name in PLACES if name in element.attrib):
        element.set(name, STEPS.sub(r"\1", NUMBERS.sub(_short, element.attrib[name])).strip())
    if element.get("transform", "").startswith("rotate(-0 "):
        del element.attrib["transform"]
    if style := _style(element.attrib.pop("style", "")):
        element.set("style", style)
    if (target := element.attrib.pop(LINK, None)) is not None:
        element.set("href", target)
    if element.tag == TEXT:
        _spans(element)
    elif element.tag != SPAN:
        element.text = None
    element.tail = element.tail if element.tag == SPAN else None


def _short(match: re.Match[str]) -> str:
    said = f"{float(match[0]):.2f}".rstrip("0").rstrip(".")
    return "0" if said == "-0" else said


def _style(style: str) -> str:
    """The declarations with variables for colors, a font's size without family, nothing that goes without saying."""
    pairs = (declared.partition(":") for declared in style.split(";") if ":" in declared)
    kept = {name.strip(): value.strip() for name, _, value in pairs}
    if sized := SIZED.search(kept.pop("font", "")):
        kept["font-size"] = sized[0]
    kept.pop("font-family", None)
    kept = {name: NUMBERS.sub(_short, COLOR.sub(_variable, value)) for name, value in kept.items()}
    return "; ".join(f"{name}: {value}" for name, value in kept.items() if (name, value) not in UNSAID)


def _variable(match: re.Match[str]) -> str:
    return f"var({VARIABLES[match[0]]})"


def _spans(text: Element) -> None:
    """Marked letters, indices and exponents as spans; what follows a lowered or raised one comes back to the line."""
    marked, text.text = text.text or "", None
    end, back = 0, 0.0
    for match in MARKED.finditer(marked):
        back = _append(text, marked[end : match.start()], back)
        if match[1] == SYMBOL:
            span = _span(text, match[2], back)
            span.set("class", "sym")
            back = 0.0
        else:
            away = LOWERED if match[1] == SUB else RAISED
            span = _span(text, match[2], (away + back) / SMALL)
            span.set("font-size", f"{SMALL:.0%}")
            back = -away
        end = match.end()
    _append(text, marked[end:], back)


def _append(text: Element, words: str, back: float) -> float:
    """The words behind what there is, back on the line; how far from the line is left."""
    if words and back:
        _span(text, words, back)
    elif words and len(text):
        text[-1].tail = (text[-1].tail or "") + words
    elif words:
        text.text = words
    return 0.0 if words else back


def _span(text: Element, words: str, shift: float) -> Element:
    span = ElementTree.SubElement(text, SPAN, {"dy": f"{shift:.3g}em"} if shift else {})
    span.text = words
    return span
