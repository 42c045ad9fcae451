"""Which theorem rests on which, as one inline SVG in the colors of the page: boxes are links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from textwrap import wrap

from gradproof_docs.book import Badge, Book, Entry
from gradproof_docs.pages.digits import count
from gradproof_docs.pages.layers import Frame, Placed, components, layered, place
from gradproof_docs.pages.markup import visible

FONT, SMALL, LINE = 13, 11, 17
LETTER = 7.0  # width of a letter in the site's font at that size, rounded up
PAD, LABEL = 12, 44
STROKES = {
    "computed": "var(--fig-3)",
    "certified": "var(--fig-3)",
    "kernel": "var(--fig-3)",
    "axiom": "var(--fig-1)",
    "cited": "var(--fig-4)",
    "sampled": "var(--fig-2)",
    "gap": "var(--fig-refuted, var(--fig-2))",
}
DASHES = {"cited": "7 3", "sampled": "2 3"}  # told apart without colors too


def wide(book: Book) -> str:
    """The graph for a desktop: arrows to the right."""
    depth = max((*layered(_uses(book)).values(), 0)) + 1
    box = min(205.0, (964 - 48 * (depth - 1)) / depth)
    return _svg(book, Frame(964, (max(box, 110.0), 88), 48, 20, down=False), "wide")


def narrow(book: Book) -> str:
    """The graph for a phone: arrows down."""
    return _svg(book, Frame(358, (171, 104), 34, 16, down=True), "narrow")


def _uses(book: Book) -> dict[str, list[str]]:
    return {e.slug: [other for other in book.builds_on(e.slug) if other in book.by_slug] for e in book.entries}


def _svg(book: Book, frame: Frame, name: str) -> str:
    uses = _uses(book)
    groups = components(uses)
    placed = place([group for group in groups if len(group) > 1], uses, frame, PAD / 2)
    alone = {group[0] for group in groups if len(group) == 1}
    corners, labels, bottom = _grid(book, alone, frame, placed)
    edges = [_edge(corners[other], corners[node], frame, name) for node, others in uses.items() for other in others]
    boxes = [_box(book, book.entry(slug), spot, frame) for slug, spot in corners.items()]
    said = f"Which theorem rests on which: {count(len(book.entries), 'theorem')} and {count(len(edges), 'arrow')}"
    head = (
        f'<svg class="fig graph-{name}" xmlns="http://www.w3.org/2000/svg" role="group" aria-label="{said}" '
        f'viewBox="-1 0 {frame.width + 2:g} {bottom + PAD / 2:g}" font-size="{FONT}">'
    )
    return "\n".join([head, _arrow(name), *edges, *labels, *boxes, "</svg>"]) + "\n"


def _grid(
    book: Book, alone: set[str], frame: Frame, above: Placed
) -> tuple[Mapping[str, tuple[float, float]], list[str], float]:
    """The boxes without arrows in rows below the others, area by area, each under its name."""
    corners, labels, bottom = dict(above.corners), [], above.bottom
    gap = frame.across if frame.down else frame.along  # so that the columns are those above
    across = int((frame.width + gap) // (frame.box[0] + gap))
    for area, entries in book.areas.items():
        lone = [entry.slug for entry in entries if entry.slug in alone]
        if not lone:
            continue
        said = escape(visible(area))
        labels.append(
            f'<text x="0" y="{bottom + LABEL - 10:g}" fill="var(--fig-muted)" font-weight="600">{said}</text>'
        )
        for number, slug in enumerate(lone):
            row, column = divmod(number, across)
            x, y = column * (frame.box[0] + gap), bottom + LABEL + row * (frame.box[1] + frame.across)
            corners[slug] = (x, y)
        bottom = corners[lone[-1]][1] + frame.box[1]
    return corners, labels, bottom


def _arrow(name: str) -> str:
    """The head of every arrow of one graph."""
    return (
        f'<defs><marker id="graph-{name}-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
        'orient="auto"><path d="M0 0.5 L8 4 L0 7.5 z" fill="var(--fig-muted)"/></marker></defs>'
    )


def _edge(start: tuple[float, float], end: tuple[float, float], frame: Frame, name: str) -> str:
    """An arrow from one box to another, bent so that it leaves and meets them straight."""
    width, height = frame.box
    if frame.down:
        a, b = (start[0] + width / 2, start[1] + height), (end[0] + width / 2, end[1] - 1)
        bend = (b[1] - a[1]) / 2
        control = f"{a[0]:g} {a[1] + bend:g}, {b[0]:g} {b[1] - bend:g}"
    else:
        a, b = (start[0] + width, start[1] + height / 2), (end[0] - 1, end[1] + height / 2)
        bend = (b[0] - a[0]) / 2
        control = f"{a[0] + bend:g} {a[1]:g}, {b[0] - bend:g} {b[1]:g}"
    return (
        f'<path d="M{a[0]:g} {a[1]:g} C{control}, {b[0]:g} {b[1]:g}" fill="none" stroke="var(--fig-muted)" '
        f'stroke-width="1.5" marker-end="url(#graph-{name}-arrow)"/>'
    )


def _box(book: Book, entry: Entry, spot: tuple[float, float], frame: Frame) -> str:
    """A theorem: its title over some lines, below it outcome and how it is held; the whole is a link."""
    told = book.badge(entry)
    (x, y), (width, height) = spot, frame.box
    dashes = f' stroke-dasharray="{DASHES[told.held]}"' if told.held in DASHES else ""
    rectangle = (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="9" fill="var(--fig-panel)" '
        f'stroke="{STROKES.get(told.held, "var(--fig-muted)")}" stroke-width="1.8"{dashes}/>'
    )
    title = visible(entry.theorem.title)
    said = escape(f"{title}: {told.outcome}, held: {told.held}")
    lines = "".join(_texts(title, told, x + width / 2, y, frame))
    return f'<a href="theorems/{entry.slug}.html" aria-label="{said}">{rectangle}{lines}</a>'


def _texts(title: str, told: Badge, middle: float, top: float, frame: Frame) -> Iterator[str]:
    """The lines of a box, centered in it."""
    lines = lines_of(title, int((frame.box[0] - 2 * PAD) / LETTER), int((frame.box[1] - 30) / LINE))
    first = top + (frame.box[1] - LINE * (len(lines) + 1)) / 2 + FONT
    for number, line in enumerate(lines):
        yield (
            f'<text x="{middle:g}" y="{first + LINE * number:g}" text-anchor="middle" fill="var(--fig-ink)" '
            f'font-weight="550">{escape(line)} </text>'
        )
    word = told.held if told.held == told.outcome else f"{told.outcome} · {told.held}"
    yield (
        f'<text x="{middle:g}" y="{first + LINE * len(lines) + 1:g}" text-anchor="middle" fill="var(--fig-muted)" '
        f'font-size="{SMALL}">{told.sign} {word}</text>'
    )


def lines_of(title: str, letters: int, most: int) -> Sequence[str]:
    """The title in lines of so many letters; what finds no room becomes an ellipsis.

    >>> lines_of("The law of the gain: a product", 12, 2)
    ['The law of', 'the gain: a…']
    """
    lines = wrap(title, letters) or ["–"]
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], f"{lines[most - 1][: letters - 1].rstrip()}…"]
