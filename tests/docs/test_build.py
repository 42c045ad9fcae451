"""Building the site: what is replaced and what is never touched, bad input, and the same bytes from the same input."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("sphinx", reason="could not import 'sphinx'")

from gradproof_docs import build as building
from gradproof_docs import collecting, staging
from gradproof_docs.book import Book, bound
from gradproof_docs.build import MARK, Site, build
from numerics.stored import Measured, fingerprint, read, write
from theory import theorem, theorems
from theory.catalog import search

Small = Callable[..., Site]
SLUG = "mean_square_gain"


def measured(slug: str = SLUG) -> Measured:
    return read(collecting.SHIPPED / f"{slug}.json")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Small:
    """Builds a site of one page and one theorem, with the text given; all but the pages is real."""
    (tmp_path / "written").mkdir()
    book = bound([theorem(SLUG)], {SLUG: measured()})
    monkeypatch.setattr(staging, "DOCS", tmp_path / "written")
    monkeypatch.setattr(staging, "pages", lambda book: {})
    monkeypatch.setattr(staging, "pictures", lambda *_: {})

    def made(out: Path, text: str = "# One", book: Book = book) -> Site:
        (tmp_path / "written/index.md").write_text(text)
        monkeypatch.setattr(building, "collect", lambda *_: book)
        return build(out)

    return made


def former(folder: Path) -> dict[str, bytes]:
    """Puts a site of yesterday there."""
    folder.mkdir()
    (folder / MARK).write_text("ours")
    (folder / "stale.html").write_text("of yesterday")
    return contents(folder)


def left(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"written"}


def test_a_site_is_written_with_its_mark_and_nothing_else(small: Small, tmp_path: Path) -> None:
    site = small(tmp_path / "deep/site")
    assert (site.status, site.problems) == (0, ()) and site.pages >= 1
    assert (tmp_path / "deep/site" / MARK).is_file() and left(tmp_path / "deep") == {"site"}
    assert not {".buildinfo", "_sources"} & {path.name for path in (tmp_path / "deep/site").iterdir()}


def test_a_former_site_is_replaced_as_a_whole(small: Small, tmp_path: Path) -> None:
    former(tmp_path / "site")
    small(tmp_path / "site", "# Two")
    assert not (tmp_path / "site/stale.html").exists() and "Two" in (tmp_path / "site/index.html").read_text()


@pytest.mark.parametrize(
    "text, said",
    [
        ("# One\n\n{thm}`nowhere`", "index.md:3: WARNING: no page of theorem nowhere"),
        ("# One\n\n![a](b.png)", "image file not readable: b.png"),
        ("# One\n\n{badge}`fine`", "badge 'fine'"),
        ("# One\n\n[a](#nowhere)", "nowhere"),
    ],
)
def test_a_warning_leaves_the_former_site_untouched(small: Small, tmp_path: Path, text: str, said: str) -> None:
    before = former(tmp_path / "site")
    with pytest.raises(ValueError, match=re.escape(said)) as error:
        small(tmp_path / "site", text)
    assert "former site is untouched" in str(error.value) and str(tmp_path) not in str(error.value)
    assert contents(tmp_path / "site") == before and left(tmp_path) == {"site"}


def test_a_broken_link_leaves_nothing(small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = building.links.Survey(1, 1, 0, ("index.html:3: href 'x'",))
    monkeypatch.setattr(building.links, "survey", lambda _: broken)
    with pytest.raises(ValueError, match="1 broken links: index"):
        small(tmp_path / "site")
    assert left(tmp_path) == set()


def test_a_failed_swap_puts_the_former_site_back(small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, rename = former(tmp_path / "site"), os.rename

    def fails(source: Path, target: Path) -> None:
        if source.name == "html":
            raise OSError(28, "No space left on device")
        rename(source, target)

    monkeypatch.setattr(os, "rename", fails)
    with pytest.raises(ValueError, match="No space left"):
        small(tmp_path / "site", "# Two")
    assert contents(tmp_path / "site") == before and left(tmp_path) == {"site"}


def test_what_another_put_there_meanwhile_stays(small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    survey = building.links.survey

    def meanwhile(folder: Path) -> building.links.Survey:
        (tmp_path / "site").mkdir()
        (tmp_path / "site/thesis.tex").write_text("all of it")
        return survey(folder)

    monkeypatch.setattr(building.links, "survey", meanwhile)
    with pytest.raises(ValueError, match="not empty and no site"):
        small(tmp_path / "site")
    assert (tmp_path / "site/thesis.tex").read_text() == "all of it" and left(tmp_path) == {"site"}


def test_html_in_a_page_is_text(small: Small, tmp_path: Path) -> None:
    small(tmp_path / "site", "# One <script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n<script>b</script>")
    page = (tmp_path / "site/index.html").read_text()
    assert "<script>alert" not in page and "<script>b" not in page and "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_a_gap_or_a_refutation_is_told_by_the_status(small: Small, tmp_path: Path) -> None:
    found = measured()
    worse = replace(found, verdicts=(replace(found.verdicts[0], outcome="refuted"), *found.verdicts[1:]))
    site = small(tmp_path / "site", book=bound([theorem(SLUG)], {SLUG: worse}))
    assert site.status == 1 and site.problems[0].startswith(f"{SLUG}: refuted: ")


TITLE = r"<script>alert(1)</script> & {badge}`gap` $x$ [y](z) \`w"
MINE = f"""from dataclasses import replace
from theory import theorem
THEOREM = replace(theorem({SLUG!r}), name="mine", title={TITLE!r})
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with a theorem of the user's, its title hostile."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own/mine.py").write_text(MINE)
    return tmp_path / "own"


