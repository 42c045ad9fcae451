"""The book as one PDF: a built page printed by Chromium, tagged, with an outline, once its mathematics is set."""

from __future__ import annotations

import os
import re
from base64 import b64decode
from pathlib import Path
from tempfile import NamedTemporaryFile

from gradproof_docs.chromium import BrowserError, Tab, open_tab

# Resolves when fonts and formulas are set and every fold is open. To MathJax an unknown macro is no error but a word.
READY = r"""(async () => {
  if (document.readyState !== "complete") await new Promise(done => addEventListener("load", done));
  if (window.MathJax && MathJax.startup) await MathJax.startup.promise;
  for (const fold of document.querySelectorAll("details")) fold.open = true;
  await document.fonts.ready;
  const words = (selector, chosen) => [...document.querySelectorAll(selector)]
    .map(node => node.textContent.trim().slice(0, 100)).filter(text => text.match(chosen));
  return {unset: document.querySelector("mjx-container") ? [] : words("div.math, span.math", /./),
          wrong: [...words("mjx-merror, merror", /./), ...words("mjx-mtext, mtext", /^\\[a-zA-Z]/)]};
})()"""
INCH = 25.4  # mm


def print_pdf(page: Path, out: Path, seconds: float = 120.0) -> Path:
    """Print one built HTML file, such as the index.html of a singlehtml build, as `out`; every fold is opened before.

    The PDF is A4, tagged, with an outline of the headings; the page's style sheet numbers the sheets. It replaces
    `out` whole or not at all.
    Raises FileNotFoundError without the page, BrowserError without a browser, past the limit of `seconds`, where
    mathematics is not set or wrong, and where the PDF lacks pages, outline or tags.
    """
    if not page.is_file():
        raise FileNotFoundError(f"{page}: no such page to print; build the site first")
    with open_tab(seconds) as tab:
        tab.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "light"}])
        if failed := tab.call("Page.navigate", url=page.resolve().as_uri()).get("errorText"):
            raise BrowserError(f"{page}: Chromium cannot open it ({failed}); is it readable?")
        _await_mathematics(tab, page)
        content = _undated(_printed(tab))
    if missing := _missing(content):
        raise BrowserError(f"{page}: printed without {' and '.join(missing)}; a newer Chromium writes them")
    _replace(out, content)
    return out


def count_pages(content: bytes) -> int:
    """The number of pages that a PDF's root says it has; 0 where it says none.

    >>> count_pages(b"%PDF-1.4 1 0 obj <</Type /Pages /Count 3 /Kids [...]>>")
    3
    """
    counts = re.findall(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)", content)
    return max(map(int, counts), default=0)


def _await_mathematics(tab: Tab, page: Path) -> None:
    found = tab.value(READY)
    if found["unset"]:
        raise BrowserError(f"{page}: {found['unset'][0]!r} was not set; is MathJax in the site's _static?")
    if found["wrong"]:
        raise BrowserError(f"{page}: MathJax cannot set {found['wrong'][0]!r}; mend the formula")


def _printed(tab: Tab) -> bytes:
    answer = tab.call(
        "Page.printToPDF",
        paperWidth=210 / INCH,
        paperHeight=297 / INCH,
        **{f"margin{side}": 18 / INCH for side in ("Top", "Bottom", "Left", "Right")},
        printBackground=True,
        generateTaggedPDF=True,
        generateDocumentOutline=True,
    )
    return b64decode(answer["data"])


def _undated(content: bytes) -> bytes:
    """The PDF with a fixed day of making, of the same length: the same book is the same file."""
    return re.sub(rb"(/(?:Creation|Mod)Date \(D:)\d{14}", rb"\g<1>20000101000000", content)


def _missing(content: bytes) -> list[str]:
    """What a book must have and this PDF has not."""
    marks = {"tags": rb"/StructTreeRoot\b", "an outline": rb"/Outlines\b", "an end": rb"%%EOF\s*\Z"}
    return ["pages"] * (not count_pages(content)) + [
        name for name, mark in marks.items() if not re.search(mark, content)
    ]


def _replace(out: Path, content: bytes) -> None:
    with NamedTemporaryFile(dir=out.parent, prefix=f".{out.name}-", delete=False) as file:
        file.write(content)
    os.chmod(file.name, 0o644)  # a temporary file is readable by its owner alone
    os.replace(file.name, out)
