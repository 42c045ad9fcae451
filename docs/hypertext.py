"""What a page or a style sheet refers to, read in one pass: ids, links, and what a browser would fetch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

# Every piece is possessive or ends at the next quote, so that reading stays linear on any text.
TAG = re.compile(r"""<!--.*?(?:-->|\Z)|<([a-zA-Z][^\s/>]*+)((?:[^>"']++|"[^"]*+"|'[^']*+')*+)>|<[a-zA-Z]""", re.DOTALL)
ATTRIBUTE = re.compile(r"""([^\s=/"'>]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++)))?+""")
CSS_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
CSS_URL = re.compile(r"""url\(\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"')]++))|@import\s++(?:"([^"]*+)"|'([^']*+)')""", re.I)
REFRESH = re.compile(r"\s*+\d++\s*+[;,]\s*+url\s*+=\s*+(.*)", re.I | re.DOTALL)

ADDRESSES = frozenset({"href", "xlink:href", "src", "poster", "data", "action", "formaction", "manifest", "ping"})
SETS = frozenset({"srcset", "imagesrcset"})
ARIA = frozenset({"aria-controls", "aria-describedby", "aria-details", "aria-labelledby", "aria-owns"})
ID_LISTS = ARIA | {"for", "form", "headers", "list", "popovertarget"}


@dataclass(frozen=True)
class Link:
    """One reference: in which line, written where (`<a href>`), to what address."""

    line: int
    where: str
    address: str

    @property
    def anchor(self) -> bool:
        """Whether it is followed by a click: nothing is fetched before.

        >>> Link(1, "<a href>", "b.html").anchor, Link(1, "<link href>", "b.css").anchor
        (True, False)
        """
        return self.where in ("<a href>", "<a xlink:href>", "<area href>")


@dataclass(frozen=True)
class Hypertext:
    """A page as a link checker sees it: ids and links with their lines, and faults that stop the reading."""

    ids: tuple[tuple[int, str], ...]
    links: tuple[Link, ...]
    faults: tuple[str, ...] = ()


def read_page(text: str) -> Hypertext:
    """The ids and links of an HTML page; comments and the contents of scripts are passed over.

    >>> page = read_page('<p id="x"><a href="b.html#y">b</a><svg fill="url(#z)"></svg>')
    >>> page.ids, [(link.where, link.address) for link in page.links]
    (((1, 'x'),), [('<a href>', 'b.html#y'), ('<svg fill>', '#z')])
    """
    ids: list[tuple[int, str]] = []
    links: list[Link] = []
    for line, tag, inside in _tags(text):
        if not tag:
            return Hypertext(tuple(ids), tuple(links), (f"{line}: a tag that is never closed: {inside!r}",))
        if tag == "style" and inside.startswith(">"):
            links += [Link(line, "<style>", link.address) for link in read_css(inside[1:])]
            continue
        for name, value in _attributes(inside):
            if name == "id" or (name == "name" and tag == "a"):
                ids.append((line, value))
            else:
                links += [Link(line, f"<{tag} {name}>", address) for address in _addresses(tag, name, value)]
    return Hypertext(tuple(ids), tuple(links))


def read_css(text: str) -> tuple[Link, ...]:
    """The addresses in url(...) and @import of a style sheet, outside comments.

    >>> [link.address for link in read_css("/* url(no) */ p { background: url('a.png') } @import 'b.css';")]
    ['a.png', 'b.css']
    """
    blank = CSS_COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    links, line, counted = [], 1, 0
    for found in CSS_URL.finditer(blank):
        line, counted = line + blank.count("\n", counted, found.start()), found.start()
        links.append(Link(line, "url()", "".join(part or "" for part in found.groups())))
    return tuple(links)


def _tags(text: str) -> Iterator[tuple[int, str, str]]:
    """(line, tag, attributes) of each tag that opens; ">" and its text for a style sheet; "" where reading ends."""
    at, line, counted = 0, 1, 0
    while found := TAG.search(text, at):
        at = found.end()
        if found[0].startswith("<!--"):
            continue
        line, counted = line + text.count("\n", counted, found.start()), found.start()
        if found[1] is None:
            yield line, "", text[found.start() : found.start() + 40]
            return
        tag = found[1].lower()
        yield line, tag, found[2]
        if tag in ("script", "style"):
            end = re.compile(f"</{tag}", re.I).search(text, at)
            close = end.start() if end else len(text)
            if tag == "style":
                yield line, tag, ">" + text[at:close]
            at = close


def _attributes(inside: str) -> Iterator[tuple[str, str]]:
    for found in ATTRIBUTE.finditer(inside):
        yield found[1].lower(), unescape(found[2] or found[3] or found[4] or "")


def _addresses(tag: str, name: str, value: str) -> tuple[str, ...]:
    """What one attribute refers to; ids as #id."""
    if name in ADDRESSES and (name != "data" or tag == "object"):
        return (value.strip(),)
    if name in SETS:
        return tuple(part.split()[0] for part in value.split(",") if part.split())
    if name in ID_LISTS:
        return tuple(f"#{part}" for part in value.split())
    if tag == "meta" and name == "content" and (found := REFRESH.fullmatch(value)):
        return (found[1].strip("'\" "),)
    return tuple(link.address for link in read_css(value)) if "url(" in value.lower() else ()
