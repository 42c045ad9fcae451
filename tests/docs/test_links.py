"""The link check: each planted error is found, each sound page passes, and no text makes it slow."""

import time
from pathlib import Path

import pytest

from gradproof_docs import links

SOUND = """<!doctype html><html><head><link rel="stylesheet" href="a/site.css?v=1"><script src="a/site.js"></script>
<style>body { background: url(a/dot.png) }</style></head><body>
<!-- <a href="nowhere.html"> --><script>document.write('<a href="nowhere.html">')</script>
<h1 id="top-1">One</h1><a href="#top-1">up</a> <a href="#">top</a> <a href="sub/two.html#%CF%83">two</a>
<a href="https://example.org/x">out</a> <a href="mailto:someone@example.org">mail</a> <label for="top-1">x</label>
<img src="a/dot.png" srcset="a/dot.png 1x, a/dot%20two.png 2x" alt=""> <img src="data:image/png;base64,AAAA" alt="">
<svg aria-labelledby="t"><title id="t">x</title><clipPath id="c"></clipPath><path clip-path="url(#c)" d="M0 0"/>
<a xlink:href="sub/two.html"><use xlink:href="#t"></use></a></svg></body></html>"""
TWO = '<h1 id="σ">Two</h1><a href="../index.html#top-1">one</a>'


def built(folder: Path, body: str = "", **files: str) -> Path:
    """A small sound site, with `body` added to its first page."""
    texts = {
        "index.html": SOUND.replace("</body>", f"{body}</body>"),
        "sub/two.html": TWO,
        "a/site.css": "/* url(no.png) */ @font-face { src: url('dot.png') } p { background: url(#x) }",
        "a/site.js": "",
        "a/dot.png": "",
        "a/dot two.png": "",
    }
    for name, text in {**texts, **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_sound_site_has_no_problem_and_its_links_are_counted(tmp_path: Path) -> None:
    found = links.survey(built(tmp_path))
    assert found.problems == ()
    assert (found.pages, found.outside) == (2, 2)
    assert found.links == 18  # counted by hand in SOUND (17, less the 2 that lead out), TWO (1) and the style sheet (2)


@pytest.mark.parametrize(
    ("planted", "reason"),
    [
        ('<a href="three.html">', "no file 'three.html'"),
        ('<a href="SUB/two.html">', "no file 'SUB/two.html'"),  # found on a disk that ignores case, not on a server
        ('<a href="sub/">', "no file 'sub'"),  # a server would send its index, file:// does not
        ('<a href="sub/two.html#tau">', "sub/two.html has no id 'tau'"),
        ('<a href="#tau">', "index.html has no id 'tau'"),
        ("<a href=#tau>", "index.html has no id 'tau'"),
        ("<a\nhref = '#tau'>", "index.html has no id 'tau'"),
        ('<a href="/sub/two.html">', "begins with /"),
        ('<a href="../out.html">', "no file '../out.html'"),
        ('<a href="http://example.org">', "leads out"),
        ('<a href="javascript:alert(1)">', "leads out"),
        ('<a href="//example.org">', "leads out"),
        ('<a href="http://[">', "not an address"),
        ('<svg><a xlink:href="three.html"></a></svg>', "no file 'three.html'"),
        ('<img src="https://example.org/x.png">', "fetched from outside"),
        ('<IMG SRC="//example.org/x.png">', "fetched from outside"),
        ('<img src="a/none.png">', "no file 'a/none.png'"),
        ('<img src="">', "empty"),
        ('<img srcset="a/dot.png 1x, https://example.org/x.png 2x">', "fetched from outside"),
        ('<script src="https://example.org/x.js"></script>', "fetched from outside"),
        ('<script src="data:text/javascript,alert(1)"></script>', "fetched from outside"),
        ('<link rel="stylesheet" href="https://example.org/x.css">', "fetched from outside"),
        ('<link rel="preconnect" href="//example.org">', "fetched from outside"),
        ('<iframe src="https://example.org"></iframe>', "fetched from outside"),
        ('<video poster="https://example.org/x.png"></video>', "fetched from outside"),
        ('<object data="https://example.org/x.svg"></object>', "fetched from outside"),
        ('<form action="https://example.org/search"></form>', "fetched from outside"),
        ('<meta http-equiv="refresh" content="0; url=https://example.org">', "fetched from outside"),
        ('<style>@import "https://example.org/x.css";</style>', "fetched from outside"),
        ('<p style="background: url(&quot;https://example.org/x.png&quot;)">', "fetched from outside"),
        ('<svg><path fill="url(#tau)"/></svg>', "index.html has no id 'tau'"),
        ('<svg><use href="#tau"/></svg>', "index.html has no id 'tau'"),
        ('<label for="tau">', "index.html has no id 'tau'"),
        ('<svg aria-labelledby="t tau"></svg>', "index.html has no id 'tau'"),
        ('<p id="top-1">', "id 'top-1' stands twice"),
        ('<p title="never closed>', "never closed"),
    ],
)
def test_each_planted_error_is_the_one_problem_found(tmp_path: Path, planted: str, reason: str) -> None:
    (problem,) = links.check(built(tmp_path, planted))
    assert reason in problem
    assert problem.startswith("index.html:") and "\n" not in problem


def test_a_problem_names_the_line(tmp_path: Path) -> None:
    (problem,) = links.check(built(tmp_path, '\n\n<a href="three.html">'))
    assert problem.startswith(f"index.html:{SOUND.count(chr(10)) + 3}: <a href> 'three.html'")


def test_style_sheets_are_read(tmp_path: Path) -> None:
    sheet = {
        "a/site.css": "/* one\n */ p {\n background: url( https://example.org/x.png ) } q { src: url(none.woff2) }"
    }
    far, near = links.check(built(tmp_path, **sheet))
    assert far.startswith("a/site.css:3: ") and "fetched from outside" in far
    assert "no file 'a/none.woff2'" in near


def test_a_page_that_is_not_text_is_a_problem(tmp_path: Path) -> None:
    (built(tmp_path) / "bytes.html").write_bytes(b"<p>\xff")
    assert links.check(tmp_path) == ("bytes.html: byte 3 is not UTF-8; save the page as UTF-8",)


def test_a_page_too_large_to_be_one_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "LARGEST", len(SOUND.encode()) + 100)
    (built(tmp_path) / "large.html").write_text("x" * (links.LARGEST + 1), encoding="utf-8")
    (problem,) = links.check(tmp_path)
    assert problem.startswith("large.html: ")