def test_every_theorem_has_its_page(site: Path) -> None:
    assert {path.stem for path in (site / "theorems").glob("*.html")} == {*theorems(), "index"}


@pytest.mark.slow
def test_a_users_theorem_has_its_page_and_a_hostile_title_is_text(
    own: Path, site: Path, drawn: Path, tmp_path: Path
) -> None:
    search(own)
    found = replace(measured(), theorem="mine", fingerprint=fingerprint(theorem("mine")))
    verdicts = tuple(replace(each, theorem="mine") for each in found.verdicts)
    sweep = tuple(replace(each, theorem="mine") for each in found.sweep)
    bad = replace(verdicts[0], outcome="refuted")
    (own / "results").mkdir()
    write(own / "results", replace(found, verdicts=(bad, *verdicts[1:]), sweep=sweep))
    made = build(tmp_path / "site", theorems=own, results=own / "results", cache=drawn)
    assert made.status == 1 and [line.split(":")[0] for line in made.problems] == ["mine"]
    page = (tmp_path / "site/theorems/mine.html").read_text()
    heading = re.search(r"<h1>(.*?)<a class=\"headerlink\"", page)
    assert heading and heading[1] == r"&lt;script&gt;alert(1)&lt;/script&gt; &amp; {badge}`gap` $x$ [y](z) \`w"
    assert all("<script>alert" not in path.read_text() for path in (tmp_path / "site").rglob("*.html"))
    assert "is-refuted" in (tmp_path / "site/index.html").read_text()


@pytest.mark.slow
def test_the_same_input_gives_the_same_bytes(site: Path, drawn: Path, tmp_path: Path) -> None:
    place = tmp_path / "another place/site"
    code = f"from gradproof_docs.build import build; from pathlib import Path; build(Path({str(place)!r}))"
    told = {"PYTHONHASHSEED": "77", "PYTHONPATH": os.pathsep.join(sys.path), "XDG_CACHE_HOME": str(drawn.parents[1])}
    subprocess.run([sys.executable, "-c", code], env={**os.environ, **told}, check=True, timeout=240)
    one, two = contents(site), contents(place)
    assert sorted(one) == sorted(two)
    assert [name for name in one if one[name] != two[name]] == []


@pytest.mark.slow
@pytest.mark.parametrize("end, status", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_build_leaves_nothing(tmp_path: Path, end: signal.Signals, status: int) -> None:
    command = [sys.executable, "-m", "numerics.cli", "docs", "--out", str(tmp_path / "site")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 120
    while not list(tmp_path.glob(".gradproof-*/source/index.md")) and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(end)
    assert process.wait(30) == status and list(tmp_path.iterdir()) == []
