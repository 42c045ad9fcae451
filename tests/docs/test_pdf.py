"""The book as a PDF: tagged, with outline, formulas set, folds open; and each way in which printing can fail."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from gradproof_docs import chromium, pdf

STATIC = Path(pdf.__file__).parent / "_static"
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A small book</title>{head}</head><body>
<style>@page {{ @bottom-center {{ content: counter(page) }} }}</style>
<h1>Gains</h1><p>{body}</p><details><summary>Proof</summary><p>Hidden words.</p></details>
<h2 style="break-before: page">Norms</h2><p>The end.</p></body></html>"""
MATHJAX = (
    '<script>MathJax = {loader: {load: ["a11y/assistive-mml"], paths: {fonts: "[mathjax]", "mathjax-newcm": '
    '"[mathjax]/newcm"}}, options: {menuOptions: {settings: {enrich: false}}}}</script>'
    f'<script defer src="{(STATIC / "mathjax4" / "tex-chtml.js").as_uri()}"></script>'
)


def written(folder: Path, body: str = "Plain words.", head: str = "") -> Path:
    """A small page with a closed fold, printed on two sheets."""
    page = folder / "book.html"
    page.write_text(PAGE.format(body=body, head=head), encoding="utf-8")
    return page


def program(folder: Path, text: str) -> str:
    """An executable script in place of a browser."""
    path = folder / "browser"
    path.write_text(text if text == "\0" else f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def told(name: str, *arguments: str) -> str:
    """What one of poppler's programs prints."""
    return subprocess.run([name, *arguments], capture_output=True, text=True, check=True).stdout


@pytest.fixture
def browser() -> None:
    """Skip where no browser is installed."""
    try:
        chromium.find()
    except chromium.BrowserError as error:
        pytest.skip(f"chromium: {error}")


@pytest.fixture
def poppler() -> None:
    """Skip where a PDF cannot be read by another program than the one that wrote it."""
    if not shutil.which("pdfinfo"):
        pytest.skip("poppler: no pdfinfo on PATH; install poppler-utils")


@pytest.mark.usefixtures("browser", "poppler")
def test_the_book_is_tagged_with_outline_pages_and_open_folds(tmp_path: Path) -> None:
    out = pdf.print_pdf(written(tmp_path, r"\(\frac{a}{\mathcal{L}}\)", MATHJAX), tmp_path / "book.pdf")
    facts = dict(re.findall(r"^(\w[\w ]*):\s+(.*)$", told("pdfinfo", str(out)), re.MULTILINE))
    assert (facts["Pages"], facts["Tagged"], facts["Title"]) == ("2", "yes", "A small book")
    assert "(A4)" in facts["Page size"]
    assert pdf.count_pages(out.read_bytes()) == 2
    words = told("pdftotext", str(out), "-")
    assert "Hidden words." in words
    assert "frac" not in words and re.search(r"𝑎\s+L", words)  # set, not printed as TeX
    assert re.findall(r"^\d+$", words, re.MULTILINE) == ["1", "2"]  # page numbers, by the style sheet
    assert re.findall(rb"/Title \((Gains|Norms)\)", out.read_bytes()) == [b"Norms", b"Gains"]  # the outline
    assert "H1" in told("pdfinfo", "-struct", str(out)) and "H2" in told("pdfinfo", "-struct", str(out))


@pytest.mark.usefixtures("browser")
def test_the_same_page_is_the_same_file(tmp_path: Path) -> None:
    page = written(tmp_path)
    first = pdf.print_pdf(page, tmp_path / "first.pdf").read_bytes()
    time.sleep(1.1)  # the day of making is written in seconds
    assert pdf.print_pdf(page, tmp_path / "second.pdf").read_bytes() == first


@pytest.mark.usefixtures("browser")
@pytest.mark.parametrize(
    ("body", "head", "reason"),
    [
        (r'<span class="math">\(x^2\)</span>', "", "was not set; is MathJax"),
        (r'<span class="math">\(x^2\)</span>', '<script src="no/tex-chtml.js"></script>', "was not set; is MathJax"),
        (r"\(\frac{a}\)", MATHJAX, "cannot set .*; mend the formula"),
        (r"\(\nosuch{a}\)", MATHJAX, "cannot set .*nosuch.*; mend the formula"),
        ("", "<script>window.MathJax = {startup: {promise: Promise.reject(Error('no font'))}}</script>", "no font"),
    ],
)
def test_a_page_that_is_not_ready_is_not_printed(tmp_path: Path, body: str, head: str, reason: str) -> None:
    out = tmp_path / "book.pdf"
    out.write_bytes(b"the book of yesterday")
    with pytest.raises(chromium.BrowserError, match=reason):
        pdf.print_pdf(written(tmp_path, body, head), out)
    assert out.read_bytes() == b"the book of yesterday"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book.html", "book.pdf"]


@pytest.mark.usefixtures("browser")
def test_a_page_that_is_never_ready_ends_at_the_limit(tmp_path: Path) -> None:
    page = written(tmp_path, head="<script>MathJax = {startup: {promise: new Promise(done => 0)}}</script>")
    with pytest.raises(chromium.BrowserError, match="did not answer in time"):
        pdf.print_pdf(page, tmp_path / "book.pdf", seconds=4)


@pytest.mark.usefixtures("browser")
def test_nothing_is_left_of_the_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with chromium.open_tab(30) as tab:
        assert tab.value("1 + 1") == 2
        (room,) = tmp_path.iterdir()
        assert running(room)
    assert list(tmp_path.iterdir()) == []
    assert not running(room)


HOLDING = """
import os, sys
from pathlib import Path
from gradproof_docs import chromium
held = [os.dup(1) for _ in range(4)]  # as a library that keeps its fonts open, and closes them in each child
os.register_at_fork(after_in_child=lambda: [os.close(end) for end in held])
with chromium.open_tab(60) as tab:
    print(tab.value("6 * 7"))
"""


@pytest.mark.usefixtures("browser")
@pytest.mark.parametrize("closed", [(), (0,), (0, 2)], ids=str)
def test_the_pipes_meet_whatever_else_is_open(closed: tuple[int, ...]) -> None:
    shut = f"import os; [os.close(end) for end in {closed}]"
    done = subprocess.run([sys.executable, "-c", f"{shut}\n{HOLDING}"], capture_output=True, text=True, check=False)
    assert done.stdout == "42\n", done.stderr


def running(room: Path) -> list[int]:
    """Processes whose arguments name a folder."""
    found = []
    for arguments in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            named = str(room).encode() in arguments.read_bytes()
        except OSError:
            continue  # it ended meanwhile
        found += [int(arguments.parent.name)] * named
    return found


def test_without_a_browser_the_remedy_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(chromium.VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(chromium.BrowserError, match=r"no Chromium on PATH .*apt install chromium.*GRADPROOF_CHROMIUM"):
        pdf.print_pdf(written(tmp_path), tmp_path / "book.pdf")
    monkeypatch.setenv(chromium.VARIABLE, "/no/browser")
    with pytest.raises(chromium.BrowserError, match=r"GRADPROOF_CHROMIUM=/no/browser: no such program"):
        pdf.print_pdf(written(tmp_path), tmp_path / "book.pdf")


def test_the_browser_is_found_by_its_usual_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(chromium.VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    os.rename(program(tmp_path, "exit 0"), tmp_path / "google-chrome")
    assert chromium.find() == str(tmp_path / "google-chrome")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("echo 'no display' >&2; exit 3", "ended before it answered .no display."),
        ("exec sleep 60", "in time"),
        ("\0", "Exec format error; put the path"),
    ],
)
def test_a_browser_that_ends_or_is_silent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, reason: str
) -> None:
    monkeypatch.setenv(chromium.VARIABLE, program(tmp_path, text))
    begin = time.monotonic()
    with pytest.raises(chromium.BrowserError, match=reason):
        pdf.print_pdf(written(tmp_path), tmp_path / "book.pdf", seconds=1)
    assert time.monotonic() - begin < 15
    assert not (tmp_path / "book.pdf").exists()


def test_a_page_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="build the site first"):
        pdf.print_pdf(tmp_path / "none.html", tmp_path / "book.pdf")


@pytest.mark.parametrize(
    ("content", "missing"),
    [
        (b"%PDF-1.4 /Type /Pages /Count 2 /Outlines /StructTreeRoot %%EOF\n", []),
        (b"%PDF-1.4 /Type /Pages /Count 0 /Outlines /StructTreeRoot %%EOF", ["pages"]),
        (b"%PDF-1.4 /Type /Pages /Count 2 %%EOF", ["tags", "an outline"]),
        (b"%PDF-1.4 /Type /Pages /Count 2 /Outlines /StructTreeRoot", ["an end"]),
    ],
)
def test_a_pdf_without_its_parts_is_noticed(content: bytes, missing: list[str]) -> None:
    assert pdf._missing(content) == missing