def test_a_symbolic_link_is_a_problem_and_is_not_followed(tmp_path: Path) -> None:
    built(tmp_path / "site")
    (tmp_path / "site" / "loop").symlink_to(tmp_path / "site", target_is_directory=True)
    (problem,) = links.check(tmp_path / "site")
    assert problem.startswith("loop: a symbolic link")


def test_a_folder_without_pages_or_no_folder_never_passes(tmp_path: Path) -> None:
    assert "no page" in links.check(tmp_path)[0]
    with pytest.raises(NotADirectoryError, match="build the site first"):
        links.check(tmp_path / "none")


@pytest.mark.parametrize(
    "piece", ['<a "', "<a b='", "<a ", "<!--", "<a href=", "<style>", 'url("', "<a x='\"' ", "=  "]
)
def test_time_grows_with_the_text_and_not_faster(tmp_path: Path, piece: str) -> None:
    built(tmp_path, piece * (1_000_000 // len(piece)), **{"a/site.css": piece * (1_000_000 // len(piece))})
    begin = time.perf_counter()
    links.check(tmp_path)
    assert time.perf_counter() - begin < 5  # measured: below 0.5 s; a quadratic reading takes minutes


def test_a_few_thousand_links_take_about_a_second(tmp_path: Path) -> None:
    page = "".join(f'<p id="i{k}"><a href="index.html#i{k}">x</a></p>\n' for k in range(5000))
    built(tmp_path, page, **{f"p{k}.html": page.replace("index", f"p{k}") for k in range(4)})
    begin = time.perf_counter()
    found = links.survey(tmp_path)
    assert found.problems == () and found.links > 25_000
    assert time.perf_counter() - begin < 5  # measured: 0.2 s
