"""Every page of the site, as it is read: formulas set, nothing cut off on a phone, nothing that shuts people out."""

from pathlib import Path
from typing import Any

import pytest

import gradproof_docs
from theory import theorems

SOURCES = Path(gradproof_docs.__file__).parent
WRITTEN = (path.relative_to(SOURCES).with_suffix(".html").as_posix() for path in SOURCES.rglob("*.md"))
THEOREMS = [f"theorems/{slug}.html" for slug in theorems()]
FURTHER = [
    "theorems/index.html",
    "notation.html",
    "trust.html",
    "references.html",
    "search.html",
    "genindex.html",
    "404.html",
]
PAGES = sorted({*WRITTEN, *THEOREMS, *FURTHER})
KINDS = [  # one page of each kind
    *(page for page in PAGES if "/" not in page and page != "genindex.html"),
    *("theorems/index.html", "theorems/gain_law.html", "theorems/unrolling.html", "decisions/0005-rounding.html"),
    *("guides/reading_a_verdict.html", "reference/numerics.html"),
]
PHONE, DESK, PAPER = 390, 1280, 672  # px; paper: A4 between its margins

# What is written and not set: TeX, MyST, unknown macros. Code is left out, and what MathJax has set.
UNSET = r"""() => {
  const found = [];
  for (const node of document.querySelectorAll("mjx-merror, merror, .system-message, .problematic"))
    found.push("wrong: " + node.textContent);
  for (const node of document.querySelectorAll("div.math, span.math"))
    if (!node.querySelector("mjx-container")) found.push("not set: " + node.textContent);
  for (const node of document.querySelectorAll("mjx-mtext, mtext"))
    if (/^\\[a-zA-Z]/.test(node.textContent.trim())) found.push("unknown: " + node.textContent);
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode;
    if (node.parentElement.closest("script, style, pre, code, mjx-container")) continue;
    if (/\\[a-zA-Z(\[]|\$|:::|\{[a-z]+\}`|\*\*[A-Za-z][^*]*\*\*|&[a-z]+;/.test(node.data))
      found.push("raw: " + node.data.trim());
  }
  return found;
}"""

# Pages that scroll sideways, and elements that stick out of the window where nobody can scroll to them.
CUT = """() => {
  const root = document.documentElement, found = [];
  if (root.scrollWidth > root.clientWidth) found.push(`page: ${root.scrollWidth} px in ${root.clientWidth}`);
  const scrolls = node => ["auto", "scroll"].includes(getComputedStyle(node).overflowX);
  for (const node of document.querySelectorAll("article *")) {
    const box = node.getBoundingClientRect();
    if (!box.width || !box.height || box.right <= root.clientWidth + 1 || node.closest("mjx-assistive-mml")) continue;
    let around = node.parentElement;
    while (around && !scrolls(around)) around = around.parentElement;
    if (!around) found.push(`${node.tagName}.${node.getAttribute("class")}: to ${Math.round(box.right)} px`);
  }
  return found;
}"""

# What could be scrolled to on a screen and is lost on paper.
LOST = """() => [...document.querySelectorAll("article :is(.table-wrapper, pre, div.math, .graph-frame)")]
  .filter(node => node.checkVisibility() && node.scrollWidth > node.clientWidth + 2)
  .map(node => `${node.className || node.tagName}: ${node.scrollWidth} px in ${node.clientWidth}: ${node.innerText}`)"""

# Cells of tables in which hardly a word stands beside another.
CRAMPED = """() => [...document.querySelectorAll("article td")].filter(cell => cell.checkVisibility()).filter(cell => {
  const line = parseFloat(getComputedStyle(cell).lineHeight) || 20, range = document.createRange();
  range.selectNodeContents(cell);
  return cell.clientWidth < 64 && range.getBoundingClientRect().height > 4.5 * line;
}).map(cell => `${cell.clientWidth} px: ${cell.innerText}`)"""

# Texts of figures that appear smaller than a limit in px.
SMALL = """limit => [...document.querySelectorAll("article svg text")].filter(text => text.checkVisibility())
  .map(text => [parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a, text.textContent.trim()])
  .filter(([size]) => size < limit).map(([size, words]) => `${size.toFixed(1)} px: ${words}`)"""

# Without preload, for axe would fetch the style sheets, which no page from file:// may.
AXE = r"""() => axe.run(document, {preload: false, resultTypes: ["violations"]}).then(found =>
  found.violations.filter(rule => ["serious", "critical"].includes(rule.impact))
    .flatMap(rule => rule.nodes.slice(0, 5).map(node =>
      `${rule.id}: ${node.html.slice(0, 200)} ${node.failureSummary.split("\n").slice(1, 2)}`)))"""

