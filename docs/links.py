"""The link check of a built site: every link meets its page and its id, and nothing is fetched from elsewhere."""

from __future__ import annotations

import os
import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from gradproof_docs.hypertext import Hypertext, Link, read_css, read_page

LARGEST = 32 * 2**20  # bytes of one page or style sheet
LEAVING = ("https:", "mailto:")  # what a reader may click that leads out of the site
RUNNING = ("<script", "<iframe", "<object", "<embed")  # where even data: in the page itself would be foreign code


@dataclass(frozen=True)
class Survey:
    """What a link check saw: counts of pages, of links within the site and out of it, and one line a problem."""

    pages: int
    links: int
    outside: int
    problems: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.links} links in {self.pages} pages, {self.outside} lead out, {len(self.problems)} broken"


def check(folder: Path) -> tuple[str, ...]:
    """One line for each broken link, outside resource and repeated id of a built site; () is good.

    Raises NotADirectoryError where the folder is none.
    """
    return survey(folder).problems


def survey(folder: Path) -> Survey:
    """Check all pages (*.html) and style sheets (*.css) below a folder, as they would be opened from file://.

    Broken are: a file or an id that does not exist (in href, src, srcset, url(), aria-..., label for), an address that
    begins with / or leaves the folder, an id that stands twice, and anything from another host, except where a reader
    clicks it: <a href="https://..."> or mailto. What scripts fetch is not seen.
    Raises NotADirectoryError where the folder is none.
    """
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder}: not a folder; build the site first")
    files, problems = _files(folder)
    pages: dict[str, Hypertext] = {}
    for name in sorted(files):
        if name.endswith((".html", ".css")):
            pages[name], faults = _read(folder, name)
            problems += faults
    ids = {name: frozenset(word for _, word in page.ids) for name, page in pages.items() if name.endswith(".html")}
    outside = Counter(_leads_out(link) for page in pages.values() for link in page.links)
    for name, page in pages.items():
        problems += [
            f"{name}:{line}: id {word!r} stands twice; ids are unique in a page" for line, word in _again(page)
        ]
        problems += [fault for link in page.links if (fault := _fault(name, link, files, ids))]
    if not ids:
        problems.append(f"{folder}: no page (*.html); build the site first")
    return Survey(len(ids), outside[False], outside[True], tuple(problems))


def _files(folder: Path) -> tuple[frozenset[str], list[str]]:
    """Names of all files relative to the folder, with /; a symbolic link is a problem, for a copied site loses it."""
    found, problems = set(), []
    for here, folders, names in os.walk(folder):
        for name in sorted(folders + names):
            path = Path(here, name)
            relative = path.relative_to(folder).as_posix()
            if path.is_symlink():
                problems.append(f"{relative}: a symbolic link; put the file itself there")
            elif name in names:
                found.add(relative)
    return frozenset(found), problems


def _read(folder: Path, name: str) -> tuple[Hypertext, list[str]]:
    path = folder / name
    if path.stat().st_size > LARGEST:
        return Hypertext((), ()), [f"{name}: {path.stat().st_size} bytes; a page may have {LARGEST}"]
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        return Hypertext((), ()), [f"{name}: byte {error.start} is not UTF-8; save the page as UTF-8"]
    page = read_page(text) if name.endswith(".html") else Hypertext((), read_css(text))
    return page, [f"{name}:{fault}; close it" for fault in page.faults]


def _again(page: Hypertext) -> Iterator[tuple[int, str]]:
    seen: set[str] = set()
    for line, word in page.ids:
        if word in seen:
            yield line, word
        seen.add(word)


def _leads_out(link: Link) -> bool:
    return link.anchor and link.address.lower().startswith(LEAVING)


def _fault(page: str, link: Link, files: frozenset[str], ids: dict[str, frozenset[str]]) -> str | None:
    """What is wrong with one link of a page, as a line; None where it holds."""
    reason = None if _leads_out(link) else _reason(page, link, files, ids)
    return reason and f"{page}:{link.line}: {link.where} {link.address[:200]!r}: {reason}"


def _reason(page: str, link: Link, files: frozenset[str], ids: dict[str, frozenset[str]]) -> str | None:
    try:
        parts = urlsplit(link.address)
    except ValueError:
        return "not an address; write a relative one"
    if parts.scheme or parts.netloc:
        return _foreign(link, parts.scheme)
    if parts.path.startswith("/"):
        return "begins with /, the root of the disk under file://; write it relative to the page"
    if not link.address and not link.anchor:
        return "empty, so the browser fetches the page itself; name a file"
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path))) if parts.path else page
    if target not in files:
        return f"no file {target!r} in the site; mend the link or add the file"
    return _without_id(target, unquote(parts.fragment), ids)


def _foreign(link: Link, scheme: str) -> str | None:
    if link.anchor:
        return "leads out of the site; only <a href> may, with https"
    if scheme == "data" and not link.where.startswith(RUNNING):
        return None
    return "fetched from outside; put it into the site"


def _without_id(target: str, fragment: str, ids: dict[str, frozenset[str]]) -> str | None:
    if target not in ids or fragment in ("", "top") or fragment in ids[target]:
        return None
    return f"{target} has no id {fragment!r}; mend the link or the heading it names"