# Axe's time grows with the square of a page. What is alike is looked at a few times; the insides of figures never.
SAMPLE = """() => {
  const alike = ["tbody tr:nth-child(n+4)", "dl.py ~ dl.py ~ dl.py ~ dl.py", "pre span:nth-child(n+30)",
    ".sidebar-tree li:nth-child(n+5)", ".genindextable li:nth-child(n+3)", "svg.fig[role=img] > *:not(title, desc)"];
  for (const part of document.querySelectorAll(alike.join(", "))) part.remove();
  for (const formula of [...document.querySelectorAll("mjx-container")].slice(8)) formula.remove();
}"""

OPEN = "document.querySelectorAll('details').forEach(fold => fold.open = true)"


def test_these_are_all_pages(site: Path) -> None:
    assert sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html")) == PAGES


@pytest.mark.parametrize("page", PAGES)
def test_a_page_reads_well_and_shuts_nobody_out(read: Any, axe: str, page: str) -> None:
    with read(page, width=DESK) as tab:
        found = tab.evaluate(CUT)
        tab.set_viewport_size({"width": PHONE, "height": 900})
        found += tab.evaluate(CUT)
        tab.evaluate(OPEN)
        found += tab.evaluate(CUT) + tab.evaluate(CRAMPED) + tab.evaluate(UNSET) + tab.evaluate(SMALL, 9)
        tab.emulate_media(media="print")
        tab.set_viewport_size({"width": PAPER, "height": 950})
        found += tab.evaluate(LOST)
        tab.emulate_media(media="screen")
        tab.set_viewport_size({"width": DESK, "height": 900})
        assert found + barriers(tab, axe) == []


@pytest.mark.parametrize("page", KINDS)
def test_a_dark_phone_shuts_nobody_out(read: Any, axe: str, page: str) -> None:
    with read(page, width=PHONE, theme="dark") as tab:
        tab.evaluate(OPEN)
        assert barriers(tab, axe) == []


def barriers(tab: Any, axe: str) -> list[str]:
    """What axe-core finds serious or critical in a page as it stands."""
    tab.evaluate(SAMPLE)
    tab.evaluate(axe)
    return list(tab.evaluate(AXE))


@pytest.mark.parametrize(
    ("planted", "check", "limit"),
    [
        (r"<p>\(\frac{a}{b}\)</p>", UNSET, None),
        ("<p>:::{note}</p>", UNSET, None),
        ("<p>costs $5</p>", UNSET, None),
        ("<div class='math'>x</div>", UNSET, None),
        ("<mjx-merror>Missing close brace</mjx-merror>", UNSET, None),
        (r"<mjx-mtext>\nosuch</mjx-mtext>", UNSET, None),
        ("<div style='width: 500px; height: 9px'></div>", CUT, None),
        ("<div style='overflow: hidden'><div style='width: 500px; height: 9px'></div></div>", CUT, None),
        ("<table style='width: 50px'><tr><td>one two three four five six</table>", CRAMPED, None),
        ("<div class='math' style='overflow: auto'><p style='width: 500px'>x</p></div>", LOST, None),
        ("<svg width='90' viewBox='0 0 180 20'><text y='9' font-size='12'>small</text></svg>", SMALL, 9),
    ],
)
def test_a_planted_fault_is_seen(browser: Any, planted: str, check: str, limit: int | None) -> None:
    tab = browser.new_page(viewport={"width": PHONE, "height": 900})
    sound = "<p>Plain words.</p><pre>$ x</pre><div style='overflow: auto'><p style='width: 500px'>x</p></div>"
    tab.set_content(f"<article>{sound}</article>")
    assert tab.evaluate(check, limit) == []
    tab.set_content(f"<article>{sound}{planted}</article>")
    assert len(tab.evaluate(check, limit)) >= 1
    tab.close()


def test_a_planted_barrier_is_seen(browser: Any, axe: str) -> None:
    tab = browser.new_page()
    tab.set_content("<main><h1>x</h1><img src='data:,'><p style='color: #ccc; background: #fff'>pale</p></main>")
    assert {line.split(":")[0] for line in barriers(tab, axe)} >= {"image-alt", "color-contrast"}
    tab.close()


@pytest.mark.parametrize(
    ("planted", "seen"),
    [
        ("<img src='https://example.org/x.png'>", "outside: https://example.org/x.png"),
        ("<img src='none.png'>", "failed: file://"),
        ("<script>fetch('https://example.org/x')</script>", "outside: https://example.org/x"),
        ("<script>console.error('broken')</script>", "console: broken"),
        ("<script>throw Error('broken')</script>", "script: broken"),
    ],
)
def test_a_planted_request_or_error_fails_the_visit(tmp_path: Path, visit: Any, planted: str, seen: str) -> None:
    (tmp_path / "x.html").write_text(f"<p>x</p>{planted}", encoding="utf-8")
    with pytest.raises(AssertionError, match=seen), visit("x.html", at=tmp_path.as_uri()) as tab:
        tab.wait_for_timeout(100)
